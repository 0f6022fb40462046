"""The bank of conditions: entered by one person, confirmed by another, picked by a recommendation of the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.models import Application, Condition, ConditionVersion
from licensing.models.conditions import free, not_in_force
from licensing.permits import ISSUE, kinds

TEXTS = ("text_kk", "text_ru", "text_en")


@transaction.atomic
def enter_condition(
    authority: Authority,
    *,
    code: str,
    fits: Sequence[str] = (),
    texts: Mapping[str, str],
    in_force: date,
    rule: str = "",
    actor: User,
    at: datetime,
) -> ConditionVersion:
    """A new condition with its first version, which waits for a second person.

    Args:
        fits: codes of the kinds it fits; none for every kind of the authority.
        texts: text_kk, text_ru and text_en.
        rule: code of the provision that it rests on; "" where none is known, so that it is shown as assumed.

    Raises:
        PermissionDenied; TransitionRefused: the code is taken, a kind is another authority's, or see `enter_version`.
    """
    made = Condition(authority=authority, code=code.strip(), kinds=sorted(fits), made_by=actor, made_at=at)
    require(actor, "licensing.enter_condition", made)
    problems = condition_faults(made)
    if problems:
        raise TransitionRefused([*problems, *version_faults(made, texts, in_force, rule)])
    made.save()
    return enter_version(made, texts=texts, in_force=in_force, rule=rule, actor=actor, at=at)


@transaction.atomic
def enter_version(
    condition: Condition, *, texts: Mapping[str, str], in_force: date, rule: str = "", actor: User, at: datetime
) -> ConditionVersion:
    """A new version, which waits for a second person. One waits at a time.

    Raises:
        PermissionDenied; TransitionRefused: a text is missing, the rule is unknown or not in force on the first day, it
            does not begin after the one before it, or another waits.
    """
    held = locked(condition)
    require(actor, "licensing.enter_condition", held)
    if problems := version_faults(held, texts, in_force, rule):
        raise TransitionRefused(problems)
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    made = ConditionVersion.objects.create(
        condition=held,
        number=last + 1,
        **{name: texts[name].strip() for name in TEXTS},
        ground=provision(rule, in_force).ground() if rule else {},
        in_force=in_force,
        entered_by=actor,
        entered_at=at,
    )
    data = {"number": made.number, "in_force": in_force.isoformat()}
    record(made, "condition.enter", actor=actor, at=at, audience=INTERNAL, data=data)
    return made


def condition_faults(condition: Condition) -> list[Problem]:
    """A code of its own, and kinds of its own authority."""
    found = []
    if not condition.code:
        found.append(Problem("condition-code", _("Give it a code."), field="code"))
    elif Condition.objects.filter(authority=condition.authority, code=condition.code).exists():
        message = _("The code “%(code)s” is taken.")
        found.append(Problem("condition-code-taken", message, {"code": condition.code}, field="code"))
    own = {code for code, one in kinds().items() if one.authority == condition.authority.code}
    message = _("“%(kind)s” is no kind of permit of this authority.")
    found += [
        Problem("condition-kind", message, {"kind": kind}, field="kinds") for kind in condition.kinds if kind not in own
    ]
    return found


def version_faults(condition: Condition, texts: Mapping[str, str], in_force: date, rule: str = "") -> list[Problem]:
    """Everything that stands against a new version; of a condition that is not stored yet, too."""
    message = _("Give the text in all three languages.")
    found = [Problem("condition-text", message, field=name) for name in TEXTS if not texts.get(name, "").strip()]
    if rule:
        try:
            provision(rule, in_force)
        except NotInForce as unknown:
            found.append(unknown.problem)
    if condition._state.adding:
        return found
    rows = list(condition.versions.all())
    if any(row.confirmed_at is None for row in rows):
        found.append(Problem("condition-waits", _("Another version waits to be confirmed.")))
    begun = max((row.repealed or row.in_force for row in rows if row.confirmed_at), default=None)
    over = any(row.repealed == begun for row in rows)
    if begun is not None and (in_force < begun or (in_force == begun and not over)):
        message = _("It must begin after the version before it, which holds from %(day)s.")
        found.append(Problem("condition-day", message, {"day": begun}, field="in_force"))
    return found


@transaction.atomic
def confirm_version(version: ConditionVersion, *, actor: User, at: datetime) -> ConditionVersion:
    """A second person confirms the words: they are used from their first day, and the version before ends with it.

    Raises:
        PermissionDenied: he entered it.  TransitionRefused: it is confirmed already.
    """
    held, fresh = locked(version.condition), locked(version)
    require(actor, "licensing.confirm_condition", fresh)
    if fresh.confirmed_at is not None:
        raise TransitionRefused([Problem("condition-confirmed", _("This version is confirmed already."))])
    held.versions.filter(confirmed_at__isnull=False, repealed__isnull=True).update(repealed=fresh.in_force)
    fresh.confirmed_by, fresh.confirmed_at = actor, at
    fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    record(fresh, "condition.confirm", actor=actor, at=at, audience=INTERNAL, data={"number": fresh.number})
    return fresh


@transaction.atomic
def strike_version(version: ConditionVersion, *, reason: str, actor: User, at: datetime) -> Condition:
    """Take back a version that nobody has confirmed; its event stays.

    Raises:
        PermissionDenied; TransitionRefused: no reason, or it is confirmed.
    """
    held, fresh = locked(version.condition), locked(version)
    require(actor, "licensing.enter_condition", fresh)
    problems = [] if reason.strip() else [Problem("note-missing", _("Say why."), field="reason")]
    if fresh.confirmed_at is not None:
        problems.append(Problem("condition-confirmed", _("This version is confirmed already.")))
    if problems:
        raise TransitionRefused(problems)
    record(
        held, "condition.strike", actor=actor, at=at, reason=reason, audience=INTERNAL, data={"number": fresh.number}
    )
    fresh.delete()
    return held


@transaction.atomic
def repeal_version(
    version: ConditionVersion, *, repealed: date, reason: str, actor: User, at: datetime
) -> ConditionVersion:
    """End a version that holds without end: from that day on the condition is picked no more. Licences keep it.

    Raises:
        PermissionDenied; TransitionRefused: no reason, it does not hold, or the day lies before today or its first day.
    """
    locked(version.condition)
    fresh = locked(version)
    require(actor, "licensing.confirm_condition", fresh)
    problems = [] if reason.strip() else [Problem("note-missing", _("Say why."), field="reason")]
    if fresh.confirmed_at is None or fresh.repealed is not None:
        problems.append(Problem("condition-ended", _("This version is not confirmed, or has its last day already.")))
    if repealed <= fresh.in_force or repealed < timezone.localdate(at):
        message = _("The day lies in the past, or not after the first day of the version.")
        problems.append(Problem("condition-end-day", message, field="repealed"))
    if problems:
        raise TransitionRefused(problems)
    fresh.repealed = repealed
    fresh.save(update_fields=["repealed"])
    data = {"number": fresh.number, "repealed": repealed.isoformat()}
    record(fresh, "condition.repeal", actor=actor, at=at, reason=reason, audience=INTERNAL, data=data)
    return fresh


def bank_of(application: Application, on: date) -> list[ConditionVersion]:
    """The versions of the day that fit the filing; a request about a licence writes none."""
    if application.act != ISSUE:
        return []
    rows = ConditionVersion.objects.in_force(on).for_kind(application.authority_id, application.kind)
    return list(rows.select_related("condition").order_by("condition__code"))


def picked(
    application: Application, codes: Iterable[str], own: Iterable[str], reason: str, *, on: date
) -> list[dict[str, Any]]:
    """The conditions that a recommendation keeps: versions of the day by their codes, then words of its own.

    Raises:
        TransitionRefused: a code is not in the bank for this kind or not in force on the day; own words lack a reason.
    """
    bank = {row.condition.code: row for row in bank_of(application, on)}
    wanted, words = dict.fromkeys(codes), [text.strip() for text in own if text.strip()]
    problems = [not_in_force(code, on) for code in wanted if code not in bank]
    if words and not reason.strip():
        message = _("Say why a condition from outside the bank is needed.")
        problems.append(Problem("condition-reason", message, field="own_reason"))
    if problems:
        raise TransitionRefused(problems)
    return [*(bank[code].frozen() for code in wanted), *(free(text, reason.strip()) for text in words)]


def shown(application: Application, given: Mapping[str, Any], *, on: date) -> list[dict[str, Any]]:
    """The conditions of a form as far as they are there, for a preview; what is not in force is left out."""
    codes = given.get("conditions") or ()
    own = given.get("own_conditions") or ()
    lines = own.splitlines() if isinstance(own, str) else own
    bank = {row.condition.code: row for row in bank_of(application, on)} if codes else {}
    return [
        *(bank[code].frozen() for code in codes if code in bank),
        *(free(text.strip(), "") for text in lines if text.strip()),
    ]
