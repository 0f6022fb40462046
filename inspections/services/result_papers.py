"""What result act, order to cure and reminder print: the fields of Art. 152, frozen at the act."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from inspections.models import Inspection, InspectionItem
from inspections.models.inspections import RECEIPTS
from law.checklists import ANSWERS, NOT_MET
from law.inspections.acts import COPIES_TO, copies
from law.inspections.codes import KINDS, SEVERITIES, Kind, Severity
from law.problems import _, plain
from law.provisions import provision
from licensing.services.letters import LANGUAGES, spoken


def team_of(row: Inspection) -> str:
    people = row.team.standing().select_related("person").order_by("-leads", "id")
    return "\n".join(f"{one.person.full_name}, {one.post}" for one in people)


def acts_of(row: Inspection) -> str:
    """Numbers and days of the acts of appointment and of extension, with their registration."""
    signed = timezone.localdate(row.act_signed_at) if row.act_signed_at else None
    told = [f"{row.act_number}, {signed:%d.%m.%Y}" if signed else row.act_number]
    if row.registration_number:
        told.append(f"{row.registration_number}, {row.registered_on:%d.%m.%Y}")
    if row.extension_number:
        told.append(f"{row.extension_number}, {row.extension_act_on:%d.%m.%Y}")
    return "\n".join(told)


def place_of(row: Inspection) -> str:
    """Where it was: the address of the object's holder, and the object itself."""
    thing = (
        row.object.licence.number if row.object.licence else row.object.centre.reference if row.object.centre else ""
    )
    address = row.organisation.address
    return ", ".join(filter(None, (str(address or ""), thing)))


def moment(at: datetime) -> str:
    """A moment in figures, the same in every language."""
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"


def line(label: str, value: Any) -> dict[str, Any]:
    return {"label": spoken(label), "value": value if isinstance(value, dict) else plain(value)}


def head_of(row: Inspection, at: datetime) -> list[dict[str, Any]]:
    """What result act and order share."""
    started = row.started_at or at
    period = f"{row.period_from:%d.%m.%Y} – {row.period_to:%d.%m.%Y}" if row.period_from and row.period_to else ""
    lines = [
        line(_("Date, time and place"), f"{moment(at)}\n{place_of(row)}"),
        line(_("State body"), row.authority.names),
        line(_("Kind of control"), spoken(KINDS[Kind(row.kind)])),
        line(_("Acts of appointment, registration and extension"), acts_of(row)),
        line(_("Officials"), team_of(row)),
        line(_("Subject and its representative"), row.organisation.names),
        line(_("When it was held"), f"{moment(started)} – {moment(at)}"),
        line(_("Checked period"), period),
    ]
    return [one for one in lines if one["value"]]


def receipt_of(row: Inspection) -> dict[str, Any]:
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = str(RECEIPTS[row.result_receipt])
    return line(_("Acquaintance of the subject"), said)


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


def result_facts(row: Inspection, at: datetime) -> dict[str, Any]:
    """The fields of `law.inspections.acts.RESULT_FIELDS`."""
    items, on = list(row.items.all()), timezone.localdate(at)
    found = [one for one in items if one.answer == NOT_MET]
    checklist = [line(_("Checklist"), f"{row.checklist.name}, {row.checklist.number}")] if row.checklist else []
    answered = [
        {"label": spoken(words), "value": str(sum(one.answer == code for one in items))}
        for code, words in ANSWERS.items()
    ]
    return {
        "text": row.findings,
        "grounds": [provision("EK-RESULT-DAY", on).ground()],
        "more": {
            "number": row.result_number,
            "facts": [*head_of(row, at), *checklist, *answered, receipt_of(row)],
            "breaches": [breach_of(one) for one in found],
            "clean": not found,
            **copies_of(at),
        },
    }


def order_facts(row: Inspection, at: datetime) -> dict[str, Any]:
    """The fields of `law.inspections.acts.ORDER_FIELDS`."""
    on = timezone.localdate(at)
    found = [one for one in list(row.items.all()) if one.answer == NOT_MET]
    return {
        "text": row.instructions,
        "grounds": [provision("EK-CURE-MIN", on).ground(), provision("EK-PRESC-ONE", on).ground()],
        "more": {
            "number": row.order_number,
            "facts": [
                *head_of(row, at),
                line(_("Result act"), row.result_number),
                line(_("All is to be cured by"), row.cure_by),
                receipt_of(row),
            ],
            "breaches": [breach_of(one) for one in found],
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
