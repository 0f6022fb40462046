"""The acts on an objection to what the program did by itself: the answer in writing."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms.objection import AnswerForm
from licensing.models import Objection
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> Objection:
    rows = Objection.objects.visible_to(user).filter(authority=user.authority_id)
    people = ("organisation", "authority", "event__actor", "filed_by", "answered_by")
    return get_object_or_404(rows.select_related(*people), reference=reference)


def answer(outcome: str) -> Act:
    """An answer in writing, for the person or against him."""
    return Act(
        outcome,
        _("The answer is with the person."),
        services.answer_objection,
        AnswerForm,
        step=outcome,
        given={"outcome": outcome},
        supplied=frozenset({"objection-unanswered"}),
    )


ACTS = Table(
    find=find,
    page="objection",
    index=("objections", _("Objections")),
    nav="objections",
    acts=(answer("uphold"), answer("reject")),
)
