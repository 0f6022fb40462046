"""Who acts for whom, from which day to which, and that each change is an event."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import services
from core.models import Event, Membership, Organisation
from core.workflow import TransitionRefused
from licensing.models import Application
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "acts"),
    [
        (DAY, DAY, True),
        (DAY - timedelta(days=1), DAY, True),
        (DAY, DAY + timedelta(days=1), True),
        (DAY + timedelta(days=1), DAY + timedelta(days=9), False),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), False),
    ],
)
def test_a_power_of_attorney_holds_on_its_days_both_inclusive(valid_from: date, valid_to: date, acts: bool) -> None:
    client, firm = make.make_organisation(), make.make_organisation()
    lawyer, member = make.make_applicant(firm), make.make_applicant(client)
    make.make_power_of_attorney(firm, client, member, valid_from=valid_from, valid_to=valid_to)
    assert (client in lawyer.organisations(DAY)) == acts


def test_an_expired_power_of_attorney_opens_nothing_today() -> None:
    application, firm = make.make_draft(), make.make_organisation()
    lawyer, yesterday = make.make_applicant(firm), timezone.localdate() - timedelta(days=1)
    row = make.make_power_of_attorney(firm, application.organisation, application.created_by)
    assert Application.objects.visible_to(lawyer).exists()
    assert services.allowed(lawyer, "licensing.submit", application)
    Membership.objects.filter(pk=row.pk).update(valid_to=yesterday)
    assert not Application.objects.visible_to(lawyer).exists()
    assert not services.allowed(lawyer, "licensing.submit", application)


def test_a_mandate_is_not_passed_on() -> None:
    """A firm's firm does not act for the client, and a representative grants no powers."""
    client, firm, other = make.make_organisation(), make.make_organisation(), make.make_organisation()
    member, lawyer, third = make.make_applicant(client), make.make_applicant(firm), make.make_applicant(other)
    make.make_power_of_attorney(firm, client, member)
    make.make_power_of_attorney(other, firm, lawyer)
    assert client in lawyer.organisations(DAY)
    assert client not in third.organisations(DAY)
    with pytest.raises(PermissionDenied):
        services.grant_power_of_attorney(
            organisation=client,
            firm=other,
            valid_from=DAY,
            valid_to=DAY,
            actor=lawyer,
            at=make.AT,
        )


def test_a_claim_opens_nothing_until_an_official_confirms_it() -> None:
    person, officer = make.make_user(), make.make_user("officer")
    claim = services.claim_organisation(
        actor=person,
        at=make.AT,
        identifier=make.make_bin(),
        form="legal_entity",
        registered_in="KZ",
        names={"en": "Steppe Mining LLP"},
    )
    assert not person.organisations().exists()
    for other in (person, make.make_applicant(), make.make_user("auditor"), make.make_user("inspector")):
        with pytest.raises(PermissionDenied):
            services.confirm_membership(claim, actor=other, at=make.AT)
    services.confirm_membership(claim, actor=officer, at=make.AT)
    assert person.organisations().get() == claim.organisation
    assert [event.verb for event in Event.objects.of(claim).order_by("seq")] == [
        "membership.claim",
        "membership.confirm",
    ]
    with pytest.raises(TransitionRefused):
        services.confirm_membership(claim, actor=officer, at=make.AT)


def test_a_claim_of_a_known_organisation_changes_nothing_of_it() -> None:
    known = make.make_organisation()
    services.claim_organisation(
        actor=make.make_user(),
        at=make.AT,
        identifier=known.identifier,
        form="person",
        registered_in="AE",
        names={"en": "Somebody Else"},
    )
    fresh = Organisation.objects.get(identifier=known.identifier)
    assert (fresh.form, fresh.registered_in, fresh.name_en) == (known.form, "KZ", known.name_en)


def test_officials_claim_nothing() -> None:
    with pytest.raises(PermissionDenied):
        services.claim_organisation(
            actor=make.make_user("head"),
            at=make.AT,
            identifier=make.make_bin(),
            form="legal_entity",
            registered_in="KZ",
            names={"en": "Own Business LLP"},
        )


def test_a_revoked_member_is_out_at_once() -> None:
    application = make.make_draft()
    colleague = make.make_user()
    row = make.make_membership(colleague, application.organisation)
    assert services.allowed(colleague, "licensing.edit", application)
    services.revoke_membership(row, actor=application.created_by, at=make.AT)
    assert not services.allowed(colleague, "licensing.edit", application)
    assert not Application.objects.visible_to(colleague).exists()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((DAY, DAY - timedelta(days=1)), "days-out-of-order"),
        ((date(2030, 12, 31), date(2031, 1, 1)), "power-overlaps"),
    ],
)
def test_a_power_of_attorney_has_days_in_order_and_no_double(days: tuple[date, date], expected: str) -> None:
    client, firm = make.make_organisation(), make.make_organisation()
    member = make.make_applicant(client)
    make.make_power_of_attorney(firm, client, member)
    with pytest.raises(TransitionRefused) as refused:
        services.grant_power_of_attorney(
            organisation=client, firm=firm, valid_from=days[0], valid_to=days[1], actor=member, at=make.AT
        )
    assert refused.value.problems[0].code == expected


def test_a_key_is_stored_as_a_digest_and_its_making_is_an_event() -> None:
    person = make.make_applicant()
    key, secret = services.make_key(person, actor=person, at=make.AT)
    assert secret not in (key.digest, key.token_key)
    assert Event.objects.of(person).get(verb="key.make").data == {"key": key.token_key}
    with pytest.raises(PermissionDenied):
        services.revoke_key(key, actor=make.make_applicant(), at=make.AT)
    services.revoke_key(key, actor=person, at=make.AT)
    assert Event.objects.of(person).filter(verb="key.revoke").exists()
