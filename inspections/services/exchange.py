"""What goes to legal statistics and what comes back: a package for each act, receipts by hand or as a file.

There is no line to legal statistics; an official hands the package over and enters the receipt. A package is a zip of
package.json, whose shape is `described`, and the printed paper; the same paper gives the same bytes.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.models import Document, User
from core.models.base import INTERNAL
from core.services import Upload, require, store_document
from core.services.acts import locked
from core.services.packing import entry
from core.workflow import TransitionRefused
from inspections.models import Inspection
from inspections.services import papers
from inspections.services.course import register_extension
from inspections.services.opening import register_act
from law.inspections.requirements import may_ask
from law.problems import Problem, _

FORMAT = "tizilim-registration-1"
PACKAGE = "registration_package"  # kind of the files that go to legal statistics
ZIP = "application/zip"
#: What can be sent, and the printed paper that goes with it.
PARTS = {
    "appointment": papers.APPOINTMENT,
    "extension": papers.EXTENSION,
    "team": papers.TEAM,
    "result": "result_act",
}
COLUMNS = ("act_number", "registration_number", "registered_on")
MOST_BYTES, MOST_ROWS = 1024 * 1024, 1_000


def described(row: Inspection, part: str, paper: Document) -> dict[str, Any]:
    """The card of an act, as package.json says it: codes, ISO days, names in three languages."""
    organisation, thing, act = row.organisation, row.object, row.checklist
    asked = list(act.requirements.select_related("act")) if act else []
    on = row.start_on or timezone.localdate(row.created_at)
    return {
        "format": FORMAT,
        "part": part,
        "inspection": row.reference,
        "act_number": row.extension_number if part == "extension" else row.act_number,
        "signed_on": day(row.extension_act_on) if part == "extension" else day(row.act_signed_at),
        "authority": {"code": row.authority.code, "names": row.authority.names},
        "subject": {"identifier": organisation.identifier, "form": organisation.form, "names": organisation.names},
        "object": {"kind": row.kind_of_permit, "number": papers.number_of(row), "region": thing.region},
        "kind": row.kind,
        "plan": row.entry.plan.reference if row.entry else None,
        "ground": row.ground or None,
        "case": row.case or None,
        "subject_matter": row.subject_matter,
        "period": [day(row.period_from), day(row.period_to)],
        "start_on": day(row.start_on),
        "end_on": day(row.end_on),
        "extended_to": day(row.extended_to),
        "extension_reason": row.extension_reason or None,
        "officials": [
            {"name": one.person.full_name, "post": one.post, "leads": one.leads, "joined_on": day(one.joined_on)}
            for one in row.team.standing().select_related("person")
        ],
        "checklist": {"number": act.number, "name": act.name} if act else None,
        "items": [one.code for one in asked if may_ask(one.as_law(), on)],
        "paper": {"name": "act.pdf", "sha256": paper.sha256},
    }


def day(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return value.isoformat() if value else None


def make_package(inspection: Inspection, *, part: str, actor: User, at: datetime) -> Document:
    """Put an act and its card into one file, kept with the inspection, to be handed over.

    Raises:
        PermissionDenied; TransitionRefused: the paper is not printed yet.
    """
    with transaction.atomic():
        row = locked(inspection)
        require(actor, "inspections.prepare", row)
        letter = papers.printed(row, PARTS[part])
        if letter is None or letter.document is None:
            raise TransitionRefused([Problem("paper-unprinted", _("The paper is not printed yet."))])
        content = packed(row, part, letter.document, at=letter.made_at)
        name = f"{row.reference}-{part}-{hashlib.sha256(content).hexdigest()[:8]}.zip"
        upload = Upload(name, io.BytesIO(content))
        verb = "inspection.make_package"
        return store_document(row, upload, kind=PACKAGE, actor=actor, at=at, audience=INTERNAL, verb=verb, made_as=ZIP)


def packed(row: Inspection, part: str, paper: Document, *, at: datetime) -> bytes:
    card = json.dumps(described(row, part, paper), ensure_ascii=False, indent=1, sort_keys=True).encode()
    with default_storage.open(paper.path, "rb") as stream:
        pdf = stream.read()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("package.json", card), ("act.pdf", pdf)):
            archive.writestr(entry(name, at, size=len(content), packed=name.endswith(".pdf")), content)
    return target.getvalue()


def read_receipts(content: bytes) -> list[Mapping[str, Any]]:
    """The rows of a file of receipts: CSV with the columns of `COLUMNS`, or JSON, a list of objects with these keys.

    Raises:
        TransitionRefused: neither, too large, or no rows.
    """
    rows: Any = None
    if len(content) <= MOST_BYTES:
        try:
            text = content.decode("utf-8-sig")
            rows = json.loads(text) if text.lstrip().startswith("[") else list(csv.DictReader(io.StringIO(text)))
        except (UnicodeDecodeError, ValueError, csv.Error):
            rows = None
    whole = isinstance(rows, list) and 0 < len(rows) <= MOST_ROWS
    if not whole or not all(isinstance(one, dict) and set(COLUMNS) <= set(one) for one in rows):
        message = _(
            "The file is a CSV with the columns %(columns)s, or a JSON list with these keys; at most %(most)s rows."
        )
        raise TransitionRefused(
            [Problem("receipts-file", message, {"columns": list(COLUMNS), "most": MOST_ROWS}, "file")]
        )
    return rows  # type: ignore[no-any-return]  # judged just now


@transaction.atomic
def enter_receipts(rows: list[Mapping[str, Any]], *, actor: User, at: datetime) -> int:
    """Enter the registrations of a file: all or none. Returns how many.

    Raises:
        PermissionDenied; TransitionRefused: lists every row that cannot be entered, with its place.
    """
    faults: list[Problem] = []
    for place, one in enumerate(rows, 1):
        try:
            with transaction.atomic():
                enter_receipt(one, actor=actor, at=at)
        except TransitionRefused as refused:
            for problem in refused.problems:
                params = {"place": place, "act": str(one.get("act_number") or "")[:40], "why": problem}
                faults.append(Problem(problem.code, _("Row %(place)s, act %(act)s: %(why)s"), params, "file"))
    if faults:
        raise TransitionRefused(faults)
    return len(rows)


def enter_receipt(given: Mapping[str, Any], *, actor: User, at: datetime) -> Inspection:
    """One registration, of an act of appointment or of extension, found by its number."""
    number = str(given["act_number"] or "").strip().upper()
    registered_on = parse(str(given["registered_on"] or ""))
    told: dict[str, Any] = {"number": str(given["registration_number"] or ""), "registered_on": registered_on}
    rows = Inspection.objects.visible_to(actor)
    row = rows.filter(act_number=number).first() if number else None
    if row is not None:
        return register_act(row, **told, actor=actor, at=at)
    row = rows.filter(extension_number=number).first() if number else None
    if row is None:
        raise TransitionRefused([Problem("act-unknown", _("There is no act with this number."), field="file")])
    return register_extension(row, **told, actor=actor, at=at)


def parse(text: str) -> date:
    """A day as ISO text."""
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise TransitionRefused([Problem("receipt-day", _("This is no day: write it as 2026-06-16."), field="file")])
    return found
