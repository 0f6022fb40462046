"""“Do I need a licence?”: one question at a time, the address carries the answers, the law of a day answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from exchanges.forms.perimeter import QUESTIONS, TITLES, DayForm, QuestionForm
from law.definitions import EDITIONS, definitions
from law.exchanges import AUTHORITIES, KIND_TITLES, VERDICTS, Answer, Verdict, perimeter, spans
from law.provisions import CONFIDENCE_TITLES
from licensing.permits import kinds

TONES = {
    Verdict.ALLOWED: "ok",
    Verdict.PERMIT_NEEDED: "info",
    Verdict.PROHIBITED: "bad",
    Verdict.OUTSIDE: "neutral",
    Verdict.UNCLEAR: "warn",
}
ICONS = {
    Verdict.ALLOWED: "circle-check",
    Verdict.PERMIT_NEEDED: "certificate",
    Verdict.PROHIBITED: "ban",
    Verdict.OUTSIDE: "arrow-right",
    Verdict.UNCLEAR: "alert-triangle",
}
#: What a verdict means, in a sentence.
MEANINGS = {
    Verdict.ALLOWED: gettext_noop("It may be done without a permit of one's own, within the limits below."),
    Verdict.PERMIT_NEEDED: gettext_noop("It may be done only with one of the permits below."),
    Verdict.PROHIBITED: gettext_noop("It may not be done at this venue."),
    Verdict.OUTSIDE: gettext_noop("This law does not reach it. Other laws may."),
    Verdict.UNCLEAR: gettext_noop("The text does not answer. This is no allowance: ask the authority before you act."),
}
CLASSES = ("secured-digital-asset", "digital-financial-asset", "fixed-value-asset", "unsecured-digital-asset")


@dataclass(frozen=True, slots=True)
class Given:
    """What the address says: the answers so far, the day, and what is wrong with the day."""

    answers: dict[str, str]
    on: date
    day_form: DayForm

    @property
    def unanswered(self) -> list[str]:
        return [name for name in QUESTIONS if name not in self.answers]

    @property
    def query(self) -> dict[str, str]:
        """The address of the same answers, the day said."""
        return self.answers | {"on": self.on.isoformat()}

    def without(self, name: str) -> str:
        """The address that asks one question again and keeps the others."""
        return "?" + urlencode({key: value for key, value in self.query.items() if key != name})


def read(request: HttpRequest) -> Given:
    """The answers that are among the choices; what is not is asked again."""
    answers = {name: code for name, known in QUESTIONS.items() if (code := request.GET.get(name, "")) and code in known}
    today = timezone.localdate()
    told = request.GET.get("on", "")
    form = DayForm({"on": told} if told else None, initial={"on": today})
    on = form.cleaned_data["on"] if told and form.is_valid() else today
    return Given(answers, on, form)


@login_not_required
@require_safe
def perimeter_page(request: HttpRequest) -> HttpResponse:
    """The next question, or the answer once all are given. A day that no law reaches is said before anything else."""
    given = read(request)
    context: dict[str, Any] = {
        "given": given,
        "said": [said(given, name) for name in QUESTIONS if name in given.answers],
        "day_form": given.day_form,
        "wrong_day": bool(given.day_form.errors),
        "nav": "perimeter",
    }
    if given.unanswered or context["wrong_day"]:
        return render(request, "exchanges/question.html", context | question_context(request, given))
    answer = perimeter(**given.answers, on=given.on)
    return render(request, "exchanges/answer.html", context | answer_context(request, given, answer))


def said(given: Given, name: str) -> dict[str, str]:
    """One answer so far, and the address that asks again."""
    return {"title": TITLES[name], "value": gettext(QUESTIONS[name][given.answers[name]]), "again": given.without(name)}


def question_context(request: HttpRequest, given: Given) -> dict[str, Any]:
    """The form of the next question; after one that was sent empty, what is missing."""
    if not given.unanswered:
        return {}
    name = given.unanswered[0]
    sent = request.GET.get("asked") == name or name in request.GET
    form = QuestionForm(request.GET if sent else None, question=name, given=given.answers)
    terms = [one for one in definitions(given.on) if one.term in CLASSES] if name == "asset" else []
    return {
        "form": form,
        "asked": name,
        "hidden": list(given.query.items()),
        "step": len(QUESTIONS) - len(given.unanswered) + 1,
        "steps": len(QUESTIONS),
        "terms": terms,
    }


def answer_context(request: HttpRequest, given: Given, answer: Answer) -> dict[str, Any]:
    query = urlencode(given.query)
    return {
        "answer": answer,
        "verdict": gettext(VERDICTS[answer.verdict]),
        "meaning": gettext(MEANINGS[answer.verdict]),
        "tone": TONES[answer.verdict],
        "icon_name": ICONS[answer.verdict],
        "hidden": list(given.answers.items()),
        "permits": [permit_line(kind, authority, given.on) for kind, authority in answer.permits],
        "known": CONFIDENCE_TITLES[answer.confidence],
        "articles": gettext(answer.articles) if answer.articles else "",
        "timeline": timeline(answer),
        "today": timezone.localdate(),
        "address": request.build_absolute_uri(f"{reverse('perimeter')}?{query}"),
        "note_address": f"{reverse('perimeter-notes')}?{query}",
        "json_address": f"/api/v1/perimeter/?{query}",
        "may_keep": not getattr(request.user, "is_official", False),
    }


def permit_line(kind: str, authority: str, on: date) -> dict[str, Any]:
    """A permit with the body that gives it; where it is declared here, its page and whether one may file."""
    declared = kinds().get(kind)
    return {
        "name": gettext(KIND_TITLES[kind]),
        "authority": gettext(AUTHORITIES[authority]),
        "address": f"{reverse('kind', args=[kind])}?on={on.isoformat()}" if declared else "",
        "open": declared is not None and declared.is_open(on),
    }


def timeline(answer: Answer) -> list[dict[str, Any]]:
    """Every answer to the question by days, so that a change of law is seen before and behind the one given."""
    found = spans(answer.activity, answer.asset, answer.venue, answer.who)
    acts = {one.day: one for one in EDITIONS}
    return [
        {
            "one": one,
            "verdict": gettext(VERDICTS[one.verdict]),
            "tone": TONES[one.verdict],
            "permits": [gettext(KIND_TITLES[kind]) for kind, _authority in one.permits],
            "articles": gettext(one.articles) if one.articles else "",
            "edition": acts.get(one.since),
            "here": one.since == answer.since,
        }
        for one in found
    ]


def as_question(query: Mapping[str, str]) -> dict[str, str] | None:
    """The whole question that an address carries; None where a part is missing or unknown."""
    answers = {name: query.get(name, "") for name in QUESTIONS}
    return answers if all(answers[name] in known for name, known in QUESTIONS.items()) else None
