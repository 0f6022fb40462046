"""What follows an order that was not cured: a check of it by ground 2, and the proposal to suspend the licence."""

from datetime import date, datetime
from io import BytesIO

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from core.models import User
from core.models.base import INTERNAL
from core.services import Upload, record, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import Inspection
from inspections.services.drafts import GROUND, LONGEST, open_inspection
from law.grounds import Ground
from law.inspections import Kind
from law.inspections.results import may_follow_up, suspends_licence
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Measure
from licensing.services import propose_measure

CHECK_OF_ORDER = "2"  # ground of Art. 144(5)
#: Papers of the order that prove the ground of its check.
PROOFS = ("result_act", "order_to_cure", "cure_reminder")


@transaction.atomic
def open_follow_up(inspection: Inspection, *, actor: User, at: datetime) -> Inspection:
    """Open the check of an order: an unscheduled inspection by ground 2, with its papers, failures and checklist.

    Raises:
        PermissionDenied; TransitionRefused: it was not found uncured, one failure founds none, or one is under way.
    """
    row, today = locked(inspection), timezone.localdate(at)
    require(actor, "inspections.prepare", row)
    if problems := follow_up_faults(row, today):
        raise TransitionRefused(problems)
    told = gettext("Order to cure %(order)s of inspection %(inspection)s; failures: %(failures)s.")
    values = {
        "ground": CHECK_OF_ORDER,
        "ground_text": told % {"order": row.order_number, "inspection": row.reference, "failures": row.missed},
        "failures": row.missed,
        "follows": row,
        "subject_matter": row.instructions[:LONGEST],
        "checklist": row.checklist,
        "period_from": timezone.localdate(row.result_handed_at),
        "period_to": today,
    }
    made = open_inspection(row.object, kind=Kind.UNSCHEDULED, values=values, actor=actor, at=at)
    copy_proofs(row, made, actor=actor, at=at)
    record(row, "inspection.follow_up", actor=actor, at=at, audience=INTERNAL, data={"inspection": made.reference})
    return made


def follow_up_faults(row: Inspection, on: date) -> list[Problem]:
    if row.state != "uncured":
        return [Problem("follow-up-early", _("A check follows only where a head found that it was not cured."))]
    if not may_follow_up(row.missed, on):
        message = _("Failures so far: %(failures)s; the law asks for more than one.")
        rule = provision("EK-GROUND-2", on)
        return [Problem("first-failure", message, {"failures": row.missed}, "failures", rule)]
    return []


def copy_proofs(row: Inspection, made: Inspection, *, actor: User, at: datetime) -> None:
    """The papers of the order as papers of the ground: the same contents, named with the new inspection."""
    for paper in row.documents().filter(kind__in=PROOFS):
        with default_storage.open(paper.path, "rb") as stream:
            upload = Upload(paper.filename, BytesIO(stream.read()), paper.size)
        store_document(made, upload, kind=GROUND, actor=actor, at=at, audience=INTERNAL, verb="inspection.keep_ground")


def suspension_ground(row: Inspection, at: datetime) -> Ground | None:
    """The ground on which the licence may be suspended for what was not cured, if the law gives one."""
    return suspends_licence(row.kind, row.kind_of_permit, timezone.localdate(at))


@transaction.atomic
def propose_suspension(
    inspection: Inspection, *, months: int, text: str, actor: User, at: datetime, version: int | None = None
) -> Measure:
    """Propose to suspend the licence for breaches of an unscheduled inspection that were not cured. A head decides on
    the measure, as on every other; nothing is suspended here.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no such inspection, no licence, one proposed before, or what
            stands against the measure.
    """
    row = locked(inspection, version=version)
    require(actor, "inspections.prepare", row)
    ground, licence = suspension_ground(row, at), row.object.licence
    if row.state != "uncured" or ground is None or licence is None:
        message = _(
            "The law suspends a mining licence for breaches of an unscheduled inspection that a head found uncured."
        )
        raise TransitionRefused([Problem("suspension-none", message)])
    if row.measure is not None and row.measure.state != "dropped":
        message = _("Measure %(reference)s was proposed for this inspection.")
        raise TransitionRefused([Problem("suspension-proposed", message, {"reference": row.measure.reference})])
    measure = propose_measure(
        licence, act=Measure.SUSPEND, reasons=[ground.code], text=text, months=months, actor=actor, at=at
    )
    row.measure = measure
    touch(row, fields=["measure"])
    facts = {"measure": measure.reference}
    record(
        row,
        "inspection.propose_suspension",
        actor=actor,
        at=at,
        audience=INTERNAL,
        data=facts,
        grounds=[ground.ground()],
    )
    return measure
