"""The people behind a firm follow its filings: who is named anew is entered, who is named no more is ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL
from core.services import record
from core.services.acts import locked
from core.services.publishing import publish
from licensing.models import Application, FirmPerson

SCREEN = "licensing.screen_people"


def await_screening(authority_id: int) -> int:
    """A list has changed: everybody who stands behind a firm before the authority is looked at again, once the act is
    through. One statement, however many they are."""
    waiting = FirmPerson.objects.standing().filter(authority=authority_id, screened_at__isnull=False)
    count = waiting.update(screened_at=None)
    ask_screening()
    return count


def ask_screening() -> None:
    """Have a worker look, after the commit; where none hears, the sweep does."""
    transaction.on_commit(lambda: publish(SCREEN, []), robust=True)


def enter_people(filed: Application, *, actor: User, at: datetime) -> int:
    """Enter whom a filing names, where its kind names people; who is named as before stays one row. Returns how many
    are new, who then wait for screening.

    The firm's row is locked: of two filings at once the second finds what the first entered.
    """
    permit = filed.permit
    if permit.people is None or not filed.form.has_particulars:
        return 0
    locked(filed.organisation)
    on = timezone.localdate(at)
    stated = {row.said: row for row in (FirmPerson.stated(filed, one, on) for one in permit.people(filed.particulars))}
    standing = {row.said: row for row in FirmPerson.objects.of(filed).standing().select_related("organisation")}
    gone = [row.pk for said, row in standing.items() if said not in stated]
    fresh = [row for said, row in stated.items() if said not in standing]
    FirmPerson.objects.filter(pk__in=gone).update(until=Greatest(F("since"), on))
    FirmPerson.objects.bulk_create(fresh)
    if fresh or gone:
        facts = {"entered": len(fresh), "ended": len(gone)}
        record(filed, "application.name_people", actor=actor, at=at, data=facts, audience=INTERNAL)
        ask_screening()
    return len(fresh)
