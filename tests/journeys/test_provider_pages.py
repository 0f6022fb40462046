"""The pages of what providers owe, as test_every_page walks the others: for officials, providers and banks."""

from dataclasses import dataclass

import pytest

from core.models import User
from exchanges.models import Complaint, HeldTransfer, Incident, ProviderRecord, RailLink
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_every_page import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@dataclass
class World:
    officer: User
    holder: User
    bank: User
    rail: RailLink
    complaint: Complaint
    closed: Complaint
    incident: Incident
    record: ProviderRecord
    transfer: HeldTransfer


def build() -> World:
    rail = make.make_rail(regions=["KZ-71", "KZ-75"])
    bank = make.make_applicant(rail.servicer.organisation)
    make.rate_rail(rail, bank, risk="high", measures="Every transfer is looked at.")
    officer = make.make_user("officer", authority=rail.authority)
    return World(
        officer,
        make.party_of(rail.licence.application),
        bank,
        rail,
        make.make_complaint(rail.licence, state="forwarded", shared=True),
        make.make_complaint(rail.licence, state="closed"),
        make.make_incident(rail.licence, kind="personal_data", persons=4),
        make.make_record(rail.licence),
        make.make_transfer(rail.licence),
    )


def visits(world: World) -> list[tuple[User | None, list[str]]]:
    rail = f"/rails/{world.rail.reference}/"
    complaint = f"/complaints/{world.complaint.reference}/"
    transfer = f"/transfers/{world.transfer.reference}/"
    record = f"/provider-records/{world.record.reference}/"
    incident = f"/incidents/{world.incident.reference}/"
    return [
        (None, [f"/register/{world.rail.licence.number}/", "/complaints/new/", "/complaints/state/"]),
        (
            world.officer,
            [
                *("/rails/", "/rails/?q=nothing-like-it", "/rails/new/", "/rails/servicers/"),
                *(rail, f"{rail}end/", f"{rail}rate/"),
                *("/complaints/", "/complaints/?late=late", complaint, f"/complaints/{world.closed.reference}/"),
                *("/incidents/", "/incidents/new/", incident),
                *("/provider-records/", "/provider-records/new/", record, f"{record}find_met/"),
                *("/transfers/", "/transfers/?faulty=yes", transfer),
                f"/licences/{world.rail.licence.number}/",
            ],
        ),
        (
            world.holder,
            [
                *("/rails/", "/rails/new/", rail, f"{rail}end/"),
                *("/complaints/", complaint, f"{complaint}answer/"),
                *("/incidents/", "/incidents/new/", incident, f"{incident}describe/"),
                *("/provider-records/", "/provider-records/new/", record, f"{record}end/"),
                *("/transfers/", "/transfers/new/", transfer, f"{transfer}pass/"),
                f"/account/licences/{world.rail.licence.number}/",
            ],
        ),
        (world.bank, ["/rails/", rail, f"{rail}rate/"]),
    ]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_axe_finds_nothing(open_browser: Opener, language: str) -> None:
    found: list[str] = []
    for user, addresses in visits(build()):
        page = open_browser(user, language).new_page()
        with watched(page) as faults:
            for address in addresses:
                found += faults_of(page, address, language)
                assert page.locator(f"html[lang^={language}]").count() == 1, address
            found += faults
    assert not found, "\n".join(found)
