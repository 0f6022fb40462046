"""The acts on a match of screening: it is this person, or another."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms.matches import MatchForm
from licensing.models import ScreeningMatch
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> ScreeningMatch:
    people = ("authority", "organisation", "person__organisation", "entry__list", "decided_by", "imported_by")
    return get_object_or_404(ScreeningMatch.objects.visible_to(user).select_related(*people), reference=reference)


def named(match: ScreeningMatch) -> Any:
    return f"{match.person.name} – {match.entry.name}"


def decide(step: str, done: str) -> Act:
    return Act(
        step,
        done,
        services.decide_match,
        MatchForm,
        step=step,
        given={"step": step},
        supplied=frozenset({"match-reason"}),
    )


ACTS = Table(
    find=find,
    page="screening-match",
    index=("screening-matches", _("Matches of screening")),
    nav="screening-matches",
    heading=named,
    acts=(
        decide("clear", _("The match is cleared.")),
        decide("confirm", _("The match is confirmed; the firm is told.")),
    ),
)
