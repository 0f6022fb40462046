"""The public register: what is entered when a permit is granted or refused, and who decides what the public sees."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Organisation, User
from core.names import searched
from core.services import record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem, _
from law.provisions import provision
from law.publication import services_of
from licensing.models import Application, Licence, RegisterEntry
from licensing.models.licences import REFUSED
from licensing.permits import ISSUE
from licensing.register_types import REFUSAL, entry_types

ANNULLED = _("The refusal was annulled.")


def holder_facts(number: str, holder: Organisation) -> dict[str, Any]:
    """How an entry calls its holder. The number of a sole trader or person is personal data and left out."""
    names = {f"name_{code}": name for code, name in holder.names.items()}
    identifier = holder.identifier if holder.form == "legal_entity" else ""
    return {**names, "identifier": identifier, "search": searched(number, identifier, *names.values())}


def rule_of(kind: str, at: datetime) -> dict[str, Any]:
    """The rule by which entries of a type are public or not, as known on the day of the decision."""
    return dict(provision(entry_types()[kind].rule, timezone.localdate(at)).ground())


def granted_services(application: Application) -> list[str]:
    """What the permit lets its holder do: by its kind, and by what the filing lists."""
    stated: Iterable[str] = (
        one for name in application.permit.services_fields for one in getattr(application.particulars, name)
    )
    return services_of(application.kind, stated)


def enter_register(licence: Licence, *, region: str, actor: User, at: datetime) -> RegisterEntry:
    """Enter a licence in the public register; part of the grant."""
    kind = licence.permit.document
    return RegisterEntry.objects.create(
        number=licence.number,
        type=kind,
        kind=licence.kind,
        authority_id=licence.authority_id,
        licence=licence,
        services=granted_services(licence.application),
        region=region,
        standing=licence.state,
        standing_since=licence.valid_from,
        since=licence.valid_from,
        until=licence.valid_to,
        published=True,
        publication_ground=rule_of(kind, at),
        decided_by=actor,
        decided_at=at,
        changed_at=at,
        **holder_facts(licence.number, licence.organisation),
    )


def enter_refusal(application: Application, *, grounds: Iterable[dict[str, Any]], actor: User, at: datetime) -> None:
    """Enter a refused application of a legal entity, withheld until a head says otherwise; part of the refusal.

    What was refused to a natural person, or in a request about a licence, is entered nowhere.
    """
    if application.act != ISSUE or application.organisation.form != "legal_entity":
        return
    today = timezone.localdate(at)
    RegisterEntry.objects.update_or_create(
        application=application,
        defaults={
            "number": application.reference,
            "type": REFUSAL,
            "kind": application.kind,
            "authority_id": application.authority_id,
            "region": application.particulars.region,
            "standing": "refused",
            "standing_since": today,
            "ground": next(iter(grounds), {}),
            "since": today,
            "published": False,
            "publication_reason": REFUSED,
            "publication_ground": rule_of(REFUSAL, at),
            "decided_by": actor,
            "decided_at": at,
            "changed_at": at,
            **holder_facts(application.reference, application.organisation),
        },
    )


def withdraw_refusal(application: Application, *, actor: User, at: datetime) -> None:
    """Of a refusal that no longer stands the public reads nothing; part of its annulment."""
    entry = RegisterEntry.objects.filter(application=application, published=True).select_for_update().first()
    if entry is not None:
        decide_publication(entry, False, str(ANNULLED), actor, at)


@transaction.atomic
def publish_entry(entry: RegisterEntry, *, published: bool, reason: str, actor: User, at: datetime) -> RegisterEntry:
    """Decide whether the public sees an entry; a reason is always given.

    Raises:
        PermissionDenied; TransitionRefused: no reason, nothing changes, or the refusal does not stand.
    """
    row = locked(entry)
    require(actor, "licensing.publish", row)
    problems = []
    if entry_types()[row.type].page:
        message = _("This entry is published and withdrawn on its own page.")
        problems.append(Problem(code="decided-there", message=message))
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    if row.published == published:
        problems.append(Problem(code="no-change", message=_("The entry stands so already.")))
    if published and row.application is not None and row.application.state != "refused":
        problems.append(Problem(code="refusal-gone", message=_("The refusal does not stand any more.")))
    if problems:
        raise TransitionRefused(problems)
    return decide_publication(row, published, reason.strip(), actor, at)


def decide_publication(row: RegisterEntry, published: bool, reason: str, actor: User, at: datetime) -> RegisterEntry:
    row.published, row.publication_reason, row.publication_ground = published, reason, rule_of(row.type, at)
    row.decided_by, row.decided_at, row.changed_at = actor, at, at
    row.save(
        update_fields=[
            *("published", "publication_reason", "publication_ground"),
            *("decided_by", "decided_at", "changed_at"),
        ]
    )
    record(row, "register.publish" if published else "register.withhold", actor=actor, at=at, reason=reason)
    return row


def show_standing(licence: Licence, *, since: date | None, at: datetime) -> None:
    """Show in the register how a licence stands, since when, until when and why."""
    RegisterEntry.objects.filter(licence=licence).update(
        standing=licence.state,
        standing_since=since or licence.suspended_from or licence.ended_on or timezone.localdate(at),
        standing_until=licence.suspended_to if licence.state == "suspended" else None,
        ground=licence.ground if licence.state != "in_force" else {},
        until=licence.last_day,
        changed_at=at,
    )
