"""Fees paid for applications: declared, entered, confirmed, moved to the right case, struck out."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.services import record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.identifiers import is_valid_bin, is_valid_iin
from law.problems import Problem, _
from law.provisions import LDA_START
from licensing.models import Application, Payment
from licensing.models.payments import DECLARED, ENTERED

LIMIT = Decimal("1e14")  # what the column holds
PAYMENTS_LIMIT = 100  # of one case


def payment_problems(*, reference: str, paid_on: date, amount: Decimal, today: date) -> list[Problem]:
    """Everything that is wrong with a payment by itself."""
    found = []
    if not reference.strip():
        found.append(Problem("payment-reference", _("A payment has a reference."), field="reference"))
    if paid_on > today:
        found.append(Problem("payment-to-come", _("The day of payment is still to come."), field="paid_on"))
    if paid_on < LDA_START:
        message = _("No fee was owed before %(on)s.")
        found.append(Problem("payment-too-early", message, {"on": LDA_START}, field="paid_on"))
    if amount <= 0:
        found.append(Problem("payment-amount", _("The amount is not above zero."), field="amount"))
    elif amount >= LIMIT or amount != amount.quantize(Decimal("0.01")):
        found.append(Problem("payment-digits", _("The amount has too many digits."), field="amount"))
    return found


def payer_problems(payer: str) -> list[Problem]:
    if is_valid_bin(payer) or is_valid_iin(payer):
        return []
    message = _("“%(payer)s” is no BIN or IIN: twelve digits with a right check digit.")
    return [Problem("payer-number", message, {"payer": payer}, field="payer")]


def known_already(authority_id: int, reference: str, paid_on: date) -> list[Problem]:
    """A confirmed payment with this reference and day counts already. The caller has locked the authority."""
    rows = Payment.objects.standing().filter(
        authority=authority_id, reference=reference, paid_on=paid_on, confirmed_at__isnull=False
    )
    return [counted_already(row.application) for row in rows.select_related("application")[:1]]


def counted_already(case: Application | None) -> Problem:
    message = _("A payment with this reference and day is known already (%(where)s).")
    where = case.reference if case else _("without a case")
    return Problem("payment-known", message, {"where": where}, field="reference")


def filed(application: Application, *, actor: User, permission: str, version: int | None = None) -> Application:
    """The locked case, filed.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is a draft.
    """
    fresh = locked(application, version=version)
    require(actor, permission, fresh)
    if fresh.submitted_at is None:
        message = _("A draft says in its own fields what was paid.")
        raise TransitionRefused([Problem("not-filed", message)])
    return fresh


def refuse_if(problems: list[Problem]) -> None:
    if problems:
        raise TransitionRefused(problems)


def told(payment: Payment) -> Mapping[str, Any]:
    """The facts of a payment as an event keeps them."""
    return {"payment": payment.pk, "amount": str(payment.amount), "paid_on": payment.paid_on.isoformat()}


@transaction.atomic
def declare_payment(
    application: Application,
    *,
    reference: str,
    paid_on: date,
    amount: Decimal,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Payment:
    """The applicant of a filed case says what else he paid; it counts when an officer or a bank file confirms it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: every fault at once, or the case has ended.
    """
    fresh = filed(application, actor=actor, permission="licensing.answer", version=version)
    problems = payment_problems(reference=reference, paid_on=paid_on, amount=amount, today=timezone.localdate(at))
    if fresh.closed_at is not None:
        problems.append(Problem("case-ended", _("The case is not open.")))
    mine = fresh.payments.standing()
    if mine.filter(reference=reference).exists():
        message = _("A payment with this reference is declared already.")
        problems.append(Problem("payment-declared", message, field="reference"))
    if mine.count() >= PAYMENTS_LIMIT:
        problems.append(Problem("too-many-payments", _("The case has too many payments already.")))
    refuse_if(problems)
    row = Payment.objects.create(
        authority_id=fresh.authority_id,
        application=fresh,
        organisation=fresh.organisation,
        payer=fresh.organisation.identifier,
        reference=reference.strip(),
        paid_on=paid_on,
        amount=amount,
        currency=fresh.permit.currency,
        source=DECLARED,
        created_by=actor,
        created_at=at,
    )
    touch(fresh)
    record(fresh, "application.declare_payment", actor=actor, at=at, data=told(row))
    return row


@transaction.atomic
def enter_payment(
    application: Application,
    *,
    reference: str,
    paid_on: date,
    amount: Decimal,
    payer: str,
    note: str = "",
    source: str = ENTERED,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Payment:
    """An officer enters a payment that he saw in the bank's data; it is confirmed by that.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: every fault at once; another's BIN needs a note.
    """
    fresh = filed(application, actor=actor, permission="licensing.pay", version=version)
    locked(Authority(pk=fresh.authority_id))  # whoever counts money of one authority waits for the other
    reference = reference.strip()
    problems = payment_problems(reference=reference, paid_on=paid_on, amount=amount, today=timezone.localdate(at))
    problems += payer_problems(payer) + known_already(fresh.authority_id, reference, paid_on)
    own = payer == fresh.organisation.identifier
    if not own and not note.strip():
        message = _("The payer is not the applicant: say why this payment is his.")
        problems.append(Problem("payer-other", message, field="note"))
    refuse_if(problems)
    declared = fresh.payments.standing().filter(reference=reference, confirmed_at__isnull=True).first()
    row = declared or Payment(
        authority_id=fresh.authority_id, application=fresh, source=source, created_by=actor, created_at=at
    )
    row.organisation = fresh.organisation if own else None
    row.payer, row.reference, row.paid_on, row.amount, row.note = payer, reference, paid_on, amount, note
    row.currency = fresh.permit.currency
    row.confirmed_by, row.confirmed_at = actor, at
    row.save()
    touch(fresh)
    record(fresh, "application.confirm_payment", actor=actor, at=at, data=told(row))
    return row


@transaction.atomic
def confirm_declaration(application: Application, *, actor: User, at: datetime, version: int | None = None) -> Payment:
    """An officer found in the bank's data the payment that the filing itself declares.

    Raises:
        see `enter_payment`; TransitionRefused: the filing declares none.
    """
    if not (application.fee_reference and application.fee_paid_on and application.fee_amount):
        message = _("The filing does not say which payment was made, when and of what amount.")
        raise TransitionRefused([Problem("nothing-declared", message)])
    return enter_payment(
        application,
        reference=application.fee_reference,
        paid_on=application.fee_paid_on,
        amount=application.fee_amount,
        payer=application.organisation.identifier,
        source=DECLARED,
        actor=actor,
        at=at,
        version=version,
    )


@transaction.atomic
def confirm_payment(payment: Payment, *, actor: User, at: datetime, version: int | None = None) -> Payment:
    """An officer found a declared payment in the bank's data. `version` is that of the case.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it counts already, or was struck out.
    """
    if payment.application is None or payment.confirmed_at or payment.voided_at:
        raise TransitionRefused([Problem("payment-settled", _("This payment waits for no confirmation."))])
    return enter_payment(
        payment.application,
        reference=payment.reference,
        paid_on=payment.paid_on,
        amount=payment.amount,
        payer=payment.payer,
        actor=actor,
        at=at,
        version=version,
    )


@transaction.atomic
def match_payment(payment: Payment, *, application: Application, note: str = "", actor: User, at: datetime) -> Payment:
    """Say which filed case a payment settles: one that came without a case, or stands with a wrong one.

    Raises:
        PermissionDenied; TransitionRefused: another authority's or a draft, struck out, in another currency than the
        fee, or paid by another without a note that says why.
    """
    both = {pk for pk in (application.pk, payment.application_id) if pk is not None}
    for pk in sorted(both):  # cases before what hangs on them, and in one order whichever way money moves
        locked(Application(pk=pk))
    fresh = filed(application, actor=actor, permission="licensing.pay")
    row = locked(payment)
    require(actor, "licensing.pay", row)
    if row.voided_at is not None or row.confirmed_at is None:
        raise TransitionRefused([Problem("payment-not-counted", _("This payment does not count."))])
    if row.application_id == fresh.pk:
        raise TransitionRefused([Problem("payment-matched", _("The payment settles this case already."))])
    refuse_if(matching_problems(row, fresh, note))
    before = row.application
    row.application, row.note = fresh, note or row.note
    row.save(update_fields=["application", "note"])
    touch(fresh)
    moved = {"from": before.reference} if before else {}
    record(fresh, "application.match_payment", actor=actor, at=at, data={**told(row), **moved})
    if before is not None:
        record(before, "application.lose_payment", actor=actor, at=at, data={**told(row), "to": fresh.reference})
    return row


def matching_problems(payment: Payment, case: Application, note: str) -> list[Problem]:
    problems = []
    if payment.currency != case.permit.currency:
        problems.append(other_currency())
    if payment.payer != case.organisation.identifier and not note.strip():
        message = _("The payer is not the applicant: say why this payment is his.")
        problems.append(Problem("payer-other", message, field="note"))
    return problems


def other_currency() -> Problem:
    message = _("The fee of this case is owed in another currency.")
    return Problem("payment-currency", message, field="application")


@transaction.atomic
def void_payment(payment: Payment, *, reason: str, actor: User, at: datetime) -> Payment:
    """Strike out a payment that was entered or declared wrongly. The row stays; it counts no more.

    Raises:
        PermissionDenied; TransitionRefused: no reason is given, or it is struck out already.
    """
    case = locked(payment.application) if payment.application is not None else None
    row = locked(payment)
    require(actor, "licensing.pay", row)
    problems = [] if reason.strip() else [Problem("note-missing", _("Say why."), field="reason")]
    if row.voided_at is not None:
        problems.append(Problem("payment-voided", _("The payment is struck out already.")))
    refuse_if(problems)
    row.voided_by, row.voided_at, row.void_reason = actor, at, reason
    row.save(update_fields=["voided_by", "voided_at", "void_reason"])
    if case is not None:
        touch(case)
        record(case, "application.void_payment", actor=actor, at=at, reason=reason, data=told(row))
    else:
        record(row, "payment.void", actor=actor, at=at, reason=reason, audience=INTERNAL, data=told(row))
    return row
