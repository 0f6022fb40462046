"""What ends with a licence: its duties, measures that are under way, and the paper that goes back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.services import advance, end_duties, meet, owe, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.life import paper_return
from law.problems import Problem, _
from licensing.models import Licence, Measure
from licensing.services.hearings import close_hearings
from licensing.services.letters import write_letter
from licensing.services.terms import ABOLITION, RETURN


def close_licence(licence: Licence, *, actor: User, at: datetime) -> None:
    """An ended licence owes nothing more and measures against it end; one on paper goes back, where the law asks it."""
    meet(licence, ABOLITION, at=at)
    end_duties(licence, at=at)
    if licence.on_paper and licence.ended_on is not None:
        back = paper_return(licence.kind, str(licence.ground.get("code", "")), licence.ended_on)
        owe(licence, {RETURN: back} if back else {}, debtor=Obligation.ORGANISATION, at=at)
    rows = licence.measures.filter(closed_at__isnull=True).exclude(reference=licence.cause).order_by("pk")
    for measure in rows:
        let_fall(measure, licence, actor=actor, at=at)


def let_fall(measure: Measure, licence: Licence, *, actor: User, at: datetime) -> Measure:
    """A measure ends because its licence has; a holder who knows of it gets a letter."""
    fresh = locked(measure)
    fresh.licence = licence
    known = fresh.told_on is not None or fresh.filed_on is not None
    audience = "party" if known else "internal"
    fallen = advance(fresh, "fall_away", actor=actor, at=at, grounds=[licence.ground], audience=audience, closed_at=at)
    close_hearings(fallen, at=at)
    end_duties(fallen, at=at)
    if known:
        details = [(_("Licence"), licence.number), (_("Ended on"), licence.ended_on)]
        write_letter(fallen, "measure_ended", at=at, details=details, signed_by=None if actor.is_system else actor)
    return fallen


@transaction.atomic
def take_paper_back(licence: Licence, *, returned_on: date, actor: User, at: datetime) -> Licence:
    """Note the day on which an ended licence on paper came back: the holder's duty is met.

    Raises:
        PermissionDenied; TransitionRefused: no paper is owed, or the day lies before the end or in the future.
    """
    held = locked(licence)
    require(actor, "licensing.take_paper_back", held)
    problems = []
    if not Obligation.objects.of(held).open().filter(code=RETURN).exists():
        problems.append(Problem("no-paper-owed", _("No paper is to be returned for this licence.")))
    elif held.ended_on is None or not held.ended_on <= returned_on <= timezone.localdate(at):
        message = _("The day lies before the end of the licence or in the future.")
        problems.append(Problem("return-day", message, field="returned_on"))
    if problems:
        raise TransitionRefused(problems)
    meet(held, RETURN, at=at)
    data = {"on": returned_on.isoformat()}
    record(held, "licence.paper_back", actor=actor, at=at, data=data)
    return held
