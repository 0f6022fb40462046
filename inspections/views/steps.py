"""What officials do to an inspection from its draft to its start, and to its team and length afterwards."""

from datetime import datetime
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core import printing
from core.models import User
from inspections import services
from inspections.forms import opening as forms
from inspections.models import Inspection
from inspections.services import papers
from inspections.services.course import CHANGING
from inspections.services.judging import foresee
from inspections.wording import LETTERS
from law.inspections.codes import Kind
from law.inspections.notices import needs_notice
from licensing.forms import ActForm, WhyForm
from licensing.services.letters import letter_facts, template_of
from licensing.views.acts import Act, Offer, Table
from licensing.views.papers import Paper, picture_addresses, reader_language

#: What an act sends out, shown before it is taken.
PAPERS = {"serve-notice": papers.NOTICE, "appoint": papers.APPOINTMENT}


def find(user: User, reference: str) -> Inspection:
    people = ("authority", "organisation", "subject", "object__licence", "object__centre", "entry__plan", "checklist")
    rows = Inspection.objects.visible_to(user).select_related(*people, "act_signed_by", "opened_by", "follows")
    return get_object_or_404(rows, reference=reference)


def is_draft(row: Inspection, actor: User) -> bool:
    return row.state == "draft"


def lacks_facts(row: Inspection, actor: User) -> bool:
    return any(one.field != "team" for one in row.start_faults())


def lacks_team(row: Inspection, actor: User) -> bool:
    return any(one.field == "team" for one in row.start_faults())


def unnamed(row: Inspection, actor: User) -> bool:
    return row.state in ("draft", "noticed")


def needs_papers(row: Inspection, actor: User) -> bool:
    return row.state == "draft" and row.kind == Kind.UNSCHEDULED


def owes_notice(row: Inspection, actor: User) -> bool:
    """Whether the law wants a notice before this one; where it wants none, the act of appointment comes first."""
    plan = row.plan(timezone.localdate())
    return needs_notice(row.kind, row.start_on or timezone.localdate(), plan.ground, plan.case)


def may_extend(row: Inspection, actor: User) -> bool:
    return row.state == "running" and not row.extension_number


def extension_waits(row: Inspection, actor: User) -> bool:
    return bool(row.extension_number) and row.extension_registered_on is None and row.closed_at is None


def registers_late(row: Inspection, actor: User) -> bool:
    return row.state == "running" and row.registered_on is None


def has_team(row: Inspection, actor: User) -> bool:
    return row.state in CHANGING


def preview_facts(row: Inspection, kind: str, *, at: datetime, actor: User | None, preview: bool) -> dict[str, Any]:
    """What a paper would say if it went out now."""
    return letter_facts(row, at=at, kind=kind, preview=preview, **papers.drawn(row, kind, at=at, actor=actor))


def beside(row: Inspection, offer: Offer, form: ActForm, actor: User, at: datetime) -> dict[str, Any]:
    """The paper that the act sends out, as pictures of its pages."""
    kind = PAPERS.get(offer.act.name)
    if kind is None or offer.problems:
        return {}
    data = preview_facts(row, kind, at=at, actor=actor, preview=True)
    pages = printing.pictures(template_of(kind), data, at=at, language=reader_language())
    address = reverse("inspection-paper", args=[row.reference, kind])
    return {"papers": [Paper(kind, gettext(LETTERS[kind][0]), picture_addresses(pages), address)]}


def draft_act(name: str, label: str, done: str, service: Any, form: type[ActForm], **more: Any) -> Act:
    return Act(name, done, service, form, label=label, when=more.pop("when", is_draft), **more)


TABLE = Table(
    find=find,
    page="inspection",
    index=("inspections", _("Inspections")),
    nav="inspections",
    permission="inspections.prepare",
    beside=beside,
    acts=(
        draft_act(
            "edit",
            _("Write the draft"),
            _("The draft is written."),
            services.edit_inspection,
            forms.EditForm,
            leads=lacks_facts,
        ),
        draft_act(
            "team",
            _("Name the team"),
            _("The team is named."),
            services.set_team,
            forms.TeamForm,
            when=unnamed,
            leads=lacks_team,
        ),
        draft_act(
            "ground",
            _("Add papers of the ground"),
            _("The papers are kept."),
            services.keep_grounds,
            forms.GroundForm,
            when=needs_papers,
            leads=lambda row, actor: False,
        ),
        Act(
            "serve-notice",
            _("The notice is entered; the subject is told."),
            services.serve_notice,
            forms.NoticeForm,
            step="serve_notice",
            leads=owes_notice,
            foreseen=partial(foresee, "serve_notice"),
        ),
        Act(
            "appoint",
            _("The act of appointment is signed."),
            services.appoint,
            step="appoint",
            foreseen=partial(foresee, "appoint"),
        ),
        Act(
            "register",
            _("The registration is entered."),
            services.register_act,
            forms.RegistrationForm,
            step="register",
            foreseen=partial(foresee, "register"),
        ),
        Act(
            "register-late",
            _("The registration is entered."),
            services.register_act,
            forms.RegistrationForm,
            label=_("Enter the registration"),
            when=registers_late,
        ),
        Act(
            "start",
            _("The inspection has begun."),
            services.start_inspection,
            forms.StartForm,
            step="start",
            foreseen=partial(foresee, "start"),
        ),
        Act(
            "extend",
            _("The act of extension is signed."),
            services.extend_inspection,
            forms.ExtendForm,
            label=_("Extend the inspection"),
            consequence=_("Once only, for one of three reasons; the act is registered before the extension begins."),
            permission="inspections.appoint",
            when=may_extend,
            leads=lambda row, actor: False,
        ),
        Act(
            "register-extension",
            _("The registration is entered."),
            services.register_extension,
            forms.RegistrationForm,
            label=_("Enter the registration of the extension"),
            when=extension_waits,
        ),
        Act(
            "change-team",
            _("The team is changed."),
            services.change_team,
            forms.ChangeTeamForm,
            label=_("Change the team"),
            consequence=_("Subject and legal statistics are told before anybody new joins."),
            permission="inspections.appoint",
            when=has_team,
            leads=lambda row, actor: False,
        ),
        Act(
            "replan",
            _("It is a draft again."),
            services.replan_inspection,
            WhyForm,
            step="replan",
            supplied=frozenset({"ending"}),
            leads=lambda row, actor: False,
        ),
        Act(
            "drop",
            _("The inspection is dropped."),
            services.drop_inspection,
            WhyForm,
            step="drop",
            supplied=frozenset({"ending"}),
            adverse=True,
            leads=lambda row, actor: False,
        ),
    ),
)
