"""The terms of a filing: which duties there are, and when each falls due."""

from contextlib import suppress
from datetime import date

from core.models import Membership, Obligation, User
from core.services.duties import fresh_subject
from core.workflow import HEAD, OFFICER
from law.licensing import Due, due, term
from law.problems import _
from law.provisions import NotInForce, Provision
from licensing.models import Application, Breach, Licence, Measure
from licensing.permits import ISSUE

REGISTRATION, COMPLETENESS, DECISION = "registration", "completeness", "decision"
AGREEMENT, AGREEMENT_REQUEST = "agreement-answer", "agreement-request"
CONFIRMATION, DELIVERY, CURE = "silence-confirmation", "silence-delivery", "cure"
RETURN = "return-paper"
ABOLITION = "abolition"
POSITION, DRAFT_NOTICE, CURE_PLAN = "position", "draft-notice", "cure-plan"

#: Code and name of each duty of a case; what follows when its day passes stands in services.silence.
DUTIES = {
    REGISTRATION: _("Register the application"),
    COMPLETENESS: _("Check that the application is complete"),
    DECISION: _("Decide on the application"),
    AGREEMENT_REQUEST: _("Ask the bodies that must agree"),
    AGREEMENT: _("Give an opinion"),
    CONFIRMATION: _("Confirm that the permit is deemed issued"),
    DELIVERY: _("Deliver the permit that silence made"),
    CURE: _("Cure the remarks"),
    "breach-explanation": _("Explain the supposed breach"),
    DRAFT_NOTICE: _("Answer the draft of a measure"),
    CURE_PLAN: _("File a plan of cure"),
    "revocation-start": _("Begin to end the licence"),
    RETURN: _("Return the licence issued on paper"),
    ABOLITION: _("Establish the end of the licence: its kind is abolished"),
    POSITION: _("State a position on the draft decision"),
}


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a term of a case in a role, and where he goes: its officer, or the heads where it has none."""
    if role == "":
        return parties(obligation.organisation_id, on), "/account/"
    people, case = officials(obligation.authority_id, role), fresh_subject(obligation)
    if role == OFFICER:
        officer = getattr(getattr(case, "application", case), "assigned_to", None)  # a licence's: of its filing
        people = [officer] if officer is not None and officer.is_active else officials(obligation.authority_id, HEAD)
    folder = FOLDERS.get(obligation.subject_type, "cases")
    return people, f"/{folder}/{obligation.reference}/"


#: Where the page of a case lies, by its model.
FOLDERS = {
    **{model._meta.label_lower: model.FOLDER for model in (Licence, Breach, Measure)},
    "licensing.referral": Breach.FOLDER,
}


def parties(organisation_id: int | None, on: date) -> list[User]:
    """Everybody who acts for an organisation on a day, as a member or for a firm under a power of attorney."""
    valid = Membership.objects.valid(on)
    direct = valid.filter(organisation=organisation_id, user__isnull=False).values("user")
    firms = valid.filter(organisation=organisation_id, firm__isnull=False).values("firm")
    agents = valid.filter(organisation__in=firms, user__isnull=False).values("user")
    return list(User.objects.filter(pk__in=direct) | User.objects.filter(pk__in=agents))


def filing_dues(application: Application, filed_on: date) -> dict[str, Due]:
    """What the authority owes from the day of filing; the law of that day counts."""
    return {duty: due(application.kind, rule, filed_on) for duty, rule in application.form.rules.items()}


def request_dues(application: Application, registered_on: date) -> dict[str, Due]:
    """From registration on the authority owes the request to the bodies that must agree, where the law names some."""
    procedure = application.permit.procedure
    if application.act != ISSUE or procedure.agreement_request is None or not procedure.agreement_bodies:
        return {}
    found = due(application.kind, procedure.agreement_request, registered_on, application.law_day)
    return {AGREEMENT_REQUEST: found}


def carried_by(application: Application, filed_on: date, *duties: str) -> list[Provision]:
    """The provisions in force on the day of filing that carry an act; a regime that knows no such rule adds none."""
    found, rules = [], application.form.rules
    for duty in duties:
        with suppress(NotInForce, KeyError):
            found.append(term(application.kind, rules[duty], filed_on))
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
