"""Signs that a holder of a mining licence deserves a look: what an inspection would ask about.

A sign is no breach and founds no act: a person looks, and opens a breach where there is one. Each sign cites the rule
it is read by and shows its figures. One or two queries a sign, whatever there is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from core.models import Authority, Organisation
from law.problems import Line, _
from law.provisions import NotInForce, Provision, provision
from law.reporting import MINING, POOL, Period, report_due, report_period
from law.requests import apply_by
from licensing.models import Licence, LicenceChange
from mining.models import DataCentre, MinerReport, PoolReport
from mining.models.hosting import HOSTED_KINDS
from mining.models.power import with_last_measured
from mining.services.distribution_rows import ACCREDITATION
from mining.services.distributions import differing, plain

LATE, MISSING, DIFFERS, ABOVE, MEASURED, UNREPORTED = (
    "late-reports",
    "missing-report",
    "differs-from-pools",
    "above-declared",
    "measured-above-capacity",
    "change-reported-late",
)
SIGNS: Mapping[str, str] = {
    LATE: _("Reports late"),
    MISSING: _("No report of the last period"),
    DIFFERS: _("Says otherwise than the pools"),
    ABOVE: _("Machines above the power declared"),
    MEASURED: _("Measured above the capacity of the centre"),
    UNREPORTED: _("Changes not reported in time"),
}
MOST = 500  # rows of each sign
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one holder: its figures in words, the rule it is read by, and what it is about."""

    code: str
    holder: Organisation
    told: Line
    ground: Provision | None
    subject: str = ""  # number of the licence, centre or application, where it is of one

    @property
    def label(self) -> str:
        return SIGNS[self.code]


def signs(authority: Authority, on: date, *, code: str = "") -> list[Sign]:
    """All signs of a day, or those of one code; in the order of SIGNS."""
    sources = {
        LATE: late_reports,
        MISSING: missing_reports,
        DIFFERS: differences_from_pools,
        ABOVE: machines_above_declared,
        MEASURED: measured_above_capacity,
        UNREPORTED: changes_reported_late,
    }
    return [sign for name, source in sources.items() if code in ("", name) for sign in source(authority, on)]


def last_due_period(report: str, on: date) -> Period | None:
    """The latest period whose last day to report has passed; None before there were any."""
    first = on.replace(day=1)
    try:
        while True:
            period = report_period(report, first - timedelta(days=1))
            if report_due(report, period).due_on < on:
                return period
            first = period.first
    except NotInForce:
        return None


def rule(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


def late_reports(authority: Authority, on: date) -> Iterator[Sign]:
    """Periods of the last year of which nothing came in time."""
    for report, model in ((POOL, PoolReport), (MINING, MinerReport)):
        rows: Any = model.objects.filter(authority=authority)
        late = rows.filter(received_on__gt=on - YEAR, received_on__lte=on).never_in_time()
        counted = (
            late.order_by("organisation").values("organisation").annotate(number=Count("period_first", distinct=True))
        )
        for row, holder in with_holders(counted[:MOST]):
            message = _("%(number)s periods of the last twelve months were reported late.")
            yield Sign(LATE, holder, Line(message, number=row["number"]), rule(f"{report}.report_due", on))


def missing_reports(authority: Authority, on: date) -> Iterator[Sign]:
    """Licences and accreditations in force in all of the last period that was due, of which nothing was reported."""
    for report, model, kinds in ((POOL, PoolReport, (ACCREDITATION,)), (MINING, MinerReport, HOSTED_KINDS)):
        period = last_due_period(report, on)
        if period is None:
            continue
        reported = model.objects.filter(
            authority=authority, organisation=OuterRef("organisation"), period_first=period.first
        )
        rows = Licence.objects.filter(authority=authority, kind__in=kinds, state="in_force")
        rows = rows.filter(~Exists(reported), valid_from__lte=period.first).order_by("organisation", "id")
        message = _("Nothing was reported of %(first)s to %(last)s, which was due on %(due)s.")
        due_on = report_due(report, period).due_on
        told = Line(message, first=period.first, last=period.last, due=due_on)
        for row, holder in with_holders(rows.values("organisation", "number")[:MOST]):
            yield Sign(MISSING, holder, told, rule(f"{report}.report_due", period.last), row["number"])


def differences_from_pools(authority: Authority, on: date) -> Iterator[Sign]:
    """Miners who say of the last period that was due another sum than their pools."""
    period = last_due_period(MINING, on)
    if period is None:
        return
    found: list[dict[str, Any]] = [
        {"organisation": miner, "asset": asset, "pools": pools, "said": said}
        for miner, asset, pools, said in differing(authority, period.first, period.last, most=MOST)
    ]
    holders = Organisation.objects.in_bulk({row["organisation"] for row in found})
    for row in found:
        said = row["said"]
        message = (
            _("Of %(asset)s the pools say %(pools)s, the miner says nothing.")
            if said is None
            else _("Of %(asset)s the pools say %(pools)s, the miner says %(said)s.")
        )
        facts = {"asset": row["asset"], "pools": plain(row["pools"]), "said": plain(said or Decimal(0))}
        yield Sign(
            DIFFERS, holders[row["organisation"]], Line(message, **facts), rule("mining.report_due", period.last)
        )


def machines_above_declared(authority: Authority, on: date) -> Iterator[Sign]:
    """Licences in force whose machines in the register draw more than was declared when the licence was filed for."""
    rows = (
        Licence.objects.filter(authority=authority, kind__in=HOSTED_KINDS, state="in_force")
        .annotate(
            registered=Sum(
                "machines__power", filter=Q(machines__included_on__lte=on, machines__excluded_on__isnull=True)
            ),
            declared=F("application__mining_particulars__megawatts"),
        )
        .filter(registered__gt=F("declared") * 1000)
        .order_by("organisation", "id")
    )
    message = _("The machines in the register draw %(registered)s MW; declared are %(declared)s MW.")
    for row, holder in with_holders(rows.values("organisation", "number", "registered", "declared")[:MOST]):
        told = Line(message, registered=plain(row["registered"] / 1000), declared=plain(row["declared"]))
        yield Sign(ABOVE, holder, told, rule("mining.licence.suspension_grounds", on), row["number"])


def measured_above_capacity(authority: Authority, on: date) -> Iterator[Sign]:
    """Centres at which the last assessment measured more than their capacity in the register."""
    rows: Any = with_last_measured(DataCentre.objects.filter(authority=authority, state="registered").standing_on(on))
    above = rows.filter(last_measured__gt=F("megawatts")).order_by("owner", "id")
    found = above.annotate(organisation=F("owner")).values("organisation", "reference", "last_measured", "megawatts")
    message = _("%(measured)s MW were measured; the register says %(capacity)s MW.")
    for row, holder in with_holders(found[:MOST]):
        told = Line(message, measured=plain(row["last_measured"]), capacity=plain(row["megawatts"]))
        yield Sign(MEASURED, holder, told, rule("mining.licence.suspension_grounds", on), row["reference"])


def changes_reported_late(authority: Authority, on: date) -> Iterator[Sign]:
    """Changes of the last year that were filed after their last day (LDA 9(4)(4) may make that a ground)."""
    rows = LicenceChange.objects.filter(
        application__authority=authority,
        application__act__startswith="reissue",
        application__filed_on__gt=on - YEAR,
        application__filed_on__lte=on,
        changed_on__isnull=False,
    ).order_by("-application")
    fields = {name: F(f"application__{name}") for name in ("organisation", "reference", "kind", "act", "filed_on")}
    message = _("The change of %(changed)s was filed on %(filed)s; its last day was %(last)s.")
    for row, holder in with_holders(rows.values("changed_on", **fields)[:MOST]):
        try:
            last = apply_by(row["kind"], row["act"], row["changed_on"])
        except NotInForce:
            continue
        if row["filed_on"] > last.due_on:
            told = Line(message, changed=row["changed_on"], filed=row["filed_on"], last=last.due_on)
            yield Sign(UNREPORTED, holder, told, last.provision, row["reference"])


def with_holders(rows: Iterable[Any]) -> Iterator[tuple[Any, Organisation]]:
    """Each row of values with the organisation it names: two queries."""
    found = list(rows)
    holders = Organisation.objects.in_bulk({row["organisation"] for row in found})
    return ((row, holders[row["organisation"]]) for row in found)
