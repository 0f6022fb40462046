"""The papers of an inspection up to its result: notice, act of appointment with its checklist, extension, team.

Their facts are frozen in the transaction of the act, each is printed after it and kept with the inspection
(licensing.services.letters). What the subject may not know yet is kept inside until the start.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from core.days import language, told_in_full
from core.models import Organisation, User
from core.models.base import INTERNAL, PARTY
from core.regions import REGIONS
from inspections.models import Inspection
from law.calendar import working_days_between
from law.grounds import Ground
from law.inspections.codes import KINDS, METHODS, SEVERITIES, Kind, Method, Severity
from law.inspections.durations import EXTENSION_REASONS, length
from law.inspections.grounds import CASES, DUTIES, RIGHTS, unscheduled_ground
from law.inspections.notices import notice_rule
from law.inspections.requirements import may_ask
from law.problems import _
from law.provisions import Provision, provision
from licensing.models import Letter
from licensing.services.letters import spoken, write_letter

NOTICE, APPOINTMENT = "inspection_notice", "inspection_appointment"
EXTENSION, EXTENSION_NOTICE, TEAM = "inspection_extension", "inspection_extension_notice", "inspection_team"


def names(thing: Any) -> dict[str, str]:
    """A name in three languages, from fields or a mapping."""
    found: dict[str, str] = thing.names
    return found


def whose(organisation: Organisation) -> dict[str, str]:
    """Name, BIN or IIN, and place."""
    number = spoken(_("IIN") if organisation.form in ("sole_trader", "person") else _("BIN"))
    told = {code: f"{number[code]} {organisation.identifier}" for code in number} if organisation.identifier else {}
    rest = organisation.address
    return {code: ", ".join(filter(None, (name, told.get(code), rest))) for code, name in names(organisation).items()}


def from_to(first: date | None, last: date | None) -> dict[str, str] | None:
    """A period in words."""
    days = {"first": first, "last": last}
    return spoken(_("from %(first)s to %(last)s"), days, told_in_full) if first and last else None


def numbered(number: str, day: date | None) -> dict[str, str] | None:
    """Number and day of an act, in words."""
    told = {"number": number, "day": day}
    return spoken(_("No. %(number)s of %(day)s"), told, told_in_full) if number and day else None


def act_of(row: Inspection) -> dict[str, str] | None:
    """The act of appointment, by its number and day."""
    return numbered(row.act_number, timezone.localdate(row.act_signed_at) if row.act_signed_at else None)


def number_of(row: Inspection) -> str:
    """Of the licence or of the data centre that is inspected."""
    thing = row.object
    return thing.licence.number if thing.licence else thing.centre.reference if thing.centre else ""


def what_is_inspected(row: Inspection) -> dict[str, str]:
    """The object: its number and its region."""
    thing, number = row.object, number_of(row)
    region = spoken(REGIONS[thing.region]) if thing.region in REGIONS else {}
    return {code: ", ".join(filter(None, (number, region.get(code, "")))) for code in ("kk", "ru", "en")}


def ground_words(row: Inspection) -> str:
    """What founds it, in the language of the reader; its number alone while no start picks the version."""
    return (ground_of(row) or {}).get(language(), "") or (f"144(5)({row.ground})" if row.ground else "")


def ground_of(row: Inspection) -> dict[str, str] | None:
    """What founds it, in words: the plan and its place, or the item of Art. 144(5)."""
    if row.entry is not None:
        params = {"plan": row.entry.plan.reference, "place": row.entry.place}
        return spoken(_("Plan %(plan)s, place %(place)s"), params)
    if row.kind == Kind.UNSCHEDULED and row.ground and row.start_on:
        item = unscheduled_ground(row.ground, row.start_on)
        params = {"item": item.item, "text": item.ground.text}
        return spoken(_("Art. 144(5)(%(item)s): %(text)s"), params)
    return None


def items_of(row: Inspection) -> list[dict[str, Any]]:
    """The annex: what the checklist asks on the day of the start."""
    if row.checklist is None or row.start_on is None:
        return []
    asked = [one for one in row.checklist.requirements.select_related("act") if may_ask(one.as_law(), row.start_on)]
    return [
        {
            "code": one.code,
            "text": {"kk": one.text_kk, "ru": one.text_ru, "en": one.text_en or one.text_ru},
            "severity": spoken(SEVERITIES[Severity(one.severity)]),
            "article": one.article,
            "method": one.method,
        }
        for one in asked
    ]


def listed(title: str, grounds: Sequence[Ground]) -> dict[str, Any]:
    return {"title": spoken(title), "items": [spoken(one.text) for one in grounds]}


def officials_of(row: Inspection) -> str:
    team = row.team.standing().select_related("person").order_by("-leads", "id")
    return "\n".join(f"{one.person.full_name}, {one.post}" for one in team)


def appeal_route(on: date) -> dict[str, str]:
    """Where and by when an act is appealed against: without it in the act the term is the longer one (APPC 92(1-1))."""
    words = _(
        "With the body that issued it, for the higher one, within %(months)s months of learning of it; or with a court."
    )
    return spoken(words, {"months": int(provision("AP-COMPL", on).number)})


def shared(row: Inspection) -> list[tuple[str, Any]]:
    """What every paper says of the inspection."""
    return [
        (_("Kind of inspection"), spoken(KINDS[Kind(row.kind)])),
        (_("Subject of control"), whose(row.organisation)),
        (_("Object of control"), what_is_inspected(row)),
        (_("Ground"), ground_of(row)),
        (_("Subject matter"), {"kk": row.subject_matter}),
    ]


def drawn(row: Inspection, kind: str, *, at: datetime, actor: User | None) -> dict[str, Any]:
    """The arguments of a letter of a kind, as it would go out now."""
    facts = DRAWN[kind](row, timezone.localdate(at))
    return {**facts, "signed_by": actor}


def _rule(code: str, row: Inspection, today: date) -> Provision:
    return provision(code, row.start_on or today)


def _notice(row: Inspection, today: date) -> dict[str, Any]:
    """Start and subject matter, and what the subject may and must do."""
    start = row.start_on or today
    rule = notice_rule(row.kind, start, row.ground or None, row.case or None)
    details = [*shared(row), (_("Start"), row.start_on), (_("How it is done"), spoken(METHODS[Method(row.method)]))]
    lists = [listed(_("The subject may (Art. 155)"), RIGHTS), listed(_("The subject must (Art. 155)"), DUTIES)]
    text = spoken(_("Notice is hereby given that the inspection described below will be held."))
    return {"details": details, "grounds": [rule.ground()], "more": {"text": text, "lists": lists}}


def _appointment(row: Inspection, today: date) -> dict[str, Any]:
    """Every field of Art. 145(2), the checklist as its annex, and the place to sign for its receipt."""
    days = length(row.start_on, row.end_on) if row.start_on and row.end_on else None
    lasts = from_to(row.start_on, row.end_on)
    checklist = row.checklist
    details = [
        (_("Officials"), {"kk": officials_of(row)}),
        (_("Specialists and experts"), {"kk": row.experts} if row.experts.strip() else None),
        *shared(row),
        (_("What founds it"), {"kk": row.ground_text} if row.ground_text and row.told_at else None),
        (_("Case of Art. 144"), spoken(CASES[row.case]) if row.case else None),
        (_("Checked period"), from_to(row.period_from, row.period_to)),
        (_("Time of the inspection"), lasts),
        (_("Length in working days"), {"kk": str(days)} if days else None),
        (_("Checklist"), {"kk": f"{checklist.name}, № {checklist.number}"} if checklist else None),
        (_("How to appeal"), appeal_route(today)),
    ]
    more: dict[str, Any] = {
        "number": row.act_number,
        "lists": [listed(_("The subject may (Art. 155)"), RIGHTS), listed(_("The subject must (Art. 155)"), DUTIES)],
        "annex": {"title": spoken(_("Annex: items of the checklist")), "rows": items_of(row)},
        "receipt": True,
    }
    grounds = [_rule("EK-ACT", row, today).ground(), provision("AP-COMPL", today).ground()]
    return {"details": details, "grounds": grounds, "more": more}


def _extension_facts(row: Inspection) -> list[tuple[str, Any]]:
    reason = EXTENSION_REASONS.get(row.extension_reason)
    more = working_days_between(row.end_on, row.extended_to) if row.end_on and row.extended_to else 0
    return [
        (_("Act of appointment"), act_of(row)),
        *shared(row),
        (_("Last day by the act of appointment"), row.end_on),
        (_("Extended to"), row.extended_to),
        (_("Extended by, working days"), {"kk": str(more)} if more else None),
        (_("Reason of the extension"), spoken(reason) if reason else None),
    ]


def _extension(row: Inspection, today: date) -> dict[str, Any]:
    more = {"number": row.extension_number, "receipt": True}
    details = [*_extension_facts(row), (_("How to appeal"), appeal_route(today))]
    grounds = [_rule("EK-EXT-ACT", row, today).ground(), provision("AP-COMPL", today).ground()]
    return {"details": details, "grounds": grounds, "more": more}


def _told(row: Inspection, today: date) -> dict[str, Any]:
    text = spoken(_("Notice is hereby given that the inspection described below is extended."))
    return {
        "details": _extension_facts(row),
        "grounds": [_rule("EK-EXT-NOTICE", row, today).ground()],
        "more": {"text": text},
    }


def _team(row: Inspection, today: date) -> dict[str, Any]:
    """Who goes from now on, and why."""
    changed = row.team.exclude(reason="").order_by("-id").first()
    details = [
        (_("Act of appointment"), act_of(row)),
        *shared(row),
        (_("Officials from now on"), {"kk": officials_of(row)}),
        (_("Why the team is changed"), {"kk": changed.reason} if changed else None),
    ]
    return {"details": details, "grounds": [_rule("EK-TEAM-NOTICE", row, today).ground()]}


DRAWN = {NOTICE: _notice, APPOINTMENT: _appointment, EXTENSION: _extension, EXTENSION_NOTICE: _told, TEAM: _team}


def write(row: Inspection, kind: str, *, actor: User, at: datetime) -> Letter:
    """Freeze a paper and have it printed; inside until the subject knows of the inspection."""
    audience = PARTY if row.told_at else INTERNAL
    return write_letter(row, kind, at=at, audience=audience, **drawn(row, kind, at=at, actor=actor))


def printed(row: Inspection, kind: str) -> Letter | None:
    """The last paper of a kind that is printed."""
    letters = Letter.objects.of(row).filter(kind=kind, document__isnull=False).select_related("document")
    return letters.order_by("-id").first()
