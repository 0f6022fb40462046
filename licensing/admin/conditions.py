"""The bank of conditions: entered here by one person, confirmed by another, through the services."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from core.admin.acts import Act, ActForm, ReasonForm
from core.admin.base import HouseAdmin, Tag, display, lines, reader, word
from core.days import dateshort, told
from core.models import User
from core.services import allowed
from core.templatetags.tizilim import cite
from law.problems import Problem
from licensing import services
from licensing.forms.life import rules_in_force
from licensing.models import Condition, ConditionVersion
from licensing.permits import kinds
from licensing.services.conditions import TEXTS, condition_faults, version_faults

LABELS = {"waits": "warning", "holds": "success", "to_come": "info", "over": "default"}


class VersionForm(forms.ModelForm):
    """The words of a condition, their first day, and the rule they rest on."""

    text_kk = forms.CharField(label=_("text in Kazakh"), widget=UnfoldAdminTextareaWidget({"rows": 3}))
    text_ru = forms.CharField(label=_("text in Russian"), widget=UnfoldAdminTextareaWidget({"rows": 3}))
    text_en = forms.CharField(label=_("text in English"), widget=UnfoldAdminTextareaWidget({"rows": 3}))
    in_force = forms.DateField(label=_("first day"), widget=UnfoldAdminDateWidget())
    rule = forms.ChoiceField(
        label=_("provision"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Without one the condition is shown as unconfirmed."),
    )
    actor: User  # set for each request

    class Meta:
        model = ConditionVersion
        fields = ("condition", *TEXTS, "in_force")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["rule"]).choices = [("", "—"), *rules_in_force()]

    def faults(self, given: dict[str, Any]) -> list[Problem]:
        condition = given.get("condition")
        return version_faults(condition, given, given["in_force"], given["rule"]) if condition else []

    def clean(self) -> dict[str, Any]:
        """What the service would refuse is told in the form."""
        given = super().clean() or self.cleaned_data
        for problem in self.faults(given) if "in_force" in given and "rule" in given else ():
            self.add_error(problem.field if problem.field in self.fields else None, problem.text(told))
        return given


class ConditionForm(VersionForm):
    """A new condition with its first version."""

    kinds = forms.MultipleChoiceField(
        label=_("kinds of permit"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None: it fits every kind of the authority."),
    )

    class Meta:
        model = Condition
        fields = ("code", "kinds")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.actor.authority.code if self.actor.authority else ""
        own = [(name, gettext(one.name)) for name, one in kinds().items() if one.authority == code]
        cast("Any", self.fields["kinds"]).choices = own

    def faults(self, given: dict[str, Any]) -> list[Problem]:
        made = Condition(authority=self.actor.authority, code=given.get("code", ""), kinds=given.get("kinds", []))
        return [*condition_faults(made), *version_faults(made, given, given["in_force"], given["rule"])]


class BankAdmin(HouseAdmin):
    """What both lists share: who enters, and that nothing is edited."""

    group = "register"
    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        actor = reader(request)
        own = Condition(authority=actor.authority)
        return actor.authority is not None and allowed(actor, "licensing.enter_condition", own)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change=change, form=forms.ModelForm, **kwargs)
        return type("Form", (self.form,), {"actor": reader(request)})

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.readonly_fields if obj else ()


@admin.register(Condition)
class ConditionAdmin(BankAdmin):
    form = ConditionForm
    icon = "rule_settings"
    list_display = ("code", "shown_kinds", "shown_text")
    list_display_links = ("code",)
    search_fields = ("code",)
    ordering = ("authority", "code")
    fields = ("code", "shown_kinds", "shown_versions", ("made_by", "made_at"))
    readonly_fields = ("shown_kinds", "shown_versions")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("versions")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("code", "kinds", *TEXTS, "in_force", "rule")

    def save_model(self, request: HttpRequest, obj: Condition, form: Any, change: bool) -> None:
        given, actor = form.cleaned_data, reader(request)
        made = services.enter_condition(
            cast("Any", actor.authority),
            code=given["code"],
            fits=given["kinds"],
            texts=given,
            in_force=given["in_force"],
            rule=given["rule"],
            actor=actor,
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = made.condition_id, False

    @display(description=_("kinds of permit"))
    def shown_kinds(self, row: Condition) -> SafeString:
        return lines([word(kinds()[code].name) if code in kinds() else code for code in row.kinds])

    @display(description=_("text"))
    def shown_text(self, row: Condition) -> str:
        newest = max(row.versions.all(), key=lambda one: one.number, default=None)
        return newest.text if newest else "—"

    @display(description=_("versions"))
    def shown_versions(self, row: Condition) -> SafeString:
        return lines([f"{one.number}, {standing(one).text}: {one.text}" for one in row.versions.all()])


def standing(version: ConditionVersion) -> Tag:
    """Waiting to be confirmed, in force today, to come, or over."""
    today = timezone.localdate()
    if version.confirmed_at is None:
        return Tag("waits", gettext("Waits for confirmation"))
    if version.in_force > today:
        return Tag("to_come", gettext("From %(day)s") % {"day": dateshort(version.in_force)})
    if version.repealed is not None and version.repealed <= today:
        return Tag("over", gettext("No longer in force"))
    return Tag("holds", gettext("In force"))


class RepealForm(ActForm):
    repealed = forms.DateField(label=_("first day no longer"), widget=UnfoldAdminDateWidget())
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=UnfoldAdminTextareaWidget({"rows": 3}))


@admin.register(ConditionVersion)
class ConditionVersionAdmin(BankAdmin):
    form = VersionForm
    icon = "history_edu"
    list_display = ("condition", "number", "shown_text", "shown_from", "shown_state", "entered_by")
    list_display_links = ("condition",)
    list_filter = (("confirmed_at", admin.EmptyFieldListFilter),)
    list_select_related = ("condition", "entered_by")
    search_fields = ("condition__code",)
    ordering = ("-id",)
    fields = (
        ("condition", "number", "shown_state"),
        *TEXTS,
        "shown_ground",
        ("in_force", "repealed"),
        ("entered_by", "entered_at"),
        ("confirmed_by", "confirmed_at"),
    )
    readonly_fields = ("shown_state", "shown_ground")
    acts = (
        Act(
            "confirm_version",
            _("Confirm"),
            _("From its first day on the version may be written on licences; the one before it ends with that day."),
            "licensing.confirm_condition",
            services.confirm_version,
        ),
        Act(
            "strike_version",
            _("Take back"),
            _("The version is removed; that it was entered stays in the journal."),
            "licensing.enter_condition",
            services.strike_version,
            ReasonForm,
            adverse=True,
        ),
        Act(
            "repeal_version",
            _("End"),
            _("From that day on the condition is offered no more. Licences issued before keep it."),
            "licensing.confirm_condition",
            services.repeal_version,
            RepealForm,
            adverse=True,
        ),
    )

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else ("condition", *TEXTS, "in_force", "rule")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.base_fields = {**form.base_fields, "condition": own_conditions(reader(request))}
        return form

    def save_model(self, request: HttpRequest, obj: ConditionVersion, form: Any, change: bool) -> None:
        given = form.cleaned_data
        made = services.enter_version(
            given["condition"],
            texts=given,
            in_force=given["in_force"],
            rule=given["rule"],
            actor=reader(request),
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = made.pk, False

    @display(description=_("text"))
    def shown_text(self, row: ConditionVersion) -> str:
        return row.text

    @display(description=_("first day"))
    def shown_from(self, row: ConditionVersion) -> str:
        return dateshort(row.in_force)

    @display(description=_("state"), label=LABELS)
    def shown_state(self, row: ConditionVersion) -> Tag:
        return standing(row)

    @display(description=_("provision"))
    def shown_ground(self, row: ConditionVersion) -> str:
        return cite(row.ground) if row.ground else gettext("unconfirmed")

    def summary(self, row: ConditionVersion) -> tuple[Any, ...]:
        return str(row), row.text, dateshort(row.in_force), standing(row).text

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return gettext("Version"), gettext("Text"), gettext("First day"), gettext("State")


def own_conditions(actor: User) -> "forms.ModelChoiceField[Any]":
    return forms.ModelChoiceField(
        Condition.objects.visible_to(actor), label=_("condition"), widget=UnfoldAdminSelectWidget()
    )
