"""Notes of the perimeter: kept once with the law as known then, printed on demand in three languages."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import printing
from core.models import Organisation, User
from core.models.base import PARTY
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import PerimeterNote
from exchanges.models.notes import SERIES
from law.exchanges import ACTIVITIES, ASSETS, AUTHORITIES, VENUES, VERDICTS, WHO, frozen, perimeter
from law.problems import Problem, _
from law.provisions import CONFIDENCE_TITLES, NotInForce
from licensing.models import Matter
from licensing.services.letters import LANGUAGES, party, spoken
from licensing.services.numbers import next_in

NO_ACT = _("A note that the firm keeps for itself. It is no act of an authority and no advice of one.")


@transaction.atomic
def keep_note(
    organisation: Organisation,
    *,
    activity: str,
    asset: str,
    venue: str,
    who: str,
    on: date,
    actor: User,
    at: datetime,
    client: Organisation | None = None,
    client_name: str = "",
    remark: str = "",
    matter: Matter | None = None,
) -> PerimeterNote:
    """Ask the law of `on` and keep the answer as it is known now.

    Args:
        client: one for whom the actor may act today; or `client_name`, of somebody who has no account here.
        matter: one of the same organisation; its client is the note's where none is named.

    Raises:
        PermissionDenied: the actor is no member of the organisation. ValueError: an unknown code.
        TransitionRefused: the law does not reach the day, the client is named twice or is not one of the actor's.
    """
    if matter is not None and client is None and not client_name.strip():
        client, client_name = matter.client, matter.client_name
    note = PerimeterNote(
        organisation=locked(organisation),
        client=client,
        client_name=client_name.strip(),
        activity=activity,
        asset=asset,
        venue=venue,
        who=who,
        on=on,
        remark=remark.strip(),
        matter=matter,
        author=actor,
        created_at=at,
    )
    require(actor, "exchanges.keep_note", note)
    problems = client_problems(note, actor, timezone.localdate(at))
    try:
        note.answer = frozen(perimeter(activity, asset, venue, on, who))
    except NotInForce as none:
        problems.append(Problem(none.problem.code, none.problem.message, none.problem.params, "on"))
    if problems:
        raise TransitionRefused(problems)
    note.reference = next_in(f"{SERIES}-{timezone.localdate(at).year}")
    note.save()
    # What was asked and for whom is the firm's own business: the journal says that a note was kept, and no more.
    record(note, "perimeternote.keep", actor=actor, at=at, audience=PARTY)
    return note


def client_problems(note: PerimeterNote, actor: User, today: date) -> list[Problem]:
    found = []
    if note.client is not None and note.client_name:
        message = _("Name the client once: one of yours, or one by name.")
        found.append(Problem("client-twice", message, field="client_name"))
    if note.client is not None and not actor.acts_for(note.client.pk, today):
        message = _("You do not act for this client today.")
        found.append(Problem("client-not-yours", message, field="client"))
    if note.matter is not None and note.matter.organisation_id != note.organisation_id:
        message = _("Choose a matter of the organisation that keeps the note.")
        found.append(Problem("matter-foreign", message, field="matter"))
    return found


@transaction.atomic
def take_off_note(note: PerimeterNote, *, actor: User, at: datetime) -> PerimeterNote:
    """Take a note off for good: client, remark and matter are erased, and nobody reads it any more.

    Raises:
        PermissionDenied; TransitionRefused: it was taken off before.
    """
    row = locked(note)
    require(actor, "exchanges.keep_note", row)
    if row.taken_off_at is not None:
        raise TransitionRefused([Problem("note-gone", _("The note was taken off already."))])
    row.client, row.client_name, row.remark, row.matter, row.taken_off_at = None, "", "", None, at
    row.save(update_fields=["client", "client_name", "remark", "matter", "taken_off_at"])
    record(row, "perimeternote.take_off", actor=actor, at=at, audience=PARTY)
    return row


def note_facts(note: PerimeterNote) -> dict[str, Any]:
    """Everything that documents/letter.typ prints of a note, in three languages."""
    answer = note.answer
    remarks = [spoken(one["msgid"], one["params"]) for one in answer["notes"]]
    told: list[dict[str, str]] = [spoken(NO_ACT)]
    told += [dict.fromkeys(LANGUAGES, note.remark)] if note.remark else []
    return {
        "languages": list(LANGUAGES),
        "reference": note.reference,
        "on": timezone.localdate(note.created_at).isoformat(),
        "authority": {"names": note.organisation.names},
        "to": addressee(note),
        "heading": spoken(VERDICTS[answer["verdict"]]),
        "subject": spoken(_("whether a permit is needed")),
        "text": {code: "\n\n".join(one[code] for one in told) for code in LANGUAGES},
        "facts": question_facts(note) + answer_facts(answer),
        "conditions": [spoken(one["msgid"], one["params"]) for one in answer["conditions"]] + remarks,
        "grounds": [
            {
                "code": one.get("code", one.get("term", "")),
                "act": spoken(one["act"]),
                "article": spoken(one["article"]),
                "confidence": weakest(one),
            }
            for one in (*answer["grounds"], *answer["terms"])
        ],
        "signed_by": {"name": note.author.full_name, "position": note.organisation.names},
        "edition": {
            code: f"{act}: {spoken(answer['edition']['title'])[code]} ({answer['edition']['day']})"
            for code, act in spoken(answer["edition"]["act"]).items()
        },
    }


def addressee(note: PerimeterNote) -> dict[str, Any]:
    if note.client is not None:
        return party(note.client)
    return {"names": note.client_name} if note.client_name else {"names": note.organisation.names}


def question_facts(note: PerimeterNote) -> list[dict[str, Any]]:
    asked = (
        (_("Activity"), ACTIVITIES[note.activity]),
        (_("Class of digital asset"), ASSETS[note.asset]),
        (_("Venue"), VENUES[note.venue]),
        (_("Who"), WHO[note.who]),
    )
    rows: list[dict[str, Any]] = [{"label": spoken(label), "value": spoken(value)} for label, value in asked]
    return [*rows, {"label": spoken(_("Day asked for")), "value": note.on.isoformat()}]


def answer_facts(answer: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": spoken(_("Answer of the law")), "value": spoken(VERDICTS[answer["verdict"]])}
    ]
    for one in answer["permits"]:
        name, body = spoken(one["title"]), spoken(AUTHORITIES[one["authority"]])
        value = {code: f"{name[code]} ({body[code]})" for code in LANGUAGES}
        rows.append({"label": spoken(_("Permit, one of")), "value": value})
    if answer["articles"]:
        rows.append({"label": spoken(_("Articles")), "value": spoken(answer["articles"])})
    rows.append({"label": spoken(_("How it is known")), "value": spoken(CONFIDENCE_TITLES[answer["confidence"]])})
    rows.append({"label": spoken(_("The answer holds from")), "value": answer["since"]})
    if answer["until"]:
        rows.append({"label": spoken(_("Another answer from")), "value": answer["until"]})
    return rows


def weakest(ground: dict[str, Any]) -> str:
    """How sure a ground is, its days included, as letters mark it."""
    unsure = {ground["confidence"], ground["day_confidence"]} & {"assumed", "source"}
    return "assumed" if unsure else str(ground["confidence"])


def print_note(note: PerimeterNote) -> bytes:
    """The note as a PDF. The same note gives the same bytes, so that none is stored."""
    return printing.render("letter.typ", note_facts(note), at=note.created_at)
