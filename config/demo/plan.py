"""Which filings the demo tells and how each ends: the 45 licensees of November 2024, and the desks of today."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.agenda import working_days_ago

FIRST_FILING, LAST_FILING = date(2023, 6, 5), date(2024, 10, 14)
LICENSEES = 45
SUBTYPE_I = {0, 3, 6}  # of each eight: 17 of 45


@dataclass(frozen=True, slots=True)
class Plan:
    """One filing as it will go.

    ending: draft | submitted | registered | in_review | returned | recommended | countersigned | decided |
    refused_consideration | withdrawn. `after`: working days from acceptance to the recommendation.
    question: "" | open | answered; opinion: "" | asked | agreed | objected.
    """

    filed_on: date
    ending: str = "decided"
    kind: str = "mining-licence-1"
    outcome: str = "grant"
    question: str = ""
    opinion: str = ""
    after: int = 4
    reason: str = "permit.refusal.3"
    idle: bool = False  # nobody has taken the case
    ready: bool = True  # the draft is complete
    fee_shown: bool = True  # its payment and the proof of it are in the filing
    again: "Plan | None" = None  # a second filing that starts from this one
    by_firm: bool = False


def kind_of(number: int) -> str:
    """The subtype of the n-th licensee."""
    return "mining-licence-1" if number % 8 in SUBTYPE_I else "mining-licence-2"


def licensee_plans(count: int, today: date) -> list[Plan]:
    """The filings by which so many licensees got their licences, in the order of their days."""
    plans = []
    early = min(count, LICENSEES)
    for number in range(count):
        if number < LICENSEES:
            day = FIRST_FILING + (LAST_FILING - FIRST_FILING) * number // early
        else:
            start, end = LAST_FILING + timedelta(days=30), today - timedelta(days=60)
            day = start + (end - start) * (number - LICENSEES) // (count - LICENSEES)
        plans.append(
            Plan(
                day,
                kind=kind_of(number),
                question="answered" if number % 5 == 1 else "",
                opinion="agreed" if number % 4 == 0 else "",
                after=1 + number % 4 + (14 if number % 17 == 9 else 0),
                fee_shown=number % 6 != 4,
            )
        )
    return plans


def renewal_plan(number: int, kind: str, expires_on: date, today: date) -> Plan | None:
    """Two of three licensees of 2023 filed again before their term was over; the third let it end."""
    filed_on = working_days_ago(expires_on, 24)
    if number % 3 == 2 or expires_on > today + timedelta(days=20) or filed_on > today:
        return None
    return Plan(filed_on, kind=kind, after=2 + number % 4)


POOL = "pool-accreditation"
I, II = "mining-licence-1", "mining-licence-2"  # noqa: E741  (the law's own numerals)


def desk_plans(today: date) -> list[Plan]:
    """What lies on the desks today, and what ended otherwise than with a licence."""

    def ago(days: int) -> date:
        return working_days_ago(today, days)

    return [
        Plan(ago(0), "draft", I, ready=False, by_firm=True),
        Plan(ago(0), "draft", II, by_firm=True),
        Plan(ago(2), "draft", I, ready=False),
        Plan(ago(0), "submitted", I, by_firm=True),
        Plan(ago(0), "submitted", II),
        Plan(ago(1), "submitted", II),
        Plan(ago(4), "submitted", I),
        Plan(ago(1), "registered", II),
        Plan(ago(2), "registered", I),
        Plan(ago(3), "in_review", I),
        Plan(ago(4), "in_review", II, idle=True),
        Plan(ago(5), "in_review", II, idle=True, fee_shown=False),
        Plan(ago(7), "in_review", I, question="open"),
        Plan(ago(8), "in_review", II, question="open", by_firm=True),
        Plan(ago(9), "in_review", I, question="answered"),
        Plan(ago(10), "in_review", I, opinion="asked"),
        Plan(ago(12), "in_review", II, opinion="objected"),
        Plan(ago(13), "in_review", I, opinion="agreed", question="answered"),
        Plan(ago(14), "in_review", I, opinion="agreed"),
        Plan(ago(15), "in_review", II),
        Plan(ago(22), "in_review", I, opinion="asked"),
        Plan(ago(27), "in_review", II, question="open"),
        Plan(ago(11), "returned", II),
        Plan(ago(9), "recommended", I),
        Plan(ago(10), "recommended", II, by_firm=True),
        Plan(ago(14), "recommended", I, outcome="refuse", opinion="objected", reason="permit.refusal.4"),
        Plan(ago(12), "countersigned", I, opinion="agreed"),
        Plan(ago(13), "countersigned", II),
        Plan(ago(14), "countersigned", II, outcome="refuse"),
        *ended_plans(today),
    ]


def ended_plans(today: date) -> list[Plan]:
    """Refusals, filings that were not considered, withdrawals: over the years and lately."""

    def ago(days: int) -> date:
        return working_days_ago(today, days)

    return [
        Plan(date(2023, 9, 18), kind=II, outcome="refuse", after=5),
        Plan(date(2024, 3, 4), kind=I, outcome="refuse", opinion="objected", reason="permit.refusal.4"),
        Plan(date(2025, 2, 10), kind=II, outcome="refuse", reason="permit.refusal.7", question="answered"),
        Plan(date(2026, 2, 9), kind=I, outcome="refuse", by_firm=True),
        Plan(date(2023, 11, 6), "refused_consideration", II, fee_shown=False),
        Plan(date(2025, 6, 16), "refused_consideration", I),
        Plan(ago(30), "refused_consideration", II, fee_shown=False, again=Plan(ago(26), "withdrawn", II)),
        Plan(ago(9), "refused_consideration", I, fee_shown=False, again=Plan(ago(6), "in_review", I), by_firm=True),
        Plan(ago(5), "refused_consideration", II, fee_shown=False, again=Plan(ago(1), "draft", II)),
        Plan(date(2024, 5, 20), "withdrawn", II),
        Plan(date(2025, 10, 13), "withdrawn", I, question="open"),
        Plan(ago(20), "withdrawn", I, by_firm=True),
    ]
