"""Reports on sales as files of rows: of an exchange on what miners sold through it, of a miner on what it sold.

The declared facts are the quarter (its first day) and, for an exchange, its code; for a correction the edition that was
seen and why; from an officer, what the paper was. The rules are those of exchanges.services.reports, judged over all
rows at once; what comes by request, form and file counts once.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import Organisation, RowFile, User
from core.rows import Column, Pass, RowKind, Taken
from core.rows.values import Style, code, day, identifier, number, plain_text, text, written
from core.services import Upload, keep_row_file
from exchanges.models import EXCHANGE, MINER, ListedExchange, SaleReport
from exchanges.services.reporters import keeper
from exchanges.services.reports import (
    DEAL_TWICE,
    NOT_LISTED,
    OUTSIDE,
    STANDS,
    Content,
    digest_sorted,
    draft_of,
    first_edition,
    hold_reporter,
    next_edition,
    paper_problems,
    period_problems,
    series_of,
)
from law.problems import Problem, _
from law.provisions import LDA_START
from law.quota import quarter_of

EXCHANGE_SALES, MINER_SALES = "exchange-sales", "miner-sales"
KINDS = {EXCHANGE: EXCHANGE_SALES, MINER: MINER_SALES}


def exchange_code(value: Any, style: Style) -> str:
    return written(plain_text(value, 40).replace(" ", "").lower())


SOLD_ON = Column("sold_on", _("Sold on"), ("Дата продажи", "Сату күні", "Дата"), day(LDA_START), "date")
ASSET = Column("asset", _("Digital asset"), ("Цифровой актив", "Цифрлық актив", "Актив"), code(20))
AMOUNT = Column("amount", _("Amount, tenge"), ("Сумма, тенге", "Сумма", "Сомасы, теңге", "Сомасы"),
                number(18, 2, above=True), "numeric")  # fmt: skip
DEAL = Column("deal", _("Number of the deal"), ("Номер сделки", "Мәміле нөмірі", "Сделка"), text(60), required=False)
EXCHANGE_COLUMNS = (
    SOLD_ON,
    Column("miner", _("BIN or IIN of the miner"), ("БИН/ИИН майнера", "ИИН/БИН", "ЖСН/БСН", "Майнердің БСН/ЖСН"),
           identifier),
    ASSET,
    AMOUNT,
    DEAL,
)  # fmt: skip
MINER_COLUMNS = (
    SOLD_ON,
    ASSET,
    AMOUNT,
    Column("exchange", _("Code of the exchange"), ("Биржа", "Код биржи", "Биржа коды"), exchange_code, required=False),
    DEAL,
)  # fmt: skip

DAY_OUTSIDE = Pass("sale-day", OUTSIDE, "sold_on", """
    SELECT row, '{}'::jsonb FROM staged WHERE sold_on NOT BETWEEN %(first)s AND %(last)s""")  # fmt: skip
TWICE = Pass("deal-twice", DEAL_TWICE, "deal", """
    SELECT row, '{}'::jsonb FROM (SELECT row, min(row) OVER (PARTITION BY deal) AS first FROM staged
        WHERE deal IS NOT NULL AND deal <> '') AS numbered WHERE row > first""")  # fmt: skip
UNLISTED = Pass("exchange-unknown", NOT_LISTED, "exchange", """
    SELECT s.row, jsonb_build_object('code', s.exchange) FROM staged s
    LEFT JOIN exchanges_listedexchange e ON e.code = s.exchange
    WHERE s.exchange IS NOT NULL AND s.exchange <> '' AND e.id IS NULL""")  # fmt: skip
OTHER_STANDS = Pass("report-stands", STANDS, "", """
    SELECT 0, jsonb_build_object('reference', %(stands)s::text)
    WHERE %(stands)s::text <> '' AND %(said)s::text <> %(standing_digest)s::text""")  # fmt: skip


def draft(file: RowFile) -> SaleReport | None:
    """The report that the file declares; None where its quarter or its reporter is not known."""
    given = file.options
    try:
        first, last = quarter_of(date.fromisoformat(str(given.get("period"))))
    except ValueError:
        return None
    paper, exchange = str(given.get("paper") or ""), None
    if file.kind == EXCHANGE_SALES:
        exchange = ListedExchange.objects.filter(code=str(given.get("exchange") or "")).first()
        if exchange is None or exchange.organisation_id != file.organisation_id:
            return None
    elif file.organisation is None:
        return None
    return draft_of(file.authority, first, last, organisation=file.organisation, exchange=exchange, paper=paper)


def standing_of(file: RowFile) -> SaleReport | None:
    found = draft(file)
    return series_of(found).current().first() if found is not None else None


def against(file: RowFile, at: datetime) -> list[Problem]:
    """What stands against the file whatever its rows are."""
    given, found = file.options, draft(file)
    problems = paper_problems(str(given.get("paper") or ""), by_party=file.by_party)
    if found is None or found.period_from.isoformat() != given.get("period"):
        message = _("Name a reporter that is known here, and a calendar quarter by its first day.")
        return [*problems, Problem("report-no-period", message, field="period")]
    problems += period_problems(found, timezone.localdate(at))
    seen, standing = given.get("edition"), series_of(found).current().first()
    if seen is not None and (standing is None or standing.edition != seen):
        message = _("The report was corrected since you saw it: look at the edition that counts.")
        problems.append(Problem("report-corrected", message, field="edition"))
    if seen is not None and not str(given.get("reason") or "").strip():
        problems.append(Problem("note-missing", _("Say why."), field="reason"))
    return problems


def facts(file: RowFile, at: datetime) -> dict[str, Any]:
    """The quarter, what the rows say, and the report that stands where this file is no correction of it."""
    found, standing = draft(file), standing_of(file)
    bounds = {"first": found.period_from if found else None, "last": found.period_to if found else None}
    stands = standing is not None and file.options.get("edition") is None
    digest = standing.digest if standing is not None else ""
    named = standing.reference if standing is not None and stands else ""
    return {**bounds, "said": said(file.kind), "stands": named, "standing_digest": digest}


def said(kind: str) -> str:
    """What the staged rows say, as `digest_of` has it of rows that come otherwise; read in order by the database."""
    whose = ("''", "coalesce(miner, '')") if kind == EXCHANGE_SALES else ("coalesce(exchange, '')", "''")
    columns = (
        *("coalesce(sold_on::text, '')", "coalesce(asset, '')", "coalesce(amount::numeric(20, 2)::text, '')"),
        *(*whose, "coalesce(deal, '')"),
    )
    order = ", ".join(f'{column} COLLATE "C"' for column in columns)

    def read() -> Iterator[tuple[str, ...]]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM staged ORDER BY {order}")  # noqa: S608  (constants)
            while rows := cursor.fetchmany(2_000):
                yield from rows

    return digest_sorted(read())


def content(file: RowFile, given: Mapping[str, Any]) -> Content:
    """The staged rows as an edition takes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(amount), 0) FROM staged")
        count, total = cursor.fetchone()
    told = {"file": file.pk, "sha256": file.sha256}
    return Content(count, Decimal(total), given["said"], lambda report: write(file.kind, report), told)


def write(kind: str, report: SaleReport) -> None:
    whose = ("NULL::bigint", "s.miner") if kind == EXCHANGE_SALES else ("e.id", "''")
    listed = "" if kind == EXCHANGE_SALES else "LEFT JOIN exchanges_listedexchange e ON e.code = s.exchange"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchanges_salerow (report_id, number, sold_on, asset, amount, exchange_id, miner, deal)"  # noqa: S608  (constants)
            " SELECT %s, row_number() OVER (ORDER BY s.row), s.sold_on, s.asset, s.amount,"
            f" {whose[0]}, {whose[1]}, coalesce(s.deal, '') FROM staged s {listed} ORDER BY s.row",
            [report.pk],
        )


def hold(file: RowFile) -> None:
    """One report of a reporter at a time, whatever way it comes."""
    if (found := draft(file)) is not None:
        hold_reporter(found)


def take(file: RowFile, given: Mapping[str, Any], at: datetime) -> Taken:
    """A first edition or a correction; its event is its own, so that none is written for the file."""
    found, actor = draft(file), file.asked_by
    if found is None or actor is None:
        raise LookupError(f"row file {file.pk} has no reporter or no sender")
    rows, standing = content(file, given), standing_of(file)
    acting: dict[str, Any] = {"actor": actor, "at": at}
    if standing is None or standing.digest == rows.digest:
        made = first_edition(found, rows, **acting)
    else:
        options: dict[str, Any] = {"reason": str(file.options.get("reason") or ""), "paper": found.paper}
        made = next_edition(standing, rows, **options, **acting)
    return Taken(made, made.reference, written=False)


def kind_of(code_of: str, title: str, columns: tuple[Column, ...], passes: Iterable[Pass]) -> RowKind:
    looked = tuple(passes)
    return RowKind(
        code_of,
        title,
        columns,
        "exchanges.file_report",
        "salereport.file",
        take,
        passes=lambda file: looked,
        against=against,
        facts=facts,
        hold=hold,
        page="sale-report",
        back="sale-reports",
    )


EXCHANGE_ROWS = kind_of(
    EXCHANGE_SALES, _("Report of an exchange on sales"), EXCHANGE_COLUMNS, (DAY_OUTSIDE, TWICE, OTHER_STANDS)
)
MINER_ROWS = kind_of(
    MINER_SALES, _("Report of a miner on sales"), MINER_COLUMNS, (DAY_OUTSIDE, TWICE, UNLISTED, OTHER_STANDS)
)
COLUMNS = {EXCHANGE: EXCHANGE_COLUMNS, MINER: MINER_COLUMNS}


def send_sales(
    upload: Upload,
    *,
    period_from: date,
    organisation: Organisation | None = None,
    exchange: ListedExchange | None = None,
    edition: int | None = None,
    reason: str = "",
    paper: str = "",
    take: bool = False,
    actor: User,
    at: datetime,
) -> RowFile:
    """Keep the file of a report and have it looked at; with `take`, taken if nothing is wrong with it.

    Args:
        organisation: the miner; exchange: or the exchange that reports.
        edition: of a correction: the edition that was seen; with the reason of the correction.
        paper: as in file_sale_report.

    Raises:
        PermissionDenied; TransitionRefused: something stands against it whatever its rows are.
    """
    options = {"period": period_from, "edition": edition, "reason": reason.strip(), "paper": paper.strip()}
    if exchange is not None:
        options["exchange"] = exchange.code
    return keep_row_file(
        KINDS[EXCHANGE if exchange is not None else MINER],
        upload,
        authority=keeper(),
        organisation=exchange.organisation if exchange is not None else organisation,
        options=options,
        take=take,
        actor=actor,
        at=at,
    )
