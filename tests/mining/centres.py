"""Data centres for tests: made by the services, as officials would."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from core.models import User
from law import standards
from licensing.models import Licence
from mining import services
from mining.models import Assessment, DataCentre, Hosting
from tests import factories as make

VALUES: dict[str, Any] = {
    "name": "Rudny North",
    "address": "Kostanay Region, Rudny, Industrial Street 7",
    "region": "KZ-39",
    "zone": "north",
    "megawatts": Decimal("20.000"),
    "cells": 6_000,
    "grid_connection": "110 kV line from Sokol substation",
    "grid_megawatts": Decimal("25.000"),
    "grid_share": Decimal("0.7000"),
    "own_generation_share": Decimal(0),
    "renewable_share": Decimal("0.3000"),
    "import_share": Decimal(0),
    "latitude": None,
    "longitude": None,
    "opened_on": date(2023, 6, 1),
}


def make_centre(*, at: datetime = make.AT, actor: User | None = None, owner: Any = None, **values: Any) -> DataCentre:
    actor = actor or make.make_user("officer")
    authority = actor.authority or make.make_authority()
    owner = owner or make.make_organisation()
    return services.enter_centre(authority, owner=owner, values=VALUES | values, actor=actor, at=at)


def let(centre: DataCentre, licence: Licence | None = None, *, at: datetime = make.AT, **values: Any) -> Hosting:
    licence = licence or make.make_licence(at=at)
    given = {"megawatts": Decimal("5.000"), "since": licence.valid_from, **values}
    return services.let_capacity(centre, licence=licence, **given, actor=make.make_user("officer"), at=at)


def open_assessment(
    centre: DataCentre | None = None, *, on: date | None = None, actor: User | None = None, at: datetime = make.AT
) -> Assessment:
    centre, actor = centre or make_centre(at=at), actor or make.make_user("officer")
    return services.open_assessment(centre, assessed_on=on or localdate(at), actor=actor, at=at)


def answered(
    assessment: Assessment | None = None,
    *,
    unmet: tuple[str, ...] = (),
    actor: User | None = None,
    at: datetime = make.AT,
    **values: Any,
) -> Assessment:
    """Every item met, but for those named."""
    assessment, actor = assessment or open_assessment(actor=actor, at=at), actor or make.make_user("officer")
    codes = [item.code for item in assessment.items.all()]
    answers = dict.fromkeys(codes, standards.MET) | dict.fromkeys(unmet, standards.NOT_MET)
    evidence = {code: f"Seen: {code}." for code in codes}
    return services.answer_assessment(
        assessment, answers=answers, evidence=evidence, actor=actor, at=at, summary="As seen.", **values
    )


def proposed(assessment: Assessment | None = None, *, actor: User | None = None, **values: Any) -> Assessment:
    actor, at = actor or make.make_user("officer"), values.get("at", make.AT)
    return services.propose_assessment(answered(assessment, actor=actor, **values), actor=actor, at=at)


def signed(
    assessment: Assessment | None = None, *, head: User | None = None, confirmation: str = "", **values: Any
) -> Assessment:
    at = values.get("at", make.AT)
    confirmation = confirmation or ("The days are fair." if values.get("unmet") else "")
    row = proposed(assessment, **values)
    return services.sign_assessment(row, actor=head or make.make_user("head"), at=at, confirmation=confirmation)
