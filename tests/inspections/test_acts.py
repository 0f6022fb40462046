"""Joint acts: entered by one, confirmed by another; their rows whole, and never two that count for the same."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from core.models import Event
from core.workflow import StaleVersion, TransitionRefused
from inspections.models import JointAct
from inspections.services import acts
from law.inspections.requirements import asked_problems, may_ask
from tests import factories as make
from tests.inspections.acts_world import confirmed_act, confirmed_checklist, entered_act, proposed_act, requirement

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


def refused(call: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as caught:
        call()
    return [(one.code, one.field) for one in caught.value.problems]


def test_a_checklist_is_entered_proposed_and_confirmed_by_another() -> None:
    act = entered_act()
    assert (act.reference, act.state, act.requirements.count()) == ("JA-00001", "draft", 3)
    act = acts.propose_act(act, actor=act.entered_by, at=make.AT)
    with pytest.raises(PermissionDenied):
        acts.confirm_act(act, actor=act.entered_by, at=make.AT)
    head = make.make_user("head", authority=act.authority)
    act = acts.confirm_act(act, actor=head, at=make.AT)
    assert (act.state, act.confirmed_by, act.counts(DAY), act.counts(DAY - timedelta(days=1))) == (
        "confirmed", head, True, False,
    )  # fmt: skip
    verbs = Event.objects.of(act).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["jointact.enter", "jointact.edit", "jointact.propose", "jointact.confirm"]


def test_who_changed_it_does_not_confirm_it() -> None:
    act = entered_act()
    head = make.make_user("head", authority=act.authority)
    act = acts.edit_act(act, name="Another", actor=head, at=make.AT)
    act = acts.propose_act(act, actor=act.entered_by, at=make.AT)
    with pytest.raises(PermissionDenied):
        acts.confirm_act(act, actor=head, at=make.AT)
    administrator = make.make_user("administrator", authority=act.authority)
    assert acts.confirm_act(act, actor=administrator, at=make.AT).state == "confirmed"


def test_strangers_and_other_authorities_enter_nothing() -> None:
    authority = make.make_authority()
    given: dict[str, Any] = {"kind": "checklist", "name": "x", "kinds_of_permit": [], "at": make.AT}
    for person in (
        make.make_applicant(),
        make.make_user("auditor", authority=authority),
        make.make_user("officer", authority=make.make_authority("nbk")),
        make.make_user("inspector", authority=authority),
    ):
        with pytest.raises(PermissionDenied):
            acts.enter_act(authority, actor=person, **given)


def test_all_that_is_missing_is_told_at_once() -> None:
    rows = [requirement(1), requirement(2, protects=False, sole=False)]
    act = entered_act(number="", signed_on=None, in_force=None, kinds=(), rows=rows)
    assert refused(lambda: acts.propose_act(act, actor=act.entered_by, at=make.AT)) == [
        ("joint-act-number", "number"),
        ("joint-act-signed_on", "signed_on"),
        ("joint-act-in_force", "in_force"),
        ("joint-act-kinds_of_permit", "kinds_of_permit"),
        ("item-protects", "rows.2.protects"),
        ("item-sole", "rows.2.sole"),
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"signed_on": DAY}, []),
        ({"signed_on": DAY + timedelta(days=1), "in_force": DAY + timedelta(days=1)}, ["joint-act-signed"]),
        ({"signed_on": DAY, "in_force": DAY - timedelta(days=1)}, ["joint-act-in-force"]),
        ({"in_force": date(2026, 4, 30), "signed_on": date(2026, 4, 1), "kinds": ("secured-asset-permit",)}, []),
        ({"in_force": date(2026, 5, 1), "signed_on": date(2026, 4, 1), "kinds": ("secured-asset-permit",)},
         ["joint-act-group"]),
        ({"kinds": ("mining-data-centre", "pool-accreditation")}, []),
        ({"kinds": ("mining-licence-1", "nbk-exchanger")}, ["joint-act-group"]),
    ],
)  # fmt: skip
def test_days_and_group(fields: dict[str, Any], found: list[str]) -> None:
    act = entered_act(**fields)
    if not found:
        assert acts.propose_act(act, actor=act.entered_by, at=make.AT).state == "proposed"
    else:
        assert [code for code, _field in refused(lambda: acts.propose_act(act, actor=act.entered_by, at=make.AT))] == (
            found
        )


def test_faults_of_rows_are_told_by_row_and_column_and_nothing_is_written() -> None:
    act = entered_act()
    rows = [
        requirement(1, severity="terrible"),
        requirement(2, text_kk=""),
        requirement(2, article="x" * 201, checkable="perhaps"),
    ]
    call = lambda: acts.set_requirements(act, rows, actor=act.entered_by, at=make.AT)  # noqa: E731  (once)
    assert sorted(refused(call)) == [
        ("act-row-twice", "rows.3.code"),
        ("cell-long", "rows.3.article"),
        ("cell-missing", "rows.2.text_kk"),
        ("cell-unknown-code", "rows.1.severity"),
        ("cell-yes-no", "rows.3.checkable"),
    ]
    assert act.requirements.count() == 3


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"kind": "objective", "code": "late_reports", "degree": "high"}, "code"),
        ({"kind": "objective", "code": "mining-licence-1"}, "degree"),
        ({"kind": "objective", "code": "mining-licence-1", "degree": "high", "weight": "1"}, "weight"),
        ({"kind": "indicator", "code": "mining-licence-1", "weight": "1"}, "code"),
        ({"kind": "indicator", "code": "breaches"}, "weight"),
        ({"kind": "indicator", "code": "breaches", "weight": "1", "degree": "low"}, "degree"),
    ],
)
def test_a_criterion_has_a_degree_or_a_weight(row: dict[str, Any], field: str) -> None:
    act = entered_act("criteria")
    found = refused(lambda: acts.set_criteria(act, [row], actor=act.entered_by, at=make.AT))
    assert [name for _code, name in found] == [f"rows.1.{field}"]


def test_rows_of_the_other_kind_and_of_a_stale_version_are_refused() -> None:
    act = entered_act()
    assert refused(lambda: acts.set_criteria(act, [], actor=act.entered_by, at=make.AT)) == [
        ("joint-act-unknown", "act")
    ]
    seen = act.version
    acts.edit_act(act, name="Newer", actor=act.entered_by, at=make.AT, version=seen)
    again = lambda: acts.set_requirements(  # noqa: E731  (once)
        act, [requirement(9)], actor=act.entered_by, at=make.AT, version=seen
    )
    assert refused(again) == [("joint-act-changed", "version")]
    with pytest.raises(StaleVersion):
        acts.edit_act(act, name="Newest", actor=act.entered_by, at=make.AT, version=seen)


def test_only_a_draft_is_changed() -> None:
    act = proposed_act()
    for call in (
        lambda: acts.edit_act(act, name="x", actor=act.entered_by, at=make.AT),
        lambda: acts.set_requirements(act, [requirement(1)], actor=act.entered_by, at=make.AT),
    ):
        assert [code for code, _field in refused(call)] == ["joint-act-not-draft"]
    with pytest.raises(TypeError):
        acts.edit_act(act, state="confirmed", actor=act.entered_by, at=make.AT)


def test_sent_back_it_is_mended_and_proposed_again() -> None:
    act = proposed_act()
    head = make.make_user("head", authority=act.authority)
    assert [code for code, _field in refused(lambda: acts.send_back_act(act, remark=" ", actor=head, at=make.AT))] == [
        "joint-act-remark"
    ]
    act = acts.send_back_act(act, remark="Item 2 differs.", actor=head, at=make.AT)
    assert (act.state, act.remark) == ("draft", "Item 2 differs.")
    act = acts.set_requirements(act, [requirement(1)], actor=act.entered_by, at=make.AT)
    act = acts.propose_act(act, actor=act.entered_by, at=make.AT)
    assert acts.confirm_act(act, actor=head, at=make.AT).remark == ""


@pytest.mark.parametrize(
    ("since", "until", "kinds", "clash"),
    [
        (DAY, None, ("mining-licence-1",), True),
        (DAY, None, ("mining-licence-2",), False),
        (DAY, None, ("mining-licence-2", "mining-licence-1"), True),
        (DAY + timedelta(days=100), None, ("mining-licence-1",), True),
    ],
)
def test_two_acts_never_count_for_the_same_kind_on_the_same_day(
    since: date, until: date | None, kinds: tuple[str, ...], clash: bool
) -> None:
    first = confirmed_checklist(since=DAY)
    second = entered_act(in_force=since, kinds=kinds, number="13-J", authority=first.authority)
    call = lambda: acts.propose_act(second, actor=second.entered_by, at=make.AT)  # noqa: E731  (once)
    if not clash:
        assert call().state == "proposed"
        return
    with pytest.raises(TransitionRefused) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.code == "joint-act-overlap"
    assert problem.params == {"number": first.number, "reference": first.reference, "day": since}


def test_a_later_version_follows_from_the_day_on_which_the_earlier_ends() -> None:
    first = confirmed_checklist(since=DAY)
    head, last = first.confirmed_by, DAY + timedelta(days=40)
    assert head is not None
    assert [
        code for code, _field in refused(lambda: acts.end_act(first, repealed=DAY, remark="x", actor=head, at=make.AT))
    ] == ["joint-act-repealed"]
    first = acts.end_act(first, repealed=last, remark="Replaced by 13-J.", actor=head, at=make.AT)
    days: dict[str, Any] = {"number": "13-J", "authority": first.authority}
    early = entered_act(in_force=last - timedelta(days=1), **days)
    assert refused(lambda: acts.propose_act(early, actor=early.entered_by, at=make.AT)) == [
        ("joint-act-overlap", "in_force")
    ]
    second = acts.enter_act(
        first.authority, kind="checklist", name="Second", kinds_of_permit=first.kinds_of_permit, number="14-J",
        signed_on=DAY, in_force=last, like=first, actor=first.entered_by, at=make.AT,
    )  # fmt: skip
    assert list(second.requirements.values_list("code", flat=True)) == ["1", "2", "3"]
    second = acts.propose_act(second, actor=first.entered_by, at=make.AT)
    second = acts.confirm_act(second, actor=head, at=make.AT)
    standing = {day: list(JointAct.objects.in_force(day)) for day in (DAY, last - timedelta(days=1), last)}
    assert standing == {DAY: [first], last - timedelta(days=1): [first], last: [second]}


def test_an_item_is_asked_from_its_first_day_to_the_day_before_its_last() -> None:
    act = confirmed_checklist(since=DAY)
    head = act.confirmed_by
    assert head is not None
    act = acts.end_act(act, repealed=DAY + timedelta(days=10), remark="Repealed.", actor=head, at=make.AT)
    row = act.requirements.get(code="2")
    asked = {n: may_ask(row.as_law(), DAY + timedelta(days=n)) for n in (-1, 0, 9, 10)}
    assert asked == {-1: False, 0: True, 9: True, 10: False}
    listed = [one.as_law() for one in act.requirements.all()]
    assert asked_problems(["1", "2"], listed, DAY) == []
    assert [one.code for one in asked_problems(["2", "7"], listed, DAY)] == ["item-outside"]
    assert may_ask(entered_act(kinds=("mining-licence-2",), in_force=None).requirements.first().as_law(), DAY) is False  # type: ignore[union-attr]  # it has three


def test_everybody_reads_what_was_confirmed_and_officials_their_drafts() -> None:
    confirmed, draft = confirmed_act(), entered_act(kinds=("mining-licence-2",))
    officer, banker = draft.entered_by, make.make_user("officer", authority=make.make_authority("nbk"))
    seen = {
        person: set(JointAct.objects.visible_to(person))
        for person in (officer, banker, make.make_applicant())
    }  # fmt: skip
    assert seen[officer] == {confirmed, draft}
    assert [rows for person, rows in seen.items() if person != officer] == [{confirmed}, {confirmed}]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_overlap_and_are_confirmed_at_once_one_stands() -> None:
    first = proposed_act()
    second = proposed_act(number="13-J", authority=first.authority)
    head = make.make_user("head", authority=first.authority)
    gate, found = Barrier(2), []

    def confirm(act: JointAct) -> None:
        try:
            gate.wait()
            acts.confirm_act(act, actor=head, at=make.AT)
            found.append("confirmed")
        except TransitionRefused as refused:
            found.append(refused.problems[0].code)
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=[act]) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["confirmed", "joint-act-overlap"]


@pytest.mark.parametrize("kind", ["checklist", "criteria"])
@pytest.mark.parametrize("ended", [False, True])
def test_the_database_keeps_the_rows_of_a_confirmed_act(kind: str, ended: bool) -> None:
    act = confirmed_act(kind)
    if ended:
        JointAct.objects.filter(pk=act.pk).update(state="ended", repealed=DAY + timedelta(days=30))
    rows = act.requirements if kind == "checklist" else act.criteria
    model, one = rows.model, rows.first()
    other = entered_act(kind)
    stranger = (other.requirements if kind == "checklist" else other.criteria).first()
    assert one is not None
    assert stranger is not None
    acts_on_rows = (
        lambda: model.objects.filter(pk=one.pk).update(place=9),
        lambda: model.objects.filter(pk=one.pk).update(act=other),
        lambda: model.objects.filter(pk=stranger.pk).update(act=act),
        lambda: model.objects.filter(pk=one.pk).delete(),
        lambda: model.objects.bulk_create([copied(one)]),
    )
    for change in acts_on_rows:
        with pytest.raises(IntegrityError, match="rows of a confirmed joint act"), transaction.atomic():
            change()
    assert model.objects.filter(pk=stranger.pk).update(place=9) == 1


def copied(row: Any) -> Any:
    row = type(row).objects.get(pk=row.pk)
    row.pk, row.place, row.code = None, 99, "again"
    return row
