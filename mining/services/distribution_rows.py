"""Reports of pools and miners as files of rows.

The declared facts of a report are its period (its first day) and its number among those of the period. The highest
number stands; the same number again must bring the same rows.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import RowFile
from core.rows import ERROR, WARNING, Column, Fault, Pass, RowKind, Taken
from core.rows.values import code, day, identifier, number, text
from core.services.acts import locked
from law.problems import Problem, _
from law.provisions import NotInForce
from law.reporting import MINING, POOL, Period, report_due, report_period
from licensing.models import Licence
from mining.models import MinerReport, PoolReport
from mining.wallets import is_known_form, most_of

POOL_DISTRIBUTION, MINER_OUTPUT = "pool-distribution", "miner-output"
ACCREDITATION = "pool-accreditation"
REVISIONS = 999

DISTRIBUTION_COLUMNS = (
    Column("day", _("Day of distribution"), ("Дата распределения", "Бөлу күні", "Дата"), day(date(2023, 4, 1)), "date"),
    Column("miner", _("IIN or BIN of the miner"), ("ИИН/БИН майнера", "ИИН/БИН", "ЖСН/БСН", "Майнердің ЖСН/БСН"),
           identifier),
    Column("miner_name", _("Name of the miner"), ("Наименование майнера", "Наименование", "ФИО", "Майнердің атауы",
           "Атауы"), text(300), required=False),
    Column("licence", _("Number of the licence"), ("Номер лицензии", "Лицензия нөмірі"), code(40)),
    Column("licence_date", _("Date of the licence"), ("Дата лицензии", "Лицензия күні"), day(date(2023, 4, 1)), "date"),
    Column("wallet", _("Wallet"), ("Кошелек", "Кошелёк", "Адрес кошелька", "Әмиян", "Әмиян мекенжайы"), text(120)),
    Column("asset", _("Asset"), ("Актив", "Криптовалюта", "Актив коды"), code(12)),
    Column("amount", _("Amount"), ("Количество", "Сумма", "Мөлшері", "Саны"), number(30, 18), "numeric"),
    Column("commission", _("Commission of the pool"), ("Комиссия", "Комиссия пула", "Пул комиссиясы"), number(30, 18),
           "numeric", required=False),
)  # fmt: skip
OUTPUT_COLUMNS = (
    Column("asset", _("Asset"), ("Актив", "Криптовалюта", "Актив коды"), code(12)),
    Column("amount", _("Amount obtained"), ("Количество", "Получено", "Мөлшері", "Алынған мөлшері"), number(30, 18),
           "numeric"),
)  # fmt: skip

#: When each licence of the file was suspended: from the day of the act to the day on which it was in force again.
SUSPENDED = """
CREATE TEMPORARY TABLE suspended AS
SELECT e.subject_id AS licence_id, (e.at AT TIME ZONE 'Asia/Almaty')::date AS first,
    (SELECT min((n.at AT TIME ZONE 'Asia/Almaty')::date) FROM core_event n WHERE n.subject_type = e.subject_type
        AND n.subject_id = e.subject_id AND n.seq > e.seq AND n.to_state = 'in_force') AS back
FROM core_event e WHERE e.subject_type = 'licensing.licence' AND e.to_state = 'suspended' AND e.subject_id IN (
    SELECT l.id FROM licensing_licence l WHERE l.number IN (SELECT licence FROM staged))
"""
#: What the register says of each row on its own day.
JUDGED = """
CREATE TEMPORARY TABLE judged AS
SELECT s.row, l.id AS licence_id, o.id AS miner_id, CASE
    WHEN l.id IS NULL THEN 'unknown'
    WHEN l.organisation_id IS DISTINCT FROM o.id THEN 'owner'
    WHEN s.day < l.valid_from OR s.day > least(l.ended_on, l.valid_to) THEN 'outside'
    WHEN EXISTS (SELECT FROM suspended p WHERE p.licence_id = l.id AND s.day >= p.first
        AND (p.back IS NULL OR s.day < p.back)) THEN 'suspended'
    WHEN s.licence_date <> l.granted_on THEN 'date' ELSE '' END AS mark
FROM staged s LEFT JOIN licensing_licence l ON l.number = s.licence AND l.kind LIKE 'mining-licence-_'
LEFT JOIN core_organisation o ON o.identifier = s.miner
WHERE s.licence IS NOT NULL AND s.miner IS NOT NULL AND s.day IS NOT NULL AND s.licence_date IS NOT NULL
"""
PREPARE = (
    "DROP TABLE IF EXISTS pg_temp.suspended, pg_temp.judged",
    SUSPENDED,
    "CREATE INDEX ON suspended (licence_id)",
    JUDGED,
    "CREATE INDEX ON judged (row)",
    "ANALYZE judged",
)

_OF_MARK = (
    "SELECT j.row, jsonb_build_object('licence', s.licence, 'miner', s.miner, 'day', s.day::text) FROM judged j"
    " JOIN staged s USING (row) WHERE j.mark = "
)
MARK_PASSES = (
    ("unknown", "licence", _("There is no mining licence %(licence)s in the register.")),
    ("owner", "miner", _("The licence %(licence)s is not of %(miner)s.")),
    ("outside", "day", _("%(day)s lies outside the days of the licence %(licence)s.")),
    ("suspended", "day", _("On %(day)s the licence %(licence)s was suspended.")),
    ("date", "licence_date", _("The licence %(licence)s is of another date.")),
)
PERIOD = Pass("report-period", _("%(day)s lies outside the period of the report, %(first)s to %(last)s."), "day", """
    SELECT row, jsonb_build_object('day', day::text, 'first', %(first)s::text, 'last', %(last)s::text) FROM staged
    WHERE day NOT BETWEEN %(first)s AND %(last)s""")  # fmt: skip
TWICE = Pass("distribution-twice", _("The same miner, licence, wallet, day and asset stand in row %(first)s."),
    "miner", """
    SELECT row, jsonb_build_object('first', first) FROM (SELECT row, min(row) OVER (
        PARTITION BY day, miner, licence, wallet, asset) AS first FROM staged
        WHERE day IS NOT NULL AND miner IS NOT NULL AND licence IS NOT NULL AND wallet IS NOT NULL AND asset IS NOT NULL
    ) AS numbered WHERE row > first""")  # fmt: skip
ASSET_TWICE = Pass("output-twice", _("The same asset stands in row %(first)s."), "asset", """
    SELECT row, jsonb_build_object('first', first) FROM (
        SELECT row, min(row) OVER (PARTITION BY asset) AS first FROM staged WHERE asset IS NOT NULL) AS numbered
    WHERE row > first""")  # fmt: skip
OTHER_ROWS = _(
    "Revision %(revision)s of this period stands already with other rows: give a correction a higher number."
)


def stands_already(table: str) -> Pass:
    """The same number of a period with other rows: neither is the other's correction."""
    return Pass("report-revision", OTHER_ROWS, "", f"""
        SELECT 0, jsonb_build_object('revision', revision) FROM {table} WHERE organisation_id = %(organisation)s
            AND period_first = %(first)s AND revision = %(revision)s AND digest <> %(digest)s""")  # noqa: S608  # fmt: skip


def distribution_passes(file: RowFile) -> Iterable[Pass]:
    """What differs from the register is a fault, until the pool says that it happened so: then it is marked."""
    severity = WARNING if file.options.get("as_it_happened") else ERROR
    for mark, column, message in MARK_PASSES:
        yield Pass(f"licence-{mark}", message, column, f"{_OF_MARK}'{mark}'", severity)
    yield from (PERIOD, TWICE, stands_already("mining_poolreport"))


def look_at_distribution(row: Mapping[str, str | None]) -> Iterable[Fault]:
    """A wallet of no known form is a warning; more than all the world makes in a day is a fault."""
    asset, wallet, amount = row["asset"], row["wallet"], row["amount"]
    if asset and wallet and not is_known_form(asset, wallet):
        message = _("No form of wallet of %(asset)s that is known here fits.")
        yield Fault(0, None, "wallet", "wallet-form", message, {"asset": asset}, WARNING)
    if asset and amount and Decimal(amount) > most_of(asset):
        message = _("%(amount)s %(asset)s are more than a day can bring.")
        yield Fault(0, None, "amount", "amount-absurd", message, {"amount": amount, "asset": asset})


def declared_period(file: RowFile, report: str) -> Period | None:
    """The period that the file declares by its first day; None where that is none."""
    try:
        first = date.fromisoformat(str(file.options.get("period")))
        found = report_period(report, first)
    except (ValueError, NotInForce):
        return None
    return found if found.first == first else None


def period_problems(file: RowFile, report: str, at: datetime) -> list[Problem]:
    """A whole period that is over, and a number from 1."""
    found, today = [], timezone.localdate(at)
    period, revision = declared_period(file, report), file.options.get("revision")
    if period is None:
        message = _("Give the first day of a period that is reported, as 2026-05-01.")
        found.append(Problem("report-no-period", message, field="period"))
    elif period.last >= today:
        message = _("The period is not over yet: its last day is %(last)s.")
        found.append(Problem("report-early", message, {"last": period.last}, field="period"))
    if not isinstance(revision, int) or isinstance(revision, bool) or not 1 <= revision <= REVISIONS:
        message = _("The revision is a number from 1 to %(most)s; the first report of a period is 1.")
        found.append(Problem("report-number", message, {"most": REVISIONS}, field="revision"))
    return found


def accreditation_of(file: RowFile, period: Period) -> Licence | None:
    """The pool's accreditation that held on some day of the period."""
    rows = Licence.objects.filter(kind=ACCREDITATION, organisation=file.organisation_id, authority=file.authority_id)
    rows = (
        rows.filter(valid_from__lte=period.last).exclude(ended_on__lt=period.first).exclude(valid_to__lt=period.first)
    )
    return rows.order_by("-valid_from", "-id").first()


def pool_problems(file: RowFile, at: datetime) -> list[Problem]:
    found = period_problems(file, POOL, at)
    period = declared_period(file, POOL)
    if period is not None and accreditation_of(file, period) is None:
        message = _("No accreditation as a mining pool held in this period.")
        found.append(Problem("pool-not-accredited", message, field="organisation"))
    return found


def miner_problems(file: RowFile, at: datetime) -> list[Problem]:
    found = period_problems(file, MINING, at)
    licensed = Licence.objects.filter(organisation=file.organisation_id, authority=file.authority_id)
    if not licensed.filter(kind__startswith="mining-licence-").exists():
        message = _("No mining licence was ever issued to this organisation.")
        found.append(Problem("miner-not-licensed", message, field="organisation"))
    return found


def report_facts(report: str) -> Any:
    def facts(file: RowFile, at: datetime) -> dict[str, Any]:
        period = declared_period(file, report)
        first, last = (period.first, period.last) if period else (None, None)
        return {"first": first, "last": last, "revision": file.options.get("revision")}

    return facts


def hold_sender(file: RowFile) -> None:
    """Reports of one sender wait for each other: of two at once, the second finds the first."""
    if file.organisation is not None:
        locked(file.organisation)


def report_values(file: RowFile, report: str, at: datetime) -> dict[str, Any]:
    """What the reports of pools and miners have alike."""
    period = declared_period(file, report)
    if period is None:
        raise LookupError(f"row file {file.pk} has no period")
    today, revision = timezone.localdate(at), file.options["revision"]
    values: dict[str, Any] = {
        "authority": file.authority,
        "organisation_id": file.organisation_id,
        "file": file,
        "period_first": period.first,
        "period_last": period.last,
        "revision": revision,
        "received_at": at,
        "received_on": today,
        "rows": file.rows,
        "digest": file.digest,
        "reference": f"{report.upper()}-{file.organisation_id}-{period.first:%Y-%m}-{revision}",
    }
    try:
        due = report_due(report, period)
    except NotInForce:
        return values
    told = [line.as_dict() for line in due.arithmetic]
    return values | {"due_on": due.due_on, "arithmetic": told, "ground": due.provision.ground()}


def open_report(model: Any, values: dict[str, Any], **more: Any) -> tuple[Any, bool]:
    """(the report, whether it is new). It stands if no higher number of the period does; those below no longer do."""
    rows = model.objects.filter(organisation=values["organisation_id"], period_first=values["period_first"])
    if (same := rows.filter(revision=values["revision"]).first()) is not None:
        return same, False
    stands = not rows.filter(revision__gt=values["revision"]).exists()
    if stands:
        rows.filter(standing=True).update(standing=False)
    return model.objects.create(**values, **more, standing=stands), True


def take_distribution(file: RowFile, facts: Mapping[str, Any], at: datetime) -> Taken:
    """The report with its lines; whether it counts follows from its number alone."""
    period = declared_period(file, POOL)
    accreditation = accreditation_of(file, period) if period else None
    confirmed = bool(file.options.get("as_it_happened"))
    values = report_values(file, POOL, at)
    report, new = open_report(PoolReport, values, accreditation=accreditation, as_it_happened=confirmed)
    if not new:
        return Taken(report, report.reference, written=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mining_distribution (report_id, day, miner_identifier, miner_name, licence_number,"
            "  licence_date, wallet, asset, amount, commission, miner_id, licence_id, mark)"
            " SELECT %s, s.day, s.miner, coalesce(s.miner_name, ''), s.licence, s.licence_date, s.wallet, s.asset,"
            "  s.amount, coalesce(s.commission, 0), j.miner_id, j.licence_id, j.mark"
            " FROM staged s JOIN judged j USING (row) ORDER BY s.row",
            [report.pk],
        )
    report.marked = report.lines.exclude(mark="").count()
    report.save(update_fields=["marked"])
    return Taken(report, report.reference, told(report))


def take_output(file: RowFile, facts: Mapping[str, Any], at: datetime) -> Taken:
    """The miner's report with a line an asset."""
    explanation = str(file.options.get("explanation") or "").strip()
    report, new = open_report(MinerReport, report_values(file, MINING, at), explanation=explanation)
    if not new:
        return Taken(report, report.reference, written=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mining_minerreportline (report_id, asset, amount) SELECT %s, asset, amount FROM staged",
            [report.pk],
        )
    return Taken(report, report.reference, told(report))


def told(report: PoolReport | MinerReport) -> dict[str, Any]:
    """Facts for the event."""
    days = {"period": report.period_first.isoformat(), "late": report.days_late}
    return {**days, "revision": report.revision, "standing": report.standing}


DISTRIBUTION_ROWS = RowKind(
    POOL_DISTRIBUTION,
    _("Distribution report of a pool"),
    DISTRIBUTION_COLUMNS,
    "mining.report_distribution",
    "poolreport.file",
    take_distribution,
    look=look_at_distribution,
    passes=distribution_passes,
    against=pool_problems,
    facts=report_facts(POOL),
    hold=hold_sender,
    prepare=PREPARE,
    page="pool-report",
    back="pool-reports",
    indexes=("licence", "row"),
)
OUTPUT_ROWS = RowKind(
    MINER_OUTPUT,
    _("Report of a miner"),
    OUTPUT_COLUMNS,
    "mining.report_output",
    "minerreport.file",
    take_output,
    passes=lambda file: (ASSET_TWICE, stands_already("mining_minerreport")),
    against=miner_problems,
    facts=report_facts(MINING),
    hold=hold_sender,
    page="miner-report",
    back="miner-reports",
)
