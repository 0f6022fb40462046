"""The acts on an appeal, of the authority and of the body that decides."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms import ActForm
from licensing.forms import appeal as forms
from licensing.models import Appeal
from licensing.services.appeals import hold_case
from licensing.views.acts import Act, Table
from licensing.views.acts.watching import WATCHING


def find(user: User, reference: str) -> Appeal:
    rows = Appeal.objects.visible_to(user).select_related(
        "authority",
        "body",
        "organisation",
        "decided_by",
        "decision__application",
        "decision__made_by",
        "decision__recommendation__made_by",
        "decision__recommendation__countersigned_by",
    )
    return get_object_or_404(rows, reference=reference)


def answer(name: str, step: str, form: type[ActForm] = forms.AnswerForm) -> Act:
    """A decision on the appeal."""
    done = _("The appeal is decided; the applicant gets the letter.")
    return Act(name, done, services.decide_appeal, form, step=step, given={"outcome": step})


def judgment(name: str, step: str, *, annulled: bool) -> Act:
    """What the court said of the act."""
    done = _("The judgment is entered.")
    return Act(name, done, services.enter_judgment, forms.JudgmentForm, step=step, given={"annulled": annulled})


ACTS = Table(
    find=find,
    page="appeal",
    index=("appeals", _("Appeals")),
    nav="appeals",
    hold=hold_case,
    acts=(
        Act("forward", _("The appeal is forwarded."), services.forward_appeal, forms.ForwardForm, step="forward"),
        answer("satisfy", "satisfy"),
        answer("not-admit", "not_admit", forms.BarForm),
        Act("hear", _("The hearing stands in the appeal."), services.enter_hearing, forms.HearingForm, step="hear"),
        answer("annul", "annul"),
        answer("change", "change"),
        answer("uphold", "uphold"),
        Act("claim", _("The claim is entered."), services.record_claim, forms.ClaimForm, step="go_to_court"),
        judgment("judgment-annuls", "lose_in_court", annulled=True),
        judgment("judgment-upholds", "win_in_court", annulled=False),
        *WATCHING,
    ),
)
