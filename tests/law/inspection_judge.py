"""A second opinion on an inspection: written from the text of Chapter 13 alone, it shares nothing with the blockers but
the calendar and the rows. What both say of the same facts must agree.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from law.calendar import add_working_days, is_working_day, last_working_day_before
from law.inspections.plans import Plan
from law.provisions import provision

DAY = timedelta(days=1)
MINERS = {"mining-licence-1", "mining-licence-2", "pool-accreditation", "mining-data-centre"}
BANK = {"nbk-dfa-platform", "nbk-trading-platform", "nbk-exchanger"}
OTHERS = {"secured-asset-permit", "national-exchange"}
WITH_A_VISIT = {"compliance", "unscheduled", "visit_control"}
SILENT = {"3", "4", "7", "8"}  # 144(4)
AGAIN = {"2-1", "3", "4", "5", "6", "7", "8"}  # 151(6)
FOREIGN = {"5-1", "5-2", "5-3"}
NEEDED = {
    "number_date", "body", "officials", "subject", "subject_matter", "duration", "grounds", "period", "rights",
    "signature",
}  # fmt: skip


def number(code: str, on: date) -> int:
    return provision(code, on).number


def anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def working_days(first: date, last: date) -> int:
    days = ((first + count * DAY) for count in range((last - first).days + 1))
    return sum(is_working_day(one) for one in days)


def who_inspects(permit: str, on: date) -> tuple[str, set[str]]:
    """The regime in a word of our own, and the authorities (digital-assets law 12, 7, 12-5; National Bank law 51-5)."""
    if permit.startswith("aifc-"):
        return "aifc", {"afsa"}
    if permit in MINERS and on >= date(2023, 4, 1):
        return "code", {"maidd"}
    if permit in OTHERS and date(2023, 4, 1) <= on < date(2026, 5, 1):
        return "code", {"maidd"}
    if permit in BANK and on >= date(2026, 5, 1):
        return "bank", {"nbk"}
    if permit == "nbk-special-regime" and on >= date(2025, 8, 31):
        return "contract", {"nbk"}
    return "nobody", set()


def judge(plan: Plan, on: date) -> set[str]:
    """Codes of what makes the inspection unlawful."""
    start = plan.start_on or on
    regime, bodies = who_inspects(plan.kind_of_permit, start) if plan.kind_of_permit else ("code", {plan.authority})
    if regime == "nobody" or (regime == "code" and start < date(2023, 4, 1)):
        return {"B26"}
    found = set()
    if plan.kind_of_permit and plan.authority and plan.authority not in bodies:
        found.add("B7")
    measured = plan.restrictive_measure and plan.registered_investor and not plan.prosecutor_approved
    if regime != "code" or plan.before_permit:
        reached = start >= date(2026, 7, 1) and (regime == "bank" or plan.before_permit)
        return found | ({"B24"} if measured and reached else set())
    if measured or (plan.prompt_response and not plan.prompt_response_lawful):
        found.add("B24")
    if plan.outside_competence:
        found.add("B7")
    return found | {code for part in PARTS for code in part(plan, start, on)}


def is_small(plan: Plan) -> bool:
    return plan.size in {"micro", "small"} and plan.kind_of_permit != "mining-licence-1"


def chosen(plan: Plan, start: date, on: date) -> Iterator[str]:
    if plan.kind in WITH_A_VISIT and not has_ground(plan, start):
        yield "B1"
    if too_often(plan, start):
        yield "B5"
    desk_year = plan.desk_control_on.year if plan.desk_control_on else None
    if plan.kind == "visit_control" and start < date(2024, 6, 8) and desk_year != start.year - 1:
        yield "B10"
    if plan.kind == "visit_control" and plan.risk == "low":
        yield "B12"
    if plan.kind in {"visit_control", "desk_control"} and start >= date(2024, 6, 8):
        yield "B26"
    if plan.kind in {"test_purchase", "investigation"} and not plan.allowed_by_law:
        yield "B23"
    if plan.anonymous and plan.kind in {None, "unscheduled"}:
        yield "B14"


def left_alone(plan: Plan, start: date, on: date) -> Iterator[str]:
    if plan.moratorium and not plan.moratorium_excepted:
        yield "B22"
    if not is_small(plan) or plan.kind == "unscheduled":
        return
    registered = plan.firm_registered_on
    if registered and not plan.successor and start <= anniversary(registered, number("EK-HOLIDAY3", start)):
        yield "B11"
    if start < date(2024, 1, 1) and not plan.moratorium_excepted:
        yield "B22"


def planned(plan: Plan, start: date, on: date) -> Iterator[str]:
    subjects, picked = plan.sphere_subjects, plan.sphere_chosen
    by_hand = plan.kind in {"compliance", "visit_control"} and not plan.automated_system
    counted = subjects is not None and picked is not None
    if by_hand and counted and (picked or 0) * 100 > (subjects or 0) * number("EK-CAP5", start):
        yield "B13"
    periods = (plan.schedule_from, plan.schedule_to), (plan.list_from, plan.list_to)
    if all(all(one) for one in periods) and periods[0] != periods[1]:
        yield "B21"
    if plan.modes and len(set(plan.modes)) == 2:
        yield "B21"


def has_ground(plan: Plan, start: date) -> bool:
    if plan.kind != "unscheduled":
        return bool(plan.listed)
    enough = plan.ground != "2" or plan.failures is None or plan.failures > 1
    return bool(plan.ground and plan.ground not in FOREIGN and plan.ground_papers and enough)


def too_often(plan: Plan, start: date) -> bool:
    if plan.kind == "compliance" and plan.risk and plan.last_ended_on:
        years = number({"high": "EK-FREQ-HIGH", "medium": "EK-FREQ-MED", "low": "EK-FREQ-LOW"}[plan.risk], start)
        return start <= anniversary(plan.last_ended_on, years)
    if plan.kind == "visit_control" and plan.risk in {"high", "medium"} and plan.visits_this_year is not None:
        return plan.visits_this_year + 1 > number("EK-FREQ-VISIT", start)
    return False


def opening(plan: Plan, start: date, on: date) -> Iterator[str]:
    if plan.kind in WITH_A_VISIT:
        needed = NEEDED | ({"receipt"} if plan.act_handed else set())
        if plan.act_fields is None or not needed <= set(plan.act_fields):
            yield "B2"
        if not well_noticed(plan, start):
            yield "B3"
        if plan.act_handed is False:
            yield "B6"
        if not well_registered(plan, start, on):
            yield "B8"
    if plan.act_subjects is not None and plan.act_subjects > 1:
        yield "B15"


def team(plan: Plan, start: date, on: date) -> Iterator[str]:
    working, named = plan.officials_working, plan.officials_named
    if working is not None and named is not None and not set(working) <= set(named):
        yield "B16"
    if plan.joined_on:
        for told in (plan.joined_told_subject_on, plan.joined_told_statistics_on):
            if told is None or told > plan.joined_on:
                yield "B16"


def well_noticed(plan: Plan, start: date) -> bool:
    if plan.kind == "unscheduled" and (plan.ground in SILENT or plan.case):
        return True
    if plan.notice_wrong or plan.noticed_on is None:
        return False
    if plan.start_on is None:
        return True
    if plan.kind == "unscheduled":
        return plan.noticed_on < start  # the hours are counted elsewhere
    free = number("EK-NOTICE-COMP" if plan.kind == "compliance" else "EK-NOTICE-VISIT", start)
    return (start - plan.noticed_on).days - 1 >= free


def well_registered(plan: Plan, start: date, on: date) -> bool:
    days = number("EK-REG-BEFORE", start)
    if plan.urgent or plan.case == "144(8)":
        days = number("EK-REG-URGENT", start)
    if plan.case == "144(9)" or (plan.distance_km or 0) > number("EK-REG-KM", start):
        days = number("EK-REG-REMOTE", start)
    last = add_working_days(start, days)
    if plan.registered_on:
        return plan.start_on is None or plan.registered_on <= last
    return plan.registered is not False or (plan.start_on is not None and days > 0 and on <= last)


def checked(plan: Plan, start: date, on: date) -> Iterator[str]:
    asked, allowed = plan.items_asked, plan.checklist_items
    if asked is not None and allowed is not None and not set(asked) <= set(allowed):
        yield "B4"
    if plan.forbidden_acts:
        yield "B4"
    if plan.period_from and plan.period_to and plan.ground not in AGAIN:
        for first, last in plan.checked_before or ():
            if not (last < plan.period_from or plan.period_to < first):
                yield "B4"
    if plan.originals_taken and not plan.criminal_or_offence_case:
        yield "B25"
    if plan.ground == "3":
        if plan.complaint_from and plan.period_from and plan.period_from < plan.complaint_from:
            yield "B18"
        if plan.complaint_to and plan.period_to and plan.complaint_to < plan.period_to:
            yield "B18"


def lasting(plan: Plan, start: date, on: date) -> Iterator[str]:
    if plan.kind in WITH_A_VISIT:
        most, more = lengths(plan, start)
        days = plan.working_days
        if plan.start_on and plan.end_on:
            days = working_days(plan.start_on, plan.end_on)
        if days is not None and days > most:
            yield "B9"
        if plan.end_on and plan.extended_to and working_days(plan.end_on + DAY, plan.extended_to) > more:
            yield "B9"
    if not well_extended(plan, start):
        yield "B17"


def lengths(plan: Plan, start: date) -> tuple[int, int]:
    if plan.size == "micro" and is_small(plan):
        code = "EK-DUR-MICRO"
    else:
        code = "EK-DUR-UNSCH" if plan.kind == "unscheduled" else "EK-DUR-STD"
    return number(code, start), number(f"{code}-X", start)


def well_extended(plan: Plan, start: date) -> bool:
    if plan.extensions is not None and plan.extensions > number("EK-EXT-MAX", start):
        return False
    if not (plan.extensions or plan.extended_to or plan.extension_act_on):
        return True
    if plan.extension_reason not in {"foreign", "locating", "laboratory"} or plan.extension_registered is False:
        return False
    if plan.end_on is None:
        return True
    if any(
        day and day > plan.end_on for day in (plan.extension_act_on, plan.extension_registered_on)
    ):  # 146(2), 148(2)
        return False
    told = plan.extension_noticed_on
    if told is None or plan.extension_reason == "locating":
        return True
    return told <= last_working_day_before(add_working_days(plan.end_on, 1))


def after(plan: Plan, start: date, on: date) -> Iterator[str]:
    last = plan.extended_to or plan.end_on
    if plan.result_handed_on and last and plan.result_handed_on > last:
        yield "B19"
    handed = plan.order_handed_on or plan.result_handed_on
    if plan.cure_by and handed and (plan.cure_by - handed).days < number("EK-CURE-MIN", handed):
        yield "B20"
    if plan.orders is not None and plan.orders > number("EK-PRESC-ONE", start):
        yield "B20"


PARTS = (chosen, left_alone, planned, opening, team, checked, lasting, after)
