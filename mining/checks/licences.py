"""What a filing for a mining licence must meet. Each function asks `law/` and returns its problems."""

from dataclasses import replace
from datetime import date
from typing import Any

from law import licensing, mining
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision
from licensing.models import Application
from licensing.models.payments import settlement
from licensing.requests import filed_in_time
from licensing.stated import fee_unknown, not_stated

#: Facts that a filing must state, by kind; the centre's own conditions are asked by `centre`.
REQUIRED = (
    "centre_name",
    "centre_address",
    "region",
    "zone",
    "outside_residential_zone",
    "keeps_capacity_working",
    "megawatts",
    "electricity_source",
    "electricity_contract",
    "equipment",
    "hash_rate",
    "pools",
    "ip_addresses",
    "jobs",
    "investment",
)
#: The acts of the tax law's table of fees.
FEES = {"reissue-split": "reissue"}
REQUIRED_BY_KIND = {"mining-licence-1": ("holds_centre",), "mining-licence-2": ("owns_equipment", "centre_owner")}


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    return not_stated(application.particulars, (*REQUIRED, *REQUIRED_BY_KIND[application.kind]))


def holder(application: Application, on: date) -> list[Problem]:
    """A sole trader or legal entity registered in Kazakhstan: the registration record decides, not the number."""
    organisation = application.organisation
    return mining.may_mine(organisation.form, organisation.registered_in, on)


def subtype(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return mining.subtype_problems(
        application.kind, on, holds_centre=row.holds_centre, owns_equipment=row.owns_equipment
    )


def centre(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return mining.centre_problems(
        on,
        outside_residential_zone=row.outside_residential_zone,
        production_building=row.production_building,
        keeps_capacity_working=row.keeps_capacity_working,
    )


def exclusive_activity(application: Application, on: date) -> list[Problem]:
    found = mining.exclusive_activity_problems(application.particulars.other_activity, on)
    return [replace(problem, field="other_activity") for problem in found]  # the field as the filing calls it


def equipment_adds_up(application: Application, on: date) -> list[Problem]:
    """The machines listed give about the power and hash rate declared; a difference is for a person to judge."""
    row = application.particulars
    if not row.equipment or row.megawatts is None or row.hash_rate is None:
        return []
    sums: dict[str, Any] = {
        "megawatts": sum(float(m["kilowatts"]) * int(m["count"]) for m in row.equipment) / 1000,
        "hash_rate": sum(float(m["terahashes"]) * int(m["count"]) for m in row.equipment),
    }
    return [
        Problem(
            code="equipment-differs",
            severity="warning",
            field=name,
            message=_("The machines listed give %(listed)s, declared are %(declared)s."),
            params={"listed": round(listed, 3), "declared": getattr(row, name)},
        )
        for name, listed in sums.items()
        if listed > float(getattr(row, name)) * 1.05
    ]


def fee_confirmed(application: Application, on: date) -> list[Problem]:
    """What confirmed payments leave open: they outrank what was declared."""
    try:
        found = settlement(application, on)
    except NotInForce as unknown:
        return [fee_unknown(on, unknown.problem)]
    if found is None or found.is_settled:
        return []
    message = _("The fee is %(amount)s tenge; confirmed are %(paid)s, missing are %(missing)s.")
    params = {"amount": found.owed.amount, "paid": found.paid, "missing": found.missing}
    return [Problem("fee-missing", message, params, field="fee_amount", provision=found.owed.provisions[0])]


def change_reported(application: Application, on: date) -> list[Problem]:
    """A change that was not reported in time may be a ground to suspend the licence (LDA 9(4)(4)): a person looks."""
    late = filed_in_time(application, on)
    if not late:
        return []
    return [
        Problem(
            code="change-not-reported",
            message=_("That a change was not reported in time may be a ground to suspend the licence."),
            field="changed_on",
            provision=known("mining.licence.suspension_grounds", on),
            severity="warning",
        )
    ]


def known(code: str, on: date) -> Provision | None:
    """The rule in force on a day, where there is one."""
    try:
        return provision(code, on)
    except NotInForce:
        return None


def fee(application: Application, on: date) -> list[Problem]:
    """The fee of the day of payment is paid: by confirmed payments, and as the applicant declares until there are any.

    Where the law of that day is not entered, a person judges."""
    if application.confirmed_payments():
        return fee_confirmed(application, on)
    paid_on = application.fee_paid_on
    try:
        owed = licensing.fee(application.kind, paid_on or on, FEES.get(application.act, application.act))
    except NotInForce as unknown:
        return [fee_unknown(paid_on or on, unknown.problem)]
    rule = owed.provisions[0]
    if paid_on is None or application.fee_amount is None:
        return [
            Problem(
                code="fee-unpaid",
                message=_(
                    "The fee of %(amount)s tenge is not shown as paid; it may be paid before the licence is received."
                ),
                params={"amount": owed.amount},
                field="fee_paid_on",
                provision=rule,
                severity="warning",
            )
        ]
    if application.fee_amount < owed.amount:
        return [
            Problem(
                code="fee-short",
                message=_("The fee is %(amount)s tenge; %(paid)s are shown as paid."),
                params={"amount": owed.amount, "paid": application.fee_amount},
                field="fee_amount",
                provision=rule,
            )
        ]
    if not application.fee_reference:
        return [
            Problem(
                code="fee-reference", message=_("Give the payment reference."), field="fee_reference", provision=rule
            )
        ]
    return []
