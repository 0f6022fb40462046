"""After the act: one extension, changes of the team, terms that follow the start, packages and receipts."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Notification, Obligation
from core.services import read_document, sweep_duties
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.services import terms
from inspections.services.exchange import COLUMNS
from licensing.models import Letter
from licensing.services import print_left_over
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db
DURING = world.START + timedelta(days=3)  # Thursday 23 July; the inspection ends on Friday 31 July


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {one.code for one in refused.value.problems}


def owed(row: Inspection) -> dict[str, date | None]:
    return {one.code: one.due_on for one in Obligation.objects.of(row).open().filter(code__in=terms.DUTIES)}


def extended(row: Inspection, to: date = date(2026, 8, 7), **given: Any) -> Inspection:
    values: dict[str, Any] = {"reason": "laboratory", "actor": make.make_user("head"), "at": DURING, **given}
    return services.extend_inspection(row, extended_to=to, **values)


def test_terms_follow_the_start_and_are_met_step_by_step() -> None:
    row, officer = world.make_inspection(), make.make_user("officer")
    assert owed(row) == {terms.NOTICE: date(2026, 6, 19)}
    later = {"start_on": date(2026, 8, 3), "end_on": date(2026, 8, 14)}
    row = services.edit_inspection(row, values=later, actor=officer, at=world.SERVED)
    assert owed(row) == {terms.NOTICE: date(2026, 7, 3)}
    row = services.serve_notice(row, means="account", actor=officer, at=world.SERVED)
    assert owed(row) == {}
    row = services.appoint(row, actor=make.make_user("head"), at=world.SERVED)
    assert owed(row) == {terms.REGISTRATION: date(2026, 8, 3)}
    row = services.replan_inspection(row, reason="Snow.", actor=officer, at=world.SERVED)
    assert owed(row) == {terms.NOTICE: date(2026, 7, 3)}
    services.drop_inspection(row, reason="No need.", actor=make.make_user("head"), at=world.SERVED)
    assert owed(row) == {}


def test_under_way_the_result_is_owed_by_the_last_day() -> None:
    row = world.make_running()
    assert owed(row) == {terms.RESULT: date(2026, 7, 31)}
    row = extended(row)
    assert owed(row) == {terms.RESULT: date(2026, 8, 7), terms.EXTENSION: date(2026, 7, 31)}
    row = services.register_extension(
        row, number="E-2", registered_on=DURING.date(), actor=make.make_user("officer"), at=DURING
    )
    assert owed(row) == {terms.RESULT: date(2026, 8, 7)}


def test_the_team_hears_of_a_term_that_passed() -> None:
    row = world.make_running()
    sweep_duties(at=datetime(2026, 8, 1, 9, tzinfo=world.ALMATY))
    heard = Notification.objects.filter(recipient=world.leader(row), template="term_overdue", channel="inbox")
    assert heard.count() == 1


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [
        (date(2026, 8, 21), "laboratory", None),  # fifteen working days after 31 July
        (date(2026, 8, 24), "laboratory", "B9"),
        (date(2026, 7, 31), "laboratory", "extension-day"),
        (date(2026, 8, 7), "vacation", "reason-unknown"),
        (date(2026, 8, 7), "locating", None),
    ],
)
def test_an_extension_has_a_reason_and_an_end(to: date, reason: str, code: str | None) -> None:
    row = world.make_running()
    if code is None:
        assert extended(row, to, reason=reason).extended_to == to
        return
    with pytest.raises(TransitionRefused) as refused:
        extended(row, to, reason=reason)
    assert code in codes(refused)


def test_an_inspection_is_extended_once() -> None:
    row = extended(world.make_running())
    with pytest.raises(TransitionRefused) as refused:
        extended(row, date(2026, 8, 10))
    assert codes(refused) == {"B17"}


@pytest.mark.parametrize("day", [30, 31])
def test_the_subject_is_told_a_working_day_before(day: int) -> None:
    row = world.make_running()
    moment = datetime(2026, 7, day, 10, tzinfo=world.ALMATY)
    assert extended(row, at=moment).extension_noticed_on == moment.date()


def test_it_is_not_extended_after_its_last_day() -> None:
    row = world.make_running()
    with pytest.raises(TransitionRefused) as refused:
        extended(row, at=datetime(2026, 8, 3, 10, tzinfo=world.ALMATY))
    assert "B17" in codes(refused)


def test_a_head_extends_and_only_what_is_under_way() -> None:
    row = world.make_running()
    with pytest.raises(PermissionDenied):
        extended(row, actor=make.make_user("officer"))
    with pytest.raises(TransitionRefused) as refused:
        extended(world.make_registered(licence=make.make_miner()), actor=make.make_user("head"))
    assert codes(refused) == {"not-running"}


def changed(row: Inspection, **given: Any) -> Inspection:
    values: dict[str, Any] = {
        "joins": [services.Named(world.make_inspector(), "Expert")],
        "reason": "Illness.",
        "joined_on": DURING.date(),
        "told_statistics_on": DURING.date(),
        "actor": make.make_user("head"),
        "at": DURING,
        **given,
    }
    return services.change_team(row, **values)


def test_a_team_is_changed_by_a_decision_that_was_told() -> None:
    row = world.make_running()
    leader = world.leader(row)
    new = services.Named(world.make_inspector(), "Chief expert", leads=True)
    row = changed(row, joins=[new], leaves=[leader])
    assert world.leader(row) == new.person
    assert row.team.get(person=leader).left_on == DURING.date()
    assert Letter.objects.of(row).filter(kind="inspection_team").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"told_statistics_on": DURING.date() + timedelta(days=1)}, "team-told"),
        ({"joined_on": DURING.date() - timedelta(days=1)}, "team-day"),
        ({"joins": []}, "team-unchanged"),
        ({"reason": " "}, "team-reason"),
    ],
)
def test_a_change_that_cannot_be_is_refused(given: dict[str, Any], code: str) -> None:
    row = world.make_running()
    with pytest.raises(TransitionRefused) as refused:
        changed(row, **given)
    assert code in codes(refused)


def test_nobody_leads_after_the_leader_left() -> None:
    row = world.make_running()
    with pytest.raises(TransitionRefused) as refused:
        changed(row, joins=[], leaves=[world.leader(row)])
    assert codes(refused) == {"team-leader"}
    assert row.team.standing().count() == 2


def test_a_package_holds_the_card_and_the_printed_act() -> None:
    row, officer = world.make_appointed(), make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.make_package(row, part="appointment", actor=officer, at=world.SERVED)
    assert codes(refused) == {"paper-unprinted"}
    print_left_over(at=world.SERVED)
    made = services.make_package(row, part="appointment", actor=officer, at=world.SERVED)
    again = services.make_package(row, part="appointment", actor=officer, at=world.SERVED)
    assert (made.sha256, made.audience, made.media_type) == (again.sha256, "internal", "application/zip")
    with read_document(made, actor=officer, at=world.SERVED) as stream:
        archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    card = json.loads(archive.read("package.json"))
    assert (card["act_number"], card["start_on"], len(card["officials"])) == (row.act_number, "2026-07-20", 2)
    assert card["items"] == ["R1", "R2", "R3"]
    assert archive.read("act.pdf").startswith(b"%PDF")


def receipts(*rows: tuple[str, str, str]) -> list[Any]:
    text = "\n".join(",".join(row) for row in (COLUMNS, *rows))
    return list(services.read_receipts(text.encode()))


def test_receipts_are_entered_all_or_none() -> None:
    row, officer = world.make_appointed(), make.make_user("officer")
    faulty = receipts((row.act_number, "E-9", "2026-06-16"), ("IA-1", "E-10", "2026-06-16"), (row.act_number, "", "x"))
    with pytest.raises(TransitionRefused) as refused:
        services.enter_receipts(faulty, actor=officer, at=world.SERVED)
    assert [one.code for one in refused.value.problems] == ["act-unknown", "receipt-day"]
    row.refresh_from_db()
    assert row.state == "appointed"
    right = services.read_receipts(
        json.dumps([dict(zip(COLUMNS, (row.act_number, "E-9", "2026-06-16"), strict=True))]).encode()
    )
    assert services.enter_receipts(list(right), actor=officer, at=world.SERVED) == 1
    row.refresh_from_db()
    assert (row.state, row.registration_number) == ("registered", "E-9")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1]", b"a,b\n1,2", b"[{}", b"x" * (1024 * 1024 + 1)])
def test_what_is_no_file_of_receipts_is_refused(content: bytes) -> None:
    with pytest.raises(TransitionRefused) as refused:
        services.read_receipts(content)
    assert codes(refused) == {"receipts-file"}


def test_the_act_of_an_unannounced_inspection_is_the_subjects_from_the_start() -> None:
    given: dict[str, Any] = {"ground": "3", "start_on": date(2026, 6, 16), "end_on": date(2026, 6, 25)}
    row = world.make_inspection(kind="unscheduled", **given)
    row = services.appoint(row, actor=make.make_user("head"), at=world.SERVED)
    print_left_over(at=world.SERVED)
    party = make.make_applicant(row.organisation)
    assert not row.documents().visible_to(party).exists()
    assert not Letter.objects.visible_to(party).of(row).exists()
    officer = make.make_user("officer")
    row = services.register_act(row, number="E-3", registered_on=date(2026, 6, 16), actor=officer, at=world.SERVED)
    services.start_inspection(row, receipt="taken", actor=world.leader(row), at=world.SERVED)
    assert row.documents().visible_to(party).get().kind == "inspection_appointment"
    assert Notification.objects.filter(recipient=party, template="letter_sent", channel="inbox").exists()
