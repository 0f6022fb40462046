"""What the checks of every kind ask alike: whether everything is stated, whether the registration record was seen."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from law.problems import Problem, _

if TYPE_CHECKING:
    from django.db.models import Model

    from licensing.models import Application


def not_stated(row: "Model", names: Iterable[str]) -> list[Problem]:
    """One problem for each of these fields of the particulars that is empty."""
    return [
        Problem(
            code="particular-missing",
            message=_("Not stated: %(field)s."),
            params={"field": str(row._meta.get_field(name).verbose_name)},  # type: ignore[union-attr]  # own fields
            field=name,
        )
        for name in names
        if getattr(row, name) in (None, "", [])
    ]


def registration_record(application: "Application", on: date) -> list[Problem]:
    """An officer has looked at the registration record."""
    if application.organisation.registration_checked_at is not None:
        return []
    message = _("The registration record of the applicant has not been looked at yet.")
    return [Problem("registration-not-checked", message, severity="warning")]


def fee_unknown(on: date, why: Problem) -> Problem:
    """The law of that day is not entered: a person judges."""
    return Problem(
        code="fee-unknown",
        message=_("The fee for a payment on %(on)s is unknown: %(why)s"),
        severity="warning",
        params={"on": on, "why": why},
        field="fee_paid_on",
        provision=why.provision,
    )
