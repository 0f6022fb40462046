"""Users, authorities, organisations, and who may act for whom from which day to which."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import workflow
from core.models.base import Named, Sight

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SYSTEM_EMAIL = "system@tizilim.invalid"


class Authority(Named):
    """A regulator, or a body that only answers or receives."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    decides = models.BooleanField(_("decides on permits"), default=False)
    address = models.CharField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering: ClassVar = ["code"]

    def sight(self) -> Sight:
        return Sight(authority_id=self.pk, reference=f"authority-{self.code}", title="authority")


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials see the people of their own authority and of none; an administrator of none sees everybody."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_system or (user.role == workflow.ADMINISTRATOR and not user.is_official):
            return self
        if user.is_official:
            return self.filter(Q(authority=user.authority_id) | Q(authority__isnull=True))
        return self.filter(pk=user.pk)

    def without_confirmed_address(self) -> Self:
        """Whose address nobody has confirmed: what is mailed there may reach a stranger, or nobody."""
        addresses = apps.get_model("account", "EmailAddress")._default_manager
        confirmed = addresses.filter(user=OuterRef("pk"), verified=True, email__iexact=OuterRef("email"))
        return self.filter(~Exists(confirmed))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User | AnonymousUser") -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, role=workflow.ADMINISTRATOR, is_superuser=True, **fields)

    def system(self) -> "User":
        """The one user by whom timed steps are taken; made by a migration, without a password."""
        return self.get(email=SYSTEM_EMAIL)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. An official belongs to one authority; everybody else acts for organisations."""

    ROLE_CHOICES: ClassVar = [
        (workflow.APPLICANT, _("Applicant")),
        (workflow.OFFICER, _("Officer")),
        (workflow.HEAD, _("Head")),
        (workflow.INSPECTOR, _("Inspector")),
        (workflow.ADMINISTRATOR, _("Administrator")),
        (workflow.AUDITOR, _("Auditor")),
        (workflow.SYSTEM, _("System")),
    ]

    EACH, DAILY = "each", "daily"
    MAIL_CHOICES: ClassVar = [(EACH, _("with each message")), (DAILY, _("once a day"))]

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES, default=workflow.APPLICANT)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="officials", verbose_name=_("authority")
    )
    language = models.CharField(_("language"), max_length=2, default="kk")
    mail = models.CharField(_("e-mail comes"), max_length=10, choices=MAIL_CHOICES, default=EACH)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering: ClassVar = ["email"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_role_has_authority",
                condition=Q(role__in=[workflow.APPLICANT, workflow.SYSTEM], authority__isnull=True)
                | Q(authority__isnull=False)
                | Q(role=workflow.ADMINISTRATOR),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def is_system(self) -> bool:
        return self.role == workflow.SYSTEM

    @property
    def is_staff(self) -> bool:
        """Who may open the admin panel; what he may do there is asked per act."""
        return self.role in (workflow.OFFICER, workflow.HEAD, workflow.ADMINISTRATOR, workflow.AUDITOR)

    @property
    def is_official(self) -> bool:
        return self.authority_id is not None

    def sight(self) -> Sight:
        return Sight(authority_id=self.authority_id, reference=f"user-{self.pk}", title="user")

    def organisations(self, on: date | None = None) -> "OrganisationQuerySet":
        """Those this person may act for on a day (today unless told), as a member or under a power of attorney."""
        return Organisation.objects.acted_for_by(self, on or timezone.localdate())

    def acts_for(self, organisation_id: int, on: date | None = None) -> bool:
        """Whether one organisation is among them; asked at every act of a party, so by the shortest query."""
        valid = Membership.objects.valid(on or timezone.localdate())
        own = valid.filter(user=self).values("organisation")
        return valid.filter(Q(user=self) | Q(firm__in=own), organisation=organisation_id).exists()


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def acted_for_by(self, user: User, on: date) -> Self:
        own = Membership.objects.valid(on).filter(user=user).values("organisation")
        clients = Membership.objects.valid(on).filter(firm__in=own).values("organisation")
        return self.filter(Q(pk__in=own) | Q(pk__in=clients))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Officials see every organisation that files anywhere; others those they act for."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_system or user.is_official or user.role == workflow.ADMINISTRATOR:
            return self
        return self.acted_for_by(user, timezone.localdate())

    def found_by(self, text: str) -> "models.QuerySet[Organisation, Any]":
        """Ids of organisations by number or by name in any script: a union of look-ups, each with its own index."""
        digits = "".join(text.split())
        looks = [Q(**{f"name_{code}__icontains": text}) for code in ("kk", "ru", "en")]
        if digits.isdigit():
            looks = [Q(identifier__startswith=digits)]
        first, *others = [self.order_by().filter(look).values("pk") for look in looks]
        return first.union(*others) if others else first


class Organisation(Named):
    """An applicant or holder: a legal entity, a sole trader or a person; or a law firm that acts for them."""

    FORMS: ClassVar = [
        ("legal_entity", _("Legal entity")),
        ("sole_trader", _("Sole trader")),
        ("person", _("Person")),
    ]

    identifier = models.CharField(_("BIN or IIN"), max_length=32, unique=True)
    form = models.CharField(_("form"), max_length=20, choices=FORMS)
    registered_in = models.CharField(_("country of registration"), max_length=2, default="KZ")
    registered_on = models.DateField(_("day of registration"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)  # ISO 3166-2
    address = models.CharField(_("address"), max_length=300, blank=True)
    lei = models.CharField("LEI", max_length=20, blank=True)  # ISO 17442, as core.services.describe_firm checked it
    commercial_name = models.CharField(_("commercial name"), max_length=200, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    description = models.PositiveIntegerField(_("version of the three"), default=0)
    described_at = models.DateTimeField(_("LEI, commercial name, website stated"), null=True, blank=True)
    registration_checked_at = models.DateTimeField(_("registration record checked"), null=True, blank=True)
    registration_checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    ended_on = models.DateField(_("liquidated or struck off on"), null=True, blank=True)
    is_registered_investor = models.BooleanField(_("in the register of investors"), default=False)
    investor_reference = models.CharField(_("entry in the register of investors"), max_length=100, blank=True)
    investor_since = models.DateField(_("in the register since"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["identifier"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organisation_has_a_name", condition=~Q(name_kk="") | ~Q(name_ru="") | ~Q(name_en="")
            ),
            models.UniqueConstraint(fields=["lei"], condition=~Q(lei=""), name="organisation_lei_once"),
            models.CheckConstraint(
                name="organisation_described_when_stated",
                condition=Q(lei="", commercial_name="", website="") | Q(described_at__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_investor_by_an_entry",
                condition=Q(is_registered_investor=False, investor_reference="", investor_since__isnull=True)
                | Q(is_registered_investor=True, investor_since__isnull=False) & ~Q(investor_reference=""),
            ),
            models.CheckConstraint(
                name="organisation_checked_by_someone",
                condition=Q(registration_checked_at__isnull=True, registration_checked_by__isnull=True)
                | Q(registration_checked_at__isnull=False, registration_checked_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [  # what found_by() looks through
            GinIndex(OpClass(Upper(f"name_{code}"), name="gin_trgm_ops"), name=f"organisation_name_{code}")
            for code in ("kk", "ru", "en")
        ]

    def sight(self) -> Sight:
        return Sight(organisation_id=self.pk, reference=f"organisation-{self.pk}", title="organisation")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, on: date) -> Self:
        """Confirmed, not revoked, and covering the day; `valid_to` is the last day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            confirmed_at__isnull=False,
            revoked_at__isnull=True,
            valid_from__lte=on,
        )

    def waiting(self) -> Self:
        """Claims that nobody has answered."""
        return self.filter(confirmed_at__isnull=True, revoked_at__isnull=True)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_system or user.is_official or user.role == workflow.ADMINISTRATOR:
            return self
        own = user.organisations()
        return self.filter(Q(user=user) | Q(organisation__in=own) | Q(firm__in=own))


class Membership(models.Model):
    """Somebody may act for an organisation: a person as its member, or a firm under a power of attorney."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("person")
    )
    firm = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="mandates", verbose_name=_("firm")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    document = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("claimed by"))
    claimed_at = models.DateTimeField(_("claimed at"))
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership or power of attorney")
        verbose_name_plural = _("memberships and powers of attorney")
        ordering: ClassVar = ["-claimed_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(confirmed_at__isnull=True, revoked_at__isnull=True),
                name="membership_waiting",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="membership_of_a_person_or_a_firm",
                condition=Q(user__isnull=False, firm__isnull=True) | Q(user__isnull=True, firm__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_days_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="membership_not_of_itself", condition=Q(firm__isnull=True) | ~Q(firm=F("organisation"))
            ),
            models.CheckConstraint(
                name="power_of_attorney_has_an_end", condition=Q(firm__isnull=True) | Q(valid_to__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.user_id or self.firm_id}"

    @property
    def is_power_of_attorney(self) -> bool:
        return self.firm_id is not None

    def sight(self) -> Sight:
        kind = "power-of-attorney" if self.is_power_of_attorney else "membership"
        return Sight(organisation_id=self.organisation_id, reference=f"membership-{self.pk}", title=kind)


class LoginAttempt(models.Model):
    """A failed log-in, kept for an hour as a keyed digest: limits live where a broken cache opens nothing."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "at"], name="login_attempt_key")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
