"""Letters and licences: their facts are frozen in the transaction of the act, the PDF is made after it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from core import printing
from core.days import told
from core.models import Authority, Event, Organisation, User
from core.services import Upload, keep_own_signature, notify, record, sign_paper, signing_fault, store_document
from core.services.publishing import publish
from core.signing.facts import NoKey
from law.licensing import Due
from law.problems import Cited, render
from licensing.models import Application, Letter, Licence
from licensing.services.terms import parties

log = structlog.get_logger(__name__)
LANGUAGES = ("kk", "ru", "en")
BATCH = 50


def spoken(msgid: str, params: Mapping[str, Any] | None = None) -> dict[str, str]:
    """A text in the three languages."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = render(msgid, params or {}, told)
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


def letter_facts(
    application: Application,
    *,
    at: datetime,
    reasons: Sequence[Cited] = (),
    text: str = "",
    terms: Mapping[str, Due] | None = None,
    licence: Licence | None = None,
    signed_by: User | None = None,
    clock: str = "runs",
    preview: bool = False,
) -> dict[str, Any]:
    """Everything that documents/*.typ print, as plain data."""
    holder, permit = application.organisation, application.permit
    facts: dict[str, Any] = {
        "reference": application.reference,
        "on": timezone.localdate(at).isoformat(),
        "authority": {"names": application.authority.names},
        "to": party(holder),
        "holder": party(holder),
        "kind_names": spoken(permit.name),
        "subject": {language: f"{name}, {application.reference}" for language, name in spoken(permit.name).items()},
        "reasons": [cited(one) for one in reasons],
        "text": text,
        "terms": [term_facts(rule, one) for rule, one in (terms or {}).items()],
        "signed_by": {"name": signed_by.full_name, "position": spoken(str(signed_by.get_role_display()))}
        if signed_by
        else None,
        "clock": clock,
        "preview": preview,
    }
    if licence is not None:
        facts |= licence_facts(licence)
    return {key: value for key, value in facts.items() if value not in (None, "", [])}


def party(holder: Organisation) -> dict[str, Any]:
    return {"names": holder.names, "identifier": holder.identifier, "form": holder.form, "address": holder.address}


def term_facts(rule: str, one: Due) -> dict[str, Any]:
    from core.services import duty_label

    return {
        "label": spoken(duty_label(rule)),
        "due_on": one.due_on.isoformat(),
        "arithmetic": [spoken(line.msgid, line.params) for line in one.arithmetic],
    }


def licence_facts(licence: Licence) -> dict[str, Any]:
    return {
        "number": licence.number,
        "granted_on": licence.granted_on.isoformat(),
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat() if licence.valid_to else None,
        "particulars": [
            {"label": spoken(row["label"]), "value": spoken(str(row["value"]))} for row in licence.particulars
        ],
        "conditions": [spoken(str(text)) for text in licence.conditions],
        "grounds": [
            ground | {name: spoken(str(ground[name])) for name in ("act", "article")} for ground in licence.grounds
        ],
        "decided_by": None,
        "verify_code": licence.code,
        "verify_url": f"{settings.SITE_URL}/verify/{licence.code}/",  # printed on paper: an address for good
    }


def write_letter(application: Application, kind: str, *, at: datetime, **facts: Any) -> Letter:
    """Freeze a letter's facts in the transaction of the act, and have it printed after the commit."""
    data = letter_facts(application, at=at, **facts)
    if kind == "licence" and data.get("signed_by"):
        data["decided_by"] = data.pop("signed_by")
    letter = Letter.objects.create(application=application, kind=kind, data=data, made_at=at)
    transaction.on_commit(lambda: publish("licensing.print", [letter.pk]), robust=True)
    return letter


def preview_letter(
    application: Application, kind: str, *, at: datetime, language: str | None = None, **facts: Any
) -> bytes:
    """The very letter that would go out, with number and date marked as to come."""
    data = letter_facts(application, at=at, preview=True, **facts)
    return printing.render(f"{kind}.typ", data, at=at, language=language)


@transaction.atomic
def print_letter(letter_id: int, *, at: datetime) -> Letter | None:
    """Make a letter's PDF, sign it, keep it with the case, and tell the applicant. Once, however often it is asked for.

    Nothing goes out unsigned: where the authority cannot sign, the letter waits and says why (`held`).
    """
    letter = Letter.objects.unprinted().filter(pk=letter_id).select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    application, system = letter.application, User.objects.system()
    number = str(letter.data.get("number") or application.reference)
    content = printing.render(f"{letter.kind}.typ", letter.data, at=letter.made_at)
    try:
        content, found = sign_paper(content, application.authority, about=number, at=at)
    except NoKey as fault:
        hold_letter(letter, fault, at=at)
        return None
    name = f"{number}-{letter.kind}.pdf".replace("/", "-")
    letter.document = store_document(
        application, Upload(name, BytesIO(content)), kind=letter.kind, actor=system, at=at, verb="letter.print"
    )
    keep_own_signature(letter.document, found, at=at)
    letter.held, letter.held_at = "", None
    letter.save(update_fields=["document", "held", "held_at"])
    event = record(application, "letter.send", actor=system, at=at, data={"letter": letter.pk, "kind": letter.kind})
    tell_parties(event, application, letter, at=at)
    return letter


def hold_letter(letter: Letter, fault: NoKey, *, at: datetime) -> None:
    """Let a letter wait for its signature. A new reason is an event of the case, the same one again is not."""
    if letter.held != fault.code:
        record(
            letter.application,
            "letter.hold",
            actor=User.objects.system(),
            at=at,
            audience="internal",
            data={"letter": letter.pk, "kind": letter.kind, "why": fault.code},
        )
    letter.held, letter.held_at = fault.code, at
    letter.save(update_fields=["held", "held_at"])
    log.error("letter not signed", letter=letter.pk, why=fault.code, detail=fault.detail)


def tell_parties(event: Event, application: Application, letter: Letter, *, at: datetime) -> None:
    """The letter is announced to everybody who acts for the applicant today."""
    people = parties(application.organisation_id, timezone.localdate(at))
    notify(
        event,
        people,
        "letter_sent",
        {"reference": application.reference, "letter": letter.kind},
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
