"""Which of core's rows are due, and how people, organisations and files are erased. Registered by core.apps."""

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from knox.models import AuthToken

from core import workflow
from core.models import (
    Document,
    DocumentSignature,
    Event,
    LoginAttempt,
    Membership,
    Notification,
    Organisation,
    RequestKey,
    SavedFilter,
    User,
    WebhookDelivery,
)
from core.services.files import content_lock
from core.services.holds import register_holdable
from core.services.retention import Rows, held, needs, register_erasure, register_need
from core.services.signatures import OWN
from law.problems import _

ERASED = "erased-"
NOWHERE = "@tizilim.invalid"


def ended_keys(moment: datetime, day: date) -> Rows:
    rows: Rows = AuthToken.objects.filter(expiry__lt=moment)
    return rows


def ended_deliveries(moment: datetime, day: date) -> Rows:
    """Taken or given up; what waits is kept."""
    rows: Rows = WebhookDelivery.objects.filter(next_try_at__isnull=True, created_at__lt=moment)
    return rows


def messages(moment: datetime, day: date) -> Rows:
    """Delivered or given up, of nobody under a hold."""
    done = Q(sent_at__isnull=False) | Q(bounced_at__isnull=False)
    return Notification.objects.filter(done, created_at__lt=moment).exclude(recipient__in=held("core.User"))


def removed_papers(moment: datetime, day: date) -> Rows:
    rows = Document.objects.filter(removed_at__lt=moment, erased_at__isnull=True)
    return rows.exclude(pk__in=Membership.objects.filter(document__isnull=False).values("document"))


def removed_signatures(moment: datetime, day: date) -> Rows:
    """What parties signed such papers with."""
    return DocumentSignature.objects.filter(document__removed_at__lt=moment).exclude(verifier=OWN)


def mandates(moment: datetime, day: date) -> Rows:
    """Revoked or refused before the moment, or run out before it."""
    over = Q(revoked_at__lt=moment) | Q(valid_to__lt=timezone.localdate(moment))
    rows = Membership.objects.filter(over)
    return rows.exclude(organisation__in=held("core.Organisation")).exclude(user__in=held("core.User"))


def mandate_papers(moment: datetime, day: date) -> Rows:
    """The papers of powers of attorney that are about to go."""
    rows = mandates(moment, day)
    for need in needs("core.Membership"):
        rows = rows.exclude(pk__in=need.needed(day))
    label = Membership._meta.label_lower
    return Document.objects.filter(subject_type=label, subject_id__in=rows.values("pk"), erased_at__isnull=True)


def private_holders(moment: datetime, day: date) -> Rows:
    """Natural persons of whom nobody has filed anything, and for whom nobody may act or waits to."""
    stands = Membership.objects.filter(Q(organisation=OuterRef("pk")) | Q(firm=OuterRef("pk")))
    rows = Organisation.objects.filter(form__in=("sole_trader", "person"), created_at__lt=moment)
    return rows.filter(~Exists(stands)).exclude(identifier__startswith=ERASED)


def erase_holders(rows: Rows, at: datetime) -> None:
    rows.update(
        identifier=Concat(Value(ERASED), Cast("pk", CharField())), name_kk="", name_ru="", name_en="—", address="",
        region="", registered_on=None,
    )  # fmt: skip


def people_gone(moment: datetime, day: date) -> Rows:
    """Whose account is closed, or who acts for nobody, and who has done nothing since the moment."""
    acted = Event.objects.filter(actor=OuterRef("pk"), at__gte=moment)
    touched = Event.objects.filter(subject_type=User._meta.label_lower, subject_id=OuterRef("pk"), at__gte=moment)
    acts_for = Membership.objects.valid(day).filter(user=OuterRef("pk"))
    idle = Q(is_active=False) | (Q(role=workflow.APPLICANT) & ~Exists(acts_for))
    rows = User.objects.get_queryset().filter(idle, date_joined__lt=moment)
    rows = rows.filter(~Exists(acted)).filter(~Exists(touched))
    return rows.exclude(role=workflow.SYSTEM).exclude(email__startswith=ERASED)


def erase_people(rows: Rows, at: datetime) -> None:
    """Name, address, password, second factor, keys, messages and claims go; the row stays for the events' sake."""
    ids = list(rows.values_list("pk", flat=True))
    Notification.objects.filter(recipient__in=ids).delete()
    models: tuple[Any, ...] = (EmailAddress, Authenticator, AuthToken, SavedFilter, RequestKey, Membership)
    for model in models:
        model._default_manager.filter(user__in=ids).delete()
    User.objects.get_queryset().filter(pk__in=ids).update(
        email=Concat(Value(ERASED), Cast("pk", CharField()), Value(NOWHERE)),
        full_name="",
        password="!",  # noqa: S106  (no password at all)
        is_active=False,
        last_login=None,
    )


def erase_files(rows: Rows, at: datetime) -> None:
    """Names go with the rows' own transaction, content after it: see erase_contents()."""
    rows.update(filename="", removed_at=Coalesce(F("removed_at"), Value(at)), erased_at=at)


def erase_contents(*, at: datetime) -> int:
    """Take the content of erased documents out of the storage, where no other document has it. Returns how many.

    Safe to run twice: a stop between the rows and the content leaves rows that the next run finds.
    """
    done = 0
    waiting = Document.objects.filter(erased_at__isnull=False, content_erased_at__isnull=True)
    for pk in waiting.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=500):
        done += _erase_content(pk, at)
    return done


@transaction.atomic
def _erase_content(pk: int, at: datetime) -> bool:
    row = (
        Document.objects.filter(pk=pk, erased_at__isnull=False, content_erased_at__isnull=True)
        .select_for_update(skip_locked=True)
        .first()
    )
    if row is None:
        return False
    content_lock(row.sha256, shared=False)  # whoever stores the same content meanwhile waits, and stores it anew
    if not Document.objects.filter(sha256=row.sha256, erased_at__isnull=True).exists():
        default_storage.delete(row.path)
    row.content_erased_at = at
    row.save(update_fields=["content_erased_at"])
    return True


def officials(day: date) -> Rows:
    return User.objects.get_queryset().filter(is_active=True).exclude(role=workflow.APPLICANT).values("pk")


def acting(day: date) -> Rows:
    return Membership.objects.valid(day).filter(user__isnull=False, user__is_active=True).values("user")


def register() -> None:
    """What core declares; called by its AppConfig."""
    from django.contrib.admin.models import LogEntry
    from django.contrib.sessions.models import Session

    register_erasure(
        "sign-in-attempts", "core.LoginAttempt", lambda moment, day: LoginAttempt.objects.filter(at__lt=moment)
    )
    register_erasure("request-keys", "core.RequestKey", lambda moment, day: RequestKey.objects.filter(at__lt=moment))
    register_erasure("webhook-log", "core.WebhookDelivery", ended_deliveries)
    register_erasure("sessions", "sessions.Session", lambda moment, day: Session.objects.filter(expire_date__lt=moment))
    register_erasure("api-keys", "knox.AuthToken", ended_keys)
    register_erasure("panel-log", "admin.LogEntry", lambda moment, day: LogEntry.objects.filter(action_time__lt=moment))
    register_erasure("messages", "core.Notification", messages)
    register_erasure("removed-papers", "core.Document", removed_papers, erase_files)
    register_erasure("removed-papers", "core.DocumentSignature", removed_signatures)
    register_erasure("mandates", "core.Document", mandate_papers, erase_files)
    register_erasure("mandates", "core.Membership", mandates)
    register_erasure("private-holders", "core.Organisation", private_holders, erase_holders)
    register_erasure("people", "core.User", people_gone, erase_people)
    rule = "retention.people"
    register_need("core.User", "office", _("The account belongs to an official in office."), officials, provision=rule)
    register_need("core.User", "acts", _("The account acts for an organisation today."), acting, provision=rule)
    register_holdable("core.user", _("A person"), "email")
    register_holdable("core.organisation", _("An organisation"), "identifier")
