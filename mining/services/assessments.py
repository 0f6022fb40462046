"""Assessments of data centres: opened with the checklist of their day, answered, proposed, signed off by another."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Document, Obligation, User
from core.models.base import INTERNAL, PARTY
from core.services import Upload, advance, meet, owe, record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law import standards
from law.problems import Problem, _
from law.provisions import NotInForce
from licensing.services.checklists import answer_items, attach_to, remove_from, said
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties
from mining.models import Assessment, AssessmentItem, DataCentre
from mining.services.centres import still_standing

DUTIES = {
    standards.CURE: _("Bring the data centre under the definition of the law"),
    standards.REMEDY: _("Remedy the remarks on the data centre"),
    standards.REASSESSMENT: _("Assess the data centre again"),
}
#: What of an earlier assessment a later one settles, by its result.
SETTLES = {
    standards.MEETS: (standards.CURE, standards.REMEDY, standards.REASSESSMENT),
    standards.REMARKS: (standards.CURE, standards.REASSESSMENT),
    standards.FAILS: (standards.REASSESSMENT,),
}


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a duty after an assessment: those who act for the owner, or officials in the role."""
    if role == "":
        return parties(obligation.organisation_id, on), "/account/"
    return officials(obligation.authority_id, role), f"/assessments/{obligation.reference}/"


@transaction.atomic
def open_assessment(
    centre: DataCentre, *, assessed_on: date, actor: User, at: datetime, version: int | None = None
) -> Assessment:
    """Begin one for the day on which the centre was looked at; that day picks the checklist.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the day is to come or before the first checklist, the centre
            did not stand then, or another assessment is under way.
    """
    row = locked(centre, version=version)
    made = Assessment(centre=row, assessed_on=assessed_on, prepared_by=actor, created_at=at)
    require(actor, "mining.prepare_assessment", made)
    problems = still_standing(row) + day_problems(row, assessed_on, timezone.localdate(at))
    if row.assessments.filter(state__in=("draft", "proposed")).exists():
        message = _("Another assessment of this data centre is under way.")
        problems.append(Problem(code="assessment-open", message=message))
    if problems:
        raise TransitionRefused(problems)
    asked = standards.checklist(assessed_on)
    made.standard = asked.since
    made.previous = row.assessments.signed().order_by("-assessed_on", "-id").first()
    made.reference = next_in(f"DA-{timezone.localdate(at).year}")
    made.save()
    AssessmentItem.objects.bulk_create(
        AssessmentItem(
            assessment=made,
            place=place,
            code=item.code,
            text=item.text,
            of_definition=item.of_definition,
            ground=item.provision.ground(),
            doubt=item.doubt,
        )
        for place, item in enumerate(asked.items, start=1)
    )
    facts = {"centre": row.reference, "assessed_on": assessed_on.isoformat(), "standard": asked.code}
    record(made, "assessment.open", actor=actor, at=at, to_state=made.state, data=facts, audience=INTERNAL)
    return made


def day_problems(centre: DataCentre, assessed_on: date, today: date) -> list[Problem]:
    found = []
    if assessed_on > today or (centre.opened_on is not None and assessed_on < centre.opened_on):
        message = _("The day of the assessment lies between the opening of the centre and today.")
        found.append(Problem(code="assessment-day", message=message, field="assessed_on"))
    try:
        standards.checklist(assessed_on)
    except NotInForce as none:
        found.append(none.problem)
    return found


@transaction.atomic
def answer_assessment(
    assessment: Assessment,
    *,
    answers: Mapping[str, str],
    evidence: Mapping[str, str],
    actor: User,
    at: datetime,
    summary: str = "",
    measured_megawatts: Decimal | None = None,
    version: int | None = None,
) -> Assessment:
    """Keep answers and what was seen, by item; items that are not named stay as they are. May be done in parts.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared, or an answer or item is unknown.
    """
    row = locked(assessment, version=version)
    require(actor, "mining.prepare_assessment", row)
    faults = standards.faults(row.checklist, {code: answer for code, answer in answers.items() if answer})
    given = answer_items(row, faults, answers, evidence)
    row.summary, row.measured_megawatts, row.prepared_by = summary.strip(), measured_megawatts, actor
    touch(row, fields=["summary", "measured_megawatts", "prepared_by"])
    record(row, "assessment.answer", actor=actor, at=at, data={"answers": given}, audience=INTERNAL)
    return row


@transaction.atomic
def attach_evidence(assessment: Assessment, upload: Upload, *, item: str = "", actor: User, at: datetime) -> Document:
    """A photograph or paper that shows what was seen, of one item or of the whole.

    Raises:
        PermissionDenied; TransitionRefused: it is not being prepared, no such item, or a file that is not accepted.
    """
    permission, verb = "mining.prepare_assessment", "assessment.document"
    return attach_to(assessment, upload, item=item, permission=permission, verb=verb, actor=actor, at=at)


@transaction.atomic
def remove_evidence(document: Document, assessment: Assessment, *, actor: User, at: datetime) -> None:
    """Take a file off while the assessment is being prepared.

    Raises:
        PermissionDenied; TransitionRefused: it is not being prepared any more.
    """
    remove_from(document, assessment, permission="mining.prepare_assessment", actor=actor, at=at)


@transaction.atomic
def propose_assessment(assessment: Assessment, *, actor: User, at: datetime, version: int | None = None) -> Assessment:
    """Hand it to a head who had no hand in it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: every item that is not answered or shows nothing.
    """
    return advance(assessment, "propose", actor=actor, at=at, version=version, audience=INTERNAL, prepared_by=actor)


@transaction.atomic
def send_back_assessment(
    assessment: Assessment, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Assessment:
    """Ask who prepared it to look again, with a reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not proposed.
    """
    return advance(assessment, "send_back", actor=actor, at=at, reason=said(reason), version=version, audience=INTERNAL)


@transaction.atomic
def drop_assessment(
    assessment: Assessment, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Assessment:
    """End it without a result, with a reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not being prepared.
    """
    return advance(assessment, "drop", actor=actor, at=at, reason=said(reason), version=version, audience=INTERNAL)


@transaction.atomic
def sign_assessment(
    assessment: Assessment, *, actor: User, at: datetime, confirmation: str = "", version: int | None = None
) -> Assessment:
    """Enter the result: what earlier assessments left open is settled as far as it goes, and what follows is owed.

    Raises:
        PermissionDenied: not a head, or he had a hand in it.
        StaleVersion; TransitionRefused: it is not proposed, or duties follow and the confirmation is missing.
    """
    centre = locked(assessment.centre)
    row = locked(assessment, version=version)
    changes: dict[str, Any] = {"confirmation": confirmation.strip(), "signed_by": actor, "signed_at": at}
    if not standards.faults(row.checklist, row.answers):
        found = row.found()
        changes |= {"outcome": found.outcome, "ground": found.provision.ground()}
    signed = advance(
        row,
        "sign_off",
        actor=actor,
        at=at,
        audience=PARTY,
        grounds=[changes["ground"]] if "ground" in changes else (),
        data={"centre": centre.reference, "outcome": changes.get("outcome", ""), "standard": row.checklist.code},
        **changes,
    )
    settle_earlier(signed, at=at)
    dues = standards.follow_up(signed.outcome, timezone.localdate(at))
    own = {code: due for code, due in dues.items() if code == standards.REASSESSMENT}
    owe(signed, own, debtor=Obligation.AUTHORITY, at=at)
    owe(signed, {code: due for code, due in dues.items() if code not in own}, debtor=Obligation.ORGANISATION, at=at)
    return signed


def settle_earlier(signed: Assessment, *, at: datetime) -> None:
    """Duties that earlier assessments of the centre left: met as far as the new result shows it."""
    for earlier in signed.centre.assessments.signed().exclude(pk=signed.pk).filter(assessed_on__lte=signed.assessed_on):
        meet(earlier, *SETTLES[signed.outcome], at=at)
