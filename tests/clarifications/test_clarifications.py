"""A question of law and its answer: who writes, who signs, which number, what stands when; nothing is changed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from core.models import Event, Notification, Obligation
from core.services import remind_duties, sweep_duties, verify_events
from core.workflow import StaleVersion, TransitionRefused
from law.clarifications import answer_due, stands
from law.provisions import NotInForce
from licensing import services
from licensing.models import Clarification, ClarificationReliance
from licensing.services.clarifications import OPEN_LIMIT
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {one.code for one in refused.value.problems}


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        (date(2026, 6, 16), date(2026, 7, 8)),  # over the day of the capital, 6 July
        (date(2026, 12, 10), date(2027, 1, 5)),  # over Independence Day and the year's end
        (date(2026, 12, 11), date(2027, 1, 6)),  # one day later
        (date(2024, 2, 9), date(2024, 3, 1)),  # a leap year
    ],
)
def test_by_when_it_is_answered(asked_on: date, due_on: date) -> None:
    found = answer_due(asked_on)
    assert found.due_on == due_on
    assert any("unconfirmed" in line for line in found.arithmetic)


def test_before_the_code_there_was_no_such_term() -> None:
    assert answer_due(date(2021, 7, 1))
    with pytest.raises(NotInForce):
        answer_due(date(2021, 6, 30))


@pytest.mark.parametrize(
    ("on", "ended_on", "stood"),
    [
        (DAY - timedelta(days=1), None, False),
        (DAY, None, True),
        (DAY + timedelta(days=900), None, True),
        (DAY, DAY, False),
        (DAY + timedelta(days=9), DAY + timedelta(days=10), True),
        (DAY + timedelta(days=10), DAY + timedelta(days=10), False),
    ],
)
def test_on_which_days_it_stands(on: date, ended_on: date | None, stood: bool) -> None:
    assert stands(DAY, ended_on, on) is stood


def test_the_whole_way() -> None:
    asker = make.make_applicant()
    head = make.make_user("head")
    asked = make.make_asked(actor=asker)
    assert (asked.state, asked.number, asked.reference[:9]) == ("asked", "", "ASK-2026-")
    duty = Obligation.objects.of(asked).get()
    assert (duty.code, duty.due_on, duty.debtor) == ("clarification.answer", date(2026, 7, 8), "authority")
    assert Obligation.objects.visible_to(asker).filter(pk=duty.pk).exists()
    assert Notification.objects.filter(recipient=head, template="clarification_asked").exists()
    signed = make.make_signed(make.make_drafted(asked), head=head)
    assert (signed.state, signed.number, signed.signed_on) == ("private", "CL-MAIDD-2026-00001", DAY)
    assert [one["code"] for one in signed.provisions] == ["permit.decision", "mining-licence.validity"]
    assert signed.provisions[0]["in_force"] == "2015-01-01"
    assert not Obligation.objects.of(signed).open().exists()
    assert services.print_left_over_clarifications(at=make.AT) == 1
    assert services.print_left_over_clarifications(at=make.AT) == 0
    signed.refresh_from_db()
    assert signed.document is not None
    assert signed.document.media_type == "application/pdf"
    assert Notification.objects.filter(recipient=asker, template="clarification_answered", channel="inbox").count() == 1
    published = services.publish_clarification(signed, actor=head, at=make.AT)
    assert published.published_at == make.AT
    assert not list(verify_events())


def test_own_initiative_owes_nobody_a_term() -> None:
    officer = make.make_user("officer")
    row = services.open_clarification(make.make_authority(), question={"kk": "Сұрақ"}, actor=officer, at=make.AT)
    assert row.organisation is None
    assert not Obligation.objects.of(row).exists()
    signed = make.make_signed(make.make_drafted(row))
    services.print_left_over_clarifications(at=make.AT)
    assert signed.number


def test_whoever_drafted_any_version_does_not_sign() -> None:
    first, second = make.make_user("head"), make.make_user("head")
    row = make.make_drafted(officer=first)
    row = services.send_back_clarification(row, reason="Cite the annex too.", actor=second, at=make.AT)
    row = make.make_drafted(row)
    with pytest.raises(PermissionDenied):
        services.sign_clarification(row, actor=first, at=make.AT)
    assert services.sign_clarification(row, actor=second, at=make.AT).number


def test_numbers_run_by_authority_and_year() -> None:
    bank = make.make_authority("nbk")
    later = datetime(2027, 1, 11, 10, tzinfo=make.ALMATY)
    numbers = [make.make_signed().number, make.make_signed().number, make.make_signed(at=later).number]
    officer, head = make.make_user("officer", authority=bank), make.make_user("head", authority=bank)
    row = services.open_clarification(bank, question={"ru": "?"}, actor=officer, at=make.AT)
    numbers.append(make.make_signed(make.make_drafted(row, officer=officer), head=head).number)
    assert numbers == ["CL-MAIDD-2026-00001", "CL-MAIDD-2026-00002", "CL-MAIDD-2027-00001", "CL-NBK-2026-00001"]


def test_a_refused_signature_takes_no_number() -> None:
    row = make.make_drafted()
    with pytest.raises(PermissionDenied):
        services.sign_clarification(row, actor=make.make_user("officer"), at=make.AT)
    with pytest.raises(StaleVersion):
        services.sign_clarification(row, actor=make.make_user("head"), at=make.AT, version=1)
    asked = make.make_asked()
    with pytest.raises(TransitionRefused):
        services.sign_clarification(asked, actor=make.make_user("head"), at=make.AT)
    assert make.make_signed(row).number.endswith("-00001")


@pytest.mark.parametrize("field", ["answer", "question", "title", "provisions", "number", "signed_on", "letter"])
def test_what_is_signed_is_never_changed(field: str) -> None:
    row = make.make_published()
    changed: Any = {"answer": {"ru": "Нет."}, "number": "CL-MAIDD-2026-00009", "signed_on": DAY - timedelta(days=1)}
    value = changed.get(field, {"ru": "x"})
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Clarification.objects.filter(pk=row.pk).update(**{field: value})
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        Clarification.objects.filter(pk=row.pk).delete()
    with pytest.raises(TransitionRefused):
        make.make_drafted(row)


def test_a_later_one_takes_the_place_of_an_earlier_one() -> None:
    old = make.make_published()
    later = make.AT + timedelta(days=30)
    draft = make.make_drafted(make.make_asked(at=later), at=later, replaces=old)
    new = make.make_signed(draft, at=later)
    old.refresh_from_db()
    assert (old.state, old.ended_on, old.replaced_by) == ("superseded", later.date(), new)
    assert old.stands_on(later.date() - timedelta(days=1))
    assert not old.stands_on(later.date())
    assert Clarification.objects.published().filter(pk=old.pk).exists()  # to be read for ever


def test_what_ended_meanwhile_is_not_superseded() -> None:
    old, head = make.make_published(), make.make_user("head")
    draft = make.make_drafted(replaces=old)
    services.withdraw_clarification(old, reason="The law has changed.", actor=head, at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        services.sign_clarification(draft, actor=head, at=make.AT)
    assert codes(refused) == {"replaced-ended"}


def test_a_rule_repealed_meanwhile_is_not_cited() -> None:
    early = datetime(2026, 4, 20, 10, tzinfo=make.ALMATY)
    draft = make.make_drafted(make.make_asked(at=early), at=early, provisions=["aml.subject.secured_issuer"])
    with pytest.raises(TransitionRefused) as refused:
        services.sign_clarification(draft, actor=make.make_user("head"), at=make.AT)
    assert codes(refused) == {"not_in_force"}


def test_two_drafts_do_not_supersede_the_same() -> None:
    old = make.make_signed()
    make.make_drafted(replaces=old)
    with pytest.raises(TransitionRefused) as refused:
        make.make_drafted(replaces=old)
    assert codes(refused) == {"replaced-twice"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"answer": {}}, {"words-missing"}),
        ({"answer": {"ru": "  "}}, {"words-missing"}),
        ({"answer": {"de": "Ja"}}, {"language-unknown"}),
        ({"answer": {"ru": "x" * 20_001}}, {"text-too-long"}),
        ({"title": {"ru": "x" * 301}}, {"text-too-long"}),
        ({"provisions": []}, {"provisions-missing"}),
        ({"provisions": ["no.such", "rule.either"]}, {"not_in_force"}),
        ({"provisions": [f"no.{n}" for n in range(40)]}, {"not_in_force", "too-many-provisions"}),
    ],
)
def test_bad_drafts_are_refused_by_name(given: dict[str, Any], expected: set[str]) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_drafted(**given)
    assert codes(refused) == expected


def test_bad_requests_are_refused_by_name() -> None:
    asker = make.make_applicant()
    organisation = asker.organisations(DAY).get()
    mute = make.make_authority("energy", decides=False)
    for authority, question, expected in (
        (mute, {"ru": "?"}, "authority-answers-none"),
        (make.make_authority(), {}, "words-missing"),
        (make.make_authority(), {"ru": "x" * 20_001}, "text-too-long"),
    ):
        with pytest.raises(TransitionRefused) as refused:
            services.ask_clarification(authority, organisation=organisation, question=question, actor=asker, at=make.AT)
        assert codes(refused) == {expected}
    with pytest.raises(PermissionDenied):
        services.ask_clarification(
            make.make_authority(), organisation=make.make_organisation(), question={"ru": "?"}, actor=asker, at=make.AT
        )
    for _number in range(OPEN_LIMIT):
        make.make_asked(actor=asker)
    with pytest.raises(TransitionRefused) as refused:
        make.make_asked(actor=asker)
    assert codes(refused) == {"too-many-requests"}


def test_a_request_is_taken_back_before_it_is_answered() -> None:
    asker = make.make_applicant()
    row = services.recall_clarification(make.make_drafted(make.make_asked(actor=asker)), actor=asker, at=make.AT)
    assert row.state == "recalled"
    assert not Obligation.objects.of(row).open().exists()
    with pytest.raises(TransitionRefused):
        services.recall_clarification(
            make.make_signed(make.make_drafted(make.make_asked(actor=asker))), actor=asker, at=make.AT
        )


def test_an_unanswered_request_climbs_to_the_heads(settings: Any) -> None:
    settings.TERM_WARNINGS, settings.TERM_CLIMB = (3,), {"officer": 1, "head": 2}
    head, officer = make.make_user("head"), make.make_user("officer")
    row = make.make_drafted(officer=officer)
    assert remind_duties(at=datetime(2026, 7, 3, 10, tzinfo=make.ALMATY)) == 1
    assert Notification.objects.get(recipient=officer, template="term_warning", channel="inbox")
    late = datetime(2026, 7, 20, 10, tzinfo=make.ALMATY)
    assert sweep_duties(at=late) == 1
    remind_duties(at=late)
    remind_duties(at=late)
    told = Notification.objects.filter(recipient=head, template="term_overdue", channel="inbox").get()
    assert told.path == f"/clarification-requests/{row.reference}/"


def test_who_sees_what() -> None:
    asker, officer = make.make_applicant(), make.make_user("officer")
    bank = make.make_user("officer", authority=make.make_authority("nbk"))
    private = make.make_signed(make.make_drafted(make.make_asked(actor=asker)))
    public = make.make_published()
    seen = {
        name: set(Clarification.objects.visible_to(user))
        for name, user in {"asker": asker, "officer": officer, "bank": bank, "other": make.make_applicant()}.items()
    }
    assert seen == {"asker": {private, public}, "officer": {private, public}, "bank": {public}, "other": {public}}
    inner = Event.objects.of(private).filter(verb="clarification.draft")
    assert inner.visible_to(officer).exists()
    assert not inner.visible_to(asker).exists()


class TestReliance:
    def test_in_a_draft_and_with_an_answer(self) -> None:
        row, case = make.make_published(), make.make_draft()
        said = services.rely_on_clarification(
            case, number=row.number.lower(), relied_on=DAY, note="Our first run.", actor=case.created_by, at=make.AT
        )
        assert (said.clarification, said.by_authority) == (row, False)
        case.refresh_from_db()
        services.drop_reliance(said, actor=case.created_by, at=make.AT)
        assert not ClarificationReliance.objects.exists()
        filed = make.make_in_review()
        with pytest.raises(TransitionRefused) as refused:
            services.rely_on_clarification(filed, number=row.number, relied_on=DAY, actor=filed.created_by, at=make.AT)
        assert codes(refused) == {"nothing-open"}
        services.ask_question(filed, text="Why?", actor=make.make_user("officer"), at=make.AT)
        said = services.rely_on_clarification(
            filed, number=row.number, relied_on=DAY, actor=filed.created_by, at=make.AT
        )
        with pytest.raises(TransitionRefused):
            services.drop_reliance(said, actor=filed.created_by, at=make.AT)

    def test_an_officer_cites_one_too(self) -> None:
        case, row = make.make_in_review(), make.make_signed()
        said = services.rely_on_clarification(
            case, number=row.number, relied_on=DAY, actor=make.make_user("officer"), at=make.AT
        )
        assert said.by_authority

    def test_what_ends_later_still_stood_on_that_day(self) -> None:
        row, case, head = make.make_published(), make.make_draft(), make.make_user("head")
        end = make.AT + timedelta(days=10)
        services.withdraw_clarification(row, reason="It was wrong.", actor=head, at=end)
        later = end + timedelta(days=1)
        said = services.rely_on_clarification(
            case, number=row.number, relied_on=end.date() - timedelta(days=1), actor=case.created_by, at=later
        )
        assert said.clarification.stands_on(said.relied_on)
        other = make.make_draft(actor=case.created_by)
        with pytest.raises(TransitionRefused) as refused:
            services.rely_on_clarification(
                other, number=row.number, relied_on=end.date(), actor=case.created_by, at=later
            )
        assert codes(refused) == {"clarification-not-standing"}

    def test_all_faults_at_once(self) -> None:
        case = make.make_draft()
        private = make.make_signed()  # somebody else's
        for number in (private.number, "CL-MAIDD-2026-99999", ""):
            with pytest.raises(TransitionRefused) as refused:
                services.rely_on_clarification(
                    case,
                    number=number,
                    relied_on=DAY + timedelta(days=1),
                    note="x" * 2_001,
                    actor=case.created_by,
                    at=make.AT,
                )
            assert codes(refused) == {"clarification-unknown", "day-future", "text-too-long"}
        row = make.make_published()
        services.rely_on_clarification(case, number=row.number, relied_on=DAY, actor=case.created_by, at=make.AT)
        with pytest.raises(TransitionRefused) as refused:
            services.rely_on_clarification(
                case, number=row.number, relied_on=DAY - timedelta(days=1), actor=case.created_by, at=make.AT
            )
        assert codes(refused) == {"relied-already", "clarification-not-standing"}
        with pytest.raises(PermissionDenied):
            services.rely_on_clarification(
                case, number=row.number, relied_on=DAY, actor=make.make_applicant(), at=make.AT
            )
