"""Held transfers: reported by the provider when stopped, and again when passed or refused."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.models import Event, User
from core.services import advance, notify, record, require
from core.services.acts import locked
from core.workflow import StaleVersion, TransitionRefused
from exchanges.models import HeldTransfer
from exchanges.models.transfers import SERIES
from exchanges.services.words import unsaid
from law.problems import Problem, _, plain
from law.provisions import NotInForce, provision
from law.rails import CLIENT_KINDS
from law.transfers import GOES_ON, REFUSE, hold_problems
from licensing.models import Licence
from licensing.services.numbers import next_in
from licensing.services.terms import officials


@transaction.atomic
def report_transfer(
    licence: Licence,
    *,
    own_number: str,
    asset: str,
    seen_at: datetime,
    stopped_at: datetime | None,
    actor: User,
    at: datetime,
) -> HeldTransfer:
    """A provider reports a transfer that came without the data of sender and receiver.

    Args:
        own_number: of the provider, by which it finds the transfer; no data of a person.
        stopped_at: None where it was not stopped, which is against the law.

    Raises:
        PermissionDenied; TransitionRefused: something is not stated, out of order, told before, or no law asks for it.
    """
    licence, today = locked(licence), timezone.localdate(at)
    row = HeldTransfer(
        authority_id=licence.authority_id,
        organisation=licence.organisation,
        licence=licence,
        own_number=own_number.strip(),
        asset=asset.strip(),
        seen_at=seen_at,
        stopped_at=stopped_at,
        reported_by=actor,
        created_at=at,
    )
    require(actor, "exchanges.report_transfer", row)
    problems = transfer_problems(row, at)
    try:
        rule = provision("transfer.hold_min", row.law_day)
    except NotInForce as unknown:
        problems.append(unknown.problem)
    if problems:
        raise TransitionRefused(problems)
    row.ground = rule.ground()
    row.reference = next_in(f"{SERIES}-{today.year}", digits=6)
    row.save()
    facts = {"licence": licence.number, "stopped": stopped_at is not None}
    record(row, "heldtransfer.report", actor=actor, at=at, to_state=row.state, grounds=[rule], data=facts)
    return row


def transfer_problems(row: HeldTransfer, at: datetime) -> list[Problem]:
    """What is not stated, out of order, or was told before."""
    problems = unsaid("own_number", _("the provider's own number"), row.own_number, 60)
    problems += unsaid("asset", _("digital asset"), row.asset, 20)
    if row.licence.kind not in CLIENT_KINDS:
        message = _("Such a permit is not one of a provider of services with digital assets.")
        problems.append(Problem("transfer-licence", message, field="licence"))
    if row.seen_at > at or (row.stopped_at is not None and not row.seen_at <= row.stopped_at <= at):
        message = _("The moments are out of order or still to come.")
        problems.append(Problem("transfer-moments", message, field="stopped_at"))
    if HeldTransfer.objects.filter(licence=row.licence, own_number=row.own_number).exists():
        problems.append(Problem("transfer-told", _("This transfer was reported before."), field="own_number"))
    return problems


@transaction.atomic
def end_transfer(
    row: HeldTransfer,
    step: str,
    *,
    over_at: datetime,
    given_at: datetime | None,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> HeldTransfer:
    """It passed ("pass") or was refused ("refuse"); what was against the law is kept with its articles and told.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the moments are out of order, or it is over already.
    """
    fresh = locked(row)
    require(actor, fresh.WORKFLOW[step].permission, fresh)
    if version is not None and fresh.version != version:
        raise StaleVersion(fresh.version, version)
    begun = fresh.stopped_at or fresh.seen_at
    if not begun <= over_at <= at or (given_at is not None and not fresh.seen_at <= given_at <= over_at):
        message = _("The moments are out of order or still to come.")
        raise TransitionRefused([Problem("transfer-moments", message, field="over_at")])
    outcome = GOES_ON if step == "pass" else REFUSE
    found = hold_problems(
        stopped_at=fresh.stopped_at, given_at=given_at, ended_at=over_at, outcome=outcome, on=fresh.law_day
    )
    faults = [
        {
            "code": one.code,
            "message": one.message,
            "params": {name: plain(value) for name, value in one.params.items()},
            "ground": one.ground(),
        }
        for one in found
    ]
    grounds = [one.provision for one in found if one.provision is not None]
    done = advance(
        fresh,
        step,
        actor=actor,
        at=at,
        grounds=grounds,  # type: ignore[arg-type]  # rows of law, as hold_problems cites them
        data={"faults": [one.code for one in found]},
        over_at=over_at,
        given_at=given_at,
        faults=faults,
    )
    if found:
        told = {"reference": done.reference, "state": done.WORKFLOW.state(done.state).label}
        event = Event.objects.of(done).order_by("-seq")[0]
        path = f"/transfers/{done.reference}/"
        notify(event, officials(done.authority_id), "record_moved", told, path=path, at=at)
    return done
