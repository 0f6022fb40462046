"""What can be done with reports on sales, the list of exchanges, notes. Views and API call these and nothing below."""

from exchanges.services.listing import end_exchange, enter_exchange, follow_licence
from exchanges.services.notes import keep_note, print_note
from exchanges.services.proof import Compared, compared, sales_of
from exchanges.services.reporters import exchanges_of, keeper, miners_of
from exchanges.services.reports import SaleLine, correct_sale_report, file_sale_report
from exchanges.services.sale_rows import send_sales

__all__ = [
    "Compared",
    "SaleLine",
    "compared",
    "correct_sale_report",
    "end_exchange",
    "enter_exchange",
    "exchanges_of",
    "file_sale_report",
    "follow_licence",
    "keep_note",
    "keeper",
    "miners_of",
    "print_note",
    "sales_of",
    "send_sales",
]
