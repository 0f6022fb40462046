"""Words that acts of providers and officials ask for: missing, or too long."""

from core.workflow import TransitionRefused
from law.problems import Problem, _

TEXT_LIMIT = 10_000


def unsaid(field: str, label: str, value: str, limit: int = TEXT_LIMIT) -> list[Problem]:
    """A text that must be given is missing, or too long."""
    if not value:
        return [Problem("particular-missing", _("Not stated: %(field)s."), {"field": label}, field=field)]
    return overlong(field, value, limit)


def overlong(field: str, value: str, limit: int = TEXT_LIMIT) -> list[Problem]:
    if len(value) <= limit:
        return []
    message = _("The text is longer than %(limit)s characters.")
    return [Problem("text-too-long", message, {"limit": limit}, field=field)]


def bounded(field: str, text: str) -> str:
    """The words of an act, trimmed; refused where they are too long."""
    words = text.strip()
    if problems := overlong(field, words):
        raise TransitionRefused(problems)
    return words
