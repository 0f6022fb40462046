"""The case file as a page reads it: a fixed number of queries, whatever the case holds."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.models import Access, Authority, Document, DocumentSignature, Event, Membership, Obligation, User
from core.services import is_whole, log_access
from core.together import prefetched, read_together, share
from licensing.models import Application, Dissent, Hearing, Letter, Opinion, Question, Watch
from licensing.models.applications import Finding
from licensing.models.content import signatures_of
from licensing.request_serializers import shown_forms
from licensing.services.opinions import silence_of_body
from licensing.services.silence import silence_of_authority
from licensing.services.terms import AGREEMENT, DECISION
from licensing.views.acts import Offers
from licensing.views.acts.application import ACTS, case_offers
from licensing.views.acts.watching import watch_button
from licensing.views.comparison import compared
from licensing.views.desk import case_tasks
from licensing.views.facts import fact, plain_number
from licensing.views.fees import fees_tab
from licensing.views.panels import Panel, panel_rows
from licensing.views.papers import chosen_grounds
from licensing.views.terms import days_left, term_rows, urgency
from licensing.wording import check_row, timeline_row

EVENTS = 100
RELATED = 6
CHILDREN = ("payments", "judgements", "questions", "opinions", "recommendations")
TABS = {
    "application": _("Application"),
    "checks": _("Checks"),
    "documents": _("Documents"),
    "letters": _("Letters"),
    "fees": _("Fees"),
    "people": _("People"),
    "questions": _("Questions and hearings"),
    "notes": _("Notes"),
    "tasks": _("Tasks"),
    "timeline": _("Timeline"),
}


@dataclass
class CaseFile:
    """One case for one reader. What every tab needs is read at once; a tab's own rows only when it is shown."""

    application: Application
    user: User
    at: datetime
    is_watched: bool = field(init=False)
    related: list[Application] = field(init=False)  # other filings of the applicant that the reader sees, newest first
    bodies: dict[str, Authority] = field(init=False)
    panels: list[Panel] = field(init=False)

    def __post_init__(self) -> None:
        case = self.application
        rows = {name: getattr(case, name).all() for name in CHILDREN}
        dissents = Dissent.objects.filter(recommendation__application=case)
        hung: dict[type[Model], QuerySet[Any]] = {
            Document: Document.objects.of(case).visible_to(self.user).current(),
            Hearing: Hearing.objects.of(case),
            Obligation: case.obligations(),
        }
        watch = Watch.objects.of(case).filter(user=self.user)
        others = Application.objects.visible_to(self.user).filter(organisation=case.organisation_id)
        others = others.exclude(pk=case.pk).order_by("-id")[:RELATED]
        bodies = Authority.objects.all()
        cards = panel_rows(case, self.user)
        more = [found for _maker, found in cards]
        read_together(*rows.values(), dissents, *hung.values(), watch, others, bodies, *more, known=[self.user])
        prefetched(case, **rows)
        share(rows["recommendations"], "dissents", dissents, "recommendation_id")
        case.hung = {model: list(found) for model, found in hung.items()}
        self.panels = [maker.make(case, self.user, list(found)) for maker, found in cards]
        self.is_watched, self.related, self.bodies = bool(watch), list(others), {one.code: one for one in bodies}
        named = {one.pk: one for one in bodies}
        asked = [row for found in (rows["opinions"], *more) for row in found if hasattr(row, "body_id")]
        for one in asked:  # opinions, and requests to other authorities
            one.body = named[one.body_id]

    @property
    def documents(self) -> list[Document]:
        return list(self.application.hung[Document])

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @cached_property
    def offers(self) -> Offers:
        return case_offers(self.application, self.user, self.at)

    @cached_property
    def findings(self) -> list[Finding]:
        return self.application.findings(self.today)

    @cached_property
    def terms(self) -> list[dict[str, Any]]:
        names = {code: body.name for code, body in self.bodies.items()}
        told = term_rows(self.application.hung[Obligation], self.today, names)
        for term in told:
            term["silence"] = silence_words(self.application, term["code"]) if term["open"] else None
        return told

    @property
    def questions(self) -> list[Question]:
        return list(self.application.questions.all())

    @property
    def open_questions(self) -> list[Question]:
        return [row for row in self.questions if row.answered_at is None]

    @property
    def watch_url(self) -> str:
        return watch_button(ACTS, self.application, watched=self.is_watched)["watch_url"]

    @property
    def clock(self) -> dict[str, Any]:
        """The next term of the authority, for the identity bar."""
        due_on = self.application.due_on
        ended = self.application.closed_at is not None
        return {
            "due_on": due_on,
            "days": None if ended else days_left(due_on, self.today),
            "state": "" if ended else urgency(due_on, self.today, timed=bool(self.application.form.rules)),
        }

    @property
    def related_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "reference": one.reference,
                "state": one.state,
                "label": gettext(one.WORKFLOW.state(one.state).label),
                "tone": one.WORKFLOW.state(one.state).tone,
                "kind": gettext(one.form.name),
                "filed_on": one.filed_on,
            }
            for one in self.related
        ]

    @property
    def kind_name(self) -> str:
        return gettext(self.application.form.name)

    @property
    def state(self) -> dict[str, str]:
        state = self.application.WORKFLOW.state(self.application.state)
        return {"label": gettext(state.label), "tone": state.tone}

    @property
    def outcome_label(self) -> str:
        row = self.application.recommendation
        return str(row.get_outcome_display()) if row else ""

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return chosen_grounds(self.application, self.today)

    @property
    def labels(self) -> dict[str, str]:
        """Names of documents and checks by their codes."""
        return {finding.code: gettext(finding.label) for finding in self.findings}

    @property
    def counts(self) -> dict[str, int]:
        unsettled = sum(finding.verdict != "met" for finding in self.findings)
        return {"checks": unsettled, "documents": len(self.documents), "questions": len(self.open_questions)}


SILENCES = {
    "agreed": _("Silence means consent."),
    "issued": _("Silence means that the permit is deemed issued."),
    "none": _("Silence means nothing: the term only passes."),
}


def silence_words(application: Application, code: str) -> dict[str, Any] | None:
    """What follows if the term of a body or of the decision passes without an answer, and by which rule."""
    silence = {AGREEMENT: silence_of_body, DECISION: silence_of_authority}.get(code)
    found = silence(application) if silence else None
    if found is None or found.provision is None:
        return None
    return {"words": gettext(SILENCES[found.effect]), "ground": found.provision.ground()}


def application_tab(case: CaseFile) -> dict[str, Any]:
    """The particulars by the kind's own serializer: labels and values in the reader's language."""
    shown = [
        fact(name, form.fields[name], value)
        for form in shown_forms(case.application)
        for name, value in form.data.items()
        if name != "application"
    ]
    paid = plain_number(case.application.fee_amount)
    relied = case.application.reliances.select_related("clarification").order_by("id")
    return {
        "facts": shown,
        "paid": paid,
        "recommendation": case.application.recommendation,
        "compared": compared(case.application),
        "reliances": [(row, row.clarification.stands_on(case.today)) for row in relied],
    }


def checks_tab(case: CaseFile) -> dict[str, Any]:
    rows = [check_row(finding) for finding in case.findings]
    order = {"not_met": 0, "to_judge": 1, "met": 2}
    return {
        "checks": sorted(rows, key=lambda row: order.get(row["state"], 3)),
        "tally": Counter(row["state"] for row in rows),
        "may_judge": bool(case.offers.others or case.offers.primary),
        "visits": list(case.application.visits.select_related("made_by")) if case.application.needs_visit else None,
    }


def documents_tab(case: CaseFile) -> dict[str, Any]:
    """Every document with its version and who opened it."""
    opened: dict[int, list[Access]] = defaultdict(list)
    log = Access.objects.filter(
        subject_type=Document._meta.label_lower,
        subject_id__in=[row.pk for row in case.documents],
        authority=case.user.authority_id,
    )
    for row in log.select_related("user").order_by("-id")[:200]:
        opened[row.subject_id].append(row)
    seen: Counter[str] = Counter()
    rows = []
    letters = dict(Letter.KINDS)
    signed: dict[int | None, list[DocumentSignature]] = defaultdict(list)
    for signature in signatures_of(case.application):
        signed[signature.document_id].append(signature)
    labels = case.labels
    for document in case.documents:
        seen[document.kind] += 1
        rows.append(
            {
                "pk": document.pk,
                "title": str(letters.get(document.kind) or labels.get(document.kind, document.kind)),
                "filename": document.filename,
                "size": filesizeformat(document.size),
                "added_at": document.uploaded_at,
                "added_by": gettext("System") if document.uploaded_by.is_system else str(document.uploaded_by),
                "version": seen[document.kind],
                "sha256": document.sha256,
                "media_type": document.media_type,
                "opened": opened[document.pk][:5],
                "signatures": signed[document.pk],
            }
        )
    missing = [f for f in case.findings if f.is_document and f.problems]
    told = {"documents": rows, "signatures": signed[None], **checks_tab(case)}
    return told | {"missing": [(gettext(f.label), f.verdict) for f in missing]}


def letters_tab(case: CaseFile) -> dict[str, Any]:
    """Each letter with its signature, and whether its file is still the one that was signed: read anew each time."""
    letters = case.application.letters.select_related("document").prefetch_related("document__signatures")
    return {
        "letters": [
            {
                "letter": letter,
                "signature": letter.signature,
                "whole": letter.document is not None and is_whole(letter.document),
            }
            for letter in letters
        ]
    }


def people_tab(case: CaseFile) -> dict[str, Any]:
    """Who acts for the applicant, on what paper, until when. These are persons: the look is logged."""
    rows = Membership.objects.filter(organisation=case.application.organisation_id)
    people = list(rows.select_related("user", "firm", "document", "confirmed_by").order_by("-id")[:50])
    log_access(case.application.organisation, actor=case.user, at=case.at)
    current = [row for row in people if row.confirmed_at and not row.revoked_at]
    return {
        "members": [row for row in current if row.user_id],
        "powers": [row for row in current if row.firm_id],
        "claims": [row for row in people if not row.confirmed_at and not row.revoked_at],
        "may_check": bool(case.user.role in ("officer", "head")),
    }


def questions_tab(case: CaseFile) -> dict[str, Any]:
    opinions = list(case.application.opinions.all())
    papers: dict[int, Document] = {one.pk: one for one in case.documents}
    shown = Opinion.documents.through._default_manager.filter(opinion__application=case.application)
    pairs = list(shown.values_list("opinion_id", "document_id")) if opinions else []
    for opinion in opinions:
        opinion.shown = [papers[pk] for number, pk in pairs if number == opinion.pk and pk in papers]
    return {"questions": case.questions, "opinions": opinions, "hearings": case.application.hung[Hearing]}


def notes_tab(case: CaseFile) -> dict[str, Any]:
    return {"notes": list(case.application.notes.select_related("by")[:200])}


def assignees(case: CaseFile, events: list[Event]) -> dict[str, str]:
    """Names of those to whom the case was given. A query only for who is neither its officer nor one of the actors."""
    known = {event.actor_id: str(event.actor) for event in events}
    if case.application.assigned_to is not None:
        known[case.application.assigned_to.pk] = str(case.application.assigned_to)
    given = [event.data for event in events if event.verb in ("application.assign", "application.task")]
    asked = {data.get(name) for data in given for name in ("to", "for")} - {None, *known}
    if asked:
        known |= {person.pk: str(person) for person in User.objects.filter(pk__in=asked)}
    return {f"user:{pk}": name for pk, name in known.items()}


def timeline_tab(case: CaseFile, *, audience: str = "", before: int | None = None) -> dict[str, Any]:
    """Events of the case, the newest first."""
    rows = Event.objects.of(case.application).visible_to(case.user).select_related("actor", "on_behalf_of")
    if audience in ("internal", "party"):
        rows = rows.filter(audience=audience)
    if before is not None:
        rows = rows.filter(id__lt=before)
    events = list(rows.order_by("-id")[: EVENTS + 1])
    labels = case.labels | assignees(case, events)
    return {
        "events": [timeline_row(event, labels) for event in events[:EVENTS]],
        "older": events[EVENTS - 1].pk if len(events) > EVENTS else None,
        "audience": audience,
    }


READERS: dict[str, Callable[[CaseFile], dict[str, Any]]] = {
    "application": application_tab,
    "checks": checks_tab,
    "documents": documents_tab,
    "letters": letters_tab,
    "fees": fees_tab,
    "people": people_tab,
    "questions": questions_tab,
    "notes": notes_tab,
    "tasks": lambda case: case_tasks(case.application, case.user, case.today),
    "timeline": timeline_tab,
}
