"""What officials do about a tip: take it, find what it repeats, hand it over, open a breach, warn, or close it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Document, User
from core.models.base import INTERNAL
from core.names import compare, read_name
from core.services import advance, require
from core.services.acts import locked, wrong_state
from core.workflow import StaleVersion, TransitionRefused
from exchanges.models import MarketTip, MarketWarning
from exchanges.models.tips import domain_keys
from exchanges.services.warnings import propose_warning
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.models import Licence, Referral
from licensing.services import ask_body, open_breach

SHOWN = 20  # tips that may be the same
CANDIDATES = 200  # of which names are compared
THRESHOLD = 0.85  # as names are screened


@dataclass(frozen=True, slots=True)
class Alike:
    """Another tip that may tell of the same, and what they share. `per_cent`: how alike names are, 0 where not."""

    tip: MarketTip
    domains: tuple[str, ...]
    per_cent: int


def alike_tips(tip: MarketTip) -> list[Alike]:
    """Tips of the same authority that have a domain of the same look or a name that may be the same; newest first."""
    rows = MarketTip.objects.filter(authority=tip.authority_id).exclude(pk=tip.pk).sharing(tip.asked_keys())
    own, found = set(domain_keys(tip.domains)), []
    for other in rows.order_by("-id")[:CANDIDATES]:
        shared = tuple(one for one in other.domains if domain_keys([one])[0] in own)
        value = max(
            (compare(read_name(a), read_name(b)).value for a in tip.names for b in other.names), default=0.0
        )  # fmt: skip
        if shared or value >= THRESHOLD:
            found.append(Alike(other, shared, int(value * 100) if value >= THRESHOLD else 0))
    return found[:SHOWN]


def alike_warnings(tip: MarketTip) -> list[MarketWarning]:
    """Warnings of the authority, or open to everybody, of a domain that looks like one of the tip's."""
    found: dict[int, MarketWarning] = {}
    seen = MarketWarning.objects.exclude(state="dropped")
    for domain in tip.domains[:SHOWN]:
        rows = seen.found_by(domain)
        for row in (rows.filter(authority=tip.authority_id) | rows.open()).order_by("-id")[:SHOWN]:
            found[row.pk] = row
    return list(found.values())[:SHOWN]


@transaction.atomic
def take_tip(tip: MarketTip, *, actor: User, at: datetime, version: int | None = None) -> MarketTip:
    """An official begins to look at it. Raises PermissionDenied, StaleVersion, TransitionRefused."""
    return moved(tip, "take", actor=actor, at=at, version=version, taken_by=actor)


@transaction.atomic
def repeat_tip(tip: MarketTip, *, original: str, actor: User, at: datetime, version: int | None = None) -> MarketTip:
    """Note that it repeats another tip, named by its number.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: there is no such tip, or it is a duplicate itself.
    """
    require(actor, "exchanges.triage_tip", tip)
    first = MarketTip.objects.visible_to(actor).filter(reference=original.strip()).first()
    facts = {"original": first.reference if first else ""}
    return ended(tip, "repeat", actor=actor, at=at, version=version, data=facts, duplicate_of=first)


@transaction.atomic
def refer_tip(
    tip: MarketTip,
    *,
    body: Authority,
    text: str,
    documents: Iterable[Document] = (),
    actor: User,
    at: datetime,
    version: int | None = None,
) -> MarketTip:
    """Hand it to another authority, which reads these words and files, and nothing else of the tip.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: see `ask_body`.
    """
    fresh = begun(tip, "hand_over", actor=actor, at=at, version=version)
    row = ask_body(
        fresh.authority, body=body, kind=Referral.REFERRAL, text=text, subject=fresh, documents=documents,
        actor=actor, at=at,
    )  # fmt: skip
    facts = {"referral": row.reference, "body": body.code}
    return ended(fresh, "hand_over", actor=actor, at=at, data=facts, referral=row)


@transaction.atomic
def open_breach_of_tip(
    tip: MarketTip,
    *,
    rule: str,
    facts: str,
    found_on: date,
    licence: str = "",
    subject_name: str = "",
    actor: User,
    at: datetime,
    version: int | None = None,
) -> MarketTip:
    """Open a breach of a licence holder, named by the number of his licence, or of somebody without one.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: see `open_breach`; no such rule or licence.
    """
    fresh = begun(tip, "open_breach", actor=actor, at=at, version=version)
    held = Licence.objects.visible_to(actor).filter(number=licence.strip()).first() if licence.strip() else None
    if licence.strip() and held is None:
        message = _("Your authority has no licence of this number.")
        raise TransitionRefused([Problem("licence-unknown", message, field="licence")])
    try:
        ground: dict[str, Any] = provision(rule, timezone.localdate(at)).ground()
    except (NotInForce, KeyError):
        ground = {}
    breach = open_breach(
        authority=fresh.authority, licence=held, subject_name=subject_name, facts=facts, found_on=found_on,
        ground=ground, actor=actor, at=at,
    )  # fmt: skip
    return ended(fresh, "open_breach", actor=actor, at=at, data={"breach": breach.reference}, breach=breach)


@transaction.atomic
def warn_of_tip(
    tip: MarketTip, *, actor: User, at: datetime, version: int | None = None, **given: Any
) -> MarketWarning:
    """Put a warning before a head, and close the tip with it.

    Args:
        given: as `propose_warning` takes it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: see `propose_warning`.
    """
    fresh = begun(tip, "propose_warning", actor=actor, at=at, version=version)
    row = propose_warning(fresh.authority, **given, actor=actor, at=at)
    ended(fresh, "propose_warning", actor=actor, at=at, data={"warning": row.reference}, warning=row)
    return row


@transaction.atomic
def close_tip(
    tip: MarketTip, *, why: str, text: str = "", actor: User, at: datetime, version: int | None = None
) -> MarketTip:
    """Nothing is done about it, for a reason by code.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or another one without words.
    """
    return ended(tip, "close", actor=actor, at=at, version=version, outcome=why, outcome_text=text.strip())


def begun(tip: MarketTip, step: str, *, actor: User, at: datetime, version: int | None) -> MarketTip:
    """The tip under its lock, where this step may be taken from its state: before anything follows from it."""
    require(actor, "exchanges.triage_tip", tip)
    fresh = locked(tip)
    if version is not None and fresh.version != version:
        raise StaleVersion(fresh.version, version)
    found = fresh.WORKFLOW[step]
    if fresh.state not in found.sources:
        raise TransitionRefused([wrong_state(fresh, found)])
    return fresh


def ended(tip: MarketTip, step: str, *, actor: User, at: datetime, **more: Any) -> MarketTip:
    return moved(tip, step, actor=actor, at=at, closed_at=at, **more)


def moved(tip: MarketTip, step: str, *, actor: User, at: datetime, **more: Any) -> MarketTip:
    return advance(tip, step, actor=actor, at=at, audience=INTERNAL, **more)
