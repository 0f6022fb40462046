"""What result act, order to cure and reminder print: the fields of Art. 152, frozen at the act."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from core.models import User
from inspections.models import Inspection, InspectionItem
from inspections.models.inspections import RECEIPTS
from inspections.services.papers import (
    act_of,
    appeal_route,
    from_to,
    number_of,
    numbered,
    officials_of,
    what_is_inspected,
    whose,
)
from law import appeals
from law.checklists import ANSWERS, NOT_MET
from law.inspections.acts import COPIES_TO, copies
from law.inspections.codes import KINDS, SEVERITIES, Kind, Severity
from law.inspections.results import prolong_by
from law.problems import _, plain
from law.provisions import provision
from licensing.services.letters import LANGUAGES, spoken


def signers_of(row: Inspection, actor: User) -> dict[str, Any]:
    """All officials of the team sign, each by the post in which he inspects; who hands over signs first."""
    team = list(row.team.standing().select_related("person").order_by("-leads", "id"))
    people = sorted(team, key=lambda one: one.person_id != actor.pk)
    found = [{"name": one.person.full_name, "position": one.post} for one in people]
    return {"signed_by": found[0], "signed_too": found[1:]} if found else {}


def acts_of(row: Inspection) -> list[dict[str, Any]]:
    """Numbers and days of the acts of appointment and of extension, with their registration."""
    return [
        line(_("Act of appointment"), act_of(row)),
        line(_("Registered with legal statistics"), numbered(row.registration_number, row.registered_on)),
        line(_("Act of extension"), numbered(row.extension_number, row.extension_act_on)),
        line(_("Extension registered"), numbered(row.extension_registration, row.extension_registered_on)),
    ]


def place_of(row: Inspection) -> str:
    """Where it was: the address of the object's holder, and the object itself."""
    return ", ".join(filter(None, (str(row.organisation.address or ""), number_of(row))))


def moment(at: datetime) -> str:
    """A moment in figures, the same in every language."""
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"


def line(label: str, value: Any) -> dict[str, Any]:
    return {"label": spoken(label), "value": value if isinstance(value, dict) else plain(value)}


def head_of(row: Inspection, at: datetime) -> list[dict[str, Any]]:
    """What result act and order share."""
    started = row.started_at or at
    lines = [
        line(_("Date, time and place"), f"{moment(at)}\n{place_of(row)}"),
        line(_("State body"), row.authority.names),
        line(_("Kind of control"), spoken(KINDS[Kind(row.kind)])),
        *acts_of(row),
        line(_("Officials"), officials_of(row)),
        line(_("Subject of control"), whose(row.organisation)),
        line(_("Object of control"), what_is_inspected(row)),
        line(_("When it was held"), f"{moment(started)} – {moment(at)}"),
        line(_("Checked period"), from_to(row.period_from, row.period_to)),
    ]
    return [one for one in lines if one["value"]]


def receipt_of(row: Inspection) -> dict[str, Any]:
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = str(RECEIPTS[row.result_receipt])
    return line(_("Acquaintance of the subject"), said)


def appeal_of(on: date) -> list[dict[str, Any]]:
    """The way to appeal and its last day, which count from the handing over."""
    due = appeals.file_by("", on).due_on
    return [line(_("How to appeal"), appeal_route(on)), line(_("Last day to appeal"), due)]


def breach_of(item: InspectionItem) -> dict[str, Any]:
    """One item as it is printed: words, article, severity, what was seen, its day."""
    return {
        "code": item.code,
        "text": {"kk": item.text_kk, "ru": item.text_ru, "en": item.text_en},
        "article": item.article,
        "severity": spoken(SEVERITIES[Severity(item.severity)]),
        "seen": item.evidence,
        "cure_by": plain(item.cure_by),
    }


def counted(items: list[InspectionItem]) -> dict[str, str]:
    """How many items were met, not met and not applicable, in words."""
    found = {code: sum(one.answer == code for one in items) for code in ANSWERS}
    words = {code: spoken(ANSWERS[code]) for code in found}
    return {
        language: "; ".join(f"{words[code][language]}: {number}" for code, number in found.items())
        for language in LANGUAGES
    }


def result_facts(row: Inspection, at: datetime, actor: User) -> dict[str, Any]:
    """The fields of `law.inspections.acts.RESULT_FIELDS`."""
    items, on = list(row.items.all()), timezone.localdate(at)
    found = [one for one in items if one.answer == NOT_MET]
    checklist = [line(_("Checklist"), f"{row.checklist.name}, № {row.checklist.number}")] if row.checklist else []
    answered = line(_("Items of the checklist"), counted(items))
    return {
        "text": row.findings,
        "grounds": [provision("EK-RESULT-DAY", on).ground(), provision("AP-COMPL", on).ground()],
        "more": {
            "number": row.result_number,
            "facts": [*head_of(row, at), *checklist, answered, receipt_of(row), *appeal_of(on)],
            "breaches": [breach_of(one) for one in found],
            "clean": not found,
            "receipt": True,
            **signers_of(row, actor),
            **copies_of(at),
        },
    }


def order_facts(row: Inspection, at: datetime, actor: User) -> dict[str, Any]:
    """The fields of `law.inspections.acts.ORDER_FIELDS`."""
    on = timezone.localdate(at)
    found = [one for one in list(row.items.all()) if one.answer == NOT_MET]
    return {
        "text": row.instructions,
        "grounds": [provision(code, on).ground() for code in ("EK-CURE-MIN", "EK-PRESC-ONE", "AP-COMPL")],
        "more": {
            "number": row.order_number,
            "facts": [
                *head_of(row, at),
                line(_("Result act"), numbered(row.result_number, on)),
                line(_("All is to be cured by"), row.cure_by),
                line(_("Last day to ask to prolong the term to cure"), prolong_by(on).due_on),
                receipt_of(row),
                *appeal_of(on),
            ],
            "breaches": [breach_of(one) for one in found],
            "receipt": True,
            **signers_of(row, actor),
            **copies_of(at),
        },
    }


def copies_of(at: datetime) -> dict[str, Any]:
    return {"copies": copies(timezone.localdate(at)), "copies_to": [spoken(one) for one in COPIES_TO]}


def reminder_facts(row: Inspection, at: datetime) -> dict[str, Any]:
    lines = [
        line(_("Order to cure"), row.order_number),
        line(_("To be cured by"), row.cure_by),
        line(_("To be answered by"), row.answer_by),
    ]
    return {
        "grounds": [provision("EK-CURE-ASK", timezone.localdate(at)).ground()],
        "more": {"facts": lines},
    }
