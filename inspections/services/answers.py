"""Objections, reports of the cure, requests to prolong, refusals of access: filed by the subject, noted or decided."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import Upload, advance, end_duties, meet, owe, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import Filing, FilingItem, Inspection, InspectionItem
from inspections.models.answers import CURE, FILINGS, OBJECTION, PROLONG, REFUSAL, Filed
from inspections.services import cures
from inspections.services.filed import (
    ANSWER,
    appeal_of,
    claim,
    facts_of,
    in_states,
    keep_files,
    last_event,
    late,
    said,
    send_receipt,
    tell_officials,
    tell_subject,
    write_down,
)
from law.checklists import NOT_MET
from law.inspections.claims import refusal, refusal_known
from law.inspections.grounds import REFUSALS_OF_ACCESS
from law.inspections.results import cure_from, prolong_by, prolong_decision_by
from law.licensing import Due
from law.problems import Problem, _
from law.provisions import Provision, provision
from licensing.services.letters import write_letter
from licensing.services.terms import officials, parties

PROLONG_DECISION = "prolong-decision"
DUTIES = {PROLONG_DECISION: _("Decide on the request to prolong the term to cure")}
RESULT = ("curing", "closed", "uncured")
BEFORE_RESULT = ("noticed", "appointed", "registered", "running")


def told_of_term(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a term of a filing in a role."""
    people = parties(obligation.organisation_id, on) if role == "" else officials(obligation.authority_id, role)
    return people, f"/{Filing.FOLDER}/{obligation.reference}/"


def begin(inspection: Inspection, kind: str, *, text: str, actor: User, at: datetime, **fields: Any) -> Filing:
    """A filing that is not saved yet."""
    return Filing(
        kind=kind,
        inspection=inspection,
        authority_id=inspection.authority_id,
        organisation=inspection.organisation,
        text=text.strip(),
        filed_by=actor,
        filed_on=timezone.localdate(at),
        created_at=at,
        **fields,
    )


def held(inspection: Inspection, actor: User, version: int | None) -> Inspection:
    """The inspection under lock, asked for its subject."""
    row = locked(inspection, version=version)
    require(actor, ANSWER, row)
    return row


def refuse(problems: list[Problem]) -> None:
    if problems:
        raise TransitionRefused(problems)


def put_down(
    row: Filing, items: Mapping[InspectionItem, str], files: Iterable[Upload], *, at: datetime, rule: Provision
) -> Filing:
    """Number, items, files, event, receipt; the officials hear of it."""
    told = {one.code: words for one, words in items.items()}
    content = {"kind": row.kind, "text": row.text, "claims": row.claims, "until": row.until, "items": told}
    write_down(row, FILINGS, content, at=at)
    FilingItem.objects.bulk_create(FilingItem(filing=row, item=one, measures=words) for one, words in items.items())
    keep_files(row, files, actor=row.filed_by, at=at)
    facts = {"kind": row.kind, "inspection": row.inspection.reference, "items": sorted(told)}
    event = record(row, "filing.file", actor=row.filed_by, at=at, to_state=row.state, grounds=[rule], data=facts)
    tell_officials(event, row, at=at)
    return row


@transaction.atomic
def file_objection(
    inspection: Inspection,
    *,
    text: str,
    actor: User,
    at: datetime,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Filing:
    """The subject objects in writing to the result act. The Code names no term.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no result act was handed over, no words, or filed before.
    """
    row = held(inspection, actor, version)
    message = _("There is no result act to object to.")
    refuse(in_states(row, RESULT, message) + said("text", text))
    rule = provision("EK-OBJECTION", timezone.localdate(at))
    filing = put_down(begin(row, OBJECTION, text=text, actor=actor, at=at), {}, files, at=at, rule=rule)
    send_receipt(filing, {}, at=at)
    return filing


def breached(row: Inspection) -> dict[str, InspectionItem]:
    """The items that were found not met, by code."""
    return {one.code: one for one in row.items.filter(answer=NOT_MET)}


def chosen(row: Inspection, codes: Iterable[str]) -> tuple[dict[str, InspectionItem], list[Problem]]:
    """The items of these codes; those that the order does not name are faults."""
    known, asked = breached(row), list(codes)
    unknown = [code for code in asked if code not in known]
    message = _("The order has no item %(item)s.")
    faults = [Problem("item-unknown", message, {"item": code[:60]}, field="items") for code in unknown]
    return {code: known[code] for code in asked if code in known}, faults


@transaction.atomic
def report_cure(
    inspection: Inspection,
    *,
    items: Mapping[str, str],
    actor: User,
    at: datetime,
    text: str = "",
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Filing:
    """The subject tells, by item of the order, what was done. After the last day it is taken as late.

    Once every item is reported, what the subject owed of the order is met; whether it is cured, a head judges.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no order is running, an item is unknown or without words.
    """
    row, today = held(inspection, actor, version), timezone.localdate(at)
    found, problems = chosen(row, items)
    problems += in_states(row, ("curing",), _("There is no order to cure that is running."))
    problems += said("text", text, needed=False)
    if not items:
        problems.append(Problem("items-missing", _("Say of each item what was done."), field="items"))
    for code in found:
        problems += said("items", items[code])
    refuse(problems)
    last = {one: one.cure_by or row.cure_by for one in found.values()}
    overdue = any(day is not None and day < today for day in last.values())
    filing = begin(row, CURE, text=text, actor=actor, at=at, late=overdue)
    done = {found[code]: items[code].strip() for code in found}
    put_down(filing, done, files, at=at, rule=provision("EK-CURE-MIN", today))
    if all_reported(row):
        cures.note_cure_report(row, at=at)
    send_receipt(filing, {}, at=at)
    return filing


def all_reported(row: Inspection) -> bool:
    """Whether the subject has reported the cure of every item of the order, in time or late."""
    told = FilingItem.objects.filter(filing__inspection=row, filing__kind=CURE).exclude(filing__state="withdrawn")
    return set(breached(row)) <= set(told.values_list("item__code", flat=True)) and told.exists()


def prolong_faults(row: Inspection, until: date, text: str, today: date) -> list[Problem]:
    """What stands against a request to prolong, its lateness with the arithmetic."""
    problems = in_states(row, ("curing",), _("There is no order to cure that is running."))
    problems += said("text", text)
    if row.plan(today).prompt_response:
        message = _("The term of breaches behind prompt-response measures is not prolonged.")
        problems.append(Problem("prolong-prompt", message, provision=provision("EK-CURE-REQ", today)))
    if row.cure_by is not None and until <= max(row.cure_by, today):
        message = _("The new day lies after %(old)s, the day as it stands, and after today.")
        problems.append(Problem("prolong-day", message, {"old": row.cure_by}, field="until"))
    if row.filings.filter(kind=PROLONG, state="filed").exists():
        problems.append(Problem("prolong-open", _("A request to prolong is waiting already.")))
    if row.result_handed_on is not None:
        message = _("The request could be filed until %(due)s.")
        problems += late(prolong_by(row.result_handed_on), today, message)
    return problems


@transaction.atomic
def ask_to_prolong(
    inspection: Inspection,
    *,
    until: date,
    text: str,
    actor: User,
    at: datetime,
    items: Iterable[str] = (),
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Filing:
    """The subject asks for a later last day to cure, with measures and reasons, in three working days.

    Args:
        items: codes of the items that it is about; all of the order without any.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: too late (with the arithmetic), no order, no reasons, a day
        that is not later, another request open.
    """
    row, today = held(inspection, actor, version), timezone.localdate(at)
    found, problems = chosen(row, items)
    refuse(problems + prolong_faults(row, until, text, today))
    due = prolong_decision_by(today)
    filing = begin(row, PROLONG, text=text, actor=actor, at=at, until=until, due_on=due.due_on)
    put_down(filing, dict.fromkeys(found.values(), ""), files, at=at, rule=provision("EK-CURE-REQ", today))
    owe(filing, {PROLONG_DECISION: due}, debtor=Obligation.AUTHORITY, at=at)
    send_receipt(filing, {PROLONG_DECISION: due}, at=at, until=until)
    return filing


@transaction.atomic
def refuse_access(
    inspection: Inspection,
    *,
    ground: str,
    actor: User,
    at: datetime,
    text: str = "",
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Filing:
    """The subject refuses access by a ground of Art. 155(1); what the stored facts say to it now is kept beside it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no such ground, nobody asks for access, or filed before.
    """
    row, today = held(inspection, actor, version), timezone.localdate(at)
    problems = in_states(row, BEFORE_RESULT, _("Nobody asks for access any more."))
    problems += said("text", text, needed=False)
    if ground not in {one.code for one in REFUSALS_OF_ACCESS}:
        message = _("The Code has no such ground to refuse access.")
        problems.append(Problem("ground-unknown", message, field="ground"))
    refuse(problems)
    claims = [claim(refusal(ground), refusal_known(ground, row.plan(today), today))]
    filing = begin(row, REFUSAL, text=text, actor=actor, at=at, claims=claims)
    put_down(filing, {}, files, at=at, rule=provision("EK-REFUSE-ACCESS", today))
    send_receipt(filing, {}, at=at)
    return filing


def hold(filing: Filed) -> Inspection:
    """The inspection is locked before what was filed to it."""
    return locked(Inspection.objects.get(pk=filing.inspection_id))


@transaction.atomic
def note_filing(filing: Filing, *, actor: User, at: datetime, answer: str = "", version: int | None = None) -> Filing:
    """An official notes an objection, a report or a refusal with the inspection, with a remark where he has one.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is a request, or answered.
    """
    hold(filing)
    refuse(said("answer", answer, needed=False))
    fields: dict[str, Any] = {"answer": answer.strip(), "answered_by": actor, "answered_at": at}
    row = advance(filing, "note", actor=actor, at=at, version=version, reason=answer.strip(), **fields)
    tell_subject(last_event(row), row, at=at)
    return row


@transaction.atomic
def grant_prolong(
    filing: Filing, *, until: date, actor: User, at: datetime, answer: str = "", version: int | None = None
) -> Filing:
    """A head who was not on site grants the request; the last day to cure moves to `until`.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the order is no longer running, or the day cannot be.
    """
    inspection = hold(filing)
    refuse(said("answer", answer, needed=False))
    fields: dict[str, Any] = {
        "granted_to": until,
        "answer": answer.strip(),
        "answered_by": actor,
        "answered_at": at,
    }
    rule = provision("EK-CURE-DEC", filing.filed_on)
    row = advance(filing, "grant", actor=actor, at=at, version=version, reason=answer.strip(), grounds=[rule], **fields)
    meet(row, PROLONG_DECISION, at=at)
    move_cure(inspection, row, actor=actor, at=at)
    tell_decision(row, rule, actor, at)
    return row


def move_cure(inspection: Inspection, row: Filing, *, actor: User, at: datetime) -> None:
    """The last day of the items asked for, and that of the order with them."""
    old, new = inspection.cure_by, row.granted_to
    if old is None or new is None:
        return
    asked = set(row.items.values_list("item", flat=True))
    for item in breached(inspection).values():
        own = item.cure_by or old
        item.cure_by = max(own, new) if not asked or item.pk in asked else own
        item.save(update_fields=["cure_by"])
    cures.move_cure_day(inspection, new, reason=row.reference, actor=actor, at=at)


@transaction.atomic
def refuse_prolong(filing: Filing, *, answer: str, actor: User, at: datetime, version: int | None = None) -> Filing:
    """A head who was not on site refuses the request, with reasons.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reasons, or it is decided.
    """
    hold(filing)
    refuse(said("answer", answer, needed=False))
    fields: dict[str, Any] = {"answer": answer.strip(), "answered_by": actor, "answered_at": at}
    rule = provision("EK-CURE-DEC", filing.filed_on)
    row = advance(
        filing, "refuse", actor=actor, at=at, version=version, reason=answer.strip(), grounds=[rule], **fields
    )
    meet(row, PROLONG_DECISION, at=at)
    tell_decision(row, rule, actor, at)
    return row


def tell_decision(row: Filing, rule: Provision, actor: User, at: datetime) -> None:
    appeal = appeal_of(row, at)
    facts = facts_of(row, appeal, until=row.until, granted_to=row.granted_to)
    cited, more = [rule.ground(), *(one.ground for one in appeal)], {"facts": facts}
    write_letter(row, "prolong_decision", at=at, text=row.answer, signed_by=actor, grounds=cited, more=more)
    tell_subject(last_event(row), row, at=at)


@transaction.atomic
def withdraw_filing(filing: Filing, *, actor: User, at: datetime, version: int | None = None) -> Filing:
    """The subject takes it back before it is answered.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is answered.
    """
    hold(filing)
    row = advance(filing, "withdraw", actor=actor, at=at, version=version)
    end_duties(row, at=at)
    tell_officials(last_event(row), row, at=at)
    return row


@transaction.atomic
def drop_request(filing: Filing, *, actor: User, at: datetime, version: int | None = None) -> Filing:
    """A request fell away, since the order it is about is closed or annulled.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the order is running.
    """
    hold(filing)
    row = advance(filing, "fall_away", actor=actor, at=at, version=version)
    end_duties(row, at=at)
    tell_subject(last_event(row), row, at=at)
    return row


def earliest_day(row: Inspection) -> date | None:
    """The earliest last day that the Code allows to the order."""
    return cure_from(row.result_handed_on) if row.result_handed_on else None


def last_day_to_ask(row: Inspection) -> Due | None:
    """Until when a request to prolong can be filed, with its arithmetic."""
    return prolong_by(row.result_handed_on) if row.result_handed_on and row.state == "curing" else None
