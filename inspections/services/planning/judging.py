"""What the law lets be planned of a candidate: from which day, for how long, or why not at all. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspections.services.planning.facts import Candidate, Refused, Settings, Told, said
from law import licensing
from law.calendar import next_working_day, working_day_back
from law.inspections import Kind, Plan, Regime, Risk, Size, blockers_at, may_schedule, regime
from law.inspections.codes import RISKS, SIZES
from law.inspections.durations import duration_rules
from law.inspections.frequency import (
    desk_year,
    first_day_after,
    frequency_rule,
    holiday_until,
    in_holiday,
    moratorium,
    visits_allowed,
)
from law.inspections.regimes import authorities, regime_rule
from law.inspections.schedules import SCHEDULE
from law.inspections.sizes import effective_size
from law.problems import _
from law.provisions import provision

_DAY = timedelta(days=1)
OUTCOMES = {
    "chosen": _("chosen"),
    "left": _("no longer a subject"),
    "regime": _("not governed"),
    "busy": _("an inspection without a last day is under way"),
    "frequency": _("inspected too recently"),
    "holiday": _("a small firm in its first three years"),
    "moratorium": _("a moratorium"),
    "low": _("low risk is not visited"),
    "visits": _("visited often enough"),
    "desk": _("no desk control the year before"),
    "period": _("no start fits the period"),
    "room": _("no inspector has room"),
    "cap": _("the cap without an automated system"),
    "blocked": _("unlawful"),
    "out": _("taken out"),
}


@dataclass(frozen=True, slots=True)
class Lawful:
    """When it may be inspected: from the first start to the last, so many working days, within a period."""

    object: int
    kind_of_permit: str
    region: str
    size: Size
    earliest: date
    latest: date
    days: int
    period: tuple[date, date]
    why: list[Told]


def judge(one: Candidate, settings: Settings) -> Lawful | Refused:
    """Everything that the law says of planning this candidate, each rule with its line."""
    period = settings.period
    if other := one.facts.get("other"):
        period = (date.fromisoformat(other[0]), date.fromisoformat(other[1]))
    start = next_working_day(max(settings.first, period[0]))
    left = one.day("left_on")
    if left is not None and left <= start:
        return Refused(one, "left", [said(_("No longer a subject of control from %(day)s."), day=left)])
    chosen = governed(one, settings, start)
    if isinstance(chosen, Refused):
        return chosen
    pk, kind, region = chosen
    size = size_of(one, kind, start)
    why = [said(_("Place %(place)s by risk: %(risk)s, %(points)s points."), **rank(one))]
    start, outcome, why = _first_start(one, settings, size, start, why)
    if outcome in OUTCOMES and outcome not in ("frequency", "holiday", "moratorium"):
        return Refused(one, outcome, why)
    length, _extension = duration_rules(size, settings.kind, start)
    latest = working_day_back(period[1], length.number)
    if start > latest:
        text = _("A start that ends by %(last)s is no later than %(latest)s.")
        return Refused(one, outcome or "period", [*why, said(text, last=period[1], latest=latest)])
    text = _("At most %(days)s working days: %(size)s.")
    why.append(said(text, length, days=length.number, size=SIZES[size]))
    if other:
        text = _("It stands in another plan of the year too: one common period, from %(first)s to %(last)s.")
        rule = provision("EK-COMMON-PERIOD", start)
        why.append(said(text, rule, first=period[0], last=period[1]))
    return Lawful(pk, kind, region, size, start, latest, length.number, period, why)


def rank(one: Candidate) -> dict[str, Any]:
    return {"place": one.place, "risk": RISKS[Risk(one.risk)], "points": one.points}


def governed(one: Candidate, settings: Settings, on: date) -> tuple[int, str, str] | Refused:
    """Its first object that this authority inspects under Chapter 13 on a day."""
    kinds = [kind for _pk, kind, _region in one.facts["objects"]]
    for pk, kind, region in one.facts["objects"]:
        if regime(kind, on) is Regime.CHAPTER_13 and settings.authority in authorities(kind, on):
            return pk, kind, region
    text = _("On %(day)s this authority inspects none of its objects under Chapter 13.")
    rule = regime_rule(kinds[0], on) if kinds else None
    return Refused(one, "regime", [said(text, rule, day=on)])


def size_of(one: Candidate, kind: str, on: date) -> Size:
    """What is not known is taken for a micro firm: the shortest length, and the holiday. Subtype I is never small."""
    return effective_size(one.facts["size"] or Size.MICRO, kind == licensing.MINING_LICENCE_1, on)


def _first_start(
    one: Candidate, settings: Settings, size: Size, start: date, why: list[Told]
) -> tuple[date, str, list[Told]]:
    """The first lawful start, what set it, and the lines; other outcomes say that there is none."""
    if one.facts.get("busy"):
        return start, "busy", [*why, said(_("An inspection is being prepared; its last day is not known yet."))]
    found = _by_frequency if settings.kind is Kind.COMPLIANCE else _by_visits
    start, outcome, lines = found(one, start)
    why = [*why, *lines]
    if outcome in ("low", "visits", "desk"):
        return start, outcome, why
    registered, successor = one.day("registered_on"), bool(one.facts["successor"])
    if registered is not None and in_holiday(size, registered, start, successor=successor, kind=settings.kind):
        until = holiday_until(registered, start)
        start, outcome = next_working_day(until + _DAY), "holiday"
        text = _("A small firm registered on %(registered)s is left alone until %(until)s.")
        why.append(said(text, provision("EK-HOLIDAY3", start), registered=registered, until=until))
    rule = moratorium(size, start)
    if rule is not None and rule.repealed is not None:
        start, outcome = next_working_day(rule.repealed), "moratorium"
        why.append(said(_("A moratorium holds until %(until)s."), rule, until=rule.repealed - _DAY))
    return start, outcome, why


def _by_frequency(one: Candidate, start: date) -> tuple[date, str, list[Told]]:
    """Compliance inspections: once in one, two or three years, by the degree of risk."""
    rule, last = frequency_rule(one.risk, start), one.day("last_ended_on")
    params = {"risk": RISKS[Risk(one.risk)], "years": rule.number}
    if last is None:
        text = _("At %(risk)s once in %(years)s years; no compliance inspection is known before.")
        return start, "", [said(text, rule, **params)]
    earliest = next_working_day(first_day_after(one.risk, last, start))
    text = _("At %(risk)s once in %(years)s years; the last one ends on %(last)s, so from %(earliest)s.")
    line = said(text, rule, **params, last=last, earliest=earliest)
    return (start, "", [line]) if may_schedule(one.risk, last, start) else (earliest, "frequency", [line])


def _by_visits(one: Candidate, start: date) -> tuple[date, str, list[Told]]:
    """Visits of preventive control: never at low risk, twice a year else, after desk control of the year before."""
    allowed, had = visits_allowed(one.risk, start), int(one.facts.get("visits", 0))
    if not allowed:
        text = _("A subject of low risk is not visited by preventive control.")
        return start, "low", [said(text, provision("EK-VISIT-LOW", start))]
    rule = provision("EK-FREQ-VISIT", start)
    line = said(_("Visits in the year: %(had)s; at most %(allowed)s."), rule, had=had, allowed=allowed)
    if had >= allowed:
        return start, "visits", [line]
    year, desk = desk_year(start), one.day("desk_on")
    if year is not None and (desk is None or desk.year != year):
        text = _("No desk control of it took place in %(year)s.")
        return start, "desk", [line, said(text, provision("EK-DESK-FIRST", start), year=str(year))]
    return start, "", [line]


def law_plan(
    one: Candidate, lawful: Lawful, settings: Settings, *, start_on: date, period: tuple[date, date], chosen: int
) -> Plan:
    """The facts as `law.inspections.blockers` judges them."""
    side: dict[str, Any] = {"schedule_from": period[0], "schedule_to": period[1]}
    if settings.plan != SCHEDULE:
        side = {"list_from": period[0], "list_to": period[1]}
    return Plan(
        kind=settings.kind,
        kind_of_permit=lawful.kind_of_permit,
        authority=settings.authority,
        size=one.facts["size"] or None,
        risk=one.risk,
        firm_registered_on=one.day("registered_on"),
        successor=bool(one.facts["successor"]),
        last_ended_on=one.day("last_ended_on") if settings.kind is Kind.COMPLIANCE else None,
        visits_this_year=int(one.facts.get("visits", 0)),
        desk_control_on=one.day("desk_on"),
        automated_system=settings.most is None,
        sphere_subjects=settings.subjects,
        sphere_chosen=chosen,
        modes={settings.mode},
        start_on=start_on,
        working_days=lawful.days,
        **side,
    )


def unlawful(plan: Plan, on: date) -> list[Told]:
    """What stands against an entry, as lines."""
    return [
        {"text": one.message, "msgid": one.message, "params": dict(said(one.message, None, **one.params)["params"])}
        | ({"ground": one.provision.ground()} if one.provision else {})
        for one in blockers_at("plan", plan, on)
    ]
