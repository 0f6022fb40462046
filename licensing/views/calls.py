"""How each act of the case file calls its service: fields of the form under the service's own names."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from core.models import User
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.models import Application, Hearing

#: (locked case, cleaned values, who, when): calls one service.
Do = Callable[[Application, Mapping[str, Any], User, datetime], Any]


def decide(outcome: str) -> Do:
    def do(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return services.decide_application(
            case, outcome=outcome, actor=actor, at=at, confirmation=given.get("confirmation", "")
        )

    return do


def record_opinion(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.record_opinion(
        given["opinion"],
        answer=given["answer"],
        text=given["text"],
        answered_on=given["answered_on"],
        actor=actor,
        at=at,
    )


def recommend(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    names = ("outcome", "text", "reasons", "conditions")
    return services.recommend(case, **{name: given[name] for name in names}, actor=actor, at=at)


def refuse_consideration(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.refuse_consideration(case, reasons=given["reasons"], text=given["text"], actor=actor, at=at)


def request_opinion(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.request_opinion(case, body=given["body"], text=given["text"], actor=actor, at=at)


def announce_hearing(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.announce_hearing(case, hearing_on=given["hearing_on"], place=given["place"], actor=actor, at=at)


def record_hearing(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.record_hearing(
        open_hearing(case),
        held_on=given["held_on"],
        attended=given["attended"],
        minutes=given["minutes"],
        actor=actor,
        at=at,
    )


def open_hearing(case: Application) -> Hearing:
    """The hearing whose draft stands.

    Raises:
        TransitionRefused: none does.
    """
    if case.hearing is None:
        raise TransitionRefused([Problem(code="hearing-closed", message=_("This hearing is closed."))])
    return case.hearing


def stop(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    names = ("case", "text", "cure_days")
    return services.stop_review(case, **{name: given[name] for name in names}, actor=actor, at=at)


def judge(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.judge_check(case, code=given["code"], met=given["met"], note=given["note"], actor=actor, at=at)


def enter_payment(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    names = ("reference", "paid_on", "amount", "payer", "note")
    return services.enter_payment(case, **{name: given[name] for name in names}, actor=actor, at=at)


def cite(case: Application, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    names = ("number", "relied_on", "note")
    return services.rely_on_clarification(case, **{name: given[name] for name in names}, actor=actor, at=at)
