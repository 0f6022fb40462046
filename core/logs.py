"""Personal data stays out of the logs."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")  # IIN and BIN
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def scrub(text: str) -> str:
    """The text without identification numbers and e-mail addresses."""
    return EMAIL.sub("[e-mail]", NUMBER.sub("[number]", text))


class PersonalDataFilter(logging.Filter):
    """Scrubs messages and arguments of every record before a handler writes it, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, dict):
            record.msg = {key: scrub(value) if isinstance(value, str) else value for key, value in record.msg.items()}
        else:
            record.msg, record.args = scrub(record.getMessage()), None
        if record.exc_info:
            record.exc_text = scrub(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def add_traceback(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the scrubbed traceback of a record into its line (a structlog processor)."""
    record = event.get("_record")
    if record is not None and record.exc_text:
        event["traceback"] = record.exc_text
    return event
