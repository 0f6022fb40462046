"""Registered investors: adverse acts on their permits need the prosecutor's prior approval (EK 153(1-2))."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Organisation, User
from core.services.acts import locked, record, require
from core.workflow import TransitionRefused
from law.problems import Problem, _


@transaction.atomic
def enter_investor(organisation: Organisation, *, reference: str, on: date, actor: User, at: datetime) -> Organisation:
    """Note that an organisation stands in the register of investors, by which entry and since when.

    Raises:
        PermissionDenied; TransitionRefused: it is noted already, the entry is not named, or the day is in the future.
    """
    row = locked(organisation)
    require(actor, "core.mark_investor", row)
    problems = []
    if row.is_registered_investor:
        problems.append(Problem("investor-noted", _("It is noted as a registered investor already.")))
    if not reference.strip():
        message = _("Name the entry or the document that shows it.")
        problems.append(Problem("investor-reference", message, field="reference"))
    if on > timezone.localdate(at):
        problems.append(Problem("investor-day", _("The day lies in the future."), field="on"))
    if problems:
        raise TransitionRefused(problems)
    row.is_registered_investor, row.investor_reference, row.investor_since = True, reference.strip(), on
    row.save(update_fields=["is_registered_investor", "investor_reference", "investor_since"])
    data = {"reference": row.investor_reference, "since": on.isoformat()}
    record(row, "organisation.enter_investor", actor=actor, at=at, data=data)
    return row


@transaction.atomic
def strike_investor(organisation: Organisation, *, reference: str, on: date, actor: User, at: datetime) -> Organisation:
    """Note that an organisation stands in the register of investors no more, by which document and since when.

    Raises:
        PermissionDenied; TransitionRefused: it is not noted, the document is not named, or the day is out of order.
    """
    row = locked(organisation)
    require(actor, "core.mark_investor", row)
    problems = []
    if not row.is_registered_investor:
        problems.append(Problem("investor-unknown", _("It is not noted as a registered investor.")))
    if not reference.strip():
        message = _("Name the entry or the document that shows it.")
        problems.append(Problem("investor-reference", message, field="reference"))
    if on > timezone.localdate(at) or (row.investor_since is not None and on < row.investor_since):
        problems.append(Problem("investor-end-day", _("The day lies in the future or before the entry."), field="on"))
    if problems:
        raise TransitionRefused(problems)
    data = {"entry": row.investor_reference, "reference": reference.strip(), "until": on.isoformat()}
    row.is_registered_investor, row.investor_reference, row.investor_since = False, "", None
    row.save(update_fields=["is_registered_investor", "investor_reference", "investor_since"])
    record(row, "organisation.strike_investor", actor=actor, at=at, data=data)
    return row
