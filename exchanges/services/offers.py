"""What holders offer: declared and ended by themselves, observed by officials; the end owed of what left the list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import Event, Obligation, User
from core.models.base import INTERNAL
from core.services import advance, end_duties, meet, notify, owe, owe_each, record, register_duty, require
from core.services.acts import locked
from core.workflow import OFFICER, TransitionRefused
from exchanges.models import ApprovedAsset, ObservedOffer, OfferedAsset
from exchanges.models.approved import OPEN
from exchanges.services.differences import compare_observed, compare_offers
from exchanges.services.naming import LENGTHS, asset_words, lengths_kept, not_stated
from law.offers import OFFERING, offer_end
from law.problems import Problem, _
from licensing.models import Licence
from licensing.services.breaches import next_number, open_for_duty
from licensing.services.terms import officials, parties
from licensing.workflow import LIVE

END = "offer-end"
DUTIES = {END: _("End the offer of an asset that left the list")}
NAMED = {"name": _("name of the asset"), "symbol": _("symbol")}


@dataclass(frozen=True, slots=True)
class AssetNamed:
    """How a holder or an official names an asset: by the number of its entry in the list, else in words. `other` says
    that it is none of the listed assets that have the same symbol."""

    code: str = ""
    name: str = ""
    symbol: str = ""
    network: str = ""
    contract: str = ""
    other: bool = False


def told_end(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of the end that is owed, and where he goes."""
    if role == "":
        return parties(obligation.organisation_id, on), "/account/offers/"
    return officials(obligation.authority_id, role or OFFICER), "/asset-list/offers/"


def note_unended(obligation: Obligation, event: Event) -> None:
    """The day passed and the offer goes on: a breach."""
    open_for_duty(obligation, event)


def register() -> None:
    """The end that is owed; called by the app's AppConfig."""
    for code, label in DUTIES.items():
        register_duty(code, label, note_unended, told_end)


def offering_licences(user: User) -> QuerySet[Licence]:
    """Licences by which assets are offered, as this person sees them."""
    return Licence.objects.visible_to(user).filter(kind__in=OFFERING).select_related("organisation")


def fill(row: Any, licence: Licence, named: AssetNamed, day: date) -> list[Problem]:
    """Put on the row whose it is and which asset is meant; lists what cannot be told."""
    row.licence, row.authority_id, row.organisation_id = licence, licence.authority_id, licence.organisation_id
    problems = []
    if licence.kind not in OFFERING or licence.state not in LIVE:
        message = _("This is no licence in force by which assets are offered.")
        problems.append(Problem("offer-licence", message, field="licence"))
    if named.code.strip():
        entries = ApprovedAsset.objects.select_for_update(no_key=True).filter(authority=licence.authority_id)
        row.asset = entries.filter(reference=named.code.strip().upper(), state__in=OPEN).first()
        if row.asset is None:
            message = _("There is no entry %(code)s in the list of approved assets.")
            problems.append(Problem("asset-unknown", message, {"code": named.code.strip()[:40]}, field="asset"))
            return problems
        words = {field: getattr(row.asset, field) for field in ("name", "symbol", "network", "contract")}
    else:
        texts = {field: getattr(named, field) for field in ("name", "symbol", "network", "contract")}
        words = asset_words(**texts)
    for field, value in words.items():
        setattr(row, field, value)
    row.key = row.keyed()
    if row.asset is None:
        problems += [*not_stated(row, NAMED), *lengths_kept(row, words), *meant(row, named, day)]
    return problems


def meant(row: Any, named: AssetNamed, day: date) -> list[Problem]:
    """A symbol names no asset: where listed assets have it, say which is meant, or that it is another."""
    if named.other or not row.symbol:
        return []
    alike = ApprovedAsset.objects.standing(day).filter(authority=row.authority_id, symbol=row.symbol).order_by("id")
    codes = list(alike.values_list("reference", flat=True)[:10])
    if not codes:
        return []
    message = _(
        "In the list %(codes)s has the symbol %(symbol)s: name the entry by its number, or say that it is another one."
    )
    return [Problem("asset-symbol", message, {"codes": ", ".join(codes), "symbol": row.symbol}, field="asset")]


@transaction.atomic
def declare_offer(
    licence: Licence, *, asset: AssetNamed, from_day: date, actor: User, at: datetime, to_day: date | None = None
) -> OfferedAsset:
    """The holder says that it offers an asset, from a day and, where it knows, to a day. What the list of those days
    does not carry is a breach; of an asset that is to leave the list the end is owed.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong, or the asset is declared already.
    """
    held, today = locked(licence), timezone.localdate(at)
    row = OfferedAsset(from_day=from_day, to_day=to_day, declared_by=actor, created_at=at)
    problems = fill(row, held, asset, from_day)
    require(actor, "exchanges.declare_offer", row)
    problems += offer_days(row, held)
    if not problems:
        problems += declared_already(row, today, at)
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_number("OF", at)
    row.save()
    facts = {"from": from_day.isoformat(), "to": to_day.isoformat() if to_day else None, "listed": row.asset_id}
    record(row, "offeredasset.declare", actor=actor, at=at, to_state=row.state, data=facts)
    entry = row.asset
    if entry is not None and entry.state == "withdrawn" and runs_on(row, entry):
        owe(row, {END: offer_end(entry.ending_from)}, debtor=Obligation.ORGANISATION, at=at)  # type: ignore[arg-type]  # a withdrawn entry has its day
    compare_offers([row], at=at)
    return row


def runs_on(row: OfferedAsset, entry: ApprovedAsset) -> bool:
    """Whether an offer that began while the asset was listed goes on over the day on which it leaves the list."""
    gone = entry.ending_from
    return gone is not None and row.from_day < gone and (row.to_day is None or row.to_day >= gone)


def offer_days(row: OfferedAsset, licence: Licence) -> list[Problem]:
    found = []
    if row.from_day < licence.valid_from:
        message = _("The licence is in force from %(day)s.")
        found.append(Problem("offer-day", message, {"day": licence.valid_from}, field="from_day"))
    if row.to_day is not None and row.to_day < row.from_day:
        found.append(Problem("days-order", _("The last day lies before the first."), field="to_day"))
    return found


def declared_already(row: OfferedAsset, today: date, at: datetime) -> list[Problem]:
    """One open offer of an asset; one whose last day has passed gives way."""
    standing = OfferedAsset.objects.filter(licence=row.licence, key=row.key, state="offered").first()
    if standing is None:
        return []
    if standing.to_day is not None and standing.to_day < min(row.from_day, today):
        lapse(standing, at=at)
        return []
    message = _("The asset is declared already (%(reference)s).")
    return [Problem("offer-declared", message, {"reference": standing.reference}, field="asset")]


@transaction.atomic
def end_offer(
    offer: OfferedAsset, *, to_day: date, actor: User, at: datetime, version: int | None = None
) -> OfferedAsset:
    """The holder says on which day it offered the asset last. That meets the end that was owed.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the day is to come or before the first, or it has ended.
    """
    locked(offer.licence)
    problems = []
    if not offer.from_day <= to_day <= timezone.localdate(at):
        message = _("The last day lies between the first day of the offer and today.")
        problems.append(Problem("offer-end-day", message, field="to_day"))
    require(actor, "exchanges.declare_offer", offer)
    if problems:
        raise TransitionRefused(problems)
    facts = {"to": to_day.isoformat()}
    row = advance(offer, "end", actor=actor, at=at, version=version, data=facts, to_day=to_day)
    compare_offers([row], at=at)
    meet(row, END, at=at)
    return row


def lapse(offer: OfferedAsset, *, at: datetime, on: date | None = None) -> None:
    """The offer ends on its own day or with its licence."""
    changes: dict[str, Any] = {"to_day": on} if on is not None else {}
    row = advance(offer, "lapse", actor=User.objects.system(), at=at, **changes)
    if on is None:
        meet(row, END, at=at)  # it ended on the day that its holder had declared
    else:
        end_duties(row, at=at)


def follow_offers(licence: Licence, step: str) -> None:
    """With the licence its offers end; called by licensing within the act."""
    if licence.state in LIVE or licence.ended_on is None:
        return
    at = Event.objects.of(licence).latest("seq").at
    for offer in OfferedAsset.objects.filter(licence=licence, state="offered").order_by("id"):
        last = max(offer.from_day, licence.ended_on - timedelta(days=1))
        lapse(offer, at=at, on=last if offer.to_day is None else max(offer.from_day, min(offer.to_day, last)))


def lapse_offers(*, at: datetime) -> int:
    """Offers whose last day has passed end. Returns how many. Safe to run twice."""
    passed = OfferedAsset.objects.filter(state="offered", to_day__lt=timezone.localdate(at)).order_by("id")
    done = 0
    for pk in list(passed.values_list("pk", flat=True)):
        with transaction.atomic():
            row = passed.filter(pk=pk).select_for_update(skip_locked=True, of=("self",), no_key=True).first()
            if row is not None:
                compare_offers([row], at=at)
                lapse(row, at=at)
                done += 1
    return done


def owe_ends(asset: ApprovedAsset, *, at: datetime) -> None:
    """Each holder that offers the asset owes the end of the offer, and is told."""
    if asset.ending_from is None:
        return
    on = Q(to_day__isnull=True) | Q(to_day__gte=asset.ending_from)
    rows = OfferedAsset.objects.filter(on, asset=asset, state="offered", from_day__lt=asset.ending_from)
    due = offer_end(asset.ending_from)
    offers = list(rows.order_by("id"))
    owe_each([(row, {END: due}) for row in offers], debtor=Obligation.ORGANISATION, at=at)
    event = Event.objects.of(asset).latest("seq")
    facts = {"reference": asset.reference, "from": asset.ending_from.isoformat(), "due": due.due_on.isoformat()}
    today = timezone.localdate(at)
    for organisation in sorted({row.organisation_id for row in offers}):
        people = parties(organisation, today)
        notify(event, people, "asset_withdrawn", facts, path="/account/offers/", at=at)


@transaction.atomic
def observe_offer(
    licence: Licence, *, asset: AssetNamed, observed_on: date, source: str, actor: User, at: datetime
) -> ObservedOffer:
    """Enter that a holder was seen to offer an asset, on which day and where; what the list of that day does not carry
    is a breach.

    Raises:
        PermissionDenied; TransitionRefused: everything that is wrong.
    """
    held = locked(licence)
    row = ObservedOffer(observed_on=observed_on, source=source.strip(), observed_by=actor, observed_at=at)
    problems = fill(row, held, asset, observed_on)
    require(actor, "exchanges.observe_offer", row)
    problems += not_stated(row, {"source": _("where it was seen")})
    if not held.valid_from <= observed_on <= timezone.localdate(at):
        message = _("The day lies before the licence or in the future.")
        problems.append(Problem("observed-day", message, field="observed_on"))
    if len(row.source) > LENGTHS["source"]:
        message = _("The text is longer than %(limit)s characters.")
        problems.append(Problem("text-too-long", message, {"limit": LENGTHS["source"]}, field="source"))
    if problems:
        raise TransitionRefused(problems)
    row.save()
    facts = {"on": observed_on.isoformat(), "listed": row.asset_id}
    record(row, "observedoffer.enter", actor=actor, at=at, data=facts, audience=INTERNAL)
    compare_observed(row, actor=actor, at=at)
    return row
