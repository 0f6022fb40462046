"""What the pages of plans ask for. The services judge."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.days import ALONE_MONTHS, language
from core.forms import DateInput, regions_lazy
from core.models import User
from inspections.models import RiskRun
from inspections.services.plans import REASON_LENGTH
from inspections.workflow import PLAN
from law.inspections.codes import MODES
from law.inspections.schedules import PLANS
from licensing.forms import words
from licensing.forms.deeds import DeedForm


def plan_choices() -> list[tuple[str, str]]:
    return [(code, gettext(name)) for code, name in PLANS.items()]


def mode_choices() -> list[tuple[str, str]]:
    return [(str(code), gettext(name)) for code, name in MODES.items()]


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in PLAN.states)]


def month_choices() -> list[tuple[str, str]]:
    names = enumerate(ALONE_MONTHS[language()], 1)
    return [("", gettext("Any month")), *((str(number), name.capitalize()) for number, name in names)]


class PlansForm(forms.Form):
    """What narrows the list of plans."""

    year = forms.IntegerField(required=False, label=_("Year"), min_value=2023, max_value=2100)
    state = forms.ChoiceField(required=False, label=_("State"), choices=lazy(state_choices, list))


class FormPlanForm(forms.Form):
    """A plan to be formed: which, of which year, in which way, from which run."""

    plan = forms.ChoiceField(label=_("Plan"), choices=lazy(plan_choices, list))
    year = forms.IntegerField(label=_("Year"), min_value=2023, max_value=2100)
    mode = forms.ChoiceField(
        label=_("Formed"),
        choices=lazy(mode_choices, list),
        help_text=_("The plan of one period is formed in one way alone. On paper the cap of the law holds."),
    )
    risk_run = forms.ModelChoiceField(RiskRun.objects.none(), label=_("Risk run"), to_field_name="reference")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = RiskRun.objects.visible_to(user).filter(trial=False, finished_at__isnull=False).order_by("-on", "-id")
        choice = cast("forms.ModelChoiceField[RiskRun]", self.fields["risk_run"])
        choice.queryset = rows
        self.fields["risk_run"].initial = rows.first()
        self.fields["year"].initial = timezone.localdate().year + 1


class EntriesForm(forms.Form):
    """What narrows the rows of a plan."""

    q = forms.CharField(required=False, max_length=40, label=_("BIN"))
    month = forms.TypedChoiceField(
        required=False, label=_("Month"), choices=lazy(month_choices, list), coerce=int, empty_value=None
    )
    region = forms.ChoiceField(required=False, label=_("Region"), choices=regions_lazy)


class OpenEntriesForm(forms.Form):
    """What the public looks for."""

    q = forms.CharField(required=False, max_length=40, label=_("BIN or name"))


class WhyForm(forms.Form):
    """Whose place, or absence, is to be explained."""

    bin = forms.CharField(max_length=20, label=_("BIN"))


class PlainForm(DeedForm):
    """Nothing but the version that the actor saw."""


class SentForm(DeedForm):
    sent_on = forms.DateField(label=_("Sent on"), widget=DateInput, initial=timezone.localdate)


class ReasonForm(DeedForm):
    reason = words(_("Reason"), rows=3)


class VersionForm(DeedForm):
    """Why a later version is made. It changes nothing of the plan that is published, so no version is compared."""

    reason = words(_("Why it is changed"), rows=3)

    def given(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class MoveForm(DeedForm):
    """Another start, another inspector."""

    start_on = forms.DateField(label=_("Start"), widget=DateInput)
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Inspector"))

    def __init__(self, *args: Any, people: Any, period: tuple[date, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["lead"]).queryset = people
        self.fields["start_on"].widget.attrs |= {"min": period[0].isoformat(), "max": period[1].isoformat()}


class OutForm(DeedForm):
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH)


class RouteForm(forms.Form):
    """Which month, of whom, where."""

    on = forms.DateField(required=False, label=_("Day"), widget=DateInput)
    lead = forms.ModelChoiceField(User.objects.none(), required=False, label=_("Inspector"), empty_label=_("Anybody"))
    region = forms.ChoiceField(required=False, label=_("Region"), choices=regions_lazy)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(user).filter(inspector__authority=user.authority_id)
        cast("forms.ModelChoiceField[User]", self.fields["lead"]).queryset = people.order_by("full_name", "email")


class CalendarForm(RouteForm):
    """Which days, of whom, where."""

    view = forms.ChoiceField(required=False, label=_("Show"), choices=[("month", _("A month")), ("week", _("A week"))])
    field_order = ["view"]
