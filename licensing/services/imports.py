"""Bank files: looked at without changing anything, then imported in one transaction, each payment once."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models import Authority, Organisation, User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.services.files import clean_filename
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, BankFile, Payment
from licensing.models.payments import IMPORTED, TENGE
from licensing.services.bankfile import SIZE_LIMIT, BankRow, decoded, doubled, read_bank_text
from licensing.services.payments import counted_already, other_currency, payer_problems, payment_problems

KEPT = timedelta(days=7)  # how long a file that nobody imported lies there
SLICE = 500


@dataclass(frozen=True, slots=True)
class Look:
    """What an import would do: every row with its faults, and where its money would go."""

    rows: list[BankRow]
    problems: list[Problem]
    cases: dict[int, Application]  # by the number of the row
    payers: dict[str, Organisation]

    @property
    def right(self) -> list[BankRow]:
        return [row for row in self.rows if not row.problems]

    @property
    def wrong(self) -> list[BankRow]:
        return [row for row in self.rows if row.problems]


def keep_bank_file(name: str, content: bytes, *, actor: User, at: datetime) -> BankFile:
    """Keep a file to be looked at. Nothing is imported.

    Raises:
        PermissionDenied; TransitionRefused: it is too large, no text, or lacks columns.
    """
    file = BankFile(authority=actor.authority, name=clean_filename(name), uploaded_by=actor, uploaded_at=at)
    require(actor, "licensing.import_payments", file)
    if len(content) > SIZE_LIMIT:
        message = _("The file is larger than %(limit)s MB.")
        raise TransitionRefused(
            [Problem("file-too-large", message, {"limit": SIZE_LIMIT // 1024 // 1024}, field="file")]
        )
    text = decoded(content)
    if text is None:
        message = _("The file is no text in UTF-8 or Windows-1251.")
        raise TransitionRefused([Problem("bank-file-text", message, field="file")])
    if problems := read_bank_text(text).problems:
        raise TransitionRefused(problems)
    file.content, file.sha256 = text, hashlib.sha256(content).hexdigest()
    file.save()
    return file


def look_at_bank_file(file: BankFile, *, at: datetime) -> Look:
    """Judge every row against what is held now: a fixed number of queries, whatever the file holds."""
    read = read_bank_text(file.content)
    rows = read.rows
    for row in rows:
        row.problems += faults_of(row, at)
    list(doubled(rows))
    mark_known(file, rows)
    payers = {
        one.identifier: one
        for part in parts({row.payer for row in rows})
        for one in Organisation.objects.filter(identifier__in=part)
    }
    cases = find_cases(file, rows)
    return Look(rows, read.problems, cases, payers)


def faults_of(row: BankRow, at: datetime) -> list[Problem]:
    """What is wrong with a row by itself. A day or an amount that cannot be read has been told; the rest is judged."""
    if "bank-row-short" in {problem.code for problem in row.problems}:
        return []
    today = timezone.localdate(at)
    day, amount = row.paid_on or today, row.amount if row.amount is not None else Decimal(1)
    found = payment_problems(reference=row.reference, paid_on=day, amount=amount, today=today)
    return found + payer_problems(row.payer)


def parts(values: Iterable[str]) -> Iterable[list[str]]:
    """In pieces that a query can hold."""
    whole = sorted(value for value in values if value)
    return (whole[start : start + SLICE] for start in range(0, len(whole), SLICE))


def mark_known(file: BankFile, rows: list[BankRow]) -> None:
    """Rows that were imported or entered before."""
    counted = Payment.objects.standing().filter(authority=file.authority_id, confirmed_at__isnull=False)
    known = {
        (one.reference, one.paid_on): one.application
        for part in parts({row.reference for row in rows})
        for one in counted.filter(reference__in=part).select_related("application")
    }
    for row in rows:
        if (row.reference, row.paid_on) in known:
            row.problems.append(counted_already(known[row.reference, row.paid_on]))  # type: ignore[index]  # a day: it is among them


def find_cases(file: BankFile, rows: list[BankRow]) -> dict[int, Application]:
    """By row, the filed case that its money settles: the one it names, else the one that declares the payment."""
    filed = Application.objects.filter(authority=file.authority_id, submitted_at__isnull=False)
    filed = filed.select_related("organisation")
    named = {
        one.reference: one
        for part in parts({row.application for row in rows})
        for one in filed.filter(reference__in=part)
    }
    declared = declared_cases(file, rows)
    found = {}
    for row in rows:
        case = named.get(row.application) if row.application else declared.get((row.reference, row.payer))
        if row.application and case is None:
            message = _("There is no filed application “%(number)s” with your authority.")
            row.problems.append(Problem("bank-case", message, {"number": row.application}, field="application"))
        elif case is not None and case.permit.currency != TENGE:
            row.problems.append(other_currency())
        elif case is not None and case.organisation.identifier != row.payer:
            message = _("The payer %(payer)s is not the applicant of %(number)s, %(applicant)s.")
            about = {"payer": row.payer, "number": case.reference, "applicant": case.organisation.identifier}
            row.problems.append(Problem("bank-other-payer", message, about, field="payer"))
        elif case is not None:
            found[row.number] = case
    return found


def declared_cases(file: BankFile, rows: list[BankRow]) -> dict[tuple[str, str], Application]:
    """By (payment reference, payer), the case that declares it: in the filing itself or afterwards."""
    found: dict[tuple[str, str], Application] = {}
    for part in parts({row.reference for row in rows if not row.application}):
        filed = Application.objects.filter(authority=file.authority_id, submitted_at__isnull=False)
        said = filed.filter(fee_reference__in=part).annotate(said=F("fee_reference"))
        later = filed.filter(payments__reference__in=part, payments__voided_at=None).annotate(
            said=F("payments__reference")
        )
        for rows_of in (said, later):
            case: Any  # `said` stands beside its fields
            for case in rows_of.select_related("organisation").order_by("id"):
                found[case.said, case.organisation.identifier] = case
    return found


@transaction.atomic
def import_bank_file(file: BankFile, *, actor: User, at: datetime) -> BankFile:
    """Take every right row of a file, judged anew; those with faults are left out. One event, with a digest.

    Raises:
        PermissionDenied; TransitionRefused: it was imported before, or no row of it is right.
    """
    locked(Authority(pk=file.authority_id))  # whoever counts money of one authority waits for the other
    fresh = locked(file)
    require(actor, "licensing.import_payments", fresh)
    if fresh.imported_at is not None:
        raise TransitionRefused([Problem("bank-imported", _("This file was imported before."))])
    look = look_at_bank_file(fresh, at=at)
    if not look.right:
        raise TransitionRefused([Problem("bank-nothing", _("No row of the file can be imported."))])
    take_rows(fresh, look, actor=actor, at=at)
    facts = [[r.number, r.reference, str(r.paid_on), str(r.amount), r.payer, r.application] for r in look.right]
    fresh.digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()
    fresh.taken, fresh.left_out = len(look.right), len(look.wrong)
    fresh.imported_by, fresh.imported_at, fresh.content = actor, at, ""
    fresh.save()
    record(
        fresh,
        "bank_file.import",
        actor=actor,
        at=at,
        audience=INTERNAL,
        data={"rows": fresh.taken, "left_out": fresh.left_out, "digest": fresh.digest, "sha256": fresh.sha256},
    )
    return fresh


def take_rows(file: BankFile, look: Look, *, actor: User, at: datetime) -> None:
    """Write the right rows: a declared payment becomes a confirmed one, with the bank's day and amount."""
    references = {row.reference for row in look.right}
    waiting = {
        (one.application_id, one.reference): one
        for part in parts(references)
        for one in Payment.objects.standing()
        .filter(authority=file.authority_id, confirmed_at__isnull=True, reference__in=part)
        .select_for_update(no_key=True)
    }
    new: list[Payment] = []
    confirmed: list[Payment] = []
    for row in look.right:
        case = look.cases.get(row.number)
        one = waiting.pop((case.pk if case else None, row.reference), None)
        (confirmed if one else new).append(payment_of(row, one, file=file, look=look, case=case, actor=actor, at=at))
    Payment.objects.bulk_create(new, batch_size=SLICE)
    written = ["paid_on", "amount", "bank_file", "row", "confirmed_by", "confirmed_at", "organisation"]
    Payment.objects.bulk_update(confirmed, written, batch_size=SLICE)


def payment_of(
    row: BankRow,
    one: Payment | None,
    *,
    file: BankFile,
    look: Look,
    case: Application | None,
    actor: User,
    at: datetime,
) -> Payment:
    payment = one or Payment(
        authority_id=file.authority_id,
        application=case,
        payer=row.payer,
        reference=row.reference,
        source=IMPORTED,
        created_by=actor,
        created_at=at,
    )
    if row.paid_on is None or row.amount is None:
        raise ValueError(f"row {row.number} was not read")
    payment.organisation = look.payers.get(row.payer)
    payment.paid_on, payment.amount = row.paid_on, row.amount
    payment.bank_file, payment.row = file, row.number
    payment.confirmed_by, payment.confirmed_at = actor, at
    return payment


def forget_bank_files(*, at: datetime) -> int:
    """Remove files that were looked at and never imported. Returns how many."""
    rows = BankFile.objects.filter(imported_at__isnull=True, uploaded_at__lt=at - KEPT)
    return rows.delete()[0]
