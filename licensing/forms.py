"""What each act asks for. The services judge; forms only read and say what is malformed."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import regions
from core.models import Authority, Team, User
from core.workflow import HEAD, INSPECTOR, OFFICER
from law.grounds import Ground
from law.problems import render
from law.terms import hearing_due
from licensing.models import Application, CaseTask, Opinion, Payment
from licensing.models.decisions import OUTCOMES
from licensing.permits import kinds

TEXT_LIMIT = 10_000


def officers_of(authority_id: int | None) -> QuerySet[User]:
    """Who can take a case of an authority, by name."""
    people = User.objects.filter(authority=authority_id, role__in=(OFFICER, HEAD), is_active=True)
    return people.order_by("full_name", "email")


def _words(label: Any, *, required: bool = True, rows: int = 6, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def day_picker() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def closed_list(listed: Iterable[Ground]) -> list[tuple[str, str]]:
    """Grounds as choices: codes with their words, article, and the mark of what is unconfirmed."""
    return [(one.code, _ground_words(one)) for one in listed]


def _ground_words(one: Ground) -> str:
    line = one.source.cite()
    rest = [render(line.msgid, line.params, gettext), *([] if one.is_confirmed else [gettext("unconfirmed")])]
    return f"{gettext(one.text).rstrip('.')} ({', '.join(rest)})"


class ActForm(forms.Form):
    """The base of all: the case, the actor, and the version that the actor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, application: Application, actor: User, **kwargs: Any) -> None:
        self.application, self.actor = application, actor
        kwargs["initial"] = {"version": application.version, **self.start(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    def start(self) -> dict[str, Any]:
        """Values to begin with."""
        return {}

    def prepare(self) -> None:
        """Fill choices that depend on the case."""


class ReasonsForm(ActForm):
    """Reasons by code first, words second."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), widget=forms.CheckboxSelectMultiple, help_text=_("From the closed list of the law.")
    )
    text = _words(_("What exactly is missing"), help_text=_("The applicant reads this in the letter."))

    def prepare(self) -> None:
        listed = self.application.form.incompleteness_reasons(timezone.localdate())
        cast(forms.MultipleChoiceField, self.fields["reasons"]).choices = closed_list(listed)


class QuestionForm(ActForm):
    text = _words(_("Question"), help_text=_("The applicant reads this in the letter."))


class NoteForm(ActForm):
    text = _words(_("Note"), rows=4, help_text=_("Only officials of your authority see it."))


class DissentForm(ActForm):
    text = _words(_("Dissenting opinion"), help_text=_("The head reads it before he decides; the applicant does not."))


class WhyForm(ActForm):
    reason = _words(_("Why"), rows=4)


class LetterForm(ActForm):
    text = _words(_("Reasons in words"), rows=10)

    def start(self) -> dict[str, Any]:
        row = self.application.recommendation
        return {"text": row.text if row else ""}


class RecommendForm(ActForm):
    outcome = forms.ChoiceField(label=_("Recommendation"), choices=OUTCOMES, widget=forms.RadioSelect, initial="grant")
    reasons = forms.MultipleChoiceField(
        label=_("Grounds of a refusal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed to refuse, from the closed list of the law."),
    )
    text = _words(_("Reasons in words"), help_text=_("Printed in the letter of a refusal."))
    conditions = _words(
        _("Conditions of the licence"), required=False, rows=3, help_text=_("One a line; they stand on the licence.")
    )

    def prepare(self) -> None:
        listed = self.application.form.refusal_grounds(timezone.localdate())
        cast(forms.MultipleChoiceField, self.fields["reasons"]).choices = closed_list(listed)

    def clean_conditions(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["conditions"].splitlines() if line.strip()]


class DecideForm(ActForm):
    """The confirmation is asked for only where a ground is unconfirmed law."""

    confirmation = _words(
        _("Confirmation"),
        required=False,
        rows=4,
        help_text=_("A ground of this refusal is unconfirmed law. Say in writing why it applies all the same."),
    )

    def prepare(self) -> None:
        row = self.application.recommendation
        listed = self.application.form.refusal_grounds(timezone.localdate())
        chosen = set(row.reasons) if row else set()
        if all(one.is_confirmed for one in listed if one.code in chosen):
            del self.fields["confirmation"]
        else:
            self.fields["confirmation"].required = True


class StopForm(ActForm):
    """The case of the law in which the clock may stand, the remarks, and the days to cure them."""

    case = forms.ChoiceField(label=_("In which case"), choices=[], widget=forms.RadioSelect)
    text = _words(_("Remarks"), help_text=_("The applicant reads this in the letter."))
    cure_days = forms.IntegerField(label=_("Working days to cure"), min_value=1, max_value=250)

    def prepare(self) -> None:
        listed = self.application.permit.pause_cases(timezone.localdate())
        cast(forms.ChoiceField, self.fields["case"]).choices = closed_list(listed)


class ResumeForm(ActForm):
    to_on = forms.DateField(label=_("Day on which the clock runs on"), widget=day_picker())

    def start(self) -> dict[str, Any]:
        return {"to_on": timezone.localdate()}


class HearingForm(ActForm):
    """The day and the place; the draft itself is the recommendation."""

    hearing_on = forms.DateField(label=_("Day of the hearing"), widget=day_picker())
    place = _words(_("Place and hour"), rows=2, help_text=_("The applicant reads this in the letter."))

    def start(self) -> dict[str, Any]:
        return {"hearing_on": hearing_due(timezone.localdate()).due_on}


class MinutesForm(ActForm):
    held_on = forms.DateField(label=_("Held on"), widget=day_picker())
    attended = forms.TypedChoiceField(
        label=_("The applicant"),
        choices=[("yes", _("Came")), ("no", _("Did not come"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    minutes = _words(_("Minutes of the hearing"), rows=8)

    def start(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate()}


class AssignForm(ActForm):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), required=False, empty_label=_("Nobody"))

    def prepare(self) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields["to"]).queryset = officers_of(self.application.authority_id)

    def start(self) -> dict[str, Any]:
        return {"to": self.application.assigned_to_id}


class OpinionRequestForm(ActForm):
    body = forms.ModelChoiceField(Authority.objects.none(), label=_("Body"))
    text = _words(_("What is asked"), rows=4)

    def prepare(self) -> None:
        bodies = Authority.objects.exclude(pk=self.application.authority_id).order_by("code")
        cast("forms.ModelChoiceField[Any]", self.fields["body"]).queryset = bodies


class OpinionForm(ActForm):
    opinion = forms.ModelChoiceField(Opinion.objects.none(), widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Answer"), choices=Opinion.ANSWERS[1:3], widget=forms.RadioSelect)
    answered_on = forms.DateField(label=_("Day of the answer"), widget=day_picker())
    text = _words(_("Opinion"), required=False, rows=4)

    def prepare(self) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields["opinion"]).queryset = self.application.opinions.all()

    def start(self) -> dict[str, Any]:
        return {"answered_on": timezone.localdate()}


class TaskForm(ActForm):
    what = _words(_("What to do"), rows=3, help_text=_("Only officials of your authority see it."))
    to = forms.ModelChoiceField(User.objects.none(), label=_("For whom"))
    due_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=True
    )

    def prepare(self) -> None:
        people = User.objects.filter(authority=self.application.authority_id, is_active=True)
        people = people.filter(role__in=(OFFICER, HEAD, INSPECTOR)).order_by("full_name", "email")
        cast("forms.ModelChoiceField[Any]", self.fields["to"]).queryset = people


class TaskDoneForm(ActForm):
    task = forms.ModelChoiceField(CaseTask.objects.none(), widget=forms.HiddenInput)

    def prepare(self) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields["task"]).queryset = self.application.tasks.all()


class JudgeForm(ActForm):
    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    met = forms.TypedChoiceField(
        label=_("Judgement"),
        choices=[("yes", _("Met")), ("no", _("Not met"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = _words(_("Why"), rows=3)


class PaymentForm(ActForm):
    reference = forms.CharField(label=_("Payment reference"), max_length=60)
    paid_on = forms.DateField(
        label=_("Day of payment"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.DecimalField(label=_("Amount, tenge"), max_digits=16, decimal_places=2)
    payer = forms.CharField(label=_("Payer's BIN or IIN"), max_length=12)
    note = _words(
        _("Note"),
        required=False,
        rows=3,
        help_text=_("Needed where the payer is not the applicant: why this payment is his."),
    )

    def start(self) -> dict[str, Any]:
        return {"payer": self.application.organisation.identifier}


class ConfirmPaymentForm(ActForm):
    payment = forms.ModelChoiceField(Payment.objects.none(), widget=forms.HiddenInput)

    def prepare(self) -> None:
        rows = self.application.payments.filter(voided_at__isnull=True)
        cast("forms.ModelChoiceField[Any]", self.fields["payment"]).queryset = rows


class VoidPaymentForm(ConfirmPaymentForm):
    reason = _words(_("Why"), rows=3)


class PublicationForm(forms.Form):
    published = forms.TypedChoiceField(
        label=_("The public"),
        choices=[("yes", _("Sees this entry")), ("no", _("Does not see this entry"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = _words(_("Why"), rows=3)


class RuleForm(forms.Form):
    """Which filings go to whom, and in which place the rule is read."""

    order = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=9999, help_text=_("Rules are read from the lowest number.")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    officer = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, help_text=_("Either an officer or a team.")
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.code, gettext(one.name)) for one in kinds().values() if one.authority == authority.code]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", gettext("All kinds")), *own]
        cast(forms.ChoiceField, self.fields["region"]).choices = [("", gettext("All regions")), *regions()[1:]]
        officers = officers_of(authority.pk).filter(role=OFFICER)
        cast("forms.ModelChoiceField[User]", self.fields["officer"]).queryset = officers
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = Team.objects.filter(authority=authority)


class CaseloadForm(forms.Form):
    """To whom and why; the key makes the same form move once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ModelMultipleChoiceField(User.objects.none(), label=_("To whom"), widget=forms.CheckboxSelectMultiple)
    reason = _words(_("Why"), rows=3, help_text=_("Stands in the timeline of each case; the applicant never sees it."))

    def __init__(self, *args: Any, holder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = officers_of(holder.authority_id).exclude(pk=holder.pk)
        cast("forms.ModelMultipleChoiceField[User]", self.fields["to"]).queryset = others


class SavedFilterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


class BulkForm(forms.Form):
    """References ticked in the queue, and to whom they go: `to` by the button, else `officer`."""

    LIMIT = 200
    to = forms.CharField(required=False, max_length=20)
    officer = forms.CharField(required=False, max_length=20)
    references = forms.MultipleChoiceField(choices=[])

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["references"]).choices = [
            (one, one) for one in references[: self.LIMIT]
        ]
