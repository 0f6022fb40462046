"""The list of exchanges licensed in the AIFC: entered with its source, ended with a source."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from core.models import Authority, Organisation, User
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import ListedExchange
from law.problems import Problem, _


@transaction.atomic
def enter_exchange(
    authority: Authority,
    *,
    code: str,
    names: Mapping[str, str],
    licence_number: str,
    valid_from: date,
    source: str,
    actor: User,
    at: datetime,
    organisation: Organisation | None = None,
) -> ListedExchange:
    """Enter an exchange with the first day of its licence in the AIFC and where this is known from.

    Raises:
        PermissionDenied; TransitionRefused: the code is taken, or something is not stated.
    """
    row = ListedExchange(
        code=code.strip().lower(),
        authority=authority,
        organisation=organisation,
        licence_number=licence_number.strip(),
        valid_from=valid_from,
        source=source.strip(),
        entered_by=actor,
        entered_at=at,
        **{f"name_{language}": name.strip() for language, name in names.items()},
    )
    require(actor, "exchanges.list_exchange", row)
    problems = [
        Problem("particular-missing", _("Not stated: %(field)s."), {"field": label}, field=field)
        for field, label, value in (
            ("code", _("code"), row.code),
            ("name_en", _("name"), row.name),
            ("licence_number", _("number of its licence in the AIFC"), row.licence_number),
            ("source", _("where this is known from"), row.source),
        )
        if not value
    ]
    if ListedExchange.objects.filter(code=row.code).exists():
        problems.append(Problem("exchange-code", _("Another exchange has this code."), field="code"))
    if problems:
        raise TransitionRefused(problems)
    row.save()
    record(row, "listedexchange.enter", actor=actor, at=at, audience="internal")
    return row


@transaction.atomic
def end_exchange(
    exchange: ListedExchange, *, valid_to: date, end_source: str, actor: User, at: datetime
) -> ListedExchange:
    """Enter the last day of an exchange's licence, or correct it, and where this is known from.

    Sales after it no longer count as sold through an exchange of the AIFC; assessments made before keep what they had.

    Raises:
        PermissionDenied; TransitionRefused: the day lies before the licence began, or no source is named.
    """
    row = locked(exchange)
    require(actor, "exchanges.list_exchange", row)
    problems = []
    if valid_to < row.valid_from:
        message = _("The licence began on %(day)s.")
        problems.append(Problem("exchange-day", message, {"day": row.valid_from}, field="valid_to"))
    if not end_source.strip():
        message, params = _("Not stated: %(field)s."), {"field": _("where the end is known from")}
        problems.append(Problem("particular-missing", message, params, field="end_source"))
    if problems:
        raise TransitionRefused(problems)
    row.valid_to, row.end_source = valid_to, end_source.strip()
    row.save(update_fields=["valid_to", "end_source"])
    record(row, "listedexchange.end", actor=actor, at=at, audience="internal", data={"on": valid_to.isoformat()})
    return row
