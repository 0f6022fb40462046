"""Complaints of consumers against providers. The person finds hers by a code, which is kept as its hash alone."""

import hashlib
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Sight, Stateful, User
from core.models.sight import OwnQuerySet
from exchanges.workflow import COMPLAINT
from exchanges.workflow.complaints import PUT

SERIES = "CC"  # followed by the year: CC-2026-00001


def hash_of(code: str) -> str:
    """What a code is found by; case and spaces do not matter."""
    return hashlib.sha256("".join(code.split()).upper().encode()).hexdigest()


class ComplaintQuerySet(OwnQuerySet["Complaint"]):
    """Officials: of providers of their authority. Providers: their own, once put to them. Persons: what they
    filed under an account. By its code everybody: `with_code`.
    """

    def for_party(self, user: "User") -> Q:
        own = Q(organisation__in=user.organisations().values("pk"), state__in=PUT)
        return own | Q(filed_by=user.pk)

    def with_code(self, code: str) -> Self:
        return self.filter(code_hash=hash_of(code))


class Complaint(Stateful):
    """What a person says of a provider, the provider's answer, and what came of it.

    `shared`: the person lets the provider read name and contact.
    """

    WORKFLOW = COMPLAINT
    FOLDER = "complaints"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True)
    key = models.UUIDField(_("key of the form"), unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("provider"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )
    name = models.CharField(_("name of the person"), max_length=200)
    contact = models.CharField(_("how to reach the person"), max_length=200)
    shared = models.BooleanField(_("name and contact go to the provider"), default=False)
    text = models.TextField(_("what is complained of"))
    forwarded_at = models.DateTimeField(_("put to the provider"), null=True, blank=True)
    answer = models.TextField(_("answer of the provider"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    remark = models.TextField(_("why another answer is asked for"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint of a consumer")
        verbose_name_plural = _("complaints of consumers")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="complaint_state_known", condition=Q(state__in=[s.name for s in COMPLAINT.states])
            ),
            models.CheckConstraint(
                name="complaint_put_with_its_moment",
                condition=Q(state__in=PUT, forwarded_at__isnull=False)
                | ~Q(state__in=PUT) & Q(forwarded_at__isnull=True),
            ),
            models.CheckConstraint(
                name="complaint_answered_whole",
                condition=~Q(state="answered") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="complaint_ended_whole",
                condition=Q(state__in=("closed", "declined"), ended_by__isnull=False, ended_at__isnull=False)
                | ~Q(state__in=("closed", "declined")) & Q(ended_by__isnull=True, ended_at__isnull=True, outcome=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "-id"], name="complaint_by_state"),
            models.Index(fields=["organisation", "-id"], name="complaint_by_provider"),
            models.Index(fields=["filed_by", "-id"], name="complaint_by_person"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, self.reference, "complaint")

    def names_person_to(self, user: User) -> bool:
        """Whether this reader is told who complains: the authority, the person, the provider where it was agreed."""
        return user.is_official or self.shared or self.filed_by_id == user.pk
