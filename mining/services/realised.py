"""Jobs and investment that were realised: reported by the holder of a licence, or entered from a paper."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from law.provisions import NotInForce
from law.reporting import JOBS, Period, report_period
from licensing.models import Licence
from mining.models import RealisedReport
from mining.models.hosting import HOSTED_KINDS
from mining.models.realised import MOST_JOBS


@transaction.atomic
def report_realised(
    licence: Licence,
    *,
    period: date,
    jobs: int,
    investment: Decimal,
    note: str = "",
    source: str = "",
    paper_on: date | None = None,
    actor: User,
    at: datetime,
) -> RealisedReport:
    """Jobs on the last day of a period and what was invested in it, in tenge. The last report of a period counts.

    Args:
        period: its first day.
        source, paper_on: the paper, and its day, from which an official enters it; the holder gives none.

    Raises:
        PermissionDenied: neither the holder nor an officer of his authority.
        TransitionRefused: everything that is wrong with it, or the last report of the period says the same.
    """
    held = locked(licence)  # two reports of one licence wait for each other
    require(actor, "mining.enter_realised" if actor.is_official else "mining.report_realised", held)
    today = timezone.localdate(at)
    found = period_of(period)
    last = held.realised_reports.filter(period_first=period).order_by("-revision").first()
    made = RealisedReport(
        authority=held.authority,
        organisation=held.organisation,
        licence=held,
        period_first=period,
        period_last=found.last if found else period,
        revision=last.revision + 1 if last else 1,
        jobs=jobs,
        investment=investment,
        note=note.strip(),
        source=source.strip(),
        paper_on=paper_on,
        received_at=at,
        received_on=today,
        entered_by=actor,
    )
    problems = [*period_faults(made, found), *faults_of(made), *paper_faults(made)]
    if not problems and last is not None and same(last, made):
        problems = [Problem("no-change", _("The last report of the period says the same."))]
    if problems:
        raise TransitionRefused(problems)
    made.reference = f"JOBS-{held.pk}-{period:%Y-%m}-{made.revision}"
    held.realised_reports.filter(period_first=period, standing=True).update(standing=False)
    made.save()
    facts = {"licence": held.number, "period": period.isoformat(), "revision": made.revision, "jobs": jobs}
    facts |= {"investment": str(investment), "from_paper": bool(made.source)}
    record(made, "realisedreport.file", actor=actor, at=at, data=facts)
    return made


def period_of(first: date) -> Period | None:
    """The period that begins on a day; None where none does."""
    try:
        found = report_period(JOBS, first)
    except NotInForce:
        return None
    return found if found.first == first else None


def past_periods(today: date, count: int) -> list[Period]:
    """The last periods that are over, the latest first."""
    found: list[Period] = []
    day = today.replace(day=1)
    try:
        period = report_period(JOBS, day)
        while len(found) < count:
            period = report_period(JOBS, date.fromordinal(period.first.toordinal() - 1))
            found.append(period)
    except NotInForce:
        pass  # before the law began there were no periods
    return found


def period_faults(made: RealisedReport, period: Period | None) -> list[Problem]:
    """It is a period of reports, it is over, and the licence was valid on some day of it."""
    if period is None:
        message = _("No period begins on this day: periods are the quarters of the year.")
        return [Problem("realised-period", message, field="period")]
    if period.last >= made.received_on:
        message = _("The period ends on %(last)s and is not over yet.")
        return [Problem("realised-period-runs", message, {"last": period.last}, field="period")]
    licence = made.licence
    ended = licence.last_day is not None and licence.last_day < period.first
    if ended or licence.valid_from > period.last:
        message = _("Licence %(number)s was not valid in this period.")
        return [Problem("realised-licence-days", message, {"number": licence.number}, field="period")]
    return []


def faults_of(made: RealisedReport) -> list[Problem]:
    found = []
    if made.licence.kind not in HOSTED_KINDS:
        message = _("Jobs and investment are reported under a mining licence.")
        found.append(Problem(code="realised-kind", message=message, field="licence"))
    if not 0 <= made.jobs <= MOST_JOBS:
        message = _("Jobs are a whole number from 0 to %(most)s.")
        found.append(Problem(code="realised-jobs", message=message, params={"most": MOST_JOBS}, field="jobs"))
    if made.investment < 0:
        message = _("What was invested is not below zero.")
        found.append(Problem(code="realised-investment", message=message, field="investment"))
    return found


def paper_faults(made: RealisedReport) -> list[Problem]:
    """An official names the paper and its day; the holder himself has none to name."""
    found, given = [], (("source", made.source), ("paper_on", made.paper_on))
    if not made.entered_by.is_official:
        message = _("Only an official enters a report from a paper.")
        return [Problem("realised-paper-own", message, field=name) for name, value in given if value]
    for name, value in given:
        if not value:
            message = _("Name the paper that it is entered from, and its day.")
            found.append(Problem(code="realised-paper", message=message, field=name))
    if made.paper_on is not None and made.paper_on > made.received_on:
        message = _("The day of the paper lies in the future.")
        found.append(Problem(code="realised-paper-day", message=message, field="paper_on"))
    return found


def same(last: RealisedReport, made: RealisedReport) -> bool:
    """Whether a report says nothing new."""
    names = ("jobs", "investment", "note", "source", "paper_on")
    return all(getattr(last, name) == getattr(made, name) for name in names)
