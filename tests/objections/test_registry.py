"""The registry of automated acts: whole, true, public; what is missing in it is named by `manage.py check`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client

from config.celery import app
from core.automated import act_of, automated
from core.checks import automated_faults, workflows
from core.workflow import SYSTEM

OURS = ("core.", "exchanges.", "licensing.", "inspections.", "mining.")


def test_every_task_of_ours_is_in_it() -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.startswith(OURS)}
    assert {task for act in automated().values() for task in act.tasks} == ours


def test_nothing_is_missing_and_nothing_is_invented() -> None:
    assert list(automated_faults(automated().values())) == []
    assert [one for one in run_checks() if one.id == "tizilim.E031"] == []


def without(code: str) -> list[Any]:
    return [act for act in automated().values() if act.code != code]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("seals", "scheduled task core.seal: not in core.automated"),
        ("expiry", "step of the system licensing.licence.expire: not in core.automated"),
        ("silence-fallen", "what follows the unmet duty decision: not in core.automated"),
    ],
)
def test_what_is_missing_is_named(code: str, fault: str) -> None:
    assert fault in list(automated_faults(without(code)))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"person": ""}, "no person stands behind it"),
        ({"adverse": False, "code": "tame", "steps": ("licensing.licence.lapse",)}, "takes an adverse step"),
        ({"provision": "no.such"}, "no such provision"),
        ({"steps": ("licensing.licence.explode",)}, "in core.automated, and not there"),
        ({"duties": ("no-such-duty",)}, "in core.automated, and not there"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], fault: str) -> None:
    wrong = replace(automated()["expiry"], **changes)
    assert any(fault in one for one in automated_faults([*without("expiry"), wrong]))


def test_the_program_alone_neither_suspends_nor_ends_a_licence() -> None:
    """What goes against a holder starts with a person; the program's own steps only note that a day has come."""
    alone = {
        f"{label}.{step.name}"
        for label, table in workflows().items()
        for step in table.transitions
        if SYSTEM in step.roles and step.adverse
    }
    assert alone == {"licensing.licence.lapse", "licensing.application.discontinue"}


def verbs() -> Iterator[str]:
    for act in automated().values():
        yield from act.verbs


def test_an_event_belongs_to_one_act() -> None:
    told = list(verbs())
    assert len(told) == len(set(told))
    found = act_of("licence.expire")
    assert found is not None
    assert found.code == "expiry"
    assert act_of("application.grant") is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_everybody_reads_it(language: str) -> None:
    page = Client(headers={"accept-language": language}).get("/automated-acts/").content.decode()
    for code in automated():
        assert f'id="{code}"' in page
