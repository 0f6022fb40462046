"""What can be done with reports on sales and the list of exchanges. Views and API call these and nothing below."""

from exchanges.services.listing import end_exchange, enter_exchange
from exchanges.services.proof import Compared, compared, sales_of
from exchanges.services.reports import SaleLine, correct_sale_report, file_sale_report

__all__ = [
    "Compared",
    "SaleLine",
    "compared",
    "correct_sale_report",
    "end_exchange",
    "enter_exchange",
    "file_sale_report",
    "sales_of",
]
