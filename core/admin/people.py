"""People, authorities, organisations, who may act for whom, and API keys."""

from typing import Any, ClassVar

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget

from core import services
from core.admin.acts import Act, ReasonForm
from core.admin.base import Staff, display, reader
from core.admin.investors import DESCRIBE_ACT, INVESTOR_ACTS
from core.models import Authority, Membership, Organisation, User
from core.services import administration, allowed

for _model in (Group, EmailAddress, Authenticator, AuthToken):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


def languages() -> list[tuple[str, Any]]:
    from django.conf import settings

    return list(settings.LANGUAGES)


class OfficialForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """A person as an administrator edits him. The password is nobody's but his own."""

    language = forms.ChoiceField(label=_("language"), choices=languages, widget=UnfoldAdminSelectWidget)

    class Meta:
        model = User
        fields = ("email", "full_name", "role", "authority", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields.get("role")
        if isinstance(role, forms.ChoiceField):
            labels = dict(User.ROLE_CHOICES)
            codes = list(administration.ROLES_OF_OFFICIALS)
            if self.instance.pk and self.instance.role not in codes:
                codes = [self.instance.role, *codes]
            role.choices = [(code, labels[code]) for code in codes]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class EndForm(ReasonForm):
    """The day on which an organisation ended, and where this is known from."""

    ended_on = forms.DateField(label=_("Liquidated or struck off on"), widget=UnfoldAdminDateWidget())


def close_account(person: User, **given: Any) -> User:
    return administration.let_in(person, active=False, **given)


def open_account(person: User, **given: Any) -> User:
    return administration.let_in(person, active=True, **given)


@admin.register(User)
class UserAdmin(Staff):
    form = OfficialForm
    icon = "person"
    title = _("People")
    place = 1
    list_display = ("full_name_or_email", "email", "shown_role", "authority", "language", "shown_active")
    list_display_links = ("full_name_or_email",)
    list_filter = (("role", ChoicesDropdownFilter), ("authority", RelatedDropdownFilter), "is_active")
    list_select_related = ("authority",)
    search_fields = ("email", "full_name")
    ordering = ("email",)
    fields = ("email", "full_name", ("role", "authority"), "language", "is_active", "date_joined", "last_login")
    readonly_fields = ("is_active", "date_joined", "last_login")
    acts = (
        Act(
            "close_account",
            _("Close the account"),
            _("The person can no longer sign in; API keys end at once."),
            "core.manage_people",
            close_account,
            ReasonForm,
            adverse=True,
        ),
        Act(
            "open_account",
            _("Open the account again"),
            _("The person can sign in again. API keys must be made anew."),
            "core.manage_people",
            open_account,
            ReasonForm,
        ),
    )

    @display(description=_("name"), ordering="full_name")
    def full_name_or_email(self, person: User) -> str:
        return str(person)

    @display(
        description=_("role"),
        ordering="role",
        label={
            "applicant": "default",
            "officer": "info",
            "head": "success",
            "inspector": "info",
            "administrator": "warning",
            "auditor": "primary",
            "system": "default",
        },
    )
    def shown_role(self, person: User) -> tuple[str, Any]:
        return person.role, person.get_role_display()

    @display(description=_("active"), boolean=True, ordering="is_active")
    def shown_active(self, person: User) -> bool:
        return person.is_active

    def has_add_permission(self, request: HttpRequest) -> bool:
        return allowed(request.user, "core.manage_people", request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not getattr(obj, "is_system", False) and allowed(request.user, "core.manage_people", obj or request.user)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("email", "full_name", ("role", "authority"), "language")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if obj is None:
            return ()
        own = ("role", "authority") if obj == request.user else ()
        return ("email", *self.readonly_fields, *own)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An administrator of an authority enters people of that authority alone."""
        authority = reader(request).authority_id
        if db_field.name == "authority" and authority is not None:
            kwargs["queryset"] = Authority.objects.filter(pk=authority)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if field := form.base_fields.get("authority"):
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return form

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Opening a personal record leaves a row in the access log."""
        person = self.get_object(request, object_id)
        if request.method == "GET" and person is not None and person != request.user:
            administration.note_access(person, actor=reader(request), at=timezone.now())
        return super().change_view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]  # untyped

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        at = timezone.now()
        if change:
            administration.edit_record(obj, fields=form.changed_data, actor=reader(request), at=at)
            return
        given = {name: form.cleaned_data.get(name) for name in ("email", "full_name", "role", "authority", "language")}
        made = administration.open_person(**given, actor=reader(request), at=at)
        obj.pk, obj._state.adding = made.pk, False
        invite(request, made)


def invite(request: HttpRequest, person: User) -> None:
    """Send the link by which a new official sets his password, in his language."""
    from django.utils import translation

    with translation.override(person.language):
        form = ResetPasswordForm(data={"email": person.email})
        if form.is_valid():
            form.save(request)


@admin.register(Authority)
class AuthorityAdmin(Staff):
    icon = "account_balance"
    list_display = ("name", "code", "shown_decides", "address")
    list_display_links = ("name",)
    list_filter = ("decides",)
    search_fields = ("code", "name_kk", "name_ru", "name_en")
    fields = ("code", "name_kk", "name_ru", "name_en", "address", "decides")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows  # their names stand on public pages

    @display(description=_("decides on permits"), boolean=True)
    def shown_decides(self, authority: Authority) -> bool:
        return authority.decides

    def has_add_permission(self, request: HttpRequest) -> bool:
        return reader(request).authority_id is None and allowed(request.user, "core.manage_people", request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return allowed(request.user, "core.manage_people", obj or request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("code", "decides") if obj else ()  # both are part of the law's tables

    def save_model(self, request: HttpRequest, obj: Authority, form: Any, change: bool) -> None:
        at = timezone.now()
        if change:
            administration.edit_record(obj, fields=form.changed_data, actor=reader(request), at=at)
        else:
            administration.open_authority(obj, actor=reader(request), at=at)


@admin.register(Organisation)
class OrganisationAdmin(Staff):
    icon = "domain"
    list_display = ("name", "identifier", "form", "registered_in", "shown_checked", "created_at")
    list_display_links = ("name",)
    list_filter = (("form", ChoicesDropdownFilter), ("registration_checked_at", admin.EmptyFieldListFilter))
    ordering = ("-id",)
    fields = (
        ("identifier", "form"),
        ("name_kk", "name_ru", "name_en"),
        ("registered_in", "registered_on", "region"),
        "address",
        ("lei", "commercial_name", "website"),
        ("registration_checked_at", "registration_checked_by"),
        "ended_on",
        ("is_registered_investor", "investor_reference", "investor_since"),
        "created_at",
    )
    search_fields = ("identifier",)
    search_help_text = _("BIN or name")
    acts = (
        Act(
            "confirm_registration",
            _("Confirm the registration record"),
            _("You have compared each with the registration record, and it agrees."),
            "core.check_registration",
            services.confirm_registration,
            ReasonForm,
        ),
        Act(
            "end_organisation",
            _("Note its end"),
            _("You have seen in the registration record that it was liquidated or struck off on this day."),
            "core.check_registration",
            services.end_organisation,
            EndForm,
        ),
        *INVESTOR_ACTS,
        DESCRIBE_ACT,
    )

    @display(description=_("registration checked"), boolean=True, ordering="registration_checked_at")
    def shown_checked(self, organisation: Organisation) -> bool:
        return organisation.registration_checked_at is not None

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return organisations_by(queryset, search_term), False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A sole trader's or a person's record is personal data: who opens it is noted."""
        row = self.get_object(request, object_id)
        if request.method == "GET" and row is not None and row.form != "legal_entity":
            administration.note_access(row, actor=reader(request), at=timezone.now())
        return super().change_view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]  # untyped

    def summary(self, row: Organisation) -> tuple[Any, ...]:
        return row.name, row.identifier, row.get_form_display(), row.registered_in

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return gettext("Organisation"), gettext("BIN or IIN"), gettext("Form"), gettext("Country")


def organisations_by(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Organisations with this number, or these words in a name of any script."""
    text = text.strip()
    return rows.filter(pk__in=[row["pk"] for row in Organisation.objects.found_by(text)[:1000]]) if text else rows


@admin.register(Membership)
class MembershipAdmin(Staff):
    icon = "badge"
    title = _("Who acts for whom")
    list_display = ("organisation", "shown_who", "shown_kind", "valid_from", "valid_to", "shown_state")
    list_display_links = ("organisation",)
    list_filter = (
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("revoked_at", admin.EmptyFieldListFilter),
        ("firm", admin.EmptyFieldListFilter),
    )
    list_select_related = ("organisation", "user", "firm")
    search_fields = ("organisation__identifier", "firm__identifier", "user__email")
    ordering = ("-id",)
    fields = (
        "organisation",
        ("user", "firm"),
        ("valid_from", "valid_to"),
        ("claimed_by", "claimed_at"),
        ("confirmed_by", "confirmed_at"),
        ("revoked_by", "revoked_at"),
    )
    acts = (
        Act(
            "confirm_membership",
            _("Confirm"),
            _("From its first day on, the person or firm may act for the organisation."),
            "core.confirm_membership",
            services.confirm_membership,
            ReasonForm,
        ),
        Act(
            "revoke_membership",
            _("Revoke"),
            _("From now on the person or firm may no longer act for the organisation."),
            "core.confirm_membership",
            services.revoke_membership,
            ReasonForm,
            adverse=True,
        ),
    )

    @display(description=_("who acts"))
    def shown_who(self, row: Membership) -> str:
        return str(row.firm or row.user)

    @display(description=_("kind"), label={"firm": "info"})
    def shown_kind(self, row: Membership) -> tuple[str, Any]:
        return ("firm", _("Power of attorney")) if row.is_power_of_attorney else ("user", _("Membership"))

    @display(description=_("state"), label={"waiting": "warning", "revoked": "danger", "holds": "success"})
    def shown_state(self, row: Membership) -> tuple[str, Any]:
        if row.revoked_at:
            return "revoked", _("Revoked")
        return ("holds", _("Confirmed")) if row.confirmed_at else ("waiting", _("To be confirmed"))

    def summary(self, row: Membership) -> tuple[Any, ...]:
        return row.organisation.name, self.shown_who(row), self.shown_kind(row)[1], self.shown_state(row)[1]

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return gettext("Organisation"), gettext("Who acts"), gettext("Kind"), gettext("State")


@admin.register(AuthToken)
class KeyAdmin(Staff):
    """API keys. A key itself is stored nowhere; its first characters tell it from others."""

    icon = "key"
    title = _("API keys")
    list_display = ("token_key", "user", "created", "expiry", "shown_state")
    list_display_links = ("token_key",)
    list_select_related = ("user",)
    search_fields = ("token_key", "user__email")
    ordering = ("-created",)
    fields: ClassVar[Any] = ("token_key", "user", "created", "expiry")
    acts = (
        Act(
            "revoke_key",
            _("Revoke"),
            _("Programs that use the key are refused from now on. It cannot be undone."),
            "core.revoke_key",
            services.revoke_key,
            adverse=True,
        ),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Administrators and auditors see the keys of the people they see; others their own."""
        if user.role in ("administrator", "auditor"):
            return rows.filter(user__in=User.objects.visible_to(user))
        return rows.filter(user=user)

    @display(description=_("state"), label={"ended": "danger", "holds": "success"})
    def shown_state(self, key: Any) -> tuple[str, Any]:
        ended = key.expiry is not None and key.expiry < timezone.now()
        return ("ended", _("Expired")) if ended else ("holds", pgettext_lazy("of an API key", "Valid"))

    def summary(self, row: Any) -> tuple[Any, ...]:
        return row.token_key, str(row.user), row.expiry

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return gettext("Key"), gettext("Person"), gettext("Expires")


__all__ = ["organisations_by"]
