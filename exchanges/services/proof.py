"""What a miner declares beside what exchanges report: proved, declared only, or contradicted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from core.models import Organisation
from exchanges.models import EXCHANGE, MINER, ListedExchange, SaleReport, SaleRow
from law.quota import Sale

ZERO = Decimal(0)
Key = tuple[date, str, int | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """The sales of a miner of one day, asset and exchange: as it declares them, as the exchange reports them.

    `counts`: the exchange was licensed in the AIFC on that day. `reported` None: no report of the exchange covers it.
    """

    sold_on: date
    asset: str
    exchange: ListedExchange | None
    counts: bool
    declared: Decimal
    reported: Decimal | None

    @property
    def sale(self) -> Sale:
        """As the law weighs it: where the exchange knows of more than the miner declares, that was sold too."""
        amount = max(self.declared, self.reported or ZERO)
        if not self.counts:
            return Sale(self.sold_on, self.asset, amount, ZERO, ZERO)
        return Sale(self.sold_on, self.asset, amount, self.declared, self.reported)

    @property
    def standing(self) -> str:
        """elsewhere | not_licensed | proved | declared | contradicted."""
        if self.exchange is None:
            return "elsewhere"
        return self.sale.proof if self.counts else "not_licensed"


def compared(miner: Organisation, first: date, last: date) -> list[Compared]:
    """Every day, asset and exchange of a period, in order. Reads the editions that count alone: five queries."""
    declared, reported = declared_sums(miner, first, last), reported_sums(miner, first, last)
    exchanges = ListedExchange.objects.in_bulk({key[2] for key in (*declared, *reported) if key[2] is not None})
    covered = covered_days(first, last)
    found = []
    for key in sorted({*declared, *reported}, key=lambda one: (one[0], one[1], one[2] or 0)):
        sold_on, asset, pk = key
        exchange = exchanges.get(pk) if pk is not None else None
        known = any(begin <= sold_on <= end for begin, end in covered.get(pk, ()))
        found.append(
            Compared(
                sold_on,
                asset,
                exchange,
                exchange is not None and exchange.is_licensed(sold_on),
                declared.get(key, ZERO),
                reported.get(key, ZERO if known else None),
            )
        )
    return found


def sales_of(miner: Organisation, first: date, last: date) -> Iterator[Sale]:
    """The miner's sales of a period as `law.quota` weighs them."""
    return (one.sale for one in compared(miner, first, last))


def declared_sums(miner: Organisation, first: date, last: date) -> dict[Key, Decimal]:
    rows = SaleRow.objects.filter(
        report__source=MINER, report__organisation=miner, report__replaced_at=None, sold_on__range=(first, last)
    )
    grouped = rows.order_by().values_list("sold_on", "asset", "exchange").annotate(told=Sum("amount"))
    return {(sold_on, asset, exchange): told for sold_on, asset, exchange, told in grouped}


def reported_sums(miner: Organisation, first: date, last: date) -> dict[Key, Decimal]:
    rows = SaleRow.objects.filter(
        report__source=EXCHANGE, report__replaced_at=None, miner=miner.identifier, sold_on__range=(first, last)
    )
    grouped = rows.order_by().values_list("sold_on", "asset", "report__exchange").annotate(told=Sum("amount"))
    return {(sold_on, asset, exchange): told for sold_on, asset, exchange, told in grouped}


def covered_days(first: date, last: date) -> dict[int | None, list[tuple[date, date]]]:
    """For which days each exchange has reported: there, what it does not tell of did not happen through it."""
    found: dict[int | None, list[tuple[date, date]]] = {}
    rows = SaleReport.objects.current().filter(source=EXCHANGE, period_from__lte=last, period_to__gte=first)
    for pk, begin, end in rows.values_list("exchange", "period_from", "period_to"):
        found.setdefault(pk, []).append((begin, end))
    return found
