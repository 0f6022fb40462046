"""The register of data centres: entered, changed with history, closed, shown to the public or withheld."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, Organisation, User
from core.models.base import PUBLIC
from core.regions import REGIONS, ZONES
from core.services import advance, end_duties, record, require, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _, plain
from law.provisions import NotInForce, Provision, provision
from licensing.models import Application
from licensing.models.licences import search_text
from licensing.services.numbers import next_in
from mining.models import SOURCES, DataCentre
from mining.models.hosting import fullest

SHARES = tuple(f"{code}_share" for code in SOURCES)
#: What an officer enters and may change. Texts are told in the history by their field alone: an address may be a home.
TEXTS = ("name", "address", "grid_connection")
FACTS = ("region", "zone", "megawatts", "cells", "grid_megawatts", *SHARES, "latitude", "longitude", "opened_on")
FIELDS = (*TEXTS, *FACTS)


def let_rule(on: date) -> Provision | None:
    """The rule that what is let stays within the capacity; None before it."""
    try:
        return provision("centre.let_within_capacity", on)
    except NotInForce:
        return None


def faults_of(centre: DataCentre, on: date) -> list[Problem]:
    """Everything wrong with what is entered, at once."""
    found = [
        Problem(
            code="centre-field-missing",
            message=_("Give the %(field)s."),
            params={"field": str(centre._meta.get_field(name).verbose_name)},  # type: ignore[union-attr]  # own fields
            field=name,
        )
        for name in ("name", "address", "region", "zone", "megawatts")
        if getattr(centre, name) in (None, "")
    ]
    if (centre.region and centre.region not in REGIONS) or (centre.zone and centre.zone not in ZONES):
        message = _("Choose a region and a zone of the list.")
        found.append(Problem(code="centre-place-unknown", message=message, field="region"))
    if any(number is not None and number <= 0 for number in (centre.megawatts, centre.grid_megawatts)):
        found.append(Problem(code="centre-power", message=_("Megawatts are more than zero."), field="megawatts"))
    whole = sum((getattr(centre, name) for name in SHARES), Decimal(0))
    if whole != 1 or any(getattr(centre, name) < 0 for name in SHARES):
        message = _("The shares of the sources make %(whole)s together; they make 1, and none is below 0.")
        found.append(Problem(code="centre-mix", message=message, params={"whole": whole}, field="grid_share"))
    if (centre.latitude is None) != (centre.longitude is None):
        message = _("Give both latitude and longitude, or neither.")
        found.append(Problem(code="centre-point", message=message, field="latitude"))
    if centre.opened_on and centre.opened_on > on:
        message = _("A centre that opens later is entered when it opens.")
        found.append(Problem(code="centre-opening", message=message, field="opened_on"))
    return found


@transaction.atomic
def enter_centre(
    authority: Authority,
    *,
    owner: Organisation,
    values: Mapping[str, Any],
    actor: User,
    at: datetime,
    application: Application | None = None,
) -> DataCentre:
    """Enter a centre: by hand, or from what a filing says of it (`particulars_of`).

    Args:
        values: by the names of FIELDS; what is not given keeps its default.

    Raises:
        PermissionDenied; TransitionRefused: everything that is missing or wrong, or it was entered from this filing.
    """
    given = {name: values[name] for name in FIELDS if name in values}
    centre = DataCentre(authority=authority, owner=owner, application=application, created_at=at, **given)
    require(actor, "mining.enter_centre", centre)
    problems = faults_of(centre, timezone.localdate(at))
    if application is not None and DataCentre.objects.filter(application=locked(application)).exists():
        message = _("A data centre was entered from this filing before.")
        problems.append(Problem(code="centre-entered", message=message))
    if problems:
        raise TransitionRefused(problems)
    centre.decided_by, centre.decided_at, centre.changed_at = actor, at, at
    centre.reference = next_in("DC")
    centre.search = words_of(centre)
    centre.save()
    facts = told(centre, given) | ({"application": application.reference} if application else {})
    record(centre, "datacentre.enter", actor=actor, at=at, to_state=centre.state, data=facts, audience=PUBLIC)
    return centre


def words_of(centre: DataCentre) -> str:
    """What a centre is found by; the number of a person is not among it."""
    owner = centre.owner
    number = owner.identifier if owner.form == "legal_entity" else ""
    names = (owner.name_kk, owner.name_ru, owner.name_en)
    return search_text(centre.reference, centre.name, centre.address, number, *names)


def told(centre: DataCentre, names: Any) -> dict[str, Any]:
    """The facts among the named fields as an event keeps them."""
    return {name: plain(getattr(centre, name)) for name in FACTS if name in names}


def particulars_of(application: Application) -> dict[str, Any]:
    """What a filing says of its centre, by the names of FIELDS; what it leaves open is left out."""
    row = application.particulars
    found = {
        "name": row.centre_name,
        "address": row.centre_address,
        "region": row.region,
        "zone": row.zone,
        "megawatts": row.megawatts,
    }
    if row.electricity_source in SOURCES:
        found |= {name: Decimal(0) for name in SHARES} | {f"{row.electricity_source}_share": Decimal(1)}
    return {name: value for name, value in found.items() if value not in (None, "")}


@transaction.atomic
def change_centre(
    centre: DataCentre,
    *,
    values: Mapping[str, Any],
    reason: str,
    actor: User,
    at: datetime,
    owner: Organisation | None = None,
    version: int | None = None,
) -> DataCentre:
    """Correct or change what stands in the register; the event keeps old and new facts, and why.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, nothing changes, something is wrong, or more is
            let than the new capacity.
    """
    row = locked(centre, version=version)
    require(actor, "mining.change_centre", row)
    before = {name: getattr(row, name) for name in FIELDS} | {"owner": row.owner}
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.owner = owner or row.owner
    changed = [name for name, old in before.items() if getattr(row, name) != old]
    today = timezone.localdate(at)
    problems = faults_of(row, today) + still_standing(row)
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    if not changed:
        problems.append(Problem(code="no-change", message=_("The entry stands so already.")))
    if not problems:
        problems = overlet(row, today)
    if problems:
        raise TransitionRefused(problems)
    row.changed_at, row.search = at, words_of(row)
    touch(row, fields=[*changed, "changed_at", "search"])
    facts = {name: [plain(before[name]), plain(getattr(row, name))] for name in changed if name in FACTS}
    if "owner" in changed:
        facts["owner"] = [before["owner"].pk, row.owner_id]
    data = {"changed": facts, "texts": [name for name in changed if name in TEXTS]}
    record(row, "datacentre.change", actor=actor, at=at, reason=reason.strip(), data=data)
    return row


def still_standing(centre: DataCentre) -> list[Problem]:
    if centre.state == "registered":
        return []
    return [Problem(code="centre-closed", message=_("The data centre is closed."))]


def overlet(centre: DataCentre, since: date, until: date | None = None) -> list[Problem]:
    """Where more is let on some day from one to another than the centre has: the rule of ours, with its arithmetic."""
    most = fullest(centre.hostings.during(since, until), since, until)
    rule, found = let_rule(since), []
    if most.megawatts > centre.megawatts:
        message = _("On %(day)s %(let)s MW would be let; the centre has %(capacity)s MW.")
        params = {"day": most.day, "let": most.megawatts, "capacity": centre.megawatts}
        found.append(Problem("centre-overlet", message, params, field="megawatts", provision=rule))
    if centre.cells is not None and most.cells > centre.cells:
        message = _("%(let)s cells would be let; the centre has %(capacity)s.")
        params = {"let": most.cells, "capacity": centre.cells}
        found.append(Problem("centre-cells-overlet", message, params, field="cells", provision=rule))
    return found


@transaction.atomic
def close_centre(
    centre: DataCentre, *, closed_on: date, reason: str, actor: User, at: datetime, version: int | None = None
) -> DataCentre:
    """It is closed from the day after `closed_on`: what is let ends with that day, what was to begin later falls away
    (the event names it), and so do the duties.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, not a day between its opening and today, or it is
            closed already.
    """
    row = locked(centre, version=version)
    why = reason.strip()
    later = row.hostings.filter(since__gt=closed_on)
    fallen = list(later.order_by("id").values_list("licence__number", flat=True))
    closed = advance(
        row,
        "close",
        actor=actor,
        at=at,
        reason=why,
        audience=PUBLIC,
        data={"closed_on": closed_on.isoformat(), "not_begun": fallen},
        closed_on=closed_on,
        closing_reason=why,
        changed_at=at,
    )
    closed.hostings.during(closed_on, None).filter(since__lte=closed_on).update(until=closed_on)
    later.delete()
    for assessment in closed.assessments.all():
        end_duties(assessment, at=at)
    return closed


@transaction.atomic
def publish_centre(
    centre: DataCentre, *, published: bool, reason: str, actor: User, at: datetime, version: int | None = None
) -> DataCentre:
    """Decide whether the public sees the centre; a reason is always given.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or nothing changes.
    """
    row = locked(centre, version=version)
    require(actor, "mining.publish_centre", row)
    problems = []
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    if row.published == published:
        problems.append(Problem(code="no-change", message=_("The entry stands so already.")))
    if problems:
        raise TransitionRefused(problems)
    row.published, row.publication_reason = published, reason.strip()
    row.decided_by, row.decided_at, row.changed_at = actor, at, at
    touch(row, fields=["published", "publication_reason", "decided_by", "decided_at", "changed_at"])
    verb = "datacentre.publish" if published else "datacentre.withhold"
    record(row, verb, actor=actor, at=at, reason=reason.strip(), data={"published": published})
    return row
