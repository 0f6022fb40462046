"""`manage.py check` for the house itself: tables are sound, permissions are declared, provisions do not overlap."""

from typing import Any

import rules
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from core.models import Stateful
from core.workflow import ROLES, Workflow
from law.provisions import faults as provision_faults


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


@register("security", deploy=True)
def check_secrets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.SECRET_KEY_IS_SET:
        return [Warning("SECRET_KEY is not set: sessions end with each process.", id="tizilim.W001")]
    return []
