"""What will go out, before it goes: the very letter and licence as pictures of their pages, or as the PDF itself."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from core import printing
from core.days import dateshort, told
from core.models import User
from law.grounds import Ground
from law.problems import Problem
from law.provisions import NotInForce
from licensing import services
from licensing.forms import ActForm
from licensing.models import Application, Letter
from licensing.services.hearings import draft_letter
from licensing.services.letters import letter_facts
from licensing.services.routes import route_of_appeal
from licensing.views.acts import Offer
from licensing.wording import check_row

#: What a letter is drawn from before its act is taken.
WRITTEN = ("text", "outcome", "own_conditions", "hearing_on", "place")
CHOSEN = ("reasons", "conditions")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document to come: its name, its pages as data addresses of pictures; where its PDF is, if not by its act."""

    kind: str
    title: str
    pages: tuple[str, ...]
    address: str = ""


def papers(
    application: Application, name: str, given: Mapping[str, Any], *, actor: User, at: datetime
) -> list[tuple[str, dict[str, Any]]]:
    """The letters that an act sends out: (kind, facts for the letter). What is not written yet stays empty.

    Args:
        name: of the letter, or "recommendation": what the recommended outcome would send.
        given: values of the act's form as far as they are there.
    """
    today = timezone.localdate(at)
    if name == "question":
        return [("question", {"text": given.get("text", ""), "signed_by": actor})]
    if name == "refusal_to_consider":
        listed = application.form.incompleteness_reasons(today)
        facts = {"reasons": _chosen(listed, given), "text": given.get("text", ""), "signed_by": actor}
        return [("refusal_to_consider", facts)]
    row = application.recommendation
    if name == "hearing":
        reasons = _chosen(application.form.refusal_grounds(today), {"reasons": row.reasons if row else []})
        told = draft_letter(given.get("hearing_on"), str(given.get("place", "")))
        return [("hearing", {**told, "reasons": reasons, "text": row.text if row else "", "signed_by": actor})]
    signer = actor if application.state == "countersigned" else None
    outcome = given.get("outcome") or (row.outcome if row else "grant")
    text = given.get("text", row.text if row else "")
    if outcome == "refuse":
        codes = given if "reasons" in given else {"reasons": row.reasons if row else []}
        reasons = _chosen(application.form.refusal_grounds(today), codes)
        route = route_of_appeal(application, today)
        return [("refusal", {"reasons": reasons, "text": text, "signed_by": signer, "more": route})]
    kept = row.conditions if row is not None else []
    conditions = services.shown_conditions(application, given, on=today) if "outcome" in given else kept
    if application.form.request is not None:
        return request_papers(application, signer)
    licence = services.draft_licence(application, conditions=conditions, at=at)
    return [(kind, {"licence": licence, "signed_by": signer}) for kind in ("grant", "licence")]


def request_papers(application: Application, signer: User | None) -> list[tuple[str, dict[str, Any]]]:
    """What granting a request sends out: the notice, and the licence as changed where it is printed anew."""
    request, licence = application.form.request, application.concerning
    if request is None or licence is None or not request.prints:
        return [("grant", {"signed_by": signer})]
    changed, _holder = services.planned(application, licence)
    return [(kind, {"licence": changed, "signed_by": signer}) for kind in ("grant", "licence")]


def _chosen(listed: tuple[Ground, ...], given: Mapping[str, Any]) -> list[Ground]:
    codes = given.get("reasons") or ()
    return [one for one in listed if one.code in codes]


def pictures(application: Application, found: list[tuple[str, dict[str, Any]]], *, at: datetime) -> list[Paper]:
    """The pages of each letter as pictures, typeset by the same templates as what goes out."""
    titles = dict(Letter.KINDS)
    shown = []
    for kind, facts in found:
        data = letter_facts(application, at=at, preview=True, **facts)
        pages = printing.pictures(f"{kind}.typ", data, at=at, language=reader_language())
        shown.append(Paper(kind, str(titles[kind]), picture_addresses(pages)))
    return shown


def picture_addresses(pages: list[bytes]) -> tuple[str, ...]:
    """Pictures as addresses that hold them."""
    return tuple(f"data:image/png;base64,{b64encode(page).decode()}" for page in pages)


def reader_language() -> str | None:
    """Letters come in the state language and one more: the reader's, if that is another."""
    code = (translation.get_language() or "kk")[:2]
    return None if code == "kk" else code


def consequences(application: Application, outcome: str, at: datetime) -> list[str]:
    """What a decision does, in sentences: dates, number, register entry, letters, duties that end."""
    ending = gettext("All open terms of this case are met or end today.")
    if outcome == "refuse":
        return [gettext("The applicant gets the letter shown here; he may file again at once."), ending]
    if application.form.request is not None:
        return [gettext(application.form.request.consequence), gettext("The applicant gets the notice."), ending]
    return [
        gettext("A licence with the next number is issued and valid from today."),
        *_validity_lines(application, at),
        gettext("It is entered in the public register under the applicant's name, at once."),
        gettext("The applicant gets the notice and the licence with its QR code."),
        ending,
    ]


def _validity_lines(application: Application, at: datetime) -> list[str]:
    try:
        held = application.validity(timezone.localdate(at))
    except NotInForce as unknown:
        problem: Problem = unknown.problem
        return [problem.text(told)]
    if held.last_day is None:
        return [gettext("It holds without end.")]
    doubt = "" if held.provision.is_confirmed and held.confidence == "text" else f" ({gettext('unconfirmed')})"
    return [gettext("Its last day is %(day)s.") % {"day": dateshort(held.last_day) + doubt}]


def chosen_grounds(application: Application, on: date) -> list[dict[str, Any]]:
    """The grounds of the recommendation that holds, in words and with their articles."""
    row = application.recommendation
    codes = row.reasons if row else []
    listed = application.form.refusal_grounds(on)
    return [{"words": gettext(one.text), "ground": one.ground()} for one in listed if one.code in codes]


def beside_form(application: Application, offer: Offer, form: ActForm, actor: User, at: datetime) -> dict[str, Any]:
    act, today = offer.act, timezone.localdate(at)
    drawn = (
        papers(application, act.paper, written(form), actor=actor, at=at) if act.paper and not offer.problems else []
    )
    shown: dict[str, Any] = {
        "about": about(application, form, today),
        "papers": pictures(application, drawn, at=at),
    }
    if act.paper == "recommendation" and act.form.base_fields.keys().isdisjoint(WRITTEN):
        shown |= {"recommendation": application.recommendation, "chosen_grounds": chosen_grounds(application, today)}
    if act.step in ("grant", "refuse"):
        shown["consequences"] = consequences(application, act.step, at)
    return shown


def about(application: Application, form: ActForm, on: date) -> dict[str, Any]:
    """What exactly is judged or entered: the check, the opinion or the payment that the form names."""
    code, opinion, payment = (
        str(form[name].value() or "") if name in form.fields else "" for name in ("code", "opinion", "payment")
    )
    found = next((one for one in application.findings(on) if one.code == code), None) if code else None
    asked = application.opinions.select_related("body", "asked_by").filter(pk=opinion) if is_key(opinion) else None
    return {
        "check": check_row(found) if found else None,
        "opinion": asked.first() if asked is not None else None,
        "payment": application.payments.filter(pk=payment).first() if is_key(payment) else None,
    }


def is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 18


def written(form: ActForm) -> dict[str, Any]:
    """What stands in the form now, complete or not."""
    if not form.is_bound:
        return {name: value for name, value in form.initial.items() if name in WRITTEN}
    given: dict[str, Any] = {name: form.data.get(name, "") for name in WRITTEN if name in form.fields}
    lists = [name for name in CHOSEN if name in form.fields]
    return given | {name: form.data.getlist(name) for name in lists}  # type: ignore[attr-defined]  # a QueryDict
