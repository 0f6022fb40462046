"""Whether a firm acts for or against somebody already: names compared through alphabets with its own records alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Membership, Organisation, User
from core.models.base import PARTY
from core.names import Name, compare, probes, read_name, stored
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import ConflictCheck, MatterParty
from licensing.models.matters import CHECKS, Matter
from licensing.services.numbers import next_in

MANY, LIMIT = 50, 300
ALIKE = 0.8  # names that are less alike are no finding
CLIENT, FORMER, MEMBER = "client", "former-client", "client-person"
ROLE_WORDS = {
    CLIENT: _("client"),
    FORMER: _("former client"),
    MEMBER: _("person of a client"),
    "counterparty": _("counterparty"),
    "person": _("person behind client or counterparty"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the firm's records, under each of his names."""

    names: tuple[str, ...]
    identifier: str
    role: str
    reference: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom one looks for: a name, a number, or both."""

    name: str
    identifier: str = ""


@transaction.atomic
def check_conflicts(organisation: Organisation, *, asked: Iterable[Asked], actor: User, at: datetime) -> ConflictCheck:
    """Look for names and numbers among the firm's clients, their people, and the parties of its matters; keep both.

    Raises:
        PermissionDenied: the actor is no member of the firm. TransitionRefused: nobody is named, or too many.
    """
    check = ConflictCheck(organisation=locked(organisation), made_by=actor, made_at=at)
    require(actor, "licensing.keep_matter", check)
    people = [Asked(one.name.strip(), "".join(one.identifier.split())) for one in asked]
    people = [one for one in people if one.name or one.identifier]
    if problems := asked_problems(people):
        raise TransitionRefused(problems)
    check.asked = [{"name": one.name, "identifier": one.identifier} for one in people]
    check.found = list(findings(people, [*clients_of(organisation, at), *parties_of(organisation)]))
    check.reference = next_in(f"{CHECKS}-{timezone.localdate(at).year}")
    check.save()
    # Whom a firm asks about is its own business: the journal says that it asked, and no more.
    record(check, "conflictcheck.make", actor=actor, at=at, audience=PARTY)
    return check


def asked_problems(people: Sequence[Asked]) -> list[Problem]:
    if not people:
        return [Problem("nobody-named", _("Name somebody."), field="names")]
    if len(people) > MANY:
        return [Problem("too-many-names", _("At most %(limit)s lines."), {"limit": MANY}, field="names")]
    if any(len(one.name) > LIMIT or len(one.identifier) > 32 for one in people):
        message = _("The text is longer than %(limit)s characters.")
        return [Problem("text-too-long", message, {"limit": LIMIT}, field="names")]
    return []


def clients_of(firm: Organisation, at: datetime) -> Iterator[Known]:
    """Whoever gave the firm a power of attorney, now or before, and those who act for its clients today."""
    today, rows = timezone.localdate(at), Membership.objects.filter(firm=firm, confirmed_at__isnull=False)
    now = set(Membership.objects.valid(today).filter(firm=firm).values_list("organisation", flat=True))
    chosen = Organisation.objects.filter(pk__in=rows.values("organisation"))
    for one in chosen.only("name_kk", "name_ru", "name_en", "identifier").order_by("pk").iterator(2_000):
        names = tuple(name for name in one.names.values() if name)
        yield Known(names, one.identifier, CLIENT if one.pk in now else FORMER, "")
    people = Membership.objects.valid(today).filter(organisation__in=now, user__isnull=False)
    for name, identifier in people.values_list("user__full_name", "organisation__identifier").distinct():
        yield Known((name,) if name else (), "", MEMBER, identifier)


def parties_of(firm: Organisation) -> Iterator[Known]:
    """Clients of matters that have no account here, and all their parties."""
    named = Matter.objects.filter(organisation=firm, client__isnull=True)
    for reference, name in named.values_list("reference", "client_name").iterator(2_000):
        yield Known((name,), "", CLIENT, reference)
    rows = MatterParty.objects.filter(matter__organisation=firm)
    for role, name, identifier, reference in rows.values_list(
        "role", "name", "identifier", "matter__reference"
    ).iterator(2_000):
        yield Known((name,), identifier, role, reference)


def findings(people: Sequence[Asked], records: Iterable[Known]) -> Iterator[dict[str, Any]]:
    """Who in the records may be one of those asked for, the same number before names that sound alike."""
    read = [(one, read_name(one.name), set(probes(read_name(one.name)))) for one in people]
    for known in records:
        for one, name, keys in read:
            found = {"asked": one.name or one.identifier, "role": known.role, "reference": known.reference}
            if one.identifier and one.identifier == known.identifier:
                yield {**found, "name": known.names[0] if known.names else "", "how": "identifier", "score": 1.0}
            elif one.name and (best := most_alike(name, keys, known)):
                yield {**found, "name": best[1], "how": "name", "score": round(best[0], 2)}


def most_alike(name: Name, keys: set[str], known: Known) -> tuple[float, str] | None:
    scored = []
    for written in known.names:
        other = read_name(written)
        if keys.intersection(stored(other)) and (score := compare(name, other).value) >= ALIKE:
            scored.append((score, written))
    return max(scored, default=None)


def covers(check: ConflictCheck, name: str, identifier: str) -> bool:
    """Whether a check looked for somebody: by the number, or by the same folded words."""
    key = read_name(name).key
    return any(
        (identifier and one["identifier"] == identifier) or (name and read_name(one["name"]).key == key)
        for one in check.asked
    )
