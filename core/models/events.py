"""The one table of what happened, the seals over it, and who opened what."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.models.base import Seen, SeenQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models.people import User


class Event(Seen):
    """Something that happened. Only core.services.record() writes it; triggers number, chain, hash and guard it.

    `data` holds facts and codes, never sentences and never personal data: a row here cannot be erased.
    """

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    on_behalf_of = models.ForeignKey(
        "core.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    verb = models.CharField(_("act"), max_length=60)
    seq = models.PositiveIntegerField(_("number in its chain"))
    from_state = models.CharField(_("state before"), max_length=30, blank=True)
    to_state = models.CharField(_("state after"), max_length=30, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    data = models.JSONField(_("facts"), default=dict, blank=True)
    previous_hash = models.BinaryField(_("hash of the event before it"), null=True)
    hash = models.BinaryField(_("hash"))

    objects = SeenQuerySet["Event"].as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "seq"], name="event_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["authority", "-id"], name="event_by_authority")]

    def __str__(self) -> str:
        return f"{self.verb} {self.reference}"


class Checkpoint(models.Model):
    """A seal over all events since the last one: a root over their hashes, the previous seal, an Ed25519 signature.

    A copy lies outside the database, so that a removed tail, a removed case or a removed seal is found too.
    """

    at = models.DateTimeField(_("at"))
    first_event = models.BigIntegerField(_("first event"))  # ids, inclusive
    last_event = models.BigIntegerField(_("last event"))
    events = models.PositiveBigIntegerField(_("number of events"))
    root = models.BinaryField(_("root over the events' hashes"))
    previous_hash = models.BinaryField(_("hash of the seal before it"), null=True)
    hash = models.BinaryField(_("hash"))
    key = models.CharField(_("public key"), max_length=64)  # the public key, hexadecimal
    signature = models.BinaryField(_("signature"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.first_event}–{self.last_event}"


class AccessQuerySet(models.QuerySet["Access"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Administrators and auditors see what was opened in their authority; others what they opened themselves."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role not in (workflow.ADMINISTRATOR, workflow.AUDITOR):
            return self.filter(user=user)
        if user.authority_id is None:
            return self
        return self.filter(authority=user.authority_id)


class Access(models.Model):
    """Somebody opened a document or a personal record. Append-only and unchained, so that reading never waits."""

    at = models.DateTimeField(_("at"))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    subject_type = models.CharField(_("kind of object"), max_length=60)
    subject_id = models.BigIntegerField(_("object"))
    authority = models.ForeignKey(
        "core.Authority", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("authority")
    )
    reference = models.CharField(_("reference"), max_length=60, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="access_by_subject"),
            models.Index(fields=["-at", "-id"], name="access_by_moment"),
            models.Index(fields=["authority", "-at", "-id"], name="access_by_authority"),
            models.Index(fields=["user", "-at", "-id"], name="access_by_person"),
            models.Index(fields=["reference", "-at", "-id"], name="access_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
