"""The list of approved assets: entered by an official and a head who had no hand in it, taken off by two as well."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL, PUBLIC
from core.services import advance, record, require
from core.workflow import TransitionRefused
from exchanges.models import ApprovedAsset
from exchanges.models.approved import LIVE, SERIES
from exchanges.services.naming import asset_words, lengths_kept, not_stated
from exchanges.services.offers import owe_ends
from exchanges.services.warnings import told
from exchanges.workflow.approved import listed_by_law
from law.offers import LIMIT_CLIENTS, LIMIT_PERIODS, LIST_RULE
from law.problems import Problem, _
from law.provisions import provision
from licensing.services.numbers import next_in

#: What must be stated.
NEEDED = {"name": _("name of the asset"), "symbol": _("symbol"), "decision": _("decision of the authority")}
OWN = (*NEEDED, "network", "contract")


@transaction.atomic
def propose_asset(
    authority: Authority,
    *,
    name: str,
    symbol: str,
    first_day: date,
    decision: str,
    actor: User,
    at: datetime,
    network: str = "",
    contract: str = "",
    limit_amount: Decimal | None = None,
    limit_period: str = "",
    limit_clients: str = "",
    last_day: date | None = None,
) -> ApprovedAsset:
    """Put an asset before a head for the list.

    Args:
        decision: number and day of the authority's decision.
        limit_amount: in tenge, with the period it is counted over and the clients it holds for; all three or none.

    Raises:
        PermissionDenied; TransitionRefused: everything that is missing or out of order, or the same asset is there.
    """
    row = ApprovedAsset(
        authority=authority,
        **asset_words(name=name, symbol=symbol, network=network, contract=contract),
        limit_amount=limit_amount,
        limit_period=limit_period,
        limit_clients=limit_clients,
        first_day=first_day,
        last_day=last_day,
        decision=decision.strip(),
        proposed_by=actor,
        created_at=at,
    )
    require(actor, "exchanges.propose_asset", row)
    problems = [*not_stated(row, NEEDED), *lengths_kept(row, OWN), *limit_problems(row), *day_problems(row)]
    row.reference = next_in(f"{SERIES}-{timezone.localdate(at).year}")  # two that propose the same wait here
    problems += listed_already(row)
    if problems:
        raise TransitionRefused(problems)
    row.save()
    record(row, "approvedasset.propose", actor=actor, at=at, to_state=row.state, audience=INTERNAL)
    return row


def limit_problems(row: ApprovedAsset) -> list[Problem]:
    """A limit is whole: an amount above zero, over what, for whom."""
    if row.limit_amount is None and not row.limit_period and not row.limit_clients:
        return []
    found = []
    if row.limit_amount is None or not Decimal(0) < row.limit_amount < Decimal(10) ** 16:
        found.append(Problem("limit-amount", _("The limit is an amount above zero, in tenge."), field="limit_amount"))
    for field, known in (("limit_period", LIMIT_PERIODS), ("limit_clients", LIMIT_CLIENTS)):
        if getattr(row, field) not in known:
            message = _("A limit says over what it is counted and for whom.")
            found.append(Problem("limit-part", message, field=field))
    return found


def day_problems(row: ApprovedAsset) -> list[Problem]:
    found = listed_by_law(row, row.first_day)
    if row.last_day is not None and row.last_day < row.first_day:
        found.append(Problem("days-order", _("The last day lies before the first."), field="last_day"))
    return found


def listed_already(row: ApprovedAsset) -> list[Problem]:
    """The same asset once; another of the same symbol may stand beside it."""
    same = {name: getattr(row, name) for name in ("name", "symbol", "network", "contract")}
    other = ApprovedAsset.objects.filter(authority=row.authority_id, state__in=LIVE, **same).first()
    if other is None:
        return []
    message = _("The same asset stands in %(reference)s already.")
    return [Problem("asset-listed", message, {"reference": other.reference}, field="name")]


@transaction.atomic
def publish_asset(asset: ApprovedAsset, *, actor: User, at: datetime, version: int | None = None) -> ApprovedAsset:
    """Enter the asset in the list that everybody reads.

    Raises:
        PermissionDenied: also for who proposed it. StaleVersion. TransitionRefused: it is not proposed.
    """
    return advance(
        asset,
        "publish",
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC,
        grounds=[provision(LIST_RULE, asset.first_day)],
        data={"from": asset.first_day.isoformat()},
        published_by=actor,
        published_at=at,
    )


@transaction.atomic
def drop_asset(
    asset: ApprovedAsset, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> ApprovedAsset:
    """Do not enter a proposed asset, with the reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not proposed.
    """
    changes: dict[str, Any] = {"ending_reason": told(reason, "reason"), "ended_by": actor, "ended_at": at}
    return advance(asset, "drop", actor=actor, at=at, version=version, audience=INTERNAL, **changes)


@transaction.atomic
def propose_withdrawal(
    asset: ApprovedAsset,
    *,
    ending_from: date,
    reason: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> ApprovedAsset:
    """Put before a head that the asset leaves the list, from which day and why.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, a day behind us, or it is not in the list.
    """
    changes: dict[str, Any] = {"ending_from": ending_from, "ending_by": actor, "ending_reason": told(reason, "reason")}
    facts = {"from": ending_from.isoformat()}
    return advance(
        asset, "propose_withdrawal", actor=actor, at=at, version=version, audience=INTERNAL, data=facts, **changes
    )


@transaction.atomic
def keep_asset(asset: ApprovedAsset, *, actor: User, at: datetime, version: int | None = None) -> ApprovedAsset:
    """The proposed withdrawal falls away.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no withdrawal is proposed.
    """
    changes: dict[str, Any] = {"ending_from": None, "ending_by": None, "ending_reason": ""}
    return advance(asset, "keep", actor=actor, at=at, version=version, audience=INTERNAL, **changes)


@transaction.atomic
def withdraw_asset(
    asset: ApprovedAsset, *, confirmation: str, actor: User, at: datetime, version: int | None = None
) -> ApprovedAsset:
    """Take the asset off the list from the proposed day; each exchanger that offers it owes the end of the offer.

    Args:
        confirmation: why it is withdrawn though the rule behind the list is unconfirmed.

    Raises:
        PermissionDenied: also for who proposed the withdrawal. StaleVersion. TransitionRefused: no confirmation, the
            day is behind us, or no withdrawal is proposed.
    """
    changes: dict[str, Any] = {"confirmation": told(confirmation, "confirmation"), "ended_by": actor, "ended_at": at}
    row = advance(
        asset,
        "withdraw",
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC,
        grounds=[provision(LIST_RULE, timezone.localdate(at))],
        data={"from": asset.ending_from.isoformat() if asset.ending_from else None},
        **changes,
    )
    owe_ends(row, at=at)
    return row
