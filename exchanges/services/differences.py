"""What is offered beside the list of approved assets of the day: each difference is a breach, once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from core.models import Obligation, User
from exchanges.models import ApprovedAsset, ObservedOffer, OfferDifference, OfferedAsset
from exchanges.models.offers import EARLY, GONE, UNLISTED
from law.offers import OFFERING, list_rule
from law.provisions import Provision
from licensing.models import Breach, Licence
from licensing.services.breaches import open_breach

SLICE = 200  # offers that the sweep takes in one transaction


def differences_of(asset: ApprovedAsset | None, first: date, last: date) -> dict[str, date]:
    """What the list does not carry of the days from `first` to `last`: kind of difference and its first day. What began
    before the withdrawal of an entry was decided is seen to by the end that is owed."""
    if asset is None:
        return {UNLISTED: first}
    found = {EARLY: first} if first < asset.first_day else {}
    until = asset.until
    if asset.state == "withdrawn" and asset.ending_from is not None and first < asset.ending_from:
        until = None
    if until is not None and last > until:
        found[GONE] = max(first, until + timedelta(days=1))
    return found


def differing(today: date) -> "QuerySet[OfferedAsset]":
    """Declared offers with a difference up to today that no breach has been opened for: one query."""
    kinds = [kind for kind in OFFERING if list_rule(kind, today) is not None]
    rows = OfferedAsset.objects.filter(licence__kind__in=kinds, from_day__lte=today)
    over = Q(to_day__isnull=True) | Q(to_day__gt=F("asset__last_day"))
    over &= Q(asset__last_day__lt=today) & ~Q(asset__state="withdrawn")
    after = Q(asset__state="withdrawn", from_day__gte=F("asset__ending_from"))
    tests = {
        UNLISTED: Q(asset__isnull=True),
        EARLY: Q(from_day__lt=F("asset__first_day")),
        GONE: over | after,
    }
    found = Q()
    for kind, test in tests.items():
        known = OfferDifference.objects.filter(offer=OuterRef("pk"), kind=kind)
        found |= test & ~Q(Exists(known))
    return rows.filter(found)


def check_offers(*, at: datetime) -> int:
    """Compare all declared offers with the list, once each. Returns how many breaches or links were made.

    Safe to run twice and beside any act: it locks the licences first, as every act does, and leaves to the next sweep
    those that somebody is working on. Differences keep the day on which they truly began.
    """
    found = 0
    last = 0
    while True:
        with transaction.atomic():
            rows = differing(timezone.localdate(at)).filter(pk__gt=last).order_by("pk")
            ids = dict(rows.values_list("pk", "licence_id")[:SLICE])
            if not ids:
                return found
            last = max(ids)
            free = Licence.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
            mine = set(free.filter(pk__in=set(ids.values())).order_by("pk").values_list("pk", flat=True))
            again = differing(timezone.localdate(at)).filter(pk__in=ids, licence__in=mine)
            found += compare_offers(again.select_related("licence__organisation", "asset").order_by("pk"), at=at)


def compare_offers(offers: Iterable[OfferedAsset], *, at: datetime) -> int:
    """Open a breach for each difference of these offers up to today; the program opens it. Asked while their licences
    are held."""
    today, found = timezone.localdate(at), 0
    for row in offers:
        last = today if row.to_day is None else min(today, row.to_day)
        if row.from_day > last:
            continue
        known = set(row.differences.values_list("kind", flat=True))
        for kind, since in differences_of(row.asset, row.from_day, last).items():
            rule = list_rule(row.licence.kind, since)
            if kind in known or rule is None:
                continue
            breach = breach_of(row, kind, since, rule, label=row.reference, actor=User.objects.system(), at=at)
            OfferDifference.objects.create(
                offer=row, licence=row.licence, key=row.key, kind=kind, since=since, breach=breach, found_at=at
            )
            found += 1
    return found


def compare_observed(row: ObservedOffer, *, actor: User, at: datetime) -> None:
    """The same of what an official saw on one day; he opens the breach."""
    if ending(row):
        return
    for kind, since in differences_of(row.asset, row.observed_on, row.observed_on).items():
        if rule := list_rule(row.licence.kind, since):
            breach = breach_of(row, kind, since, rule, label=row.source, actor=actor, at=at)
            OfferDifference.objects.create(
                observed=row, licence=row.licence, key=row.key, kind=kind, since=since, breach=breach, found_at=at
            )


def ending(row: ObservedOffer) -> bool:
    """Whether the holder still owes the end of this offer and is seen to by that duty."""
    own = OfferedAsset.objects.filter(licence=row.licence, key=row.key)
    owed = Obligation.objects.open().filter(
        subject_type=OfferedAsset._meta.label_lower, subject_id__in=own.values("pk")
    )
    return owed.exists()


def breach_of(
    row: OfferedAsset | ObservedOffer,
    kind: str,
    since: date,
    rule: Provision,
    *,
    label: str,
    actor: User,
    at: datetime,
) -> Breach:
    """The breach of the same asset and kind that is open, else a new one."""
    same = OfferDifference.objects.filter(licence=row.licence, key=row.key, kind=kind, breach__closed_at__isnull=True)
    if standing := same.select_related("breach").order_by("id").first():
        return standing.breach
    entry = f" ({row.asset.reference})" if row.asset is not None else ""
    where = ", ".join(part for part in (row.network, row.contract) if part)
    return open_breach(
        authority=row.licence.authority,
        actor=actor,
        at=at,
        facts=f"{row.symbol}, {row.name}{entry}{'; ' + where if where else ''}; {since.isoformat()}; {label}",
        found_on=timezone.localdate(at),
        ground=rule.ground(),
        licence=row.licence,
    )
