"""Accounts of providers at banks and the postal operator: entered, rated, ended; the servicer hears of the licence."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Event, Organisation, User
from core.models.base import INTERNAL
from core.regions import REGIONS
from core.services import advance, notify, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import RailLink, RailRating, Servicer
from exchanges.models.rails import SERIES
from exchanges.services.words import unsaid
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision
from law.rails import HIGH, POSTAL, RISKS, SERVICERS, Account, account_problems
from licensing.models import Licence
from licensing.permits import ISSUE
from licensing.services.numbers import next_in
from licensing.services.terms import parties

SOURCE_LIMIT = 300


@transaction.atomic
def enter_servicer(
    authority: Authority, *, organisation: Organisation, kind: str, source: str, actor: User, at: datetime
) -> Servicer:
    """Enter an organisation as a bank, or as the National Postal Operator, and where this is known from.

    Raises:
        PermissionDenied; TransitionRefused: it is entered already, there is a postal operator, or no source is named.
    """
    row = Servicer(
        organisation=organisation,
        kind=kind,
        authority=authority,
        source=source.strip(),
        entered_by=actor,
        entered_at=at,
    )
    require(actor, "exchanges.enter_servicer", row)
    locked(authority)
    problems = unsaid("source", _("where this is known from"), row.source, SOURCE_LIMIT)
    if kind not in SERVICERS:
        problems.append(Problem("servicer-kind", _("There is no such kind of servicer."), field="kind"))
    if Servicer.objects.filter(pk=organisation.pk).exists():
        problems.append(Problem("servicer-entered", _("This organisation is entered already."), field="organisation"))
    if kind == POSTAL and Servicer.objects.filter(kind=POSTAL).exists():
        message = _("The National Postal Operator is entered already; there is one.")
        problems.append(Problem("servicer-postal", message, field="kind"))
    if problems:
        raise TransitionRefused(problems)
    row.save(force_insert=True)
    record(row, "servicer.enter", actor=actor, at=at, audience=INTERNAL, data={"kind": kind})
    return row


@transaction.atomic
def enter_rail(
    licence: Licence,
    *,
    servicer: Servicer,
    regions: Iterable[str],
    from_on: date,
    source: str,
    actor: User,
    at: datetime,
    to_on: date | None = None,
) -> RailLink:
    """Enter an account of a licence holder; the holder declares it, or an official with his source.

    Args:
        from_on: picks the version of the law; not in the future.
        to_on: its last day, where it has ended already.
        source: the contract, the letter or the page that shows it.

    Raises:
        PermissionDenied; TransitionRefused: everything that stands against it, each with its article.
    """
    licence, today = locked(licence), timezone.localdate(at)
    row = RailLink(
        authority_id=licence.authority_id,
        organisation=licence.organisation,
        licence=licence,
        servicer=servicer,
        regions=sorted(set(regions)),
        from_on=from_on,
        source=source.strip(),
        entered_by=actor,
        created_at=at,
    )
    require(actor, "exchanges.enter_rail", row)
    problems = account_problems(account_of(row, to_on)) + entry_problems(row, to_on, today)
    if problems:
        raise TransitionRefused(problems)
    row.grounds = [rule.ground() for rule in rules_of(servicer.kind, from_on)]
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.save()
    facts = {"servicer": servicer.pk, "licence": licence.number, "from": from_on.isoformat()}
    record(row, "raillink.enter", actor=actor, at=at, to_state=row.state, grounds=row.grounds, data=facts)
    return row if to_on is None else end_rail(row, to_on=to_on, end_source=row.source, actor=actor, at=at)


def rules_of(servicer: str, on: date) -> list[Provision]:
    """The rules in force on a day that carry an account."""
    found = []
    for code in ("rails.postal_operator" if servicer == POSTAL else "rails.bank", "rails.client_must_be_licensed"):
        try:
            found.append(provision(code, on))
        except NotInForce:
            continue
    return found


def account_of(row: RailLink, to_on: date | None) -> Account:
    """The account as the law looks at it."""
    licence = row.licence
    since, until = licence.suspended_from, licence.suspended_to
    return Account(
        row.servicer.kind,
        licence.kind,
        row.from_on,
        to_on,
        licence.valid_from,
        licence.last_day,
        suspended=since is not None and since <= row.from_on and (until is None or row.from_on <= until),
    )


def entry_problems(row: RailLink, to_on: date | None, today: date) -> list[Problem]:
    """What is not stated, lies in days to come, or stands already."""
    problems = unsaid("source", _("where this is known from"), row.source, SOURCE_LIMIT)
    if row.from_on > today:
        problems.append(Problem("rail-day", _("The day is still to come."), field="from_on"))
    if to_on is not None and to_on > today:
        problems.append(Problem("rail-day", _("The day is still to come."), field="to_on"))
    if unknown := [code for code in row.regions if code not in REGIONS]:
        message = _("There is no such region: %(codes)s.")
        problems.append(Problem("rail-region", message, {"codes": ", ".join(unknown)[:200]}, field="regions"))
    if row.servicer_id == row.organisation_id:
        problems.append(Problem("rail-own", _("Nobody serves himself."), field="servicer"))
    if other := RailLink.objects.held().filter(licence=row.licence, servicer=row.servicer).first():
        message = _("This account is entered already: %(reference)s.")
        problems.append(Problem("rail-entered", message, {"reference": other.reference}, field="servicer"))
    return problems


@transaction.atomic
def end_rail(
    link: RailLink, *, to_on: date, end_source: str, actor: User, at: datetime, version: int | None = None
) -> RailLink:
    """Enter the last day of an account, and where this is known from.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the day is out of order, no source, or it has ended.
    """
    said = end_source.strip()
    if len(said) > SOURCE_LIMIT:
        raise TransitionRefused(unsaid("end_source", "", said, SOURCE_LIMIT))
    facts = {"on": to_on.isoformat()}
    return advance(link, "end", actor=actor, at=at, version=version, data=facts, to_on=to_on, end_source=said)


@transaction.atomic
def rate_rail(
    link: RailLink,
    *,
    risk: str,
    rated_on: date,
    reason: str,
    measures: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> RailRating:
    """Rate the risk of the client: by its bank or postal operator, or entered by an official from a letter of it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: a day out of order, no reason, or no measures at high risk.
    """
    held = locked(link, version=version)
    require(actor, "exchanges.rate_rail", held)
    why, done = reason.strip(), measures.strip()
    problems = unsaid("reason", _("reason"), why)
    if risk not in RISKS:
        problems.append(Problem("rating-unknown", _("There is no such rating."), field="risk"))
    if risk == HIGH or done:
        problems += unsaid("measures", _("enhanced measures"), done)
    if not held.from_on <= rated_on <= min(held.to_on or date.max, timezone.localdate(at)):
        message = _("The day lies outside the days of the account or in the future.")
        problems.append(Problem("rating-day", message, field="rated_on"))
    if problems:
        raise TransitionRefused(problems)
    row = RailRating.objects.create(link=held, risk=risk, rated_on=rated_on, reason=why, measures=done, by=actor, at=at)
    facts = {"risk": risk, "on": rated_on.isoformat()}
    record(held, "raillink.rate", actor=actor, at=at, audience=INTERNAL, data=facts)
    return row


def tell_servicers(licence: Licence, step: str) -> None:
    """Tell whoever holds accounts of a licence of its suspension, return or end; called within the act of the licence.

    One event on each account in the transaction of the act, and the messages hang on it: once, and never without it.
    """
    taken = Event.objects.of(licence).filter(verb=f"licence.{step}").exclude(to_state="").order_by("-seq").first()
    if step == ISSUE or taken is None:  # a re-issue changes no state
        return
    links = RailLink.objects.held().filter(licence=licence).select_related("servicer__organisation").order_by("id")
    label = licence.WORKFLOW.state(licence.state).label
    for link in links:
        people = parties(link.servicer_id, timezone.localdate(taken.at))
        facts = {"licence": licence.number, "state": licence.state, "told": len(people)}
        system = User.objects.system()
        event = record(link, "raillink.tell", actor=system, at=taken.at, audience=INTERNAL, data=facts)
        told = {"reference": link.reference, "licence": licence.number, "state": label}
        notify(event, people, "rail_client_changed", told, path=f"/rails/{link.reference}/", at=taken.at)
