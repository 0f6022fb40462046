"""What can be done with reports on sales, exchanges, notes, warnings. Views and API call these and nothing below."""

from exchanges.services.classes import (
    answer_class,
    attach_to_class,
    drop_class,
    open_class,
    propose_class,
    remove_from_class,
    send_back_class,
    sign_class,
)
from exchanges.services.listing import end_exchange, enter_exchange, follow_licence
from exchanges.services.notes import keep_note, print_note
from exchanges.services.proof import Compared, compared, sales_of
from exchanges.services.rails import end_rail, enter_rail, enter_servicer, rate_rail, tell_servicers
from exchanges.services.reporters import exchanges_of, keeper, miners_of
from exchanges.services.reports import SaleLine, correct_sale_report, file_sale_report
from exchanges.services.sale_rows import send_sales
from exchanges.services.warnings import end_warning, propose_warning, publish_warning

__all__ = [
    "Compared",
    "SaleLine",
    "answer_class",
    "attach_to_class",
    "compared",
    "correct_sale_report",
    "drop_class",
    "end_exchange",
    "end_rail",
    "end_warning",
    "enter_exchange",
    "enter_rail",
    "enter_servicer",
    "exchanges_of",
    "file_sale_report",
    "follow_licence",
    "keep_note",
    "keeper",
    "miners_of",
    "open_class",
    "print_note",
    "propose_class",
    "propose_warning",
    "publish_warning",
    "rate_rail",
    "remove_from_class",
    "sales_of",
    "send_back_class",
    "send_sales",
    "sign_class",
    "tell_servicers",
]
