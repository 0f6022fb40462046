"""The terms of a filing: which duties there are, and when each falls due."""

from contextlib import suppress
from datetime import date

from core.models import Event, Obligation, User
from core.services import notify
from core.workflow import HEAD, OFFICER
from law.licensing import Due, due, term
from law.problems import _
from law.provisions import NotInForce, Provision
from licensing.models import Application

REGISTRATION, COMPLETENESS, DECISION = "registration", "completeness", "decision"
AGREEMENT = "agreement-answer"


def tell_overdue(obligation: Obligation, event: Event) -> None:
    """A term of the authority has passed: its officer hears of it, and the heads."""
    application = Application.objects.filter(pk=obligation.subject_id).select_related("assigned_to").first()
    people = officials(obligation.authority_id, HEAD)
    if application is not None and application.assigned_to is not None:
        people.append(application.assigned_to)
    facts = {"reference": obligation.reference, "duty": obligation.code, "due": str(obligation.due_on)}
    path, key = f"/cases/{obligation.reference}/", f"overdue:{obligation.pk}:{obligation.due_on}"
    notify(event, people, "term_overdue", facts, path=path, at=event.at, key=key)


DUTIES = (
    (REGISTRATION, _("Register the application"), tell_overdue),
    (COMPLETENESS, _("Check that the application is complete"), tell_overdue),
    (DECISION, _("Decide on the application"), tell_overdue),
    (AGREEMENT, _("Give an opinion"), tell_overdue),
)


def filing_dues(application: Application, filed_on: date) -> dict[str, Due]:
    """What the authority owes from the day of filing; the law of that day counts."""
    return {rule: due(application.kind, rule, filed_on) for rule in application.permit.procedure.on_filing}


def carried_by(application: Application, filed_on: date, *rules: str) -> list[Provision]:
    """The provisions in force on the day of filing that carry an act; a regime that knows no such rule adds none."""
    found = []
    for rule in rules:
        with suppress(NotInForce):
            found.append(term(application.kind, rule, filed_on))
    return found


def next_due(application: Application, *, without: tuple[str, ...] = ()) -> date | None:
    """The authority's nearest open term, as if the duties in `without` were met."""
    return (
        Obligation.objects.of(application)
        .open()
        .filter(debtor=Obligation.AUTHORITY, due_on__isnull=False)
        .exclude(code__in=without)
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )


def officials(authority_id: int | None, *roles: str) -> list[User]:
    """Active officials of an authority in some roles."""
    return list(User.objects.filter(authority=authority_id, role__in=roles or (OFFICER, HEAD), is_active=True))
