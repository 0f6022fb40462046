"""What officials do to a case: each act one row of a table, offered and taken in one way.

The modules beside hold one table each; `page.py` is the page of every act. To add an act, add its row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from core.models import User
from core.services import allowed
from core.services.acts import obstacles, wrong_state
from core.templatetags.tizilim import bin_groups
from core.workflow import Transition
from law.problems import Problem, _
from licensing.forms import ActForm


def always(case: Any, actor: User) -> bool:
    return True


def never(case: Any, actor: User) -> bool:
    return False


def as_it_stands(case: Any, at: datetime) -> Any:
    return case


@dataclass(frozen=True, slots=True)
class Act:
    """One act. The fields of its form are the arguments of its service, under the service's own names.

    Args:
        done: what is said when it is done.
        service: called with the locked case, or with the row of it that the field `of` names.
        step: the transition that it takes, which gives the permission, and the words where the row has none.
        permission: of an act that is no transition, if it is another than that of the table.
        given: arguments that the row itself gives.
        supplied: the problem codes that its own form removes.
        foreseen: the case as the act itself will leave it, for what stands in its way.
        when: whether the file offers it; `never`: its button stands beside what it concerns.
        leads: whether it may be the one button rather than a line of the menu.
        versioned: whether a change since it was looked at refuses it, and the end of the case bars it.
        paper: the letter shown beside the form.
        tab: of the file, to which one goes back.
        makes: the page of what it makes, to which one goes on.
    """

    name: str
    done: str
    service: Callable[..., Any]
    form: type[ActForm] = ActForm
    label: str = ""
    consequence: str = ""
    step: str = ""
    permission: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    of: str = ""
    supplied: frozenset[str] = frozenset()
    foreseen: Callable[[Any, datetime], Any] = as_it_stands
    when: Callable[[Any, User], bool] = always
    leads: Callable[[Any, User], bool] = always
    adverse: bool = False
    versioned: bool = True
    paper: str = ""
    tab: str = ""
    makes: str = ""

    def take(self, case: Any, values: Mapping[str, Any], *, actor: User, at: datetime) -> Any:
        """Call the service with what the form and the row give."""
        arguments = {name: value for name, value in values.items() if name not in ("version", self.of)}
        return self.service(values[self.of] if self.of else case, **arguments, **self.given, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act for one person, now. With problems it stays, disabled, and says what is in the way."""

    act: Act
    label: str
    url: str
    consequence: str
    adverse: bool
    allowed: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """`primary` is the one button; `others` its menu; `blocked` what stays disabled with its reasons."""

    primary: Offer | None = None
    others: tuple[Offer, ...] = ()
    blocked: tuple[Offer, ...] = ()


def whose(case: Any) -> str:
    """The organisation that the case is about."""
    organisation = case.organisation
    return format_html("{} · {}", organisation.name, bin_groups(organisation.identifier)) if organisation else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The acts on one kind of case, and where its pages are.

    Args:
        find: the case as this person sees it, by its number; 404 where he sees none.
        page: the name of the address of the file; that of its acts is the same with `-act`.
        index: the name of the address and the words of the list of such cases.
        permission: of the acts that are no transition.
        heading: the line that says what the case is about.
        hold: locks what every act locks before the case.
        objections: what further stands against a transition, for who may take it and for who may not: (case, step,
            actor, allowed). Nothing for who may not hides the act from him.
        beside: what the page shows beside the form: (case, offer, form, actor, at).
    """

    acts: tuple[Act, ...]
    find: Callable[[User, str], Any]
    page: str
    index: tuple[str, str]
    nav: str
    permission: str = ""
    key: str = "reference"
    heading: Callable[[Any], str] = whose
    hold: Callable[[Any], Any] = lambda case: None
    objections: Callable[[Any, Transition, User, bool], tuple[Problem, ...]] = lambda *_: ()
    beside: Callable[[Any, Offer, ActForm, User, datetime], dict[str, Any]] = lambda *_: {}

    def act(self, name: str) -> Act:
        """The act of this name, or 404."""
        found = next((act for act in self.acts if act.name == name), None)
        if found is None:
            raise Http404(gettext("There is nothing here"))
        return found

    def address(self, case: Any) -> str:
        return reverse(self.page, args=[getattr(case, self.key)])

    def offered(self, case: Any, actor: User, at: datetime) -> Offers:
        """Everything that this person may do to the case now, each with what blocks it."""
        may = cache(lambda permission: allowed(actor, permission, case))
        begins = [act for act in self.acts if not bars(case, act) and act.when(case, actor)]
        found = [
            one for one in (self.offer(act, case, actor, at, may) for act in begins) if one.allowed or one.problems
        ]
        free = [one for one in found if not one.problems]
        primary = next((one for one in free if one.act.leads(case, actor)), None)
        others = tuple(one for one in free if one is not primary)
        return Offers(primary, others, tuple(one for one in found if one.problems))

    def offer(self, act: Act, case: Any, actor: User, at: datetime, may: Callable[[str], bool] | None = None) -> Offer:
        """One act for this person. `may` answers for his permissions on the case, where that was asked before."""
        step = case.WORKFLOW[act.step] if act.step else None
        permission = step.permission if step else act.permission or self.permission
        allows = may(permission) if may else allowed(actor, permission, case)
        barred = bars(case, act)
        problems = barred if allows else ()
        if step and not barred:
            found = obstacles(act.foreseen(case, at), step, timezone.localdate(at)) if allows else ()
            problems = tuple(one for one in found if one.code not in act.supplied)
            problems += self.objections(case, step, actor, allows)
        told = act.consequence or (step.consequence if step else "")
        return Offer(
            act,
            gettext(act.label or (step.label if step else "")),
            reverse(f"{self.page}-act", args=[getattr(case, self.key), act.name]),
            gettext(told) if told else "",
            act.adverse or bool(step and step.adverse),
            allows,
            problems,
        )


def bars(case: Any, act: Act) -> tuple[Problem, ...]:
    """Why the act does not begin here: a transition from another state, or the end of the case."""
    if act.step:
        step = case.WORKFLOW[act.step]
        return () if case.state in step.sources else (wrong_state(case, step),)
    if act.versioned and getattr(case, "closed_at", None) is not None:
        return (Problem(code="case-ended", message=_("The case is not open.")),)
    return ()
