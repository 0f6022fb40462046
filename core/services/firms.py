"""What an organisation says of itself for the public register: its LEI, the name it trades by, its website."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from core.models import Organisation, User
from core.services.acts import locked, record, require
from core.workflow import StaleVersion, TransitionRefused
from law.identifiers import is_valid_lei
from law.problems import Problem, _

LIMIT = 200


@transaction.atomic
def describe_firm(
    organisation: Organisation,
    *,
    lei: str,
    commercial_name: str,
    website: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Organisation:
    """Keep all three as given; an empty one is taken off. The public register shows them from the next file on.

    Args:
        lei: an identifier by ISO 17442 with its check digits; spaces and small letters are mended.
        version: the one that was read (`Organisation.description`), where that matters.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: what is malformed, a person, the LEI of another.
    """
    row = locked(organisation)
    require(actor, "core.describe_firm", row)
    if version is not None and row.description != version:
        raise StaleVersion(row.description, version)
    given = {
        "lei": "".join(lei.split()).upper(),
        "commercial_name": commercial_name.strip(),
        "website": website.strip(),
    }
    if problems := firm_problems(row, given):
        raise TransitionRefused(problems)
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    if not changed:
        return row
    old = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.described_at, row.description = at, row.description + 1
    try:
        with transaction.atomic():
            row.save(update_fields=[*changed, "described_at", "description"])
    except IntegrityError:  # another organisation got it between the look and the act
        raise TransitionRefused([lei_taken()]) from None
    record(row, "organisation.describe", actor=actor, at=at, data={"old": old, "new": changed})
    return row


def firm_problems(row: Organisation, given: dict[str, str]) -> list[Problem]:
    problems = []
    if row.form != "legal_entity":
        message = _("Only a legal entity has them: of a person the register shows the name alone.")
        problems.append(Problem("firm-person", message))
    if given["lei"] and not is_valid_lei(given["lei"]):
        message = _("This is no LEI: 18 letters or digits and two check digits (ISO 17442).")
        problems.append(Problem("lei-invalid", message, field="lei"))
    elif given["lei"] and Organisation.objects.filter(lei=given["lei"]).exclude(pk=row.pk).exists():
        problems.append(lei_taken())
    for name in ("commercial_name", "website"):
        if len(given[name]) > LIMIT:
            message = _("The text is longer than %(limit)s characters.")
            problems.append(Problem("text-too-long", message, {"limit": LIMIT}, field=name))
    if given["website"] and not is_website(given["website"]):
        message = _("Write the whole address, as https://example.com/.")
        problems.append(Problem("website-invalid", message, field="website"))
    return problems


def lei_taken() -> Problem:
    return Problem("lei-taken", _("Another organisation has this LEI."), field="lei")


def is_website(text: str) -> bool:
    """An address of http or https with a host, and nothing that a page could take for more."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    plain = text.isprintable() and not set(text) & set(" \"'<>`\\")
    return plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
