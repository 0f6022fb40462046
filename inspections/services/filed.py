"""What all filings of a subject share: how they are written down, whom they are told, how their files are kept."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from core.models import Document, Event, User
from core.services import Upload, notify, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import Annulment, Filing, Inspection
from inspections.models.answers import Filed
from inspections.services.papers import appeal_route
from law import appeals
from law.grounds import Ground
from law.licensing import Due
from law.problems import Problem, _, plain
from licensing.services.letters import spoken, write_letter
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties

F = TypeVar("F", bound=Filed)
ANSWER = "inspections.answer_for_subject"
TEXT_LIMIT, FILES_LIMIT = 10_000, 30
EVIDENCE = "evidence"  # kind of the files of a filing


def said(field: str, text: str, *, needed: bool = True) -> list[Problem]:
    """The words of a filing: missing where they are needed, or too long."""
    if needed and not text.strip():
        return [Problem("text-missing", _("Say it in words."), field=field)]
    if len(text.strip()) > TEXT_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        return [Problem("text-too-long", message, {"limit": TEXT_LIMIT}, field=field)]
    return []


def in_states(row: Inspection, states: Iterable[str], message: str) -> list[Problem]:
    return [] if row.state in states and row.told_at else [Problem("filing-untimely", message)]


def late(due: Due, today: date, message: str) -> list[Problem]:
    """After the last day: the day, and how it was counted."""
    if today <= due.due_on:
        return []
    count = [Problem("filing-late-count", line.msgid, line.params) for line in due.arithmetic]
    return [Problem("filing-late", message, {"due": due.due_on}, provision=due.provision), *count]


def claim(ground: Ground, known: Iterable[Problem]) -> dict[str, Any]:
    """A ground that is named, with what the facts say for it, as a row keeps it."""
    facts = [
        {"code": one.code, "msgid": one.message, "params": {k: plain(v) for k, v in one.params.items()}}
        for one in known
    ]
    return {"code": ground.code, "facts": facts}


def write_down(row: F, series: str, content: Mapping[str, Any], *, at: datetime) -> F:
    """Give it its digest and number. The inspection is locked, so that nobody files the same beside it.

    Raises:
        TransitionRefused: the same was filed before.
    """
    told = json.dumps([row._meta.model_name, content], sort_keys=True, default=str)
    row.digest = hashlib.sha256(told.encode()).hexdigest()
    before = type(row).objects.filter(inspection=row.inspection, digest=row.digest).exclude(state="withdrawn").first()
    if before is not None:
        message = _("The same was filed before: %(reference)s.")
        raise TransitionRefused([Problem("filed-before", message, {"reference": before.reference})])
    row.reference = next_in(f"{series}-{timezone.localdate(at).year}")
    row.save()
    return row


def last_event(row: Filed) -> Event:
    return Event.objects.of(row).order_by("-seq")[0]


def tell_officials(event: Event, row: Filed, *, at: datetime) -> None:
    """The team of the inspection, and the heads."""
    team = {one.person for one in row.inspection.team.standing().select_related("person")}
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(
        event,
        [*team, *officials(row.authority_id, "head")],
        "record_moved",
        told,
        path=f"/{row.FOLDER}/{row.reference}/",
        at=at,
    )


def tell_subject(event: Event, row: Filed, *, at: datetime) -> None:
    """Everybody who acts for the subject."""
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).applicant_label}
    people = parties(row.organisation_id, timezone.localdate(at))
    notify(event, people, "record_moved", told, path=f"/{row.FOLDER}/{row.reference}/", at=at)


def appeal_of(row: Filed, at: datetime) -> list[Due]:
    """Until when a refusal may be appealed against; empty where nothing was refused."""
    return [appeals.file_by("", timezone.localdate(at))] if row.state == "refused" else []


def facts_of(row: Filed, appeal: Iterable[Due] = (), /, **days: date | None) -> list[dict[str, Any]]:
    """What letters on a filing tell of it."""
    rows: list[tuple[str, Any]] = [
        (_("Inspection"), row.inspection.reference),
        (_("What was filed"), spoken(what(row))),
        (_("Number"), row.reference),
        (_("Filed"), row.filed_on.isoformat()),
        *((_("Item"), words) for words in items_of(row)),
        (
            _("Files"),
            ", ".join(row.documents().filter(kind=EVIDENCE).order_by("id").values_list("filename", flat=True)),
        ),
    ]
    if row.state != "filed":
        rows.append((_("Decision"), spoken(row.WORKFLOW.state(row.state).applicant_label)))
    if isinstance(row, Annulment) and row.state in ("granted", "confirmed"):
        rows.append((_("Effect"), spoken(_("Result act and order are no evidence, and nothing rests on them."))))
    named = {"until": _("Asked until"), "granted_to": _("To be cured by"), "lapsed_on": _("Term ended")}
    rows += [(named[name], day.isoformat()) for name, day in days.items() if day is not None]
    for due in appeal:
        rows += [(_("Last day to appeal"), due.due_on.isoformat()), (_("How to appeal"), appeal_route(due.base_on))]
    return [{"label": spoken(label), "value": value} for label, value in rows if value]


def items_of(row: Filed) -> list[str]:
    """The items that a report or a request is about, each with what was done."""
    if not isinstance(row, Filing):
        return []
    return [": ".join(filter(None, (one.item.code, one.measures))) for one in row.items.select_related("item")]


def what(row: Filed) -> str:
    """What was filed, as a msgid."""
    kinds = {
        "objection": _("Objection"),
        "cure": _("Report of the cure"),
        "prolong": _("Request to prolong the term to cure"),
        "refusal": _("Refusal of access"),
    }
    return kinds[row.kind] if isinstance(row, Filing) else _("Application to annul")


def send_receipt(row: Filing | Annulment, dues: Mapping[str, Due], *, at: datetime, **days: date | None) -> None:
    reasons = [row.ground_of(one["code"]) for one in row.claims]
    more = {"facts": facts_of(row, **days)}
    write_letter(row, "filing_receipt", at=at, text=row.text, reasons=reasons, terms=dues, more=more)


@transaction.atomic
def attach_to(
    filed: Filing | Annulment, upload: Upload, *, actor: User, at: datetime, version: int | None = None
) -> Document:
    """The subject adds a file to what it filed, as long as nobody has answered it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is answered, holds too many files, or this one cannot be
        taken.
    """
    row = locked(filed, version=version)
    require(actor, ANSWER, row)
    problems = []
    if row.state != "filed":
        problems.append(Problem("filing-answered", _("It is answered: nothing can be added."), field="file"))
    if row.documents().count() >= FILES_LIMIT:
        message = _("It holds %(limit)s files already.")
        problems.append(Problem("too-many-documents", message, {"limit": FILES_LIMIT}, field="file"))
    if problems:
        raise TransitionRefused(problems)
    document = store_document(row, upload, kind=EVIDENCE, actor=actor, at=at)
    touch(row)
    return document


def keep_files(row: Filed, files: Iterable[Upload], *, actor: User, at: datetime) -> None:
    """The files that come with a filing."""
    given = list(files)
    if len(given) > FILES_LIMIT:
        message = _("It holds %(limit)s files already.")
        raise TransitionRefused([Problem("too-many-documents", message, {"limit": FILES_LIMIT}, field="files")])
    for upload in given:
        store_document(row, upload, kind=EVIDENCE, actor=actor, at=at)
