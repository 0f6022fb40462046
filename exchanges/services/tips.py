"""Tips of the unlicensed market: taken from anybody, sent to the authority of kind and day, followed by their code."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.regions import REGIONS
from core.services import Upload, record, store_document
from core.workflow import TransitionRefused
from exchanges.models import MarketTip
from exchanges.services.warnings import MANY, NAME_LIMIT, read_domains, too_long
from law.market import FALLBACK, KINDS, Receiver, tip_receiver
from law.problems import Problem, _
from licensing.services.breaches import next_number

SERIES = "TIP"
CONTACT_LIMIT, PLACES_LIMIT, FILES_LIMIT = 300, 2_000, 5
PAPER = "tip"
A_MINUTE, MINUTE = 10, timedelta(minutes=1)  # tips that one place may send
#: What a code is drawn from: capital letters and digits that are not taken for each other; nearly a hundred bits.
LETTERS, GROUPS, GROUP = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 5, 4


def new_code() -> str:
    """A code drawn by lot; whoever holds it reads the state of a tip."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def digest_of(code: str) -> str:
    """What is kept of a code, typed in any case, with or without its hyphens."""
    plain = "".join(c for c in code.upper() if c in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()


def tip_by(code: str) -> MarketTip | None:
    """The tip with this code."""
    return MarketTip.objects.filter(digest=digest_of(code)).first()


@transaction.atomic
def receive_tip(
    *,
    kind: str,
    text: str,
    names: Iterable[str] = (),
    domains: Iterable[str] = (),
    places: str = "",
    region: str = "",
    contact: str = "",
    files: Iterable[Upload] = (),
    at: datetime,
) -> tuple[MarketTip, str]:
    """Take a tip from whoever sends it, under no name. The journal says that one came, and nothing of who sent it.

    Args:
        domains: names or addresses of pages; kept in their normal form.
        contact: how to reach who sent it, where he says it; for the officials who handle the tip alone.

    Returns:
        The tip, and the code by which its state is read; the code itself is kept nowhere.

    Raises:
        TransitionRefused: lists all that is missing or malformed; or a file is not accepted.
    """
    uploads, code = list(files), new_code()
    tip = MarketTip(
        kind=kind,
        names=list(dict.fromkeys(one.strip() for one in names if one.strip())),
        places=places.strip(),
        region=region,
        text=text.strip(),
        contact=contact.strip(),
        digest=digest_of(code),
        created_at=at,
    )
    tip.domains, problems = read_domains(domains)
    problems += problems_of(tip, uploads)
    if problems:
        raise TransitionRefused(problems)
    receiver = tip_receiver(kind, timezone.localdate(at))
    tip.authority, tip.rule = authority_of(receiver), receiver.rule.ground()
    tip.alike = tip.kept_keys()
    tip.reference = next_number(SERIES, at)
    tip.save()
    system = User.objects.system()
    for upload in uploads:
        store_document(tip, upload, kind=PAPER, actor=system, at=at, audience=INTERNAL)
    facts = {"kind": kind, "files": len(uploads)}
    record(tip, "markettip.receive", actor=system, at=at, to_state=tip.state, audience=INTERNAL, data=facts)
    return tip, code


def authority_of(receiver: Receiver) -> Authority:
    """The authority that receives it; the authorised body where the other keeps no cases here.

    Raises:
        TransitionRefused: neither is here.
    """
    known = {one.code: one for one in Authority.objects.filter(code__in=(receiver.authority, FALLBACK), decides=True)}
    found = known.get(receiver.authority) or known.get(FALLBACK)
    if found is None:
        raise TransitionRefused([Problem("tip-receiver", _("No authority receives tips here."))])
    return found


def problems_of(tip: MarketTip, uploads: list[Upload]) -> list[Problem]:
    """What is missing or malformed, all of it."""
    problems: list[Problem] = []
    if tip.kind not in KINDS:
        problems.append(Problem("tip-kind", _("Choose what the tip is about."), field="kind"))
    if not tip.text:
        problems.append(
            Problem("particular-missing", _("Not stated: %(field)s."), {"field": _("what is told")}, field="text")
        )
    if tip.region and tip.region not in REGIONS:
        problems.append(Problem("region-unknown", _("There is no such region."), field="region"))
    problems += too_long(tip.text, 10_000, "text") + too_long(tip.places, PLACES_LIMIT, "places")
    problems += too_long(tip.contact, CONTACT_LIMIT, "contact")
    problems += too_long(max(tip.names, key=len, default=""), NAME_LIMIT, "names")
    problems += many(tip.names, MANY, "names") + many(tip.domains, MANY, "domains")
    if len(uploads) > FILES_LIMIT:
        problems.append(Problem("too-many-files", _("At most %(limit)s files."), {"limit": FILES_LIMIT}, field="files"))
    return problems


def many(lines: list[Any], limit: int, field: str) -> list[Problem]:
    if len(lines) <= limit:
        return []
    return [Problem("warning-many", _("At most %(limit)s lines."), {"limit": limit}, field=field)]
