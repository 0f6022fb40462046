"""Classes of digital assets: opened with the checklist of their day, answered, proposed, signed off by another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Document, User
from core.models.base import INTERNAL
from core.services import Upload, advance, record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import AssetAssessment, AssetItem
from exchanges.models.classes import CLASS_SERIES
from law import assets
from law.problems import Problem, _
from law.provisions import NotInForce
from licensing.services.checklists import answer_items, attach_to, remove_from, said
from licensing.services.numbers import next_in

PREPARE = "exchanges.prepare_class"


@transaction.atomic
def open_class(
    authority: Authority, *, asset: str, on: date, actor: User, at: datetime, issuer: str = ""
) -> AssetAssessment:
    """Begin one for the day for which the class is asked; that day picks the checklist.

    Raises:
        PermissionDenied; TransitionRefused: no name, or the day is to come or before the first checklist.
    """
    made = AssetAssessment(
        authority=authority, asset=asset.strip(), issuer=issuer.strip(), on=on, prepared_by=actor, created_at=at
    )
    require(actor, PREPARE, made)
    if problems := beginning_problems(made, timezone.localdate(at)):
        raise TransitionRefused(problems)
    asked = assets.checklist(on)
    made.standard = asked.since
    made.reference = next_in(f"{CLASS_SERIES}{timezone.localdate(at).year}")
    made.save()
    AssetItem.objects.bulk_create(
        AssetItem(
            assessment=made,
            place=place,
            part=item.part,
            code=item.code,
            text=item.text,
            ground=item.provision.ground(),
            doubt=item.doubt,
        )
        for place, item in enumerate(asked.items, start=1)
    )
    facts = {"on": on.isoformat(), "standard": asked.code}
    record(made, "assetassessment.open", actor=actor, at=at, to_state=made.state, data=facts, audience=INTERNAL)
    return made


def beginning_problems(made: AssetAssessment, today: date) -> list[Problem]:
    found = []
    if not made.asset:
        found.append(Problem(code="asset-unnamed", message=_("Name the digital asset."), field="asset"))
    if made.on > today:
        found.append(Problem(code="day-to-come", message=_("The day is to come."), field="on"))
    try:
        assets.checklist(made.on)
    except NotInForce as none:
        found.append(Problem(none.problem.code, none.problem.message, none.problem.params, "on"))
    return found


@transaction.atomic
def answer_class(
    assessment: AssetAssessment,
    *,
    answers: Mapping[str, str],
    evidence: Mapping[str, str],
    actor: User,
    at: datetime,
    summary: str = "",
    version: int | None = None,
) -> AssetAssessment:
    """Keep answers and what was seen, by item; items that are not named stay as they are. May be done in parts.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared, or an answer or item is unknown or
            does not fit the others.
    """
    row = locked(assessment, version=version)
    require(actor, PREPARE, row)
    after = row.answers | {code: answer for code, answer in answers.items() if answer}
    given = answer_items(row, assets.faults(row.checklist, after), answers, evidence)
    row.summary, row.prepared_by = summary.strip(), actor
    touch(row, fields=["summary", "prepared_by"])
    record(row, "assetassessment.answer", actor=actor, at=at, data={"answers": given}, audience=INTERNAL)
    return row


@transaction.atomic
def attach_to_class(
    assessment: AssetAssessment,
    upload: Upload,
    *,
    item: str = "",
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Document:
    """A paper that shows what was seen, of one item or of the whole.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared, no such item, or a file that is not
            accepted.
    """
    verb = "assetassessment.document"
    return attach_to(assessment, upload, item=item, permission=PREPARE, verb=verb, actor=actor, at=at, version=version)


@transaction.atomic
def remove_from_class(
    document: Document, assessment: AssetAssessment, *, actor: User, at: datetime, version: int | None = None
) -> None:
    """Take a file off while it is being prepared.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared any more.
    """
    remove_from(document, assessment, permission=PREPARE, actor=actor, at=at, version=version)


@transaction.atomic
def propose_class(
    assessment: AssetAssessment, *, actor: User, at: datetime, version: int | None = None
) -> AssetAssessment:
    """Hand it to a head who had no hand in it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: every item that is not answered or shows nothing.
    """
    return advance(assessment, "propose", actor=actor, at=at, version=version, audience=INTERNAL, prepared_by=actor)


@transaction.atomic
def send_back_class(
    assessment: AssetAssessment, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> AssetAssessment:
    """Ask who prepared it to look again, with a reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not proposed.
    """
    return advance(assessment, "send_back", actor=actor, at=at, reason=said(reason), version=version, audience=INTERNAL)


@transaction.atomic
def drop_class(
    assessment: AssetAssessment, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> AssetAssessment:
    """End it without a class, with a reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not being prepared.
    """
    return advance(assessment, "drop", actor=actor, at=at, reason=said(reason), version=version, audience=INTERNAL)


@transaction.atomic
def sign_class(
    assessment: AssetAssessment, *, actor: User, at: datetime, version: int | None = None
) -> AssetAssessment:
    """Enter the class to which the answers come, with its rule and the doubts as known now.

    Raises:
        PermissionDenied: not a head, or he had a hand in it.
        StaleVersion; TransitionRefused: it is not proposed, or the answers are not complete.
    """
    row = locked(assessment, version=version)
    changes: dict[str, Any] = {"signed_by": actor, "signed_at": at}
    if not assets.faults(row.checklist, row.answers):
        found = assets.classify(row.checklist, row.answers)
        changes |= {
            "asset_class": found.asset_class,
            "kind": found.kind,
            "ground": found.provision.ground(),
            "doubts": list(found.doubts),
        }
    return advance(
        row,
        "sign_off",
        actor=actor,
        at=at,
        audience=INTERNAL,
        grounds=[changes["ground"]] if "ground" in changes else (),
        data={"asset_class": changes.get("asset_class", ""), "standard": row.checklist.code},
        **changes,
    )
