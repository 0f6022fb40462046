"""Inspections in the account of their subject: what is to be checked, its rights, and the acts that it may take."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from core.days import dateshort, datetimeshort
from core.models import User
from core.views import reader
from inspections import services
from inspections.forms.answers import AnnulmentForm, CureForm, ObjectionForm, ProlongForm, RefusalForm
from inspections.models import Inspection
from inspections.services import papers
from inspections.services.annulments import ANNULLABLE
from inspections.services.answers import BEFORE_RESULT, RESULT, last_day_to_ask
from inspections.services.own import appeal_terms, checked_items, known_days
from inspections.views.filed import filings_part
from inspections.wording import LETTERS
from law.inspections.grounds import DUTIES, RIGHTS
from law.licensing import Due
from licensing.models import Letter
from licensing.views.deeds import Deed, Desk, file_context, state_words
from licensing.views.keyset import PAGE, Cursor, page_newest

ANSWER = "inspections.answer_for_subject"


def find_own(user: User, reference: str) -> Inspection:
    people = ("authority", "organisation", "object__licence", "object__centre", "entry__plan", "checklist")
    return get_object_or_404(Inspection.objects.visible_to(user).select_related(*people), reference=reference)


class OwnDesk(Desk):
    """What the subject may file now; a request to prolong until its last day."""

    def offered(self, row: Inspection, user: User) -> list[dict[str, str]]:
        due = last_day_to_ask(row)
        over = due is not None and due.due_on < timezone.localdate()
        passed = reverse(f"{self.page}-deed", args=[row.reference, "prolong"]) if over else ""
        return [one for one in super().offered(row, user) if one["url"] != passed]


FILED = gettext_noop("It is filed. A receipt comes to your inbox.")
OWN_DESK = OwnDesk(
    find_own,
    "own-inspection",
    "account",
    (
        Deed(
            "cure",
            gettext_noop("Report the cure"),
            FILED,
            CureForm,
            services.report_cure,
            ANSWER,
            ("curing",),
            gettext_noop("Cured and proved in time, no check of the order follows."),
        ),
        Deed(
            "prolong",
            gettext_noop("Ask to prolong the term"),
            FILED,
            ProlongForm,
            services.ask_to_prolong,
            ANSWER,
            ("curing",),
            gettext_noop("In three working days after act and order were received; decided in three more."),
        ),
        Deed(
            "object",
            gettext_noop("Object to the result act"),
            FILED,
            ObjectionForm,
            services.file_objection,
            ANSWER,
            RESULT,
            gettext_noop("It is attached to the act. The Code names no term."),
        ),
        Deed(
            "refuse_access",
            gettext_noop("Refuse access"),
            FILED,
            RefusalForm,
            services.refuse_access,
            ANSWER,
            BEFORE_RESULT,
            gettext_noop("Only for the grounds of the Code; without one it is obstruction, which is fined."),
        ),
        Deed(
            "annul",
            gettext_noop("Apply to annul"),
            FILED,
            AnnulmentForm,
            services.file_annulment,
            ANSWER,
            ANNULLABLE,
            gettext_noop("Decided in ten working days; no decision is one in your favour."),
        ),
    ),
)


@require_safe
def own_inspections(request: HttpRequest) -> HttpResponse:
    """Inspections of the subjects for which one acts, the newest first."""
    user = reader(request)
    if user.is_official:
        return redirect("inspection-filings")
    rows = Inspection.objects.visible_to(user).select_related("organisation", "authority")
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    return render(
        request,
        "inspections/own_inspections.html",
        {
            "heads": [_("Subject"), _("Kind"), _("Days"), _("To be cured by")],
            "lines": [line_of(row, user) for row in page.rows],
            "page": page,
            "nav": "account",
        },
    )


def line_of(row: Inspection, user: User) -> dict[str, Any]:
    days = f"{dateshort(row.start_on)} – {dateshort(row.last_day)}" if row.start_on and row.last_day else "–"
    cure = dateshort(row.cure_by) if row.cure_by and row.state == "curing" else "–"
    cells = [row.organisation.name, row.kind_label, days, cure]
    return {"url": reverse("own-inspection", args=[row.reference]), "reference": row.reference, "cells": cells} | (
        state_words(row, user)
    )


@require_safe
def own_inspection(request: HttpRequest, reference: str) -> HttpResponse:
    """One of them: notice, act, checklist, rights and duties, result and order, terms, what was filed, letters."""
    user = reader(request)
    if user.is_official:
        return redirect(f"/inspections/{reference}/")
    row, today = find_own(user, reference), timezone.localdate()
    ask = last_day_to_ask(row)
    letters = Letter.objects.visible_to(user).of(row).select_related("document").order_by("-id")
    context = file_context(request, row, OWN_DESK, ("own-inspections", gettext_noop("Inspections"))) | {
        "facts": [one for one in facts_of(row) if one[1]],
        "result": [one for one in result_of(row) if one[1]],
        "items": checked_items(row),
        "rights": [_(one.text) for one in RIGHTS if one.applies(today)],
        "duties": [_(one.text) for one in DUTIES if one.applies(today)],
        "rule": RIGHTS[0].ground(),
        "days": [told_due(label, due, today) for label, due in [*known_days(ask), *appeal_terms(row)]],
        "letters": letters,
        "files": row.documents().visible_to(user).exclude(kind__in=LETTERS),
        "nav": "account",
        **filings_part(row, user),
    }
    return render(request, "inspections/own_inspection.html", context)


def told_due(label: str, due: Due, today: date) -> dict[str, Any]:
    """A last day that nobody owes but the reader may miss."""
    return {"label": _(label), "due": due, "over": due.due_on < today}


def facts_of(row: Inspection) -> list[tuple[str, str]]:
    """What the subject is told of an inspection before it begins, and of its act once it is handed over."""
    period = f"{dateshort(row.period_from)} – {dateshort(row.period_to)}" if row.period_from and row.period_to else ""
    team = "\n".join(f"{one.person.full_name}, {one.post}" for one in row.team.standing().select_related("person"))
    registered = f"{row.registration_number}, {dateshort(row.registered_on)}" if row.registered_on else ""
    return [
        (_("Authority"), row.authority.name),
        (_("Subject"), f"{row.organisation.name} · {row.organisation.identifier}"),
        (_("Kind"), row.kind_label),
        (_("Object of control"), papers.number_of(row)),
        (_("Ground"), papers.ground_words(row)),
        (_("Subject matter"), row.subject_matter),
        (_("Checked period"), period),
        (_("Start"), dateshort(row.start_on) if row.start_on else ""),
        (_("Last day"), dateshort(row.last_day) if row.last_day else ""),
        (_("Officials"), team),
        (_("Notice delivered"), datetimeshort(row.noticed_at) if row.noticed_at else ""),
        (_("Act of appointment"), row.act_number if row.started_at else ""),
        (_("Registered with legal statistics"), registered),
        (_("Begun"), datetimeshort(row.started_at) if row.started_at else ""),
        (_("Why it ended"), row.ending if row.state in ("dropped", "annulled") else ""),
    ]


def result_of(row: Inspection) -> list[tuple[str, str]]:
    """Result act and order, once they were handed over."""
    if row.result_handed_at is None:
        return []
    return [
        (_("Result act"), f"{row.result_number}, {datetimeshort(row.result_handed_at)}"),
        (_("What was found"), row.findings),
        (_("Order to cure"), row.order_number),
        (_("What is to be mended"), row.instructions),
        (_("To be cured by"), dateshort(row.cure_by) if row.cure_by else ""),
        (_("What came of the order"), row.closing),
    ]
