"""Pages of mining, one module a subject."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from core.workflow import TransitionRefused
from law.problems import Problem


def nav_of(request: HttpRequest, name: str) -> dict[str, Any]:
    """What every page of mining tells its frame."""
    return {"nav": name, "official": bool(getattr(request.user, "is_official", False))}


def attempt(act: Callable[[], Any]) -> tuple[Any, tuple[Problem, ...]]:
    """What came of an act, or what stands against it."""
    try:
        return act(), ()
    except TransitionRefused as refused:
        return None, refused.problems
