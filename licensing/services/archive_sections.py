"""The parts of a case's file, each read once, in the active language."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.days import dateshort, datetimeshort, told
from core.models import Document, Event, Obligation, User
from core.models.base import AUDIENCES, INTERNAL
from core.services import duty_label
from law.problems import render
from licensing.models import Application, Decision, Letter, Licence, Opinion, Payment
from licensing.models.hearings import POSITION_PAPER
from licensing.services.archive_index import (
    CHANGED,
    MISSING,
    Cell,
    Reader,
    Section,
    cited,
    day,
    moment,
    register_section,
)
from licensing.wording import event_title

FAULTS = {
    MISSING: gettext_noop("Its content is missing from the storage."),
    CHANGED: gettext_noop("Its content no longer has this SHA-256."),
}


@register_section
def the_case(reader: Reader) -> Section:
    """Which case, whose, in what state."""
    case, section = reader.application, Section("case", _("The case"), (_("What"), _("Value")))
    state = case.WORKFLOW.state(case.state)
    label = state.label if reader.internal else state.applicant_label
    fee = str(case.fee_amount) if case.fee_amount is not None else None
    holder = case.organisation
    facts: list[tuple[str, str, Any, str]] = [
        ("reference", _("Number"), case.reference, case.reference),
        ("kind", _("Permit"), case.kind, _(case.form.name)),
        ("state", _("State"), case.state, _(label)),
        ("authority", _("Authority"), case.authority.code, case.authority.name),
        ("applicant", _("Applicant"), holder.names, holder.name),
        ("identifier", _("BIN or IIN"), holder.identifier, holder.identifier),
        ("submitted_at", _("Filed"), moment(case.submitted_at), datetimeshort(case.submitted_at)),
        ("registered_at", _("Registered"), moment(case.registered_at), datetimeshort(case.registered_at)),
        ("accepted_at", _("Accepted as complete"), moment(case.accepted_at), datetimeshort(case.accepted_at)),
        ("closed_at", _("Ended"), moment(case.closed_at), datetimeshort(case.closed_at)),
        ("due_on", _("Due"), day(case.due_on), dateshort(case.due_on)),
        ("fee_amount", _("Fee"), fee, f"{fee} ₸"),
        ("fee_paid_on", _("Fee paid on"), day(case.fee_paid_on), dateshort(case.fee_paid_on)),
        ("fee_reference", _("Payment reference"), case.fee_reference, case.fee_reference),
        ("on_paper", _("Licence on paper"), case.on_paper or None, _("yes")),
    ]
    if reader.internal and case.assigned_to is not None:
        facts.append(("officer", _("Officer"), str(case.assigned_to), str(case.assigned_to)))
    for code, title, value, shown in facts:
        if value not in (None, ""):
            section.add({"code": code, "label": title, "value": value}, title, shown)
    return section


@register_section
def payments(reader: Reader) -> Section:
    """What was paid for the case, also what was struck out and why."""
    columns = (_("Paid on"), _("Amount"), _("Payment reference"), _("How it came"), _("Confirmed"), _("Note"))
    section = Section("payments", _("Payments"), columns)
    rows = Payment.objects.visible_to(reader.user).filter(application=reader.application)
    for row in rows.select_related("confirmed_by").order_by("id"):
        facts = {
            "paid_on": day(row.paid_on),
            "amount": str(row.amount),
            "payer": row.payer,
            "reference": row.reference,
            "source": row.source,
            "confirmed_at": moment(row.confirmed_at),
            "voided_at": moment(row.voided_at),
            "void_reason": row.void_reason if reader.internal else "",
        }
        struck = f"{_('Struck out')}: {datetimeshort(row.voided_at)}" if row.voided_at else ""
        section.add(
            facts | ({"note": row.note} if reader.internal else {}),
            dateshort(row.paid_on),
            f"{row.amount} ₸",
            row.reference,
            str(row.get_source_display()),
            [datetimeshort(row.confirmed_at), person(reader, row.confirmed_by)],
            [struck, *([*row.note.splitlines(), row.void_reason] if reader.internal else [])],
        )
    return section


def paper_titles(reader: Reader) -> dict[str, str]:
    """What documents are called, by kind: the papers of the law of the day of filing, and the letters."""
    case = reader.application
    papers = case.form.papers(case.filed_on) if case.filed_on else ()
    own = {code: str(label) for code, label in Letter.KINDS} | {POSITION_PAPER: _("Position of the party")}
    return {paper.code: _(paper.title) for paper in papers} | own


@register_section
def documents(reader: Reader) -> Section:
    """Every document with its version, hash and place in the package."""
    columns = (_("Document"), _("Version"), _("Added"), _("Size, bytes"), "SHA-256", _("Note"))
    section, titles = Section("documents", _("Documents"), columns), paper_titles(reader)
    seen: Counter[str] = Counter()
    for row in reader.documents:
        seen[row.kind] += 1
        title, fault, member = titles.get(row.kind, row.kind), reader.faults.get(row.pk, ""), reader.member(row.pk)
        by = str(row.uploaded_by) if reader.internal and not row.uploaded_by.is_system else ""
        facts = {
            "kind": row.kind,
            "label": title,
            "version": seen[row.kind],
            "filename": row.filename,
            "media_type": row.media_type,
            "size": row.size,
            "sha256": row.sha256,
            "uploaded_at": moment(row.uploaded_at),
            "audience": row.audience,
            "case": row.reference,
            "member": member or None,
            "fault": fault or None,
        }
        section.add(
            facts | ({"uploaded_by": by} if reader.internal else {}),
            Cell((title, row.filename, *other_case(reader, row)), href=member),
            str(seen[row.kind]),
            [datetimeshort(row.uploaded_at), by],
            Cell((str(row.size),), fixed=True),
            Cell((row.sha256,), fixed=True),
            [_(FAULTS[fault]) if fault else "", internal_mark(row.audience)],
        )
    return section


def other_case(reader: Reader, row: Document) -> tuple[str, ...]:
    """The number of the measure that a document belongs to; nothing where it is the case's own."""
    return () if row.subject_type == Application._meta.label_lower else (row.reference,)


def internal_mark(audience: str) -> str:
    return str(dict(AUDIENCES)[audience]) if audience == INTERNAL else ""


@register_section
def letters(reader: Reader) -> Section:
    section = Section("letters", _("Letters"), (_("Letter"), _("Written"), _("File")))
    for row in reader.application.letters.order_by("id"):
        label, member = str(row.get_kind_display()), reader.member(row.document_id)
        section.add(
            {"kind": row.kind, "label": label, "made_at": moment(row.made_at), "member": member or None},
            label,
            datetimeshort(row.made_at),
            Cell((member or _("not printed yet"),), href=member, fixed=True),
        )
    return section


@register_section
def questions(reader: Reader) -> Section:
    section = Section("questions", _("Questions to the applicant"), (_("Asked"), _("Question"), _("Answer")))
    for row in reader.application.questions.select_related("asked_by", "answered_by").order_by("id"):
        asked, answered = person(reader, row.asked_by), person(reader, row.answered_by)
        facts = {
            "text": row.text,
            "asked_at": moment(row.asked_at),
            "answer": row.answer,
            "answered_at": moment(row.answered_at),
        }
        section.add(
            facts | ({"asked_by": asked, "answered_by": answered} if reader.internal else {}),
            [datetimeshort(row.asked_at), asked],
            row.text.splitlines(),
            [*row.answer.splitlines(), datetimeshort(row.answered_at), answered],
        )
    return section


def person(reader: Reader, who: User | None) -> str:
    """A person's name, for officials only: to a party it is enough which side acted."""
    return str(who) if who is not None and reader.internal and not who.is_system else ""


@register_section
def decision(reader: Reader) -> Section:
    section = Section("decision", _("Decision"), (_("Outcome"), _("Made"), _("Reasons in words"), _("Grounds")))
    for row in Decision.objects.filter(application=reader.application).select_related("made_by").order_by("id"):
        outcome = str(row.get_outcome_display())
        told_in_letter = row.text if reader.internal or row.outcome == "refuse" else ""
        facts = {
            "outcome": row.outcome,
            "made_at": moment(row.made_at),
            "made_by": str(row.made_by),  # the letter names him too
            "reasons": row.reasons,
            "text": told_in_letter,
            "grounds": row.grounds,
        }
        if reader.internal:
            facts["confirmation"] = row.confirmation
        grounds = [f"{_(str(one.get('value', '')))} {cited(one)}".strip() for one in row.grounds]
        section.add(
            facts,
            outcome,
            [datetimeshort(row.made_at), str(row.made_by)],
            [*told_in_letter.splitlines(), row.confirmation if reader.internal else ""],
            grounds,
        )
    return section


@register_section
def licence(reader: Reader) -> Section:
    columns = (_("Number"), _("State"), _("Valid"), _("Conditions"))
    section = Section("licence", _("Licence"), columns)
    rows = Licence.objects.visible_to(reader.user).filter(application=reader.application)
    for row in rows.order_by("id"):
        label = _(row.WORKFLOW.state(row.state).label)
        facts = {
            "number": row.number,
            "state": row.state,
            "granted_on": day(row.granted_on),
            "valid_from": day(row.valid_from),
            "valid_to": day(row.valid_to),
            "ended_on": day(row.ended_on),
            "verification_code": row.code,
            "conditions": row.conditions,
            "grounds": row.grounds,
        }
        valid = f"{dateshort(row.valid_from)} – {dateshort(row.valid_to)}"
        section.add(facts, [row.number, row.code], [label, dateshort(row.ended_on)], valid, row.worded_conditions)
    return section


@register_section
def terms(reader: Reader) -> Section:
    """Every term with its arithmetic."""
    columns = (_("Term"), _("Due"), _("Met"), _("How this day was counted"))
    section = Section("terms", _("Terms"), columns)
    rows = Obligation.objects.visible_to(reader.user).of(reader.application).filter(audience__in=reader.audiences)
    for row in rows.order_by("id"):
        counted = [arithmetic(line) for line in row.arithmetic]
        label = _(duty_label(row.code))
        facts = {
            "code": row.code,
            "label": label,
            "debtor": row.debtor,
            "base_on": day(row.base_on),
            "due_on": day(row.due_on),
            "met_at": moment(row.met_at),
            "ended_at": moment(row.ended_at),
            "overdue_at": moment(row.overdue_at),
            "arithmetic": counted,
            "ground": row.ground,
        }
        met = datetimeshort(row.met_at or row.ended_at)
        section.add(facts, [label, str(row.get_debtor_display())], dateshort(row.due_on), met, counted)
    return section


def arithmetic(line: Any) -> str:
    if isinstance(line, dict):
        return render(str(line.get("msgid") or line.get("text") or ""), line.get("params") or {}, told)
    return str(line)


@register_section
def opinions(reader: Reader) -> Section:
    columns = (_("Body"), _("Asked"), _("Question"), _("Answer"))
    section = Section("opinions", _("Opinions of other bodies"), columns, internal=True)
    if not reader.internal:
        return section
    for row in Opinion.objects.filter(application=reader.application).select_related("body").order_by("id"):
        facts = {
            "body": row.body.code,
            "asked_at": moment(row.asked_at),
            "question": row.question,
            "answer": row.answer,
            "text": row.text,
            "answered_on": day(row.answered_on),
        }
        answer = [str(row.get_answer_display()), dateshort(row.answered_on), *row.text.splitlines()]
        section.add(facts, row.body.name, datetimeshort(row.asked_at), row.question.splitlines(), answer)
    return section


@register_section
def preparation(reader: Reader) -> Section:
    """What officials judged, proposed and countersigned before the decision."""
    section = Section("preparation", _("Preparation"), (_("At"), _("By"), _("What"), _("Words")), internal=True)
    if not reader.internal:
        return section
    rows: list[tuple[datetime, dict[str, Any], str, str]] = []
    for one in reader.application.judgements.select_related("by"):
        verdict = _("met") if one.met else _("not met")
        facts = {"act": "judge", "check": one.code, "met": one.met, "note": one.note}
        rows.append((one.at, {**facts, "by": str(one.by)}, f"{one.code}: {verdict}", one.note))
    for row in reader.application.recommendations.select_related("made_by", "countersigned_by"):
        second = str(row.countersigned_by) if row.countersigned_by else None
        facts = {"act": "recommend", "outcome": row.outcome, "reasons": row.reasons, "text": row.text}
        facts |= {"conditions": row.conditions, "by": str(row.made_by), "countersigned_by": second}
        facts |= {"withdrawn_at": moment(row.withdrawn_at)}
        rows.append((row.made_at, facts, str(row.get_outcome_display()), row.text))
    for at, facts, what, words in sorted(rows, key=lambda one: one[0]):
        by = [str(facts["by"]), str(facts.get("countersigned_by") or "")]
        section.add({"at": moment(at), **facts}, datetimeshort(at), by, what, words.splitlines())
    return section


@register_section
def notes(reader: Reader) -> Section:
    section = Section("notes", _("Notes"), (_("At"), _("By"), _("Note")), internal=True)
    if reader.internal:
        for row in reader.application.notes.select_related("by").order_by("id"):
            facts = {"at": moment(row.at), "by": str(row.by), "text": row.text}
            section.add(facts, datetimeshort(row.at), str(row.by), row.text.splitlines())
    return section


@register_section
def tasks(reader: Reader) -> Section:
    columns = (_("At"), _("By"), _("For whom"), _("By when"), _("What to do"), _("Done"))
    section = Section("tasks", _("Tasks"), columns, internal=True)
    if reader.internal:
        for row in reader.application.tasks.select_related("made_by", "assignee", "done_by").order_by("id"):
            facts = {"at": moment(row.made_at), "by": str(row.made_by), "to": str(row.assignee), "text": row.what}
            facts |= {"due_on": day(row.due_on), "done_at": moment(row.done_at)}
            people, done = (str(row.made_by), str(row.assignee)), datetimeshort(row.done_at)
            section.add(facts, datetimeshort(row.made_at), *people, dateshort(row.due_on), row.what.splitlines(), done)
    return section


@register_section
def reliances(reader: Reader) -> Section:
    """Clarifications named in the case, each with what it was on the day."""
    columns = (_("Clarification"), _("Day"), _("By"), _("Note"))
    section = Section("reliances", _("Clarifications relied on"), columns)
    for row in reader.application.reliances.select_related("clarification").order_by("id"):
        side = "authority" if row.by_authority else "applicant"
        facts = {
            "clarification": row.clarification.number,
            "heading": row.clarification.title,
            "signed_on": day(row.clarification.signed_on),
            "ended_on": day(row.clarification.ended_on),
            "relied_on": day(row.relied_on),
            "by": side,
            "note": row.note,
        }
        by = _("Authority") if row.by_authority else _("Applicant")
        words = [row.clarification.number, row.clarification.heading]
        section.add(facts, words, dateshort(row.relied_on), by, row.note.splitlines())
    return section


@register_section
def timeline(reader: Reader) -> Section:
    """What happened, oldest first, each event with the hash that the seals hold."""
    columns = (_("At"), _("By"), _("What"), _("Reason"), _("Note"), _("Hash"))
    section = Section("timeline", _("Timeline"), columns)
    rows = Event.objects.visible_to(reader.user).of(reader.application).filter(audience__in=reader.audiences)
    labels = paper_titles(reader)
    for row in rows.select_related("actor").order_by("seq").iterator(chunk_size=500):
        side = _("System") if row.actor.is_system else _("Authority") if row.on_behalf_of_id is None else _("Applicant")
        by, title, digest = person(reader, row.actor), event_title(row, labels), bytes(row.hash).hex()
        facts = {
            "seq": row.seq,
            "at": moment(row.at),
            "act": row.verb,
            "label": title,
            "by": "system" if row.actor.is_system else "authority" if row.on_behalf_of_id is None else "applicant",
            "from_state": row.from_state,
            "to_state": row.to_state,
            "reason": row.reason,
            "grounds": row.grounds,
            "audience": row.audience,
            "hash": digest,
        }
        section.add(
            facts | ({"person": by} if reader.internal else {}),
            datetimeshort(row.at),
            by or side,
            title,
            [*row.reason.splitlines(), *map(cited, row.grounds)],
            internal_mark(row.audience),
            Cell((digest[:16],), fixed=True),
        )
    return section
