"""What managers count: each report is one pure query over what they may see, as tables that page and files share."""

from collections.abc import Callable, Mapping

from core.tables import Table
from law.problems import _
from licensing.reports.ageing import ageing
from licensing.reports.compliance import compliance
from licensing.reports.load import load
from licensing.reports.overview import overview
from licensing.reports.refusals import refusals
from licensing.reports.scope import Scope, last_month, last_quarter
from licensing.reports.terms import terms
from licensing.reports.throughput import throughput

__all__ = ["REPORTS", "Scope", "last_month", "last_quarter", "overview"]

#: By code: its name, and what makes its tables.
REPORTS: Mapping[str, tuple[str, Callable[[Scope], list[Table]]]] = {
    "terms": (_("Terms kept"), terms),
    "ageing": (_("Ageing of open cases"), ageing),
    "load": (_("Load"), load),
    "throughput": (_("Throughput"), throughput),
    "refusals": (_("Refusals by ground"), refusals),
    "compliance": (_("Compliance of the sector"), compliance),
}
