"""The people behind a firm: its owners and executives as an authority knows them, from day to day."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Sight
from core.models.sight import OwnQuerySet
from law.operators import OWNER_KINDS
from law.people import EXECUTIVE, OWNER, Stake, StatedPerson, iin_birth, key, plain_share
from licensing.models.applications import Application
from licensing.permits import kind as permit_kind

if TYPE_CHECKING:
    from licensing.models.licences import Licence

SIDES = {OWNER: _("owner"), EXECUTIVE: _("executive")}


class FirmPersonQuerySet(OwnQuerySet["FirmPerson"]):
    """Officials: the people of firms before their authority. Others: those of organisations they act for."""

    def standing(self) -> Self:
        """Who stands behind a firm now, as far as the authority knows."""
        return self.filter(until__isnull=True)

    def of(self, application: Application) -> Self:
        """Who stands behind the applicant for the kind of permit of a filing."""
        return self.filter(
            organisation=application.organisation_id, authority=application.authority_id, permit=application.kind
        )

    def behind(self, licence: "Licence") -> Self:
        """Who stands or stood behind the holder of a licence for its kind of permit."""
        return self.filter(organisation=licence.organisation_id, authority=licence.authority_id, permit=licence.kind)

    def edition(self) -> int:
        """Which edition of the list of a firm this is: every row entered counts it on, and every one ended."""
        found = self.aggregate(rows=Count("pk"), ended=Count("until"))
        return int(found["rows"] + found["ended"])

    def known_day(self) -> date | None:
        """The last day of which the list of a firm says something: of a filing, a declaration, an end."""
        last = self.aggregate(filed=Max("source__filed_on"), said=Max("declaration__day"), ended=Max("until"))
        return max((day for day in last.values() if day is not None), default=None)

    def unscreened(self) -> Self:
        """Whom no screening has looked at since a list of his authority was imported."""
        return self.standing().filter(screened_at__isnull=True)

    def stakes_behind(self, authority_id: int, numbers: Collection[str]) -> list[Stake]:
        """What is known of who owns these firms, and of who owns those in turn: a query for each storey."""
        found: list[Stake] = []
        seen: set[str] = set()
        asked = {number for number in numbers if number}
        while asked and len(seen) < 200:
            seen |= asked
            rows = self.standing().filter(
                authority=authority_id, side=OWNER, organisation__identifier__in=asked, share__isnull=False
            )
            rows = rows.select_related("organisation").order_by("id")
            stakes = [stake for row in rows[:1_000] if (stake := row.stake(row.organisation.identifier)) is not None]
            found += dict.fromkeys(stakes)  # the same firm may stand before an authority for two kinds of permit
            asked = {stake.owner for stake in stakes} - seen
        return found


class PeopleDeclarationQuerySet(OwnQuerySet["PeopleDeclaration"]):
    """As the people that it named."""

    def behind(self, licence: "Licence") -> Self:
        """Those of the holder of a licence for its kind of permit."""
        return self.filter(organisation=licence.organisation_id, authority=licence.authority_id, permit=licence.kind)


class PeopleDeclaration(models.Model):
    """The holder of a licence said who stands behind him as of a day, and something had changed. The people themselves
    are rows of FirmPerson; who declared stands in the event of the licence."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="+", verbose_name=_("holder"))
    licence = models.ForeignKey("licensing.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    permit = models.CharField(_("kind of permit"), max_length=40)
    day = models.DateField(_("as of"))
    declared_at = models.DateTimeField(_("declared"))
    entered = models.PositiveSmallIntegerField(_("entered"))
    ended = models.PositiveSmallIntegerField(_("ended"))

    objects = PeopleDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration of people")
        verbose_name_plural = _("declarations of people")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_declaration_changes_something", condition=Q(entered__gt=0) | Q(ended__gt=0)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "authority", "permit", "-id"], name="people_declaration_by_firm")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.day}"

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, f"declaration-{self.pk}", "people-declaration")


class FirmPerson(models.Model):
    """One owner or executive of a firm for one kind of permit, from a day until he is known to be no more.

    Rows are entered and ended (licensing.services.people), never edited, so that who stood behind a firm on a day can
    be read. `source`: the filing, or `declaration`: the holder's declaration, that named him.
    """

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    organisation = models.ForeignKey(
        "core.Organisation", models.PROTECT, related_name="people", verbose_name=_("organisation")
    )
    permit = models.CharField(_("kind of permit"), max_length=40)
    side = models.CharField(_("owner or executive"), max_length=10, choices=list(SIDES.items()))
    kind = models.CharField(_("who"), max_length=20, choices=[(code, _(name)) for code, name in OWNER_KINDS.items()])
    name = models.CharField(_("name"), max_length=300)
    number = models.CharField(_("IIN, BIN or foreign number"), max_length=60, blank=True)
    country = models.CharField(_("country of residence or registration"), max_length=2, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    role = models.CharField(_("office"), max_length=60, blank=True)
    share = models.DecimalField(_("share, %"), max_digits=7, decimal_places=4, null=True, blank=True)
    direct = models.BooleanField(_("owns directly"), default=True)
    beneficial = models.BooleanField(_("is a beneficial owner"), default=False)
    through = models.CharField(_("owns through the firm with the number"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    source = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("filing")
    )
    declaration = models.ForeignKey(
        PeopleDeclaration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("declaration of the holder"),
    )
    screened_at = models.DateTimeField(_("screened"), null=True, blank=True)

    objects = FirmPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person behind a firm")
        verbose_name_plural = _("people behind firms")
        ordering: ClassVar = ["side", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="firm_person_share_of_a_hundred",
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
            ),
            models.CheckConstraint(
                name="firm_person_days_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="firm_person_executive_in_an_office", condition=Q(side=OWNER) | Q(side=EXECUTIVE) & ~Q(role="")
            ),
            models.CheckConstraint(
                name="firm_person_of_one_source", condition=Q(source__isnull=True) | Q(declaration__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "authority", "permit"], name="firm_person_by_firm"),
            models.Index(
                fields=["authority", "id"],
                condition=Q(until__isnull=True, screened_at__isnull=True),
                name="firm_person_to_screen",
            ),
        ]

    def __str__(self) -> str:
        return f"person-{self.pk}"  # a name stands in no log and no event

    def sight(self) -> Sight:
        return Sight(self.authority_id, self.organisation_id, f"person-{self.pk}", "firm-person")

    @property
    def role_label(self) -> str:
        """His office in the reader's language."""
        words = permit_kind(self.permit).offices.get(self.role, self.role)
        return gettext(words) if words else ""

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two rows say the same of somebody."""
        return (*self.identity, self.name, self.kind, self.country, self.born_on, self.share, self.direct,
                self.beneficial, self.since if self.side == EXECUTIVE else None)  # fmt: skip

    @property
    def identity(self) -> tuple[object, ...]:
        return (self.side, key(self.number, self.name), self.role, self.through)

    @property
    def birth(self) -> date | None:
        """The day of birth as stated, else as an IIN gives it."""
        return self.born_on or iin_birth(self.number)

    @property
    def plain_share(self) -> str:
        return "" if self.share is None else plain_share(self.share)

    def stake(self, firm: str) -> Stake | None:
        """His share as a link of a chain; `firm`: the number of the firm that he stands behind. None where he holds
        none, or nobody said through whom."""
        if self.side != OWNER or self.share is None or not (self.direct or self.through):
            return None
        return Stake(key(self.number, self.name), self.through or firm, self.share, self.name)

    @classmethod
    def stated(cls, application: Application, one: StatedPerson, on: date) -> "FirmPerson":
        """The row of somebody whom a filing names, not saved; one that is not kept is a declaration in its shape."""
        share = None if one.share is None else one.share.quantize(Decimal("0.0001"))
        return cls(
            authority=application.authority,
            organisation=application.organisation,
            permit=application.kind,
            side=one.side,
            kind=one.kind,
            name=one.name,
            number=one.number,
            country=one.country,
            born_on=one.born_on,
            role=one.role,
            share=share,
            direct=one.direct and not one.through,
            beneficial=one.beneficial,
            through=one.through,
            since=min(one.since, on) if one.since else on,
            source=application if application.pk else None,
        )


def stakes_of(people: Collection[StatedPerson], firm: str) -> list[Stake]:
    """The links of chains that a filing states; `firm`: the number of the applicant."""
    return [
        Stake(key(one.number, one.name), one.through or firm, one.share, one.name)
        for one in people
        if one.side == OWNER and one.share is not None and (one.direct or one.through)
    ]
