"""What a holder files about a licence: re-issue, correction, duplicate; each through the whole path."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Event, Obligation
from core.names import sought
from core.workflow import TransitionRefused
from law.life import suspension_grounds
from licensing import services
from licensing.models import Application, Edition, Licence, LicenceChange, RegisterEntry
from licensing.requests import filed_in_time
from licensing.services.terms import filing_dues
from tests import factories as make

pytestmark = pytest.mark.django_db
FILED = make.AT + timedelta(days=20)
NEW_NAME: dict[str, Any] = {
    "ground": "permit.reissue.entity",
    "changed_on": date(2026, 6, 25),
    "name_ru": "ТОО «Новое имя»",
}
PAID: dict[str, Any] = {"fee_paid_on": date(2026, 7, 1), "fee_reference": "PAY-77", "fee_amount": "865000.00"}


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_change_of_name_is_printed_entered_and_counted() -> None:
    licence = make.make_licence()
    before = licence.organisation.name_en
    case = make.make_request(licence, "reissue", at=FILED, **NEW_NAME, **PAID)
    decided = make.grant_request(case, at=FILED + timedelta(hours=2))
    licence.refresh_from_db()
    entry = RegisterEntry.objects.get(licence=licence)
    assert (decided.state, licence.edition, licence.state) == ("granted", 2, "in_force")
    assert (licence.organisation.name_ru, entry.name_ru) == ("ТОО «Новое имя»",) * 2
    assert licence.organisation.name_en == before
    assert all(word in entry.search for word in sought("новое имя"))
    assert {letter.kind for letter in case.letters.all()} == {"receipt", "licence", "grant"}
    print_ = services.newest_print(licence)
    assert print_ is not None
    assert print_.application_id == case.pk
    assert print_.data["holder"]["names"]["ru"] == "ТОО «Новое имя»"
    assert print_.data["reissued_on"] == [FILED.date().isoformat()]
    assert print_.data["number"] == licence.number
    assert Event.objects.of(licence).filter(verb="licence.reissue").count() == 1
    assert Edition.objects.get(licence=licence).number == 2


def test_a_correction_costs_nothing_and_goes_into_the_register() -> None:
    licence = make.make_licence()
    asked: dict[str, Any] = {"corrections": [{"label": "Region", "value": "Павлодарская область"}], "text": "A slip."}
    make.grant_request(make.make_request(licence, "correction", at=FILED, **asked), at=FILED)
    licence.refresh_from_db()
    assert {row["label"]: row["value"] for row in licence.particulars}["Region"] == "Павлодарская область"
    assert RegisterEntry.objects.get(licence=licence).region == "KZ-55"
    assert licence.edition == 2


def test_an_electronic_licence_has_no_duplicate_a_paper_one_has() -> None:
    licence = make.make_licence()
    paid = PAID | {"fee_amount": "8650000.00"}
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, "duplicate", at=FILED, text="Lost.", **paid)
    assert codes(refused) == {"not-on-paper"}
    Licence.objects.filter(pk=licence.pk).update(on_paper=True)
    licence.refresh_from_db()
    other = make.make_request(licence, "correction", at=FILED, **make.correction(licence))
    make.grant_request(other, at=FILED)
    licence.refresh_from_db()
    case = make.make_request(licence, "duplicate", at=FILED, text="Lost.", **paid)
    make.grant_request(case, at=FILED)
    licence.refresh_from_db()
    print_ = services.newest_print(licence)
    assert print_ is not None
    assert (print_.application_id, print_.data["duplicate"], licence.edition) == (case.pk, True, 2)
    assert print_.data["reissued_on"] == [FILED.date().isoformat()]


def test_a_paper_licence_becomes_an_electronic_one() -> None:
    """Law 202-V 43(2): the form changes, nothing that it says; afterwards no paper is owed back."""
    licence = make.make_licence()
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, "electronic", at=FILED)
    assert codes(refused) == {"electronic-already"}
    Licence.objects.filter(pk=licence.pk).update(on_paper=True)
    licence.refresh_from_db()
    case = make.make_request(licence, "electronic", at=FILED)
    make.grant_request(case, at=FILED)
    licence.refresh_from_db()
    assert (licence.on_paper, licence.edition, licence.state) == (False, 1, "in_force")
    print_ = services.newest_print(licence)
    assert print_ is not None
    assert (print_.application_id, print_.data["duplicate"], print_.data.get("reissued_on")) == (case.pk, False, None)
    event = Event.objects.of(licence).get(verb="licence.electronic")
    assert [(one["code"], one["confidence"]) for one in event.grounds] == [("permit.electronic", "assumed")]
    later = FILED + timedelta(days=10)
    make.grant_request(make.make_request(licence, "surrender", at=later, text="We stop."), at=later)
    assert not Obligation.objects.of(licence).filter(code="return-paper").exists()


def test_a_licence_is_suspended_at_request_and_resumed() -> None:
    licence = make.make_licence()
    make.grant_request(make.make_request(licence, "suspension", at=FILED, months=2, text="Repairs."), at=FILED)
    licence.refresh_from_db()
    assert (licence.state, licence.suspended_from) == ("suspended", FILED.date())
    assert licence.suspended_to == date(2026, 9, 6)
    assert RegisterEntry.objects.get(licence=licence).standing == "suspended"
    later = FILED + timedelta(days=10)
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, "resumption", at=later, text="Cured.")
    assert "suspended-by-holder" in codes(refused)
    back = make.make_request(licence, "resumption-own", at=later)
    make.grant_request(back, at=later)
    licence.refresh_from_db()
    assert (licence.state, licence.suspended_from) == ("in_force", None)
    assert RegisterEntry.objects.get(licence=licence).standing == "in_force"


def test_a_compulsory_suspension_ends_by_proof_of_cure_even_after_its_days() -> None:
    licence = suspended(make.make_licence())
    own = services.open_request(licence, act="resumption-own", actor=licence.application.created_by, at=FILED)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(own, actor=own.created_by, at=FILED)
    assert codes(refused) == {"compulsory-suspension"}
    bare = services.open_request(licence, act="resumption", actor=licence.application.created_by, at=FILED)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(bare, actor=bare.created_by, at=FILED)
    assert codes(refused) == {"document-missing", "explanation-missing"}
    over = FILED + timedelta(days=60)
    services.lapse_suspensions(at=over)
    licence.refresh_from_db()
    assert licence.state == "uncured"
    assert Obligation.objects.of(licence).open().filter(code="revocation-start").exists()
    case = make.make_request(licence, "resumption", at=over, text="All is cured.")
    assert Obligation.objects.of(case).get(code="decision").ground["code"] == "permit.cure-check"
    make.grant_request(case, at=over)
    licence.refresh_from_db()
    assert licence.state == "in_force"
    assert not Obligation.objects.of(licence).open().exists()


def suspended(licence: Licence) -> Licence:
    """By the authority, for a month."""
    ground = suspension_grounds(licence.kind, FILED.date())[1].ground()
    services.move_licence(
        licence,
        "suspend",
        actor=make.make_user("head"),
        at=FILED,
        cause="MSR-2026-000001",
        grounds=[ground],
        suspended_from=FILED.date(),
        suspended_to=date(2026, 8, 6),
        suspended_months=1,
    )
    licence.refresh_from_db()
    return licence


def test_a_surrendered_licence_ends_and_its_paper_is_returned() -> None:
    licence = make.make_licence()
    Licence.objects.filter(pk=licence.pk).update(on_paper=True)
    make.grant_request(make.make_request(licence, "surrender", at=FILED, text="We stop mining."), at=FILED)
    licence.refresh_from_db()
    assert (licence.state, licence.ended_on) == ("surrendered", FILED.date())
    duty = Obligation.objects.of(licence).get(code="return-paper")
    assert (duty.debtor, duty.due_on) == ("organisation", date(2026, 7, 20))
    told = {request.act: problems for request, problems in services.requests_now(licence, on=FILED.date())}
    assert all(problems for problems in told.values())


@pytest.mark.parametrize(
    ("act", "values", "code"),
    [
        ("suspension", {"months": 7, "text": "x"}, "suspension-length"),
        ("suspension", {"text": "x"}, "suspension-length"),
        ("suspension", {"months": 3}, "explanation-missing"),
        ("reissue", {**NEW_NAME, "changed_on": date(2026, 7, 7)}, "change-to-come"),
        ("reissue", {**NEW_NAME, "changed_on": date(2026, 6, 15)}, "change-before-grant"),
        ("reissue", {"ground": "permit.reissue.entity", "changed_on": date(2026, 6, 25)}, "change-missing"),
        ("reissue", {}, "change-ground"),
        ("reissue", {**NEW_NAME, "ground": "permit.reissue.division"}, "change-ground"),
        ("reissue-split", {"ground": "permit.reissue.spin-off", "changed_on": date(2026, 6, 25)}, "new-entity"),
        ("correction", {"corrections": [{"label": "Nothing", "value": "x"}]}, "correction-unknown"),
        ("resumption-own", {}, "licence-state"),
        ("surrender", {}, "explanation-missing"),
    ],
)
def test_what_cannot_be_filed_is_named(act: str, values: dict[str, Any], code: str) -> None:
    licence = make.make_licence()
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, act, at=FILED, **values)
    assert code in codes(refused)


@pytest.mark.parametrize(
    ("changed_on", "filed_on", "late"),
    [
        (date(2026, 6, 17), date(2026, 7, 17), False),  # the thirtieth day
        (date(2026, 6, 17), date(2026, 7, 20), True),
        (date(2026, 6, 18), date(2026, 7, 20), False),  # the thirtieth is a Saturday: the next working day (CC 175)
        (date(2026, 6, 18), date(2026, 7, 21), True),
        (date(2026, 12, 4), date(2027, 1, 4), False),  # over the year's end: 3 January is a day off, so is the 4th
        (date(2028, 1, 30), date(2028, 2, 29), False),  # a leap day is the thirtieth
    ],
)
def test_the_thirty_days(changed_on: date, filed_on: date, late: bool) -> None:
    case = Application(kind="mining-licence-1", act="reissue", reference="APP-2026-000001")
    case.change = LicenceChange(changed_on=changed_on)
    found = filed_in_time(case, filed_on)
    assert [problem.severity for problem in found] == (["warning"] if late else [])
    assert all(problem.provision.code == "permit.reissue-apply" for problem in found)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("act", "filed_on", "due_on"),
    [
        ("reissue", date(2026, 7, 3), date(2026, 7, 9)),  # Friday; Capital Day, Monday the 6th, is a holiday
        ("duplicate", date(2026, 12, 30), date(2027, 1, 5)),
        ("electronic", date(2026, 12, 30), date(2027, 1, 5)),
        ("correction", date(2026, 12, 15), date(2026, 12, 18)),  # Independence Day lies between
        ("resumption", date(2028, 2, 18), date(2028, 3, 3)),  # over the leap day
        ("resumption-own", date(2026, 3, 20), date(2026, 3, 30)),  # Nauryz with its moved days
        ("reissue-split", date(2026, 7, 3), date(2026, 7, 27)),
    ],
)
def test_terms_of_requests(act: str, filed_on: date, due_on: date) -> None:
    case = Application(kind="mining-licence-1", act=act, reference="APP-2026-000001")
    assert filing_dues(case, filed_on)["decision"].due_on == due_on


def test_a_stranger_files_nothing_and_one_sort_at_a_time() -> None:
    licence = make.make_licence()
    stranger = make.make_applicant()
    with pytest.raises(PermissionDenied):
        services.open_request(licence, act="correction", actor=stranger, at=FILED)
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, "surrender", at=FILED, actor=stranger, text="Not mine.")
    assert codes(refused) == {"not-the-holder"}
    make.make_request(licence, "correction", at=FILED, **make.correction(licence))
    with pytest.raises(TransitionRefused) as refused:
        make.make_request(licence, "correction", at=FILED, **make.correction(licence))
    assert codes(refused) == {"request-open"}


def test_a_licence_that_ended_meanwhile_is_not_changed() -> None:
    licence = make.make_licence()
    case = make.make_request(licence, "correction", at=FILED, **make.correction(licence))
    Licence.objects.filter(pk=licence.pk).update(state="expired", ended_on=FILED.date())
    with pytest.raises(TransitionRefused) as refused:
        make.grant_request(case, at=FILED)
    assert "unsettled:licence" in codes(refused)
    case.refresh_from_db()
    assert (case.state, Edition.objects.count()) == ("countersigned", 0)


def test_consideration_is_refused_only_where_the_law_knows_it() -> None:
    licence = make.make_licence()
    case = make.make_request(licence, "correction", at=FILED, **make.correction(licence))
    with pytest.raises(TransitionRefused) as refused:
        services.refuse_consideration(case, reasons=[], text="x", actor=make.make_user("officer"), at=FILED)
    assert "must-be-considered" in codes(refused)


def test_after_a_spin_off_the_licence_goes_over_to_the_new_entity() -> None:
    licence = make.make_licence()
    heir = make.make_applicant()
    facts = {"ground": "permit.reissue.spin-off", "changed_on": date(2026, 6, 25), **make.particulars(), **PAID}
    case = make.make_request(licence, "reissue-split", at=FILED, actor=heir, **facts)
    assert set(Obligation.objects.of(case).values_list("code", flat=True)) == {
        "registration",
        "completeness",
        "decision",
    }
    make.grant_request(case, at=FILED)
    licence.refresh_from_db()
    assert licence.organisation == case.organisation
    entry = RegisterEntry.objects.get(licence=licence)
    assert (entry.name_en, entry.identifier) == (case.organisation.name_en, case.organisation.identifier)
