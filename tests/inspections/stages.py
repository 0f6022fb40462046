"""The stages of a random life, from the draft to the result: what is tried at each and stopped, and what is done."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from inspections import services
from inspections.models import Inspection
from law.calendar import add_working_days
from tests import factories as make
from tests.inspections import world
from tests.inspections.checker import judge_row
from tests.inspections.lives import DAY, MINUTE, TOLD, Life, moment


def draft(life: Life, served: datetime) -> None:
    """A whole draft whose length is at most what its size and kind allow."""
    most = life.number(life.code)
    kinds = (life.thing.kind_of_permit,)
    checklist = world.make_joint_act(kinds=kinds, in_force=date(2023, 5, 1), at=moment(date(2023, 5, 1)))
    period = life.values.get("complaint_from", life.day - 300 * DAY), life.values.get("complaint_to", life.day - DAY)
    values: dict[str, Any] = {
        **world.draft_values(life.start),
        "start_on": life.day,
        "end_on": life.last_day(life.rng.choice([most, max(most - 1, 1), 1])),
        "period_from": period[0],
        "period_to": period[1],
        "checklist": checklist,
        **life.values,
    }
    given: dict[str, Any] = {"kind": life.kind, "entry": life.entry, "actor": life.officer, "at": served}
    life.row = services.open_inspection(life.thing, values=values, **given)
    life.tries(
        "a second draft at once",
        lambda: services.open_inspection(life.thing, values=values, **given),
        *("inspection-open", "entry-taken"),
    )
    team = [
        services.Named(world.make_inspector(), "Chief expert", leads=True),
        services.Named(world.make_inspector(), "Expert"),
    ]
    if life.kind == "unscheduled":
        life.row = services.set_team(life.row, team, actor=life.officer, at=served)
        life.tries("no papers", lambda: appoint(life, served), "B1")
        services.keep_ground(life.row, make.paper(), actor=life.officer, at=served)
    life.row = services.set_team(life.row, team, actor=life.officer, at=served)


def appoint(life: Life, at: datetime) -> Inspection:
    return services.appoint(life.row, actor=life.head, at=at)


def edited(life: Life, at: datetime, **values: Any) -> Inspection:
    """The draft with other values, brought to its next step."""
    row = services.edit_inspection(life.row, values=values, actor=life.officer, at=at)
    if is_told(life):
        return services.serve_notice(row, means="hand", noticed_at=at, actor=life.officer, at=at)
    return services.appoint(row, actor=life.head, at=at)


def is_told(life: Life) -> bool:
    return life.kind != "unscheduled" or (life.row.ground in TOLD and not life.row.case)


def spoil_draft(life: Life, served: datetime) -> None:
    """What no draft may say is stopped at the first step that counts."""
    row, most = life.row, life.number(life.code)
    life.tries("a day too long", lambda: edited(life, served, end_on=life.last_day(most + 1)), "B9")
    life.tries("no period", lambda: edited(life, served, period_to=None), "inspection-period_from", "B2")
    life.tries("days in disorder", lambda: edited(life, served, end_on=life.day - DAY), "days-order")
    if row.kind == "unscheduled":
        life.tries("anonymous", lambda: edited(life, served, anonymous=True), "B14")
        life.tries("another sphere", lambda: edited(life, served, ground="5-1"), "B1")
        life.tries("one failure", lambda: edited(life, served, ground="2", failures=1), "B1", "B3")
        life.tries("no such ground", lambda: edited(life, served, ground="9"), "ground-unknown")
    if row.ground == "3":
        early = row.complaint_from - DAY if row.complaint_from else None
        life.tries("before the complaint", lambda: appointed_with(life, served, period_from=early), "B18")


def appointed_with(life: Life, at: datetime, **values: Any) -> Inspection:
    edited_row = services.edit_inspection(life.row, values=values, actor=life.officer, at=at)
    if is_told(life):
        edited_row = services.serve_notice(edited_row, means="hand", noticed_at=at, actor=life.officer, at=at)
    return services.appoint(edited_row, actor=life.head, at=at)


def first_notice(life: Life) -> datetime:
    """A moment at or before the last lawful one."""
    early = life.rng.choice([timedelta(0), timedelta(minutes=life.rng.randrange(5000))])
    if life.kind == "unscheduled":
        return life.start - timedelta(hours=24) - early
    last = moment(life.day - 31 * DAY, 23, 59)
    return last - early


def notify(life: Life, served: datetime) -> None:
    row = life.row
    if not is_told(life):
        return
    life.tries("no notice", lambda: appoint(life, served), "B3")
    too_late = moment(life.day - (30 if life.kind != "unscheduled" else 0) * DAY, 0, 1)
    serve: dict[str, Any] = {"means": "hand", "actor": life.officer}
    life.tries("late notice", lambda: services.serve_notice(row, noticed_at=too_late, at=too_late, **serve), "B3")
    ahead = served + MINUTE
    life.tries(
        "not yet served", lambda: services.serve_notice(row, noticed_at=ahead, at=served, **serve), "notice-moment"
    )
    before = row.created_at - DAY
    life.tries(
        "older than its draft",
        lambda: services.serve_notice(row, noticed_at=before, at=served, **serve),
        "notice-older",
    )
    life.row = services.serve_notice(row, noticed_at=served, at=served, **serve)
    life.agrees(served)


def registered_later(life: Life) -> int | None:
    """Working days after the start within which the act may be registered; None: before it."""
    row = life.row
    found = []
    if row.urgent or row.case == "144(8)":
        found.append(life.number("EK-REG-URGENT"))
    if row.case == "144(9)" or (row.object.distance_km or 0) > 100:
        found.append(life.number("EK-REG-REMOTE"))
    return max(found, default=None)


def register(life: Life, day: date) -> Inspection:
    at = max(moment(day, 9), life.row.act_signed_at or moment(day))
    given: dict[str, Any] = {"number": "E-1", "registered_on": day, "actor": life.officer, "at": at}
    return services.register_act(life.row, **given)


def sign_and_begin(life: Life, served: datetime) -> None:
    leader, last = world.leader(life.row), registered_later(life)
    signed = served if is_told(life) else life.start - timedelta(minutes=life.rng.choice([0, 30, 3000]))
    signed = max(signed, life.row.created_at)
    life.tries("signed by who prepared it", lambda: services.appoint(life.row, actor=life.officer, at=signed))
    life.row = appoint(life, signed)
    life.agrees(signed)
    begin: dict[str, Any] = {"receipt": life.rng.choice(["taken", "refused"]), "actor": leader}
    life.tries(
        "by a stranger",
        lambda: services.start_inspection(life.row, receipt="taken", actor=make.make_user("inspector"), at=life.start),
    )
    other = life.start + (DAY if is_told(life) else -DAY)
    life.tries("another day", lambda: services.start_inspection(life.row, **begin, at=other), "start-other-day", "B8")
    if is_told(life) and life.kind == "unscheduled":
        early = served + timedelta(hours=24) - MINUTE
        life.tries("a minute under 24 hours", lambda: services.start_inspection(life.row, **begin, at=early), "B3")
    if last is None:
        life.tries("not registered", lambda: services.start_inspection(life.row, **begin, at=life.start), "B8")
        life.tries(
            "registered tomorrow",
            lambda: services.register_act(
                life.row, number="E", registered_on=life.day + 9 * DAY, actor=life.officer, at=life.start
            ),
            "registration-day",
        )
        life.row = register(life, timezone.localdate(signed))
        life.agrees(life.start - MINUTE if life.start > served else life.start)
    if not life.row.urgent:
        at = moment(life.day, 8, 59)
        life.tries(
            "before the working day", lambda: services.start_inspection(life.row, **begin, at=at), "hour-off", "B3"
        )
    life.row = services.start_inspection(life.row, **begin, at=life.start)
    life.agrees(life.start)
    if last is not None:
        limit = add_working_days(life.day, last)
        life.tries("registered too late", lambda: register(life, limit + DAY), "B8")
        life.row = register(life, life.rng.choice([limit, life.day]))
        life.agrees(moment(limit))


def extend(life: Life) -> None:
    """Once, by one of three reasons, told a working day before; or not at all."""
    row, rng = life.row, life.rng
    assert row.end_on is not None
    most = life.number(f"{life.code}-X")
    reason = rng.choice(["foreign", "locating", "laboratory"])
    at = max(moment(row.end_on, 12), life.start)
    to = add_working_days(row.end_on, rng.choice([1, most]))
    given: dict[str, Any] = {"extended_to": to, "actor": life.head}
    life.tries(
        "no reason", lambda: services.extend_inspection(row, reason="workload", at=at, **given), "reason-unknown"
    )
    life.tries(
        "by an officer",
        lambda: services.extend_inspection(row, reason=reason, at=at, extended_to=to, actor=life.officer),
    )
    far = add_working_days(row.end_on, most + 1)
    life.tries(
        "too long",
        lambda: services.extend_inspection(row, reason=reason, at=at, extended_to=far, actor=life.head),
        "B9",
    )
    after = moment(row.end_on + DAY)
    life.tries("after its end", lambda: services.extend_inspection(row, reason=reason, at=after, **given), "B17")
    life.row = services.extend_inspection(row, reason=reason, at=at, **given)
    life.tries("a second time", lambda: services.extend_inspection(life.row, reason=reason, at=at, **given), "B17")
    later = moment(row.end_on + DAY)
    life.tries("work in an unregistered extension", lambda: answer(life, world.leader(life.row), later), "B17")
    life.tries("registered too late", lambda: finish_registered(life, row.end_on + DAY if row.end_on else to), "B17")
    life.row = services.register_extension(
        life.row, number="X-1", registered_on=row.end_on, actor=life.officer, at=max(at, moment(row.end_on, 13))
    )
    life.agrees(at)


def finish_registered(life: Life, day: date) -> None:
    """The extension is registered on a day and the result handed over on it."""
    at = moment(day)
    row = services.register_extension(life.row, number="X-1", registered_on=day, actor=life.officer, at=at)
    services.answer_items(row, world.entries(row), actor=world.leader(row), at=at)
    world.hand_over(row, at=at)


def change_team(life: Life) -> None:
    """A new leader who comes tomorrow; who led leaves today."""
    at, old = life.start + timedelta(minutes=life.rng.randrange(60)), world.leader(life.row)
    new = services.Named(world.make_inspector(), "Chief expert", leads=True)
    tomorrow = timezone.localdate(at) + DAY
    given: dict[str, Any] = {"joins": [new], "leaves": [old], "reason": "Illness.", "actor": life.head, "at": at}
    today = timezone.localdate(at)
    life.tries(
        "told later",
        lambda: services.change_team(life.row, **given, joined_on=tomorrow, told_statistics_on=tomorrow),
        "team-told",
    )
    life.tries(
        "joined before",
        lambda: services.change_team(life.row, **given, joined_on=today - DAY, told_statistics_on=today),
        "team-day",
    )
    life.row = services.change_team(life.row, **given, joined_on=tomorrow, told_statistics_on=today)
    life.tries("who left", lambda: answer(life, old, at))
    life.tries("who has not joined yet", lambda: answer(life, new.person, at), "B16")
    life.agrees(at)


def answer(life: Life, actor: Any, at: datetime, unmet: tuple[str, ...] = ()) -> Inspection:
    return services.answer_items(life.row, world.entries(life.row, unmet), actor=actor, at=at)


def finish(life: Life, unmet: tuple[str, ...]) -> None:
    row, rng = life.row, life.rng
    last = row.last_day
    assert last is not None
    leader = world.leader(row)
    joined = row.team.get(person=leader).joined_on or life.day
    day = max(rng.choice([life.day, last]), joined, row.end_on if row.extended_to and row.end_on else life.day)
    at = max(moment(day, 23, 59) if day == last else moment(day, 15), life.start)
    life.tries("nothing answered", lambda: world.hand_over(row, at=at), "item-unanswered")
    life.tries(
        "an item of no checklist",
        lambda: services.answer_items(row, [services.Entry("X9", "met")], actor=leader, at=at),
        "item-unknown",
    )
    life.tries("answered after the end", lambda: answer(life, leader, moment(last + DAY)), "B19")
    life.row = answer(life, leader, at, unmet)
    life.tries("result after the end", lambda: world.hand_over(life.row, at=moment(last + DAY)), "B19")
    life.tries("result by a stranger", lambda: world.hand_over(life.row, at=at, actor=make.make_user("inspector")))
    if unmet:
        nine = timezone.localdate(at) + 9 * DAY
        life.tries("nine days to cure", lambda: world.hand_over(life.row, at=at, cure_by=nine), "B20")
    cure = timezone.localdate(at) + rng.choice([10, 30]) * DAY
    given: dict[str, Any] = {"cure_by": cure} if unmet else {}
    life.row = world.hand_over(life.row, at=at, **given)
    life.agrees(at)
    life.tries("a second result", lambda: world.hand_over(life.row, at=at))
    life.tries("answered after the result", lambda: answer(life, leader, at), "not-running")


def live(life: Life, unmet: tuple[str, ...] = ()) -> Inspection:
    """From the draft to the result."""
    served = first_notice(life)
    draft(life, served)
    life.agrees(served)
    return run(life, served, unmet)


def run(life: Life, served: datetime, unmet: tuple[str, ...]) -> Inspection:
    """From a whole draft to the result."""
    spoil_draft(life, served)
    notify(life, served)
    sign_and_begin(life, served)
    length = (life.row.end_on or life.day) - life.day
    if length and life.rng.random() < 0.4:
        change_team(life)
    if life.rng.random() < 0.5:
        extend(life)
    finish(life, unmet)
    assert judge_row(life.row) == set()
    return life.row
