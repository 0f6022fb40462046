"""What an authority owes to who asks it about the law."""

from law.problems import _
from law.provisions.base import PROCEDURE_CODE, PROCEDURE_CODE_START, WORKING_DAYS, row

# fmt: off
ROWS = (
    row("clarification.answer", 15, WORKING_DAYS, PROCEDURE_CODE, "76", PROCEDURE_CODE_START,
        title=_("Answer to a request for clarification"),
        note=_("The general term of an administrative procedure is taken, counted from the day after the request."),
        confidence="assumed"),
)
# fmt: on
