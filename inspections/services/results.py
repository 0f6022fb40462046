"""The end of an inspection on site: result act and, where breaches were found, one order to cure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.models.base import PARTY
from core.services import advance, owe, require
from core.services.acts import locked, obstacles
from core.workflow import TransitionRefused
from inspections.models import Inspection, InspectionItem, Subject
from inspections.models.inspections import RECEIPTS
from inspections.services.opening import choice_faults, last_event, tell_subject, tell_team
from inspections.services.result_papers import order_facts, result_facts
from inspections.services.terms import keep_terms
from law.checklists import NOT_MET
from law.inspections import Kind
from law.inspections.results import cure_due, cure_from
from law.problems import Problem, _
from law.provisions import provision
from licensing.services.letters import write_letter
from licensing.services.numbers import next_in

RESULTS, ORDERS = "IR", "IO"  # numbers without a gap: IR-2026-00001, IO-2026-00001
CURE = "inspection-cure"  # owed by the subject; met by its report
PHOTO = "photo"  # kind of its documents: photo:<item>
LONGEST = 8000


def breached(row: Inspection) -> list[InspectionItem]:
    return [one for one in row.items.all() if one.answer == NOT_MET]


@transaction.atomic
def hand_result(
    inspection: Inspection,
    *,
    findings: str,
    receipt: str,
    actor: User,
    at: datetime,
    instructions: str = "",
    cure_by: date | None = None,
    days: Mapping[str, date] | None = None,
    version: int | None = None,
) -> Inspection:
    """Hand over the result act: with an order to cure where an item was not met, else without.

    Args:
        receipt: taken or refused; a refusal stops nothing.
        cure_by: the day by which breaches are cured; days: other days of single items, by their code.

    Raises:
        PermissionDenied: not on the team. StaleVersion: somebody answered since.
        TransitionRefused: items open, no findings, a term to cure too short, the last day passed, and whatever else of
            B1 to B26 stands against it.
    """
    row = locked(inspection, version=version)
    found, today = breached(row), timezone.localdate(at)
    step = "order_cure" if found else "find_clean"
    require(actor, row.WORKFLOW[step].permission, row)
    problems = said_faults(findings, instructions, receipt, found=bool(found)) + row.join_faults(actor, today)
    fields: dict[str, Any] = {"findings": findings.strip(), "result_handed_at": at, "result_receipt": receipt}
    if found:
        problems += set_days(found, cure_by, days or {}, today)
        last = max((one.cure_by for one in found if one.cure_by is not None), default=None)
        fields |= {"instructions": instructions.strip(), "cure_by": last}
    else:
        fields["closed_at"] = at
    require_lawful(row, step, fields, problems, today)
    year = today.year
    fields["result_number"] = next_in(f"{RESULTS}-{year}")
    if found:
        fields["order_number"] = next_in(f"{ORDERS}-{year}")
        InspectionItem.objects.bulk_update(found, ["cure_by"])
    told = {"receipt": receipt, "breaches": len(found)}
    row = advance(row, step, actor=actor, at=at, data=told, **fields)
    keep_terms(row, at=at)
    settle(row, at=at)
    print_results(row, found, actor=actor, at=at)
    return row


def said_faults(findings: str, instructions: str, receipt: str, *, found: bool) -> list[Problem]:
    problems = choice_faults("receipt", receipt, RECEIPTS)
    if found and not instructions.strip():
        problems.append(Problem("instructions", _("Write what is to be mended."), field="instructions"))
    for field, text in (("findings", findings), ("instructions", instructions)):
        if len(text) > LONGEST:
            problems.append(Problem("too-long", _("At most %(most)s characters."), {"most": LONGEST}, field=field))
    return problems


def set_days(found: list[InspectionItem], cure_by: date | None, days: Mapping[str, date], on: date) -> list[Problem]:
    """Put the day to cure on each breached item; lists days that are missing, or too early by 152(7)."""
    problems, earliest = [], cure_from(on)
    if unknown := sorted(set(days) - {one.code for one in found}):
        message = _("There is no breach of the items %(items)s.")
        problems.append(Problem("item-no-breach", message, {"items": ", ".join(unknown)}, field="cure_by"))
    for one in found:
        one.cure_by = days.get(one.code, cure_by)
        if one.cure_by is None:
            message = _("Name the day by which it is to be cured: %(item)s")
            problems.append(Problem("cure-day", message, {"item": one.code}, field="cure_by"))
        elif one.cure_by < earliest:
            message = _("The term to cure %(item)s ends on %(cure)s; the earliest day allowed is %(earliest)s.")
            params = {"item": one.code, "cure": one.cure_by, "earliest": earliest}
            problems.append(Problem("B20", message, params, "cure_by", provision("EK-CURE-MIN", on)))
    return problems


def require_lawful(row: Inspection, step: str, fields: Mapping[str, Any], problems: list[Problem], today: date) -> None:
    """Everything that stands against the step at once: what was entered, and what the guards of the table find."""
    taken = row.WORKFLOW[step]
    if row.state in taken.sources:
        for field, value in fields.items():
            setattr(row, field, value)
        row.order_number = "-" if step == "order_cure" else ""  # numbers are given last, once nothing stands against it
        known = {(one.code, one.field) for one in problems}
        problems = problems + [one for one in obstacles(row, taken, today) if (one.code, one.field) not in known]
    if problems:
        raise TransitionRefused(problems)


def settle(row: Inspection, *, at: datetime) -> None:
    """What follows at once: the cure is owed, the frequency runs anew, photographs of breaches become the subject's."""
    today = timezone.localdate(at)
    if row.kind == Kind.COMPLIANCE:
        Subject.objects.filter(pk=row.subject_id).update(last_ended_on=today)
    if row.cure_by is not None:
        owe(row, {CURE: cure_due(today, row.cure_by)}, debtor=Obligation.ORGANISATION, at=at)
        kinds = [f"{PHOTO}:{one.code}" for one in breached(row)]
        row.documents().filter(kind__in=kinds).update(audience=PARTY)
    event = last_event(row)
    tell_subject(event, row, at=at)
    tell_team(event, row, at=at)


def print_results(row: Inspection, found: list[InspectionItem], *, actor: User, at: datetime) -> None:
    """Result act and order as papers, each in the words of its moment."""
    write_letter(row, "result_act", at=at, **result_facts(row, at, actor))
    if found:
        write_letter(row, "order_to_cure", at=at, **order_facts(row, at, actor))
