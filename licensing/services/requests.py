"""What holders file about their licences, and what granting it does to them.

A request is an application with an act: it is edited, filed, reviewed and decided by the services of every application.
"""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from core.models import Organisation, User
from core.regions import REGIONS
from core.services import record, require, touch
from core.services.acts import locked, one_act
from core.workflow import TransitionRefused
from law.life import OWN_REQUESTS, closing_grounds, suspension, suspension_grounds
from law.problems import Problem, _
from licensing.models import Application, Edition, Licence, LicenceChange, RegisterEntry
from licensing.models.content import stated
from licensing.permits import ISSUE, SAME_WORDS, Request
from licensing.services.filing import next_reference, open_application, part, split, take_documents
from licensing.services.letters import write_letter
from licensing.services.licences import move_licence
from licensing.services.register import granted_services, holder_facts
from licensing.services.terms import DECISION, carried_by

#: The case of Law 202-V 35(1) in which the holder asks for the end.
HOLDER_ASKS = "permit.ending.5"


@one_act
def open_request(
    licence: Licence,
    *,
    act: str,
    actor: User,
    at: datetime,
    organisation: Organisation | None = None,
    values: Mapping[str, Any] | None = None,
) -> Application:
    """A draft of a request about a licence.

    Args:
        organisation: the applicant, where it is not the holder (a new entity after a reorganisation).
        values: fields of the request, of its particulars, and OWN_FIELDS, already validated.

    Raises:
        PermissionDenied: he may not act for the applicant.
        TransitionRefused: the regime knows no such request, or the applicant is not the holder.
    """
    request = request_named(licence, act)
    applicant = organisation or licence.organisation
    if applicant != licence.organisation and not request.by_successor:
        message = _("The applicant does not hold the licence.")
        raise TransitionRefused([Problem(code="not-the-holder", message=message, field="organisation")])
    own, stated_values = split(values or {})
    changes, particulars = part(stated_values, request.fields)
    application = Application(
        reference=next_reference(at),
        kind=licence.kind,
        act=act,
        concerning=licence,
        authority=licence.authority,
        organisation=applicant,
        created_by=actor,
        created_at=at,
        **own,
    )
    require(actor, "licensing.open", application)
    application.save()
    application.change = LicenceChange.objects.create(application=application, **changes)
    if request.anew:
        application.particulars = application.permit.particulars._base_manager.create(
            application=application, **particulars
        )
    record(
        application,
        "application.open",
        actor=actor,
        at=at,
        data={"kind": licence.kind, "act": act, "licence": licence.number},
    )
    return application


def request_named(licence: Licence, act: str) -> Request:
    """The request as the licence's regime declares it.

    Raises:
        TransitionRefused: it knows none of this name.
    """
    known = {one.act: one for one in licence.permit.procedure.requests}
    if act in known:
        return known[act]
    message = _("The law of this permit knows no such request: %(act)s. It knows: %(acts)s.")
    params = {"act": act, "acts": ", ".join(known)}
    raise TransitionRefused([Problem(code="request-unknown", message=message, params=params, field="act")])


@transaction.atomic
def renew_licence(licence: Licence, *, actor: User, at: datetime) -> Application:
    """A new draft for a new term, started from the filing behind the licence: no law renews, one applies again.

    Raises:
        PermissionDenied; TransitionRefused: the kind is closed, or a renewal is under way.
    """
    held = locked(licence)  # two clicks make one draft
    under_way = held.filings.filter(act=ISSUE, closed_at__isnull=True).values_list("reference", flat=True).first()
    if under_way is not None:
        message = _("A new licence is applied for already, in %(reference)s.")
        raise TransitionRefused([Problem(code="renewal-open", message=message, params={"reference": under_way})])
    last = held.filings.filter(state="granted", organisation=held.organisation_id, act="reissue-split").last()
    old = last or held.application
    fresh = open_application(
        held.kind,
        organisation=held.organisation,
        actor=actor,
        at=at,
        values=stated(old) | {"fee_paid_on": None, "fee_reference": "", "fee_amount": None},  # each term has its fee
        started_from=old,
        concerning=held,
    )
    take_documents(old, fresh, actor=actor, at=at, without=("fee-proof",))
    return fresh


def carry_out(application: Application, licence: Licence, *, actor: User, at: datetime) -> Licence:
    """Do to the locked licence what was granted; part of the decision."""
    request = application.form.request
    changed = EFFECTS[application.act](application, licence, actor, at)
    printed = changed if request is not None and request.prints else None
    if printed is not None:
        write_letter(application, "licence", at=at, licence=printed, signed_by=actor)
    write_letter(application, "grant", at=at, licence=printed, signed_by=actor)
    return changed


def planned(application: Application, licence: Licence) -> tuple[Licence, Organisation]:
    """The licence and its holder as they would stand once the request is granted: copies, not stored."""
    changed, holder = copy(licence), copy(application.organisation)
    row = application.change
    for code, name in row.names.items():
        setattr(holder, f"name_{code}", name)
    if row.address:
        holder.address = row.address
    changed.organisation = holder
    if application.form.request is not None and application.form.request.anew:
        changed.particulars = application.particulars.printed()
    else:
        new = {str(one["label"]): str(one["value"]) for one in row.corrections}
        changed.particulars = [line | {"value": new.get(line["label"], line["value"])} for line in licence.particulars]
    if application.act == "electronic":
        changed.on_paper = False
    if application.act not in SAME_WORDS:
        changed.edition = licence.edition + 1
    return changed, holder


def print_anew(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    """Re-issue, split or correction: holder, names, address and lines change; one edition more."""
    changed, holder = planned(application, licence)
    rename_holder(application, holder, actor=actor, at=at)
    changed.organisation = application.organisation
    touch(changed, fields=["organisation", "particulars", "edition"])
    edition_made(application, changed, actor=actor, at=at)
    update_register(application, changed, at=at)
    if changed.permit.on_changed:
        changed.permit.on_changed(changed, application.act)
    return changed


def rename_holder(application: Application, holder: Organisation, *, actor: User, at: datetime) -> None:
    """The organisation bears its new name and address from now on."""
    row = locked(application.organisation)
    names = ("name_kk", "name_ru", "name_en", "address")
    fields = [name for name in names if getattr(holder, name) != getattr(row, name)]
    if not fields:
        return
    for name in fields:
        setattr(row, name, getattr(holder, name))
    row.save(update_fields=fields)
    application.organisation = row
    record(row, "organisation.rename", actor=actor, at=at, data={"fields": fields, "cause": application.reference})


def edition_made(application: Application, licence: Licence, *, actor: User, at: datetime) -> None:
    day = timezone.localdate(at)
    Edition.objects.create(
        licence=licence, application=application, act=application.act, number=licence.edition, made_on=day
    )
    record(
        licence,
        f"licence.{application.act.replace('-', '_')}",
        actor=actor,
        at=at,
        grounds=carried_by(application, application.day(day), DECISION),
        data={"edition": licence.edition, "cause": application.reference},
        audience="public",
    )


def update_register(application: Application, licence: Licence, *, at: datetime) -> None:
    """The public register shows the holder and the place as the licence now says."""
    facts = holder_facts(licence.number, licence.organisation)
    if region := region_of(application):
        facts["region"] = region
    if application.form.has_particulars:
        facts["services"] = granted_services(application)
    RegisterEntry.objects.filter(licence=licence).update(**facts, changed_at=at)


def region_of(application: Application) -> str:
    """The region that the request changes: by new particulars, or by the correction of that line."""
    if application.form.has_particulars:
        return str(application.particulars.region)
    said = next((str(one["value"]) for one in application.change.corrections if one["label"] == "Region"), "")
    return region_named(said)


def region_named(text: str) -> str:
    """The code of a region by its name in any of the three languages, or by the code itself; "" where none is meant."""
    for code, name in REGIONS.items():
        names = {code, name}
        for language in ("kk", "ru"):
            with translation.override(language):
                names.add(gettext(name))
        if text in names:
            return code
    return ""


def print_duplicate(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    """A duplicate says the same as the licence; it is no new edition."""
    edition_made(application, licence, actor=actor, at=at)
    return licence


def turn_electronic(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    """The same licence in another form: no new edition, and no paper to be returned any more."""
    licence.on_paper = False
    touch(licence, fields=["on_paper"])
    edition_made(application, licence, actor=actor, at=at)
    return licence


def suspend_at_request(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    """From today for the months asked for; the register shows it at once."""
    day = timezone.localdate(at)
    held = suspension(licence.kind, day, application.change.months)
    grounds = [one.ground() for one in suspension_grounds(licence.kind, day) if one.code in OWN_REQUESTS]
    return move_licence(
        licence,
        "suspend",
        actor=actor,
        at=at,
        cause=application.reference,
        grounds=grounds,
        suspended_from=held.from_on,
        suspended_to=held.until,
        suspended_months=application.change.months,
    )


def resume_at_request(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    day = timezone.localdate(at)
    grounds = [one.ground() for one in carried_by(application, application.day(day), DECISION)]
    return move_licence(licence, "resume", actor=actor, at=at, cause=application.reference, grounds=grounds)


def end_at_request(application: Application, licence: Licence, actor: User, at: datetime) -> Licence:
    """The licence ends today; one on paper is to be returned (35(2))."""
    day = timezone.localdate(at)
    grounds = [one.ground() for one in closing_grounds(licence.kind, day) if one.code == HOLDER_ASKS]
    return move_licence(
        licence, "surrender", actor=actor, at=at, cause=application.reference, grounds=grounds, ended_on=day
    )


Effect = Callable[[Application, Licence, User, datetime], Licence]
EFFECTS: Mapping[str, Effect] = {
    "reissue": print_anew,
    "reissue-split": print_anew,
    "correction": print_anew,
    "duplicate": print_duplicate,
    "electronic": turn_electronic,
    "suspension": suspend_at_request,
    "resumption": resume_at_request,
    "resumption-own": resume_at_request,
    "surrender": end_at_request,
}


def requests_now(licence: Licence, *, on: date) -> list[tuple[Request, list[Problem]]]:
    """Every request of the licence's regime, with what stands against filing it today whatever it says."""
    return [(request, standing_against(licence, request, on)) for request in licence.permit.procedure.requests]


def standing_against(licence: Licence, request: Request, on: date) -> list[Problem]:
    """What the licence itself says against a request: its state, its paper, one that is open already."""
    probe = Application(
        kind=licence.kind, act=request.act, concerning=licence, organisation_id=licence.organisation_id, filed_on=on
    )
    return [problem for check in request.checks if check.of_licence for problem in check.test(probe, on)]
