"""The pages of approved and offered assets and of issues, as test_every_page walks the others."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import User
from exchanges import services
from exchanges.models import ApprovedAsset, AssetIssue, OfferedAsset
from tests import factories as make
from tests.journeys.conftest import Opener
from tests.journeys.walk import walked

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@dataclass
class World:
    officer: User
    head: User
    holder: User
    operator: User
    listed: ApprovedAsset
    proposed: ApprovedAsset
    gone: ApprovedAsset
    offer: OfferedAsset
    issue: AssetIssue
    draft: AssetIssue


def build() -> World:
    now = timezone.now()
    first = timezone.localdate(now) - timedelta(days=20)
    officer = make.make_user("officer", authority=make.make_authority("nbk"))
    listed = make.make_approved(at=now, first_day=first, contract="0x7a250d5630b4cf539739df2c5dacb4c659f2488d")
    make.make_approved(at=now, first_day=first, name="Dala Token", network="Steppe")
    proposed = make.make_approved(at=now, name="Altai Coin", state="proposed")
    gone = make.make_approved(
        at=now, first_day=first, name="Old Coin", state="ending", ending_from=first + timedelta(40)
    )
    licence = make.make_licence(kind="nbk-exchanger", at=now - timedelta(days=20))
    holder = make.make_applicant(licence.organisation)
    for asset in (listed, gone):
        offer = make.make_offer(licence, asset=asset, actor=holder, at=now, from_day=first + timedelta(days=1))
    make.make_offer(licence, actor=holder, at=now, from_day=first + timedelta(days=1))
    make.make_observed(licence, at=now, observed_on=first + timedelta(days=2))
    head = make.make_user("head", authority=listed.authority)
    gone = services.withdraw_asset(gone, confirmation="Clients may lose it.", actor=head, at=now)
    issue = make.make_issue(state="placed", initiator_name="Asel Trial", initiator_number=make.make_iin())
    operator = make.make_applicant(issue.organisation)
    services.correct_issue(issue, values={"keeper_name": "Other Bank JSC"}, reason="A slip.", actor=operator, at=now)
    draft = make.make_issue(licence=issue.licence, state="draft")
    return World(officer, head, holder, operator, listed, proposed, gone, offer, issue, draft)


def visits(world: World) -> list[tuple[User | None, list[str]]]:
    gone, listed = f"/approved-assets/{world.gone.reference}/", f"/approved-assets/{world.listed.reference}/"
    return [
        (
            None,
            [
                *("/approved-assets/", "/approved-assets/?q=nothing-like-it", listed, gone, "/register/"),
                *("/issues/", "/issues/?q=nothing-like-it", f"/issues/{world.issue.reference}/"),
            ],
        ),
        (
            world.officer,
            [
                *("/asset-list/", "/asset-list/?q=nothing-like-it", "/asset-list/new/", "/asset-list/offers/"),
                *("/asset-list/observed/", "/asset-list/observed/new/", f"/asset-list/{world.gone.reference}/"),
                f"/asset-list/{world.listed.reference}/propose-withdrawal/",
                *("/dfa-issues/", "/dfa-issues/?q=nothing-like-it", f"/dfa-issues/{world.issue.reference}/"),
            ],
        ),
        (world.head, [f"/asset-list/{world.proposed.reference}/", f"/asset-list/{world.proposed.reference}/publish/"]),
        (
            world.holder,
            ["/account/offers/", "/account/offers/new/", f"/account/offers/{world.offer.reference}/end/"],
        ),
        (
            world.operator,
            [
                *("/account/issues/", f"/account/issues/{world.issue.reference}/"),
                f"/account/issues/{world.draft.reference}/",
            ],
        ),
    ]


def test_axe_finds_nothing(open_browser: Opener) -> None:
    found = walked(open_browser, visits(build()))
    assert not found, "\n".join(found)
