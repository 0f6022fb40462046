"""`manage.py check` for the house itself: tables are sound, permissions are declared, provisions do not overlap."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import rules
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import models

from core.automated import AutomatedAct, automated
from core.bounces import SCHEMES
from core.codes import CODES, PLAIN
from core.models import Stateful
from core.retention import RULES, Part
from core.services.duties import duties
from core.services.retention import key_of, sources
from core.workflow import ROLES, SYSTEM, Workflow
from law.provisions import faults as provision_faults
from law.provisions import history


def workflows() -> dict[str, Workflow]:
    """Every workflow table in use, by the label of its model."""
    return {model._meta.label_lower: model.WORKFLOW for model in apps.get_models() if issubclass(model, Stateful)}


@register
def check_workflows(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for workflow in workflows().values():
        faults += [Error(fault, id="tizilim.E001") for fault in workflow.faults()]
        for step in workflow.transitions:
            if not rules.perm_exists(step.permission):
                faults.append(
                    Error(f"{workflow.name}.{step.name}: {step.permission} is not declared", id="tizilim.E002")
                )
            faults += [
                Error(f"{workflow.name}.{step.name}: unknown role {role}", id="tizilim.E003")
                for role in step.roles
                if role not in ROLES
            ]
    return faults


@register
def check_provisions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One rule holds at a time: rows of one code must not overlap, and each names its source."""
    return [Error(fault, id="tizilim.E010") for fault in provision_faults()]


@register
def check_retention(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every field that may hold personal data or free text stands in core/retention.py, and each part can be erased."""
    parts = [part for rule in RULES for part in rule.parts]
    faults: list[CheckMessage] = [
        *(Error(f"{name}: no word in core/retention.py", id="tizilim.E020") for name in undocumented(parts)),
        *(Error(f"{name}: in core/retention.py, and no field", id="tizilim.E021") for name in unknown_fields(parts)),
    ]
    for rule in RULES:
        if not history(rule.provision):
            faults.append(Error(f"{rule.provision}: no such provision", id="tizilim.E022"))
        silent = [part for part in rule.parts if part.erases and (rule.code, part.model) not in sources()]
        faults += [Error(f"{key_of(rule, part)}: nobody says which rows are due", id="tizilim.E023") for part in silent]
    return faults


WHOLE = (models.TextField, models.JSONField, models.BinaryField, models.FileField, models.GenericIPAddressField)


def may_be_personal(field: "models.Field[Any, Any]") -> bool:
    """Whether a field takes what a person writes: a text without a list of choices, an object, bytes, a file."""
    return isinstance(field, WHOLE) or (isinstance(field, models.CharField) and not field.choices)


def undocumented(parts: Iterable[Part], found: Iterable[type[models.Model]] | None = None) -> Iterator[str]:
    """`app.Model.field` of all models (or of those given) that the document says nothing of."""
    told: dict[str, set[str]] = {}
    for part in parts:
        told.setdefault(part.model, set()).update(part.fields)
    for model in apps.get_models() if found is None else found:
        label = model._meta.label
        known = told.get(label, set()) | PLAIN.get(label, frozenset()) | CODES
        for field in model._meta.concrete_fields:
            if may_be_personal(field) and field.name not in known:
                yield f"{label}.{field.name}"


def unknown_fields(parts: Iterable[Part]) -> Iterator[str]:
    """What the document names and no model has."""
    names = {part.model: set(part.fields) for part in parts if not part.fields}
    for part in parts:
        names.setdefault(part.model, set()).update(part.fields)
    for label, plain in PLAIN.items():
        names.setdefault(label, set()).update(plain)
    for label, fields in names.items():
        try:
            model = apps.get_model(label)
        except LookupError:
            yield label
            continue
        yield from (f"{label}.{name}" for name in fields - {field.name for field in model._meta.concrete_fields})


@register
def check_automated(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the program does by itself stands in core.automated, and what can go against a person names one."""
    return [Error(fault, id="tizilim.E031") for fault in automated_faults(automated().values())]


def automated_faults(acts: Iterable[AutomatedAct]) -> Iterator[str]:
    """What is missing among the acts, and what among them is not there."""
    acts = list(acts)
    tasks = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    steps = {
        f"{label}.{step.name}": step
        for label, workflow in workflows().items()
        for step in workflow.transitions
        if SYSTEM in step.roles
    }
    unmet = {code for code, duty in duties().items() if duty.on_overdue}
    for what, there, told in (
        ("scheduled task", tasks, {task for act in acts for task in act.tasks}),
        ("step of the system", set(steps), {step for act in acts for step in act.steps}),
        ("what follows the unmet duty", unmet, {duty for act in acts for duty in act.duties}),
    ):
        yield from (f"{what} {one}: not in core.automated" for one in sorted(there - told))
        if what != "scheduled task":
            yield from (f"{what} {one}: in core.automated, and not there" for one in sorted(told - there))
    for act in acts:
        if act.provision and not history(act.provision):
            yield f"automated act {act.code}: no such provision"
        if act.adverse and not act.person:
            yield f"automated act {act.code}: can go against a person, and no person stands behind it"
        if not act.adverse and any(steps[name].adverse for name in act.steps if name in steps):
            yield f"automated act {act.code}: takes an adverse step and does not say so"


@register
def check_bounces(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The mailbox of what comes back is one that can be read. Its address holds a password: it is not repeated."""
    try:
        parts = urlsplit(settings.BOUNCES_URL)
        sound = parts.scheme in SCHEMES and bool(parts.path if parts.scheme == "maildir" else parts.hostname)
        sound = sound and (parts.port is None or parts.port > 0) and '"' not in unquote(parts.path)
    except ValueError:
        sound = False
    if sound or not settings.BOUNCES_URL:
        return []
    hint = "maildir:///folder, imap://, imap+tls:// or imaps://user:password@host/INBOX"
    return [Error("BOUNCES_URL is no address of a mailbox.", hint=hint, id="tizilim.E030")]


@register("security", deploy=True)
def check_secrets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.SECRET_KEY_IS_SET:
        return [Warning("SECRET_KEY is not set: sessions end with each process.", id="tizilim.W001")]
    return []


@register("security", deploy=True)
def check_signature_verifier(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Papers of applicants go to it: not in the clear, unless it runs beside us."""
    parts = urlsplit(settings.SIGNATURE_VERIFIER_URL)
    if not parts.geturl() or parts.scheme == "https":
        return []
    if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"):
        return []
    return [Error("SIGNATURE_VERIFIER_URL is neither https:// nor on this machine.", id="tizilim.E024")]
