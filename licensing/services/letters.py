"""Letters and licences: their facts are frozen in the transaction of the act, the PDF is made after it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol, cast

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import printing
from core.days import told
from core.models import Authority, Event, Organisation, Sight, User
from core.models.base import INTERNAL, PARTY
from core.services import Upload, keep_own_signature, notify, record, sign_paper, signing_fault, store_document
from core.services.duties import fresh_subject
from core.services.publishing import publish
from core.signing.facts import NoKey
from law.licensing import Due
from law.problems import Cited, _, plain, render
from licensing.models import Application, Letter, Licence
from licensing.models.decisions import LETTERS
from licensing.permits import ISSUE, SAME_WORDS, PermitKind
from licensing.services.terms import parties

log = structlog.get_logger(__name__)
LANGUAGES = ("kk", "ru", "en")
BATCH = 50


def spoken(msgid: str, params: Mapping[str, Any] | None = None, tell: Callable[[str], str] = told) -> dict[str, str]:
    """A text in the three languages, days in it as `tell` writes them."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = render(msgid, params or {}, tell)
    return said


def cited(ground: Cited) -> dict[str, Any]:
    """A ground as letters print it: its words in three languages, its article, how sure it is."""
    facts = ground.ground()
    unsure = {facts["confidence"], facts["day_confidence"]} & {"assumed", "source"}
    return {
        "code": facts["code"],
        "text": spoken(str(facts["value"])),
        "act": spoken(str(facts["act"])),
        "article": spoken(str(facts["article"])),
        "confidence": "assumed" if unsure else facts["confidence"],
    }


class Case(Protocol):
    """What a letter hangs on: an application, a breach, a measure."""

    pk: int

    @property
    def reference(self) -> str: ...

    @property
    def authority(self) -> Authority: ...

    @property
    def organisation(self) -> Organisation | None: ...

    def sight(self) -> Sight: ...


#: Letters that are printed by the common template, and their headings; any other kind has a template of its name.
HEADINGS = {
    "breach": _("Notice of a breach"),
    "draft_measure": _("Draft of a decision"),
    "measure": _("Decision"),
    "claim": _("Notice of a claim to the court"),
    "lapse": _("The suspension is over"),
    "measure_ended": _("The measure has ended with the licence"),
    "abolition": _("The kind of permit is abolished"),
    "discontinued": _("The application ends: the kind of permit is abolished"),
}


def register_letters(kinds: Mapping[str, tuple[str, str]]) -> None:
    """Letters of an app above: by kind what lists call it, and the heading where the common template prints it.

    From its AppConfig.ready()."""
    known = dict(LETTERS)
    LETTERS.extend((kind, gettext_lazy(label)) for kind, (label, _heading) in kinds.items() if kind not in known)
    HEADINGS.update({kind: heading for kind, (_label, heading) in kinds.items() if heading})


def template_of(kind: str) -> str:
    """Its own template, or the common one for a kind of letter that has none; an unknown kind has no template."""
    own = f"{kind}.typ"
    return own if own in printing.templates() or kind not in dict(LETTERS) else "letter.typ"


def permit_of(case: Any) -> PermitKind | None:
    """The kind of permit that a case is about: its own, or that of its licence."""
    licence = getattr(case, "licence", None) if not isinstance(case, Application) else None
    return getattr(case, "permit", None) or (licence.permit if licence is not None else None)


def title_of(case: Case, permit: PermitKind | None, kind: str) -> str | None:
    """What the paper is called where it is no licence; a letter about a request keeps the common words."""
    if permit is None or permit.document == "licence":
        return None
    is_request = isinstance(case, Application) and case.act != ISSUE
    return None if is_request and kind != "licence" else permit.document


def letter_facts(
    application: Case,
    *,
    at: datetime,
    reasons: Sequence[Cited] = (),
    text: str = "",
    terms: Mapping[str, Due] | None = None,
    licence: Licence | None = None,
    signed_by: User | None = None,
    clock: str = "runs",
    more: Mapping[str, Any] | None = None,
    preview: bool = False,
    kind: str = "",
    details: Sequence[tuple[str, Any]] = (),
    grounds: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything that documents/*.typ print, as plain data. `details`: (msgid, value) lines of a table."""
    holder, permit = cast("Organisation", application.organisation), permit_of(application)
    names = spoken(permit.name) if permit else dict.fromkeys(LANGUAGES, "")
    facts: dict[str, Any] = {
        "reference": application.reference,
        "on": timezone.localdate(at).isoformat(),
        "authority": {"names": application.authority.names},
        "to": party(holder),
        "holder": party(licence.organisation if licence else holder),
        "kind_names": names if permit else None,
        "title": title_of(application, permit, kind),
        "subject": subject(application, names),
        "heading": spoken(HEADINGS[kind]) if kind in HEADINGS else None,
        "facts": [
            {"label": spoken(label), "value": said(value)} for label, value in details if value not in (None, "")
        ],
        "reasons": [cited(one) for one in reasons],
        "text": text,
        "terms": [term_facts(rule, one) for rule, one in (terms or {}).items()],
        "signed_by": {"name": signed_by.full_name, "position": position(signed_by)} if signed_by else None,
        "clock": clock,
        "preview": preview,
        "grounds": [spoken_ground(one) for one in grounds],
    }
    if licence is not None:
        facts |= licence_facts(licence) | edition_facts(application, licence, at=at)
    facts |= more or {}
    return {key: value for key, value in facts.items() if value not in (None, "", [])}


def position(person: User) -> dict[str, str]:
    """Of whoever signs: the words of his role in each language, whatever that of the page is."""
    with translation.override("en"):
        role = str(person.get_role_display())
    return spoken(role)


def said(value: Any) -> Any:
    """A value of a table: words in three languages, those given in several as they are, a day as it is."""
    if isinstance(value, Mapping):
        return dict(value)
    return spoken(str(value)) if isinstance(value, str) and not value[:4].isdigit() else plain(value)


def subject(case: Case, names: Mapping[str, str]) -> dict[str, str] | None:
    """What a letter is about: what is asked for, the licence where there is one, the number of the case. None where
    that number is all there is: the head of the letter has it."""
    concerned = ""
    if isinstance(case, Application) and case.form.request is not None:
        names = spoken(case.form.name)
        concerned = case.concerning.number if case.concerning else ""
    if not any(names.values()):
        return None
    return {language: ", ".join(filter(None, (name, concerned, case.reference))) for language, name in names.items()}


def edition_facts(case: Case, licence: Licence, *, at: datetime) -> dict[str, Any]:
    """The days of the re-issues so far, and whether this print is a duplicate (Law 202-V 43(4))."""
    if not isinstance(case, Application) or case.act == ISSUE:
        return {}
    days = {row.made_on for row in licence.editions.all() if row.act not in SAME_WORDS}
    if case.act not in SAME_WORDS:
        days.add(timezone.localdate(at))
    return {"duplicate": case.act == "duplicate", "reissued_on": [day.isoformat() for day in sorted(days)]}


def party(holder: Organisation) -> dict[str, Any]:
    return {"names": holder.names, "identifier": holder.identifier, "form": holder.form, "address": holder.address}


def term_facts(rule: str, one: Due) -> dict[str, Any]:
    from core.services import duty_label

    return {
        "label": spoken(duty_label(rule)),
        "due_on": one.due_on.isoformat(),
        "arithmetic": [spoken(line.msgid, line.params) for line in one.arithmetic],
    }


def spoken_ground(ground: Mapping[str, Any]) -> dict[str, Any]:
    """A provision as an act keeps it, its act and article in three languages."""
    return {**ground, **{name: spoken(str(ground[name])) for name in ("act", "article")}}


def licence_facts(licence: Licence) -> dict[str, Any]:
    return {
        "number": licence.number,
        "granted_on": licence.granted_on.isoformat(),
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat() if licence.valid_to else None,
        "particulars": [
            {"label": spoken(row["label"]), "value": spoken(str(row["value"]))} for row in licence.particulars
        ],
        "conditions": [one["text"] for one in licence.conditions],
        "grounds": [spoken_ground(one) for one in licence.grounds],
        "decided_by": None,
        "verify_code": licence.code,
        "verify_url": f"{settings.SITE_URL}/verify/{licence.code}/",  # printed on paper: an address for good
    }


def letter_row(application: Case, kind: str, *, at: datetime, audience: str = PARTY, **facts: Any) -> Letter:
    """A letter with its facts frozen, not stored yet. audience: INTERNAL until `open_letters` shows it to the party."""
    data = letter_facts(application, at=at, kind=kind, **facts)
    if kind == "licence" and data.get("signed_by"):
        data["decided_by"] = data.pop("signed_by")
    sight = application.sight()
    return Letter(
        application=application if isinstance(application, Application) else None,
        subject_type=cast("Any", application)._meta.label_lower,
        subject_id=application.pk,
        authority_id=sight.authority_id,
        organisation_id=sight.organisation_id,
        audience=audience,
        reference=sight.reference,
        title=sight.title,
        kind=kind,
        data=data,
        made_at=at,
    )


def write_letter(application: Case, kind: str, *, at: datetime, **facts: Any) -> Letter:
    """Freeze a letter's facts in the transaction of the act, and have it printed after the commit. See `letter_row`."""
    letter = letter_row(application, kind, at=at, **facts)
    letter.save()
    transaction.on_commit(lambda: publish("licensing.print", [letter.pk]), robust=True)
    return letter


def preview_letter(application: Case, kind: str, *, at: datetime, language: str | None = None, **facts: Any) -> bytes:
    """The very letter that would go out, with number and date marked as to come."""
    data = letter_facts(application, at=at, preview=True, kind=kind, **facts)
    return printing.render(template_of(kind), data, at=at, language=language)


@transaction.atomic
def print_letter(letter_id: int, *, at: datetime) -> Letter | None:
    """Make a letter's PDF, sign it, keep it with the case, and tell the applicant. Once, however often it is asked for.

    Nothing goes out unsigned: where the authority cannot sign, the letter waits and says why (`held`).
    """
    letter = Letter.objects.unprinted().filter(pk=letter_id).select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    case, system = fresh_subject(letter), User.objects.system()
    number = str(letter.data.get("number") or letter.reference)
    content = printing.render(template_of(letter.kind), letter.data, at=letter.made_at)
    try:
        content, found = sign_paper(content, case.authority, about=number, at=at)
    except NoKey as fault:
        hold_letter(letter, fault, at=at)
        return None
    name = f"{number}-{letter.kind}.pdf".replace("/", "-")
    letter.document = store_document(
        case,
        Upload(name, BytesIO(content)),
        kind=letter.kind,
        actor=system,
        at=at,
        audience=letter.audience,
        verb="letter.print",
    )
    keep_own_signature(letter.document, found, at=at)
    letter.held, letter.held_at = "", None
    letter.save(update_fields=["document", "held", "held_at"])
    if letter.audience == PARTY:
        event = record(case, "letter.send", actor=system, at=at, data={"letter": letter.pk, "kind": letter.kind})
        tell_parties(event, letter, at=at)
    return letter


def open_letters(case: Any, *, at: datetime) -> None:
    """The party may read from now on what was written of its case for the authority alone, and is told of it."""
    letters = (
        Letter.objects.of(case).filter(audience=INTERNAL).select_related("document").select_for_update(of=("self",))
    )
    for letter in letters:
        letter.audience = PARTY
        letter.save(update_fields=["audience"])
        if letter.document is None:
            continue  # whoever prints it tells of it
        letter.document.audience = PARTY
        letter.document.save(update_fields=["audience"])
        facts = {"letter": letter.pk, "kind": letter.kind}
        event = record(case, "letter.send", actor=User.objects.system(), at=at, data=facts)
        tell_parties(event, letter, at=at)


def hold_letter(letter: Letter, fault: NoKey, *, at: datetime) -> None:
    """Let a letter wait for its signature. A new reason is an event of the case, the same one again is not."""
    if letter.held != fault.code:
        record(
            fresh_subject(letter),
            "letter.hold",
            actor=User.objects.system(),
            at=at,
            audience="internal",
            data={"letter": letter.pk, "kind": letter.kind, "why": fault.code},
        )
    letter.held, letter.held_at = fault.code, at
    letter.save(update_fields=["held", "held_at"])
    log.error("letter not signed", letter=letter.pk, why=fault.code, detail=fault.detail)


def tell_parties(event: Event, letter: Letter, *, at: datetime) -> None:
    """The letter is announced to everybody who acts for the applicant today."""
    people = parties(letter.organisation_id, timezone.localdate(at))
    notify(
        event,
        people,
        "letter_sent",
        {"reference": letter.reference, "letter": letter.kind},
        path=f"/inbox/letters/{letter.pk}/",
        at=at,
        key=f"letter:{letter.pk}",
    )


def print_left_over(*, at: datetime) -> int:
    """Print what no worker heard of, one batch. Returns how many. A letter that cannot be printed holds up no other.

    Letters of an authority that cannot sign come last, and once held they are left alone until it can.
    """
    deciding = Authority.objects.filter(decides=True)
    unable = [one.pk for one in deciding if signing_fault(one, at=at)]
    waiting = Letter.objects.unprinted().order_by(F("held_at").asc(nulls_first=True), "id").values_list("pk", flat=True)
    able = waiting.exclude(application__authority__in=unable)
    to_hold = waiting.filter(application__authority__in=unable, held="")
    printed = 0
    for pk in [*able[:BATCH], *(to_hold[:BATCH] if unable else ())]:
        try:
            printed += print_letter(pk, at=at) is not None
        except Exception as error:  # whatever is wrong with this one
            log.error("letter not printed", letter=pk, error=type(error).__name__, exc_info=True)
    return printed
