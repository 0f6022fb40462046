"""The list of exchanges licensed in the AIFC: by the licences kept here, or entered and ended with a source."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from core.models import Authority, Organisation, User
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import ListedExchange
from law.problems import Problem, _
from licensing.models import Licence
from licensing.permits import ISSUE
from licensing.workflow import LIVE


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
    """Enter the last day of an exchange's licence that is not kept here, or correct it, and where this is known from.

    Sales after it no longer count as sold through an exchange of the AIFC; assessments made before keep what they had.

    Raises:
        PermissionDenied, also where its licence is kept here; TransitionRefused: the day lies before the licence began,
            or no source is named.
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


def follow_licence(licence: Licence, step: str) -> None:
    """What a step of a trading facility's licence does to the list; called by licensing within the act.

    On its issue the exchange enters the list under the number of the licence, and an entry of the same firm that an
    official made ends the day before. With the licence its entry ends, and begins again where the end was annulled."""
    if step == ISSUE:
        return list_licence(licence)
    last = None if licence.state in LIVE else licence.ended_on
    ListedExchange.objects.filter(licence=licence).update(valid_to=last)
    return None


def list_licence(licence: Licence) -> None:
    system, holder = User.objects.system(), licence.organisation
    before = ListedExchange.objects.filter(organisation=holder, licence=None, valid_from__lt=licence.valid_from)
    before.filter(valid_to=None).update(valid_to=licence.valid_from - timedelta(days=1), end_source=licence.number)
    row = ListedExchange.objects.create(
        code=licence.number.lower(),
        authority_id=licence.authority_id,
        organisation=holder,
        licence=licence,
        licence_number=licence.number,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        entered_by=system,
        entered_at=licence.created_at,
        name_kk=holder.name_kk,
        name_ru=holder.name_ru,
        name_en=holder.name_en,
    )
    record(row, "listedexchange.enter", actor=system, at=licence.created_at, audience="internal")
