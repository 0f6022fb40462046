"""The acts on a licence: each begins a breach or a measure."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from core.models import User
from law.provisions import provision
from licensing import services
from licensing.forms import life as forms
from licensing.models import Breach, Licence, Measure
from licensing.models.life import measure_grounds
from licensing.views.acts import Act, Table, never
from licensing.views.acts.watching import WATCHING
from licensing.workflow import LIVE


def find(user: User, number: str) -> Licence:
    rows = Licence.objects.visible_to(user).select_related("organisation", "authority")
    return get_object_or_404(rows, number=number)


def ground_of(code: str, kind: str | None) -> dict[str, Any]:
    """The rule that a form names: an item of a closed list of the kind, else a provision of today."""
    today = timezone.localdate()
    acts = (Measure.SUSPEND, Measure.REVOKE) if kind else ()
    for listed in (measure_grounds(act, kind or "", today) for act in acts):
        for one in listed:
            if one.code == code:
                return one.ground()
    return provision(code, today).ground()


def open_breach(licence: Licence, *, rule: str, **facts: Any) -> Breach:
    ground = ground_of(rule, licence.kind)
    return services.open_breach(authority=licence.authority, licence=licence, ground=ground, **facts)


PROPOSED = _("The measure is proposed; a second person countersigns it.")
ACTS = Table(
    find=find,
    page="licence",
    index=("licences", _("Licences")),
    nav="licences",
    permission="licensing.propose_measure",
    key="number",
    acts=(
        Act(
            "breach",
            _("The breach is opened; the holder is asked to explain."),
            open_breach,
            forms.BreachForm,
            label=_("Open a breach"),
            consequence=_("The holder gets a letter and owes an explanation."),
            permission="licensing.open_breach",
            leads=never,
            makes="breach",
        ),
        Act(
            "suspend",
            PROPOSED,
            services.propose_measure,
            forms.SuspendForm,
            label=_("Propose a suspension"),
            consequence=_("A second person countersigns, a head decides; the licence stays as it is until then."),
            given={"act": Measure.SUSPEND},
            when=lambda case, actor: case.state == "in_force",
            leads=never,
            adverse=True,
            makes="measure",
        ),
        Act(
            "revoke",
            PROPOSED,
            services.propose_measure,
            forms.RevokeForm,
            label=_("Propose to take the licence away"),
            consequence=_("Where only a court may do it, the measure is a claim to the court."),
            given={"act": Measure.REVOKE},
            when=lambda case, actor: case.state in LIVE,
            leads=never,
            adverse=True,
            makes="measure",
        ),
        Act(
            "close",
            PROPOSED,
            services.propose_measure,
            forms.MeasureForm,
            label=_("Propose to establish the end"),
            consequence=_("For a holder who has died or was liquidated, and the other cases of the law."),
            given={"act": Measure.CLOSE},
            when=lambda case, actor: case.state in LIVE,
            leads=never,
            adverse=True,
            makes="measure",
        ),
        Act(
            "paper",
            _("The return is noted."),
            services.take_paper_back,
            forms.PaperForm,
            label=_("Note the return of the paper"),
            consequence=_("The holder owes the paper no more."),
            permission="licensing.take_paper_back",
            when=lambda case, actor: case.on_paper and case.state not in LIVE,
            leads=never,
            versioned=False,
        ),
        Act(
            "duty",
            _("The duty is noted as done."),
            services.note_duty,
            forms.DutyForm,
            label=_("Note a duty as done"),
            consequence=_("It is owed no more; one that returns is owed again by its next day."),
            permission="licensing.note_duty",
            when=lambda case, actor: bool(case.permit.duties) and services.kind_duties(case).exists(),
            leads=never,
            versioned=False,
        ),
        *WATCHING,
    ),
)
