"""The public list of warnings: proposed by an official, published and withdrawn by a head who had no hand in it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.domains import normal_domain
from core.models import Authority, Event, User
from core.models.base import INTERNAL, PUBLIC
from core.names import searched
from core.services import advance, notify, record, require
from core.services.acts import locked
from core.workflow import HEAD, TransitionRefused
from exchanges.models import MarketWarning
from exchanges.models.warnings import SERIES, WARNING_TYPE
from law.market import KINDS, LIST_RULE, warning_rules
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import RegisterEntry
from licensing.services.numbers import next_in
from licensing.services.terms import officials

MANY, NAME_LIMIT, TEXT_LIMIT = 50, 200, 10_000
LANGUAGES = {"kk": _("text in Kazakh"), "ru": _("text in Russian"), "en": _("text in English")}


@transaction.atomic
def propose_warning(
    authority: Authority,
    *,
    kind: str,
    name: str,
    brands: Iterable[str],
    domains: Iterable[str],
    since: date,
    texts: Mapping[str, str],
    rules: Iterable[str],
    actor: User,
    at: datetime,
) -> MarketWarning:
    """Put an entry before a head. The grounds are frozen as in force today, and anew when it is published.

    Args:
        domains: names or addresses; kept in their normal form, each once.
        rules: codes of `law.market.warning_rules` of the kind and of today.

    Raises:
        PermissionDenied; TransitionRefused: something is missing or malformed, or a domain is in the list already.
    """
    today = timezone.localdate(at)
    row = MarketWarning(
        authority=authority,
        kind=kind,
        name=name.strip(),
        brands=list(dict.fromkeys(brand.strip() for brand in brands if brand.strip())),
        since=since,
        proposed_by=actor,
        created_at=at,
        **{f"text_{code}": texts.get(code, "").strip() for code in LANGUAGES},
    )
    require(actor, "exchanges.propose_warning", row)
    row.domains, problems = read_domains(domains)
    problems += word_problems(row, today) + ground_problems(row, tuple(rules), today)
    problems += listed_already(row)
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.search = row.searched()
    row.save()
    facts = {"kind": kind, "domains": len(row.domains)}
    event = record(row, "marketwarning.propose", actor=actor, at=at, to_state=row.state, audience=INTERNAL, data=facts)
    tell_heads(row, event, "warning_proposed")
    return row


def tell_heads(row: MarketWarning, event: Event, template: str) -> None:
    """The heads of the authority, but for who did it himself."""
    heads = [one for one in officials(row.authority_id, HEAD) if one.pk != event.actor_id]
    path = f"/{MarketWarning.FOLDER}/{row.reference}/"
    notify(event, heads, template, {"reference": row.reference}, path=path, at=event.at)


@transaction.atomic
def ask_withdrawal(
    warning: MarketWarning, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> MarketWarning:
    """Put before the heads that a published entry should be withdrawn, and why; it stands until one of them does it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not published.
    """
    fresh = locked(warning, version=version)
    require(actor, "exchanges.propose_warning", fresh)
    words, problems = told(reason, "reason"), []
    if not words:
        problems.append(Problem("warning-reason", _("Write why."), field="reason"))
    if fresh.state != "published":
        problems.append(Problem("warning-not-published", _("Only a published warning is withdrawn.")))
    if problems:
        raise TransitionRefused(problems)
    event = record(fresh, "marketwarning.ask_withdrawal", actor=actor, at=at, reason=words, audience=INTERNAL)
    tell_heads(fresh, event, "warning_withdrawal")
    return fresh


def read_domains(given: Iterable[str]) -> tuple[list[str], list[Problem]]:
    """The domains in their normal form, each once, and one problem for each line that is none."""
    found: dict[str, None] = {}
    problems = []
    for line in filter(None, (one.strip() for one in given)):
        try:
            found[normal_domain(line)] = None
        except ValueError:
            message = _("“%(text)s” is no domain: write it as example.com, or the address of a page.")
            problems.append(Problem("warning-domain", message, {"text": line[:100]}, field="domains"))
    return list(found), problems


def word_problems(row: MarketWarning, today: date) -> list[Problem]:
    """What is not stated, too long, or lies in days to come."""
    problems: list[Problem] = []
    needed = {"name": (_("name it uses"), row.name)}
    needed |= {f"text_{code}": (label, row.texts[code]) for code, label in LANGUAGES.items()}
    for field, (label, value) in needed.items():
        if not value:
            problems.append(Problem("particular-missing", _("Not stated: %(field)s."), {"field": label}, field=field))
        else:
            problems += too_long(value, NAME_LIMIT if field == "name" else TEXT_LIMIT, field)
    problems += too_long(max(row.brands, key=len, default=""), NAME_LIMIT, "brands")
    for field in ("brands", "domains"):
        if len(getattr(row, field)) > MANY:
            problems.append(Problem("warning-many", _("At most %(limit)s lines."), {"limit": MANY}, field=field))
    if row.since > today:
        problems.append(Problem("warning-day", _("The day is still to come."), field="since"))
    return problems


def too_long(text: str, limit: int, field: str) -> list[Problem]:
    if len(text) <= limit:
        return []
    message = _("The text is longer than %(limit)s characters.")
    return [Problem("text-too-long", message, {"limit": limit}, field=field)]


def told(text: str, field: str) -> str:
    """The words of an act, trimmed; refused where they are too long."""
    if problems := too_long(text.strip(), TEXT_LIMIT, field):
        raise TransitionRefused(problems)
    return text.strip()


def ground_problems(row: MarketWarning, codes: tuple[str, ...], today: date) -> list[Problem]:
    """Freeze the chosen rules as they are in force today; what is not in force, or of another kind, is no ground."""
    if row.kind not in KINDS:
        return [Problem("warning-kind", _("There is no such kind of warning."), field="kind")]
    standing = {rule.code: rule for rule in warning_rules(row.kind, today)}
    row.rules = [standing[code].ground() for code in dict.fromkeys(codes) if code in standing]
    foreign = [code for code in codes if code not in standing]
    if foreign:
        message = _("Not in force today, or no ground of this kind of warning: %(codes)s.")
        return [Problem("warning-rule", message, {"codes": ", ".join(foreign)[:200]}, field="rules")]
    return [] if codes else [Problem("warning-no-rule", _("Name a ground at least."), field="rules")]


def listed_already(row: MarketWarning) -> list[Problem]:
    """The authority warns of a domain once, until the entry is withdrawn."""
    others = MarketWarning.objects.naming(row.domains).filter(authority=row.authority_id).exclude(pk=row.pk)
    message = _("A domain of it stands in %(reference)s already.")
    return [
        Problem("warning-listed", message, {"reference": other.reference}, field="domains")
        for other in others.order_by("id")[:5]
    ]


@transaction.atomic
def publish_warning(
    warning: MarketWarning, *, confirmation: str, actor: User, at: datetime, version: int | None = None
) -> MarketWarning:
    """Put the entry before the public, its grounds frozen anew as in force today.

    Args:
        confirmation: why the public is warned although no act that was read provides for the list.

    Raises:
        PermissionDenied: also for who proposed it. StaleVersion. TransitionRefused: no confirmation, a ground is no
            longer in force, or it is not proposed.
    """
    today = timezone.localdate(at)
    standing = {rule.code: rule for rule in warning_rules(warning.kind, today)}
    codes = [str(one["code"]) for one in warning.rules]
    kept = zip(codes, warning.rules, strict=True)
    anew = [standing[code].ground() if code in standing else old for code, old in kept]
    published = advance(
        warning,
        "publish",
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC,
        data={"kind": warning.kind},
        grounds=[*anew, provision(LIST_RULE, today)],
        rules=anew,
        confirmation=told(confirmation, "confirmation"),
        published_by=actor,
        published_at=at,
    )
    enter_warning(published, actor=actor, at=at)
    return published


def enter_warning(warning: MarketWarning, *, actor: User, at: datetime) -> RegisterEntry:
    """Enter a published warning in the public register, so that one search finds it; part of its publication."""
    today = timezone.localdate(at)
    return RegisterEntry.objects.create(
        number=warning.reference,
        type=WARNING_TYPE,
        kind=warning.kind,
        authority_id=warning.authority_id,
        name_kk=warning.name,
        name_ru=warning.name,
        name_en=warning.name,
        standing=warning.state,
        standing_since=today,
        ground=dict(warning.rules[0]),
        since=today,
        published=True,
        publication_reason=warning.confirmation,
        publication_ground=dict(provision(LIST_RULE, today).ground()),
        decided_by=actor,
        decided_at=at,
        changed_at=at,
        search=searched(*warning.search_parts()),
    )


def end_entry(warning: MarketWarning, *, actor: User, at: datetime) -> None:
    """The register goes on showing a withdrawn warning, as withdrawn."""
    today = timezone.localdate(at)
    RegisterEntry.objects.filter(number=warning.reference, type=WARNING_TYPE).update(
        standing=warning.state, standing_since=today, until=today, decided_by=actor, decided_at=at, changed_at=at
    )


@transaction.atomic
def end_warning(
    warning: MarketWarning, step: str, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> MarketWarning:
    """Do not publish a proposed entry ("drop"), or withdraw a published one ("withdraw"), each with its reason.

    Raises:
        PermissionDenied: also for who proposed what is withdrawn. StaleVersion. TransitionRefused: no reason, or the
            state does not allow it.
    """
    ended = advance(
        warning,
        step,
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC if step == "withdraw" else INTERNAL,
        data={"kind": warning.kind},
        ending_reason=told(reason, "reason"),
        ended_by=actor,
        ended_at=at,
    )
    if step == "withdraw":
        end_entry(ended, actor=actor, at=at)
    return ended
