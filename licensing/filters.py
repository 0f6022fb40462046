"""One set of filters for applications: the queue, the API and the admin."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import regions
from core.models import Team, User
from core.services import stood_in_for
from licensing.models import Application
from licensing.permits import ACTS, kinds
from licensing.workflow import APPLICATION


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.code, gettext(kind.name)) for kind in kinds().values()]


def region_choices() -> list[tuple[str, Any]]:
    return list(regions()[1:])


def act_choices() -> list[tuple[str, Any]]:
    return [(code, gettext(name)) for code, name in ACTS.items()]


def state_choices() -> list[tuple[str, Any]]:
    return [(state.name, gettext(state.label)) for state in APPLICATION.states]


def desk(user: User, on: date) -> list[int]:
    """Whose cases lie on a person's desk on a day: his own, and those of whom he stands in for."""
    return [user.pk, *stood_in_for(user, on=on)]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ApplicationFilter(django_filters.FilterSet):
    """`q` takes a number, a BIN or a name; `officer` an id, `me` or `none` (nobody's).

    Mine is what is mine and what is of those for whom I stand in today.
    """

    q = django_filters.CharFilter(label=_("Number, BIN or name"), method="find", max_length=200)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("All kinds"))
    region = django_filters.ChoiceFilter(label=_("Region"), choices=region_choices, empty_label=_("All regions"))
    act = django_filters.ChoiceFilter(label=_("Asked for"), choices=act_choices, empty_label=_("Everything"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=state_choices, empty_label=_("All open"))
    officer = django_filters.CharFilter(label=_("Officer"), method="of_officer")
    due_from = django_filters.DateFilter("due_on", "gte", label=_("Due from"), widget=_day())
    due_to = django_filters.DateFilter("due_on", "lte", label=_("Due to"), widget=_day())
    filed_from = django_filters.DateFilter("filed_on", "gte", label=_("Filed from"), widget=_day())
    filed_to = django_filters.DateFilter("filed_on", "lte", label=_("Filed to"), widget=_day())

    class Meta:
        model = Application
        fields: list[str] = []

    def find(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.found_by(value) if value.strip() else rows  # type: ignore[attr-defined]  # our own QuerySet

    def of_officer(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "me":
            return rows.filter(assigned_to__in=desk(self.request.user, timezone.localdate()))
        if value == "none":
            return rows.filter(assigned_to__isnull=True)
        return rows.filter(assigned_to=int(value)) if value.isdecimal() and len(value) < 18 else rows.none()


def options(choices: Iterable[tuple[Any, Any]], chosen: str = "") -> SafeString:
    """The options of a select, drawn without a template for each: an authority has many officers."""
    parts = (
        f'<option value="{escape(str(code))}"{" selected" if str(code) == chosen else ""}>{escape(str(label))}</option>'
        for code, label in choices
    )
    return mark_safe("".join(parts))  # noqa: S308  (codes and labels are escaped)


class QuickSelect(forms.Select):
    """A select of such options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = options(self.choices, "" if value is None else str(value))
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}), drawn
        )


class QuickInput(forms.TextInput):
    """The same for a field to write in."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = {"value": self.format_value(value)} if value not in (None, "") else {}
        own = {"type": self.input_type, "name": name, **given}
        return format_html("<input{}>", flatatt(own | self.build_attrs(self.attrs, attrs)))


class QueueFilter(ApplicationFilter):
    """The same with the officers by name; without a state it shows what is open.

    Filters that only links set (from the managers' page) are shown while they are set.
    """

    ON_DEMAND: ClassVar = ("filed_from", "filed_to", "undated")

    undated = django_filters.ChoiceFilter(
        method="without_day",
        label=_("Due"),
        choices=[("1", _("No day: the clock stands"))],
        empty_label=_("Any day"),
    )
    team = django_filters.CharFilter(label=_("Team"), method="of_team")

    def __init__(
        self, *args: Any, officers: list[tuple[int, str]], teams: Iterable[tuple[Any, Any]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Everybody")), ("me", _("Mine")), ("none", _("Nobody's yet")), *officers]
        self.form.fields["officer"].widget = QuickSelect(choices=people)
        if teams:
            self.form.fields["team"].widget = QuickSelect(choices=[("", _("All teams")), *teams])
        else:
            self.form.fields["team"].widget = forms.HiddenInput()
        for name in ("kind", "act", "region", "state"):
            self.form.fields[name].widget = QuickSelect(choices=list(self.form.fields[name].choices))
        for name, kind in (("q", "search"), ("due_from", "date"), ("due_to", "date")):
            field = self.form.fields[name]
            field.widget = QuickInput(attrs={"type": kind, **field.widget_attrs(field.widget)})
        for name in self.ON_DEMAND:
            if not self.data.get(name):
                del self.form.fields[name]

    def without_day(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(due_on__isnull=True)

    def of_team(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What the members of a team of the reader's authority hold."""
        pk = int(value) if value.isdecimal() and len(value) < 18 else 0
        teams = Team.objects.visible_to(self.request.user).filter(pk=pk)
        return rows.filter(assigned_to__in=list(teams.values_list("members", flat=True)))

    @property
    def qs(self) -> Any:
        found = super().qs
        return found if self.data.get("state") else found.open()
