"""Records of providers: filed with their file, looked at by an officer on a day, ended; a report meets its duty."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import Upload, advance, end_duties, meet, notify, owe, record, require, store_document
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import ProviderRecord
from exchanges.models.records import SERIES
from exchanges.services.words import bounded, overlong
from law.problems import Problem, _
from law.records import RECORDS, RecordFacts, recheck_due, record_problems, record_rule, renewal_due
from licensing.models import Licence
from licensing.services.duties import kind_duties
from licensing.services.numbers import next_in
from licensing.services.terms import officials, parties
from licensing.workflow import LIVE

RECHECK, RENEWAL = "record-recheck", "record-renewal"
DUTIES = {RECHECK: _("Look at the warning of risks again"), RENEWAL: _("Renew the protocol of the security test")}
LIMITS = {"name": 300, "number": 100, "place": 500, "note": 10_000}
FILE = "provider-record"  # the kind of its documents


@transaction.atomic
def file_record(
    licence: Licence,
    *,
    kind: str,
    from_on: date,
    actor: User,
    at: datetime,
    to_on: date | None = None,
    name: str = "",
    number: str = "",
    place: str = "",
    languages: Iterable[str] = (),
    country: str = "",
    note: str = "",
    file: Upload | None = None,
) -> ProviderRecord:
    """File a record of a provider: the provider itself, or an official what came otherwise.

    A report of a period meets the oldest open duty of its kind, and the next is owed. A security test that runs out is
    owed anew by its last day; a later one meets that.

    Raises:
        PermissionDenied; TransitionRefused: everything that stands against it, each with its article.
    """
    licence, today = locked(licence), timezone.localdate(at)
    row = ProviderRecord(
        authority_id=licence.authority_id,
        organisation=licence.organisation,
        licence=licence,
        kind=kind,
        name=name.strip(),
        number=number.strip(),
        place=place.strip(),
        languages=list(dict.fromkeys(languages)),
        country=country.strip().upper(),
        from_on=from_on,
        to_on=to_on,
        note=note.strip(),
        filed_by=actor,
        created_at=at,
    )
    require(actor, "exchanges.file_record", row)
    if problems := filing_problems(row, file, today):
        raise TransitionRefused(problems)
    rule = record_rule(kind, licence.kind, from_on)
    row.ground = rule.ground() if rule else {}
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.save()
    facts = {"kind": kind, "licence": licence.number}
    grounds = [rule] if rule else []
    event = record(row, "providerrecord.file", actor=actor, at=at, to_state=row.state, grounds=grounds, data=facts)
    if file is not None:
        store_document(row, file, kind=FILE, actor=actor, at=at)
    settle_duties(row, at=at)
    tell(event, row, officials(row.authority_id), at=at)
    return row


def filing_problems(row: ProviderRecord, file: Upload | None, today: date) -> list[Problem]:
    """What the law and the house have against it."""
    if row.kind not in RECORDS:
        return [Problem("record-kind", _("There is no such kind of record."), field="kind")]
    stated = {one for one in ("name", "number", "place", "languages", "country", "to_on") if getattr(row, one)}
    facts = RecordFacts(
        row.kind,
        row.licence.kind,
        row.from_on,
        row.to_on,
        row.country,
        tuple(row.languages),
        frozenset(stated | ({"file"} if file else set())),
    )
    problems = record_problems(facts)
    for field, limit in LIMITS.items():
        problems += overlong(field, getattr(row, field), limit)
    if len(row.country) not in (0, 2):
        problems.append(Problem("record-country", _("A country is told by its two letters."), field="country"))
    if row.from_on > today:
        problems.append(Problem("record-day", _("The day is still to come."), field="from_on"))
    return problems


def settle_duties(row: ProviderRecord, *, at: datetime) -> None:
    """A report meets the oldest open duty of its kind; a security test meets that of the one before, and owes anew."""
    due = kind_duties(row.licence).filter(code=row.kind).order_by("due_on", "id").first()
    if due is not None:
        meet(row.licence, row.kind, at=at)
        declared = next(one for one in row.licence.permit.duties if one.code == row.kind)
        if declared.repeats and row.licence.state in LIVE and due.due_on is not None:
            term = declared.due(row.licence.kind, due.due_on)
            owe(row.licence, {due.code: term} if term else {}, debtor=due.debtor, at=at)
    rule = record_rule(row.kind, row.licence.kind, row.from_on)
    if row.kind == "security_test" and rule is not None and row.to_on is not None:
        for other in ProviderRecord.objects.live().filter(licence=row.licence, kind=row.kind).exclude(pk=row.pk):
            meet(other, RENEWAL, at=at)
        owe(row, {RENEWAL: renewal_due(rule, row.from_on, row.to_on)}, debtor=Obligation.ORGANISATION, at=at)


@transaction.atomic
def check_record(
    row: ProviderRecord,
    step: str,
    *,
    checked_on: date,
    note: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> ProviderRecord:
    """An officer who did not file it looks at it on a day: "find_met" or "find_unmet". A warning of risks that is as
    the law asks is owed another look.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: nothing is said, or the day is out of order.
    """
    found: dict[str, Any] = {"checked_on": checked_on, "checked_by": actor, "check_note": bounded("note", note)}
    grounds = [row.ground] if row.ground else []
    facts = {"on": checked_on.isoformat()}
    done = advance(row, step, actor=actor, at=at, version=version, grounds=grounds, data=facts, **found)
    meet(done, RECHECK, at=at)
    if step == "find_met" and done.kind == "risk_warning":
        owe(done, {RECHECK: recheck_due(checked_on)}, debtor=Obligation.AUTHORITY, at=at)
    people = parties(done.organisation_id, timezone.localdate(at))
    tell(Event.objects.of(done).order_by("-seq")[0], done, people, at=at)
    return done


@transaction.atomic
def end_record(
    row: ProviderRecord, *, to_on: date, actor: User, at: datetime, version: int | None = None
) -> ProviderRecord:
    """Say the last day of a record that no longer counts; nothing is owed about it any more.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the day is out of order, or it has ended.
    """
    if not row.from_on <= to_on <= timezone.localdate(at):
        message = _("The day lies before the first day of the record or in the future.")
        raise TransitionRefused([Problem("record-end", message, field="to_on")])
    done = advance(row, "end", actor=actor, at=at, version=version, to_on=to_on)
    end_duties(done, at=at)
    return done


def tell(event: Event, row: ProviderRecord, people: list[User], *, at: datetime) -> None:
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(event, people, "record_moved", told, path=f"/provider-records/{row.reference}/", at=at)


def told_of_term(obligation: Obligation, role: str, on: Any) -> tuple[list[User], str]:
    """Who hears of a term of a record in a role."""
    people = parties(obligation.organisation_id, on) if role == "" else officials(obligation.authority_id, role)
    return people, f"/provider-records/{obligation.reference}/"
