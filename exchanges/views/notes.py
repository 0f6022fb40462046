"""Notes of a firm: an answer of the law kept for a client, read by the firm's members alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core.days import told
from core.limits import limited
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.perimeter import QUESTIONS, TITLES, NoteForm
from exchanges.models import PerimeterNote
from exchanges.views.perimeter import TONES, as_question
from law.exchanges import AUTHORITIES, VERDICTS
from law.provisions import CONFIDENCE_TITLES

PAGE = 25


def note_line(row: PerimeterNote) -> dict[str, Any]:
    """A note as lists and its page show it, in the reader's language."""
    verdict = row.answer["verdict"]
    return {
        "row": row,
        "verdict": gettext(VERDICTS[verdict]),
        "code": verdict,
        "tone": TONES[verdict],
        "activity": gettext(QUESTIONS["activity"][row.activity]),
        "asset": gettext(QUESTIONS["asset"][row.asset]),
    }


def own_notes(request: HttpRequest) -> Any:
    return PerimeterNote.objects.visible_to(reader(request)).select_related(
        "organisation", "client", "author", "matter"
    )


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """The notes of my organisations, newest first; with a whole question in the address, the form that keeps it."""
    user = reader(request)
    if user.is_official:
        return redirect("perimeter")
    question, form = as_question(request.GET), None
    if request.method == "POST":
        form = NoteForm(request.POST, user=user)
        if form.is_valid() and (kept := keep(request, form)) is not None:
            messages.success(request, gettext("The answer is kept as a note."))
            return redirect("perimeter-note", reference=kept.reference)
    elif question is not None:
        day = request.GET.get("on") or timezone.localdate().isoformat()
        form = NoteForm(initial=question | {"on": day}, user=user)
    rows, cursor = own_notes(request), request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    page = list(rows.order_by("-id")[: PAGE + 1])
    context = {
        "form": form,
        "said": said(form) if form is not None else [],
        "lines": [note_line(row) for row in page[:PAGE]],
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "nav": "perimeter-notes",
    }
    return render(request, "exchanges/notes.html", context, status=422 if request.method == "POST" else 200)


def keep(request: HttpRequest, form: NoteForm) -> PerimeterNote | None:
    """The kept note; None where it was refused, with the reasons on the form."""
    given = dict(form.cleaned_data)
    organisation = given.pop("organisation")
    kept: PerimeterNote | None = attempt(
        form, lambda: services.keep_note(organisation, **given, actor=reader(request), at=timezone.now())
    )
    return kept


def said(form: NoteForm) -> list[tuple[Any, str]]:
    """The question that would be kept, in words; what is unknown is left out."""
    values = {name: str(form[name].value() or "") for name in (*QUESTIONS, "on")}
    lines = [(TITLES[name], gettext(known[values[name]])) for name, known in QUESTIONS.items() if values[name] in known]
    return [*lines, (gettext("Day asked for"), told(values["on"]))]


@require_safe
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """One note as it was kept, and what the law of today says otherwise."""
    row = get_object_or_404(own_notes(request), reference=reference)
    today = timezone.localdate()
    later, answer = row.later(today), row.answer
    context = note_line(row) | {
        "said": [(title, gettext(QUESTIONS[name][getattr(row, name)])) for name, title in TITLES.items()],
        "answer": answer,
        "known": CONFIDENCE_TITLES[answer["confidence"]],
        "unconfirmed": answer["confidence"] in ("source", "assumed"),
        "permits": [(one["title"], AUTHORITIES[one["authority"]]) for one in answer["permits"]],
        "later": later,
        "later_verdict": gettext(VERDICTS[later.answer.verdict]) if later else "",
        "today": today,
        "nav": "perimeter-notes",
    }
    return render(request, "exchanges/note.html", context)


@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a note off; asked once more before it is done."""
    row = get_object_or_404(own_notes(request), reference=reference)
    if request.method == "POST":
        services.take_off_note(row, actor=reader(request), at=timezone.now())
        messages.success(request, gettext("The note is taken off."))
        return redirect("perimeter-notes")
    return render(request, "exchanges/take_off_note.html", {"row": row, "nav": "perimeter-notes"})


@require_safe
@limited("note-pdf", per_minute=20)
def note_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The note as a PDF in three languages, made anew each time: the same bytes."""
    row = get_object_or_404(own_notes(request), reference=reference)
    response = HttpResponse(services.print_note(row), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.reference}.pdf"'
    return response
