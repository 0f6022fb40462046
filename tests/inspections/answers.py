"""An inspection that found breaches, and what its subject files to it."""

from datetime import date, datetime, timedelta
from typing import Any

from core.models import Event, User
from inspections import services
from inspections.models import Annulment, Filing, Inspection
from tests import factories as make
from tests.inspections import world

#: Friday 31 July 2026: the last day, on which result act and order are handed over.
HANDED = datetime(2026, 7, 31, 15, 0, tzinfo=world.ALMATY)
CURE_BY = date(2026, 8, 20)
#: Requests to prolong run to Wednesday 5 August.
ASKED = datetime(2026, 8, 3, 11, 0, tzinfo=world.ALMATY)
LATER = date(2026, 9, 10)


def make_curing(*, at: datetime = HANDED, **fields: Any) -> Inspection:
    """Two of its three items are not met; the subject owes the cure."""
    row = world.make_answered(unmet=("R1", "R2"), **fields)
    return world.hand_over(row, at=at, cure_by=CURE_BY)


def subject_of(row: Inspection) -> User:
    """Somebody who acts for the subject."""
    return make.make_applicant(row.organisation)


def make_filing(kind: str, row: Inspection | None = None, *, at: datetime = ASKED, **fields: Any) -> Filing:
    row = row or (world.make_registered() if kind == "refusal" else make_curing())
    actor = fields.pop("actor", None) or subject_of(row)
    act: dict[str, Any] = {
        "objection": lambda: services.file_objection(row, actor=actor, at=at, **{"text": "Not so.", **fields}),
        "cure": lambda: services.report_cure(row, actor=actor, at=at, **{"items": {"R1": "Mended."}, **fields}),
        "prolong": lambda: services.ask_to_prolong(
            row, actor=actor, at=at, **{"until": LATER, "text": "The parts come late.", **fields}
        ),
        "refusal": lambda: services.refuse_access(
            row, actor=actor, at=at, **{"ground": "EK-155-1.unregistered", **fields}
        ),
    }
    filing: Filing = act[kind]()
    return filing


def make_annulment(row: Inspection | None = None, *, at: datetime = ASKED, **fields: Any) -> Annulment:
    row = row or make_curing()
    actor = fields.pop("actor", None) or subject_of(row)
    given = {"breaches": ["EK-156-2.3", "EK-156-2.9"], "text": "We were told too late.", **fields}
    return services.file_annulment(row, actor=actor, at=at, **given)


def make_lapsed(row: Inspection | None = None, *, at: datetime = ASKED) -> Annulment:
    """Nobody decided in time."""
    from inspections.services.annulments import lapse

    filed = make_annulment(row, at=at)
    system, after = make.make_system_user(), at + timedelta(days=30)
    event = Event(actor=system, at=after)
    assert filed.due_on is not None
    return lapse(filed, filed.due_on, event)
