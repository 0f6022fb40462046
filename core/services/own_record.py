"""What a person may ask about himself: all that is held on him, and the erasure of what need not be kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from knox.models import AuthToken

from core.models import Access, Document, Event, Membership, Notification, SavedFilter, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.erasing import erase_people
from core.services.retention import hold_on, needs
from law.problems import Problem, _
from law.provisions import provision

LISTED = 1000  # rows of one kind in an export; `more` says that there are others


def own_record(person: User, *, actor: User, at: datetime) -> dict[str, Any]:
    """Everything held on a person, as plain data; the same number of queries however much it is.

    Raises:
        PermissionDenied: it is not his own.
    """
    require(actor, "core.own_record", person)
    return {
        "as_of": at,
        "account": {
            "number": person.sight().reference,
            "email": person.email,
            "full_name": person.full_name,
            "role": person.role,
            "authority": person.authority.code if person.authority else None,
            "language": person.language,
            "joined_at": person.date_joined,
            "last_login_at": person.last_login,
        },
        "memberships": listed(
            person.memberships.order_by("-id").values(
                "valid_from", "valid_to", "claimed_at", "confirmed_at", "revoked_at",
                organisation_identifier=F("organisation__identifier"),
            )
        ),
        "keys": listed(
            AuthToken.objects.filter(user=person).order_by("-created").values("token_key", "created", "expiry")
        ),
        "messages": listed(
            Notification.objects.filter(recipient=person)
            .order_by("-id")
            .values("template", "channel", "params", "created_at", "sent_at", "read_at", "bounced_at")
        ),
        "filters": listed(SavedFilter.objects.filter(user=person).order_by("pk").values("page", "name", "query")),
        "documents": listed(
            Document.objects.filter(uploaded_by=person, erased_at__isnull=True)
            .order_by("-id")
            .values("reference", "kind", "filename", "size", "sha256", "uploaded_at")
        ),
        "acts": listed(
            Event.objects.filter(actor=person).order_by("verb").values("verb").annotate(times=Count("pk"))
        ),
        "openings": listed(openings_of(User._meta.label_lower, [person.pk])),
    }  # fmt: skip


def listed(rows: Any) -> dict[str, Any]:
    """The first LISTED rows, and whether there are more."""
    found = list(rows[: LISTED + 1])
    return {"results": found[:LISTED], "more": len(found) > LISTED}


def openings_of(model: str, ids: Any) -> Any:
    """Who opened these objects: when, which, in what role; never a name."""
    rows = Access.objects.filter(subject_type=model, subject_id__in=ids)
    return rows.order_by("-id").values("at", "reference", role=F("user__role"), body=F("user__authority__code"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a person's request: numbers of what was erased, whether the account went, what stays and why."""

    erased: dict[str, int]
    account_erased: bool
    stays: tuple[Problem, ...]


def kept_reasons(person: User, *, at: datetime) -> list[Problem]:
    """What the account is still needed for, each with its rule; empty when it may go today."""
    day = timezone.localdate(at)
    found = []
    if hold_on(User._meta.label_lower, person.pk).exists():
        message = _("The account is kept for a stated reason (legal hold).")
        found.append(Problem(code="held", message=message, provision=provision("retention.people", day)))
    row = User.objects.get_queryset().filter(pk=person.pk)
    standing = [need for need in needs("core.User") if row.filter(pk__in=need.needed(day)).exists()]
    found += [Problem(need.code, need.message, provision=provision(need.provision, day)) for need in standing]
    return found


def always_kept(at: datetime) -> list[Problem]:
    """What no request erases."""
    day = timezone.localdate(at)
    return [
        Problem(
            code="journal",
            message=_("The journal keeps that an account with this number acted; the name is no longer there."),
            provision=provision("retention.journal", day),
        ),
        Problem(
            code="case-papers",
            message=_("Papers of filed cases are kept with the case."),
            provision=provision("retention.case-papers", day),
        ),
    ]


@transaction.atomic
def erase_own(person: User, *, actor: User, at: datetime) -> Answer:
    """Erase at a person's own wish what need not be kept: the whole account where nothing needs it, else what he has
    read and kept for himself. The event holds numbers and codes.

    Raises:
        PermissionDenied: it is not his own.
    """
    row = locked(person)
    require(actor, "core.own_record", row)
    reasons = kept_reasons(row, at=at)
    erased = {
        "messages": Notification.objects.filter(recipient=row, read_at__isnull=False).delete()[0],
        "filters": SavedFilter.objects.filter(user=row).delete()[0],
        "keys": AuthToken.objects.filter(user=row, expiry__lt=at).delete()[0],
        "memberships": 0,
    }
    if not reasons:
        erased["messages"] += Notification.objects.filter(recipient=row).delete()[0]
        erased["keys"] += AuthToken.objects.filter(user=row).delete()[0]
        erased["memberships"] += Membership.objects.filter(user=row).delete()[0]
        erase_people(User.objects.get_queryset().filter(pk=row.pk), at)
    facts = {"erased": erased, "account": not reasons, "kept": [reason.code for reason in reasons]}
    rule = provision("personal_data.erase_on_request", timezone.localdate(at))
    record(row, "user.erase", actor=actor, at=at, audience=INTERNAL, grounds=[rule], data=facts)
    return Answer(erased, not reasons, (*reasons, *always_kept(at)))
