"""What the authority owes on an inspection, from the first draft with a start to the result act.

`keep_terms` reads the inspection and makes its terms so: called after every act, it owes what begins, meets what is
done, ends what no longer is, and moves what has another day.
"""

from datetime import date, datetime

from django.utils import timezone

from core.models import Event, Obligation, User
from core.models.base import INTERNAL
from core.services import end_duties, meet, notify, owe
from core.services.duties import fresh_subject
from inspections.models import Inspection
from law.inspections.acts import is_remote
from law.inspections.dues import extension_registration_due, notice_due, registration_due, result_due
from law.licensing import Due
from law.problems import _
from licensing.services.terms import officials

NOTICE, REGISTRATION = "inspection-notice", "inspection-registration"
EXTENSION, RESULT = "inspection-extension-registration", "inspection-result"
DUTIES = {
    NOTICE: _("Serve the notice of the inspection"),
    REGISTRATION: _("Register the act of appointment with legal statistics"),
    EXTENSION: _("Register the act of extension with legal statistics"),
    RESULT: _("Hand over the result act"),
}
OPEN = ("draft", "noticed", "appointed", "registered", "running")


def keep_terms(row: Inspection, *, at: datetime) -> None:
    """Make the terms of the authority on this inspection what its rows say."""
    done = met(row)
    if done:
        meet(row, *done, at=at)
    wanted = owed(row, timezone.localdate(at))
    held = {one.code: one for one in Obligation.objects.of(row).open().filter(code__in=DUTIES)}
    idle = [code for code, one in held.items() if code not in wanted or wanted[code].due_on != one.due_on]
    if idle:
        end_duties(row, at=at, codes=idle)
    begun = {code: due for code, due in wanted.items() if code not in held or code in idle}
    if begun:
        owe(row, begun, debtor=Obligation.AUTHORITY, at=at, audience=INTERNAL)


def met(row: Inspection) -> list[str]:
    """What is done."""
    found = {
        NOTICE: row.noticed_at,
        REGISTRATION: row.registered_on,
        EXTENSION: row.extension_registered_on,
        RESULT: row.result_handed_at,
    }
    return [code for code, value in found.items() if value is not None]


def owed(row: Inspection, today: date) -> dict[str, Due]:
    """What is to be done by which day. A notice whose day has passed is owed no longer: the start is to be moved."""
    found: dict[str, Due | None] = {}
    if row.start_on is None or row.state not in OPEN:
        return {}
    if row.noticed_at is None and row.state == "draft":
        notice = notice_due(row.kind, row.start_on, row.ground or None, row.case or None, today)
        found[NOTICE] = notice if notice is not None and notice.due_on >= today else None
    if row.act_number and row.registered_on is None:
        found[REGISTRATION] = registration_of(row, row.start_on, today)
    if row.extension_number and row.extension_registered_on is None and row.end_on is not None:
        found[EXTENSION] = extension_registration_due(row.end_on, row.start_on, today)
    if row.state == "running" and row.last_day is not None and row.result_handed_at is None:
        found[RESULT] = result_due(row.last_day, row.start_on, today)
    return {code: due for code, due in found.items() if due is not None}


def registration_of(row: Inspection, start_on: date, today: date) -> Due:
    """By when the act of appointment is registered."""
    distance = row.object.distance_km
    remote = row.case == "144(9)" or (distance is not None and is_remote(distance, start_on))
    urgent = row.urgent or row.case == "144(8)"
    return registration_due(start_on, urgent=urgent, remote=remote, base_on=today)


def team_of(row: Inspection) -> list[User]:
    """Who stands on the team now; before anybody is named who opened it, or the officers where a plan did."""
    team = [one.person for one in row.team.standing().select_related("person") if one.person.is_active]
    opener = row.opened_by
    return team or ([opener] if opener.is_active and not opener.is_system else officials(row.authority_id, "officer"))


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a term in a role: its team; above it the role's people."""
    row: Inspection = fresh_subject(obligation)
    page = f"/inspections/{row.reference}/"
    if role != "officer":
        return officials(obligation.authority_id, role or "head"), page
    return team_of(row), page


def tell_overdue(obligation: Obligation, event: Event) -> None:
    """The team and the heads hear that the day of a term has passed."""
    row: Inspection = fresh_subject(obligation)
    people = {*team_of(row), *officials(row.authority_id, "head")}
    due = str(obligation.due_on)
    facts = {"reference": row.reference, "duty": obligation.code, "due": due}
    path, key = f"/inspections/{row.reference}/", f"overdue:{obligation.pk}:{due}"
    notify(event, people, "term_overdue", facts, path=path, at=event.at, key=key)
