"""What the acts on an application ask for."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Document, User
from core.models.base import INTERNAL
from core.workflow import HEAD, INSPECTOR, OFFICER
from law.grounds import Ground
from law.terms import hearing_due
from licensing.forms import ActForm, ConfirmForm, OtherBodyForm, closed_list, day, words, yes_or_no
from licensing.models import Application, CaseTask, ConditionVersion, Opinion, Payment
from licensing.models.decisions import OUTCOMES
from licensing.permits import ISSUE
from licensing.services.conditions import bank_of


class ReasonsForm(ActForm):
    """Reasons by code first, words second."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), widget=forms.CheckboxSelectMultiple, help_text=_("From the closed list of the law.")
    )
    text = words(_("What exactly is missing"), help_text=_("The applicant reads this in the letter."))

    def prepare(self) -> None:
        self.choose("reasons", closed_list(self.case.form.incompleteness_reasons(timezone.localdate())))


class QuestionForm(ActForm):
    text = words(_("Question"), help_text=_("The applicant reads this in the letter."))


class VisitForm(ActForm):
    visited_on = day(_("Day of the visit"), today=True)
    fits = yes_or_no(_("What was visited"), _("Meets the requirements"), _("Does not meet the requirements"))
    text = words(_("Conclusion"), rows=5)


class NoteForm(ActForm):
    text = words(_("Note"), rows=4, help_text=_("Only officials of your authority see it."))


class DissentForm(ActForm):
    text = words(_("Dissenting opinion"), help_text=_("The head reads it before he decides; the applicant does not."))


class LetterForm(ActForm):
    text = words(_("Reasons in words"), rows=10)

    def start(self) -> dict[str, Any]:
        row = self.case.recommendation
        return {"text": row.text if row else ""}


class RecommendForm(ActForm):
    outcome = forms.ChoiceField(label=_("Recommendation"), choices=OUTCOMES, widget=forms.RadioSelect, initial="grant")
    reasons = forms.MultipleChoiceField(
        label=_("Grounds of a refusal"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed to refuse, from the closed list of the law."),
    )
    text = words(_("Reasons in words"), help_text=_("Printed in the letter of a refusal."))
    conditions = forms.MultipleChoiceField(
        label=_("Conditions of the licence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From the bank, in the version of today; they stand on the licence."),
    )
    own_conditions = words(
        _("Conditions from outside the bank"), required=False, rows=3, help_text=_("One a line, and why below.")
    )
    own_reason = words(_("Why the bank does not suffice"), required=False, rows=2)

    def prepare(self) -> None:
        today = timezone.localdate()
        self.choose("reasons", closed_list(self.case.form.refusal_grounds(today)))
        bank = bank_of(self.case, today)
        self.choose("conditions", [(row.condition.code, condition_words(row)) for row in bank])
        if not bank:
            del self.fields["conditions"]
        if self.case.act != ISSUE:
            del self.fields["own_conditions"], self.fields["own_reason"]

    def clean_own_conditions(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["own_conditions"].splitlines() if line.strip()]


def condition_words(version: ConditionVersion) -> str:
    """A condition of the bank with what it rests on."""
    if not version.ground:
        return f"{version.text} ({gettext('unconfirmed')})"
    return f"{version.text} ({gettext(version.ground['act'])}, {gettext(version.ground['article'])})"


class DecideForm(ConfirmForm):
    HELP = _("A ground of this refusal is unconfirmed law. Say in writing why it applies all the same.")

    def chosen(self) -> list[Ground]:
        row = self.case.recommendation
        listed = self.case.form.refusal_grounds(timezone.localdate())
        return [one for one in listed if row and one.code in row.reasons]


class StopForm(ActForm):
    """The case of the law in which the clock may stand, the remarks, and the days to cure them."""

    case = forms.ChoiceField(label=_("In which case"), choices=[], widget=forms.RadioSelect)
    text = words(_("Remarks"), help_text=_("The applicant reads this in the letter."))
    cure_days = forms.IntegerField(label=_("Working days to cure"), min_value=1, max_value=250)

    def prepare(self) -> None:
        permit = cast("Application", self.case).permit  # the file, not the field of this name
        self.choose("case", closed_list(permit.pause_cases(timezone.localdate())))


class ResumeForm(ActForm):
    to_on = day(_("Day on which the clock runs on"), today=True)


class HearingForm(ActForm):
    """The day and the place; the draft itself is the recommendation."""

    hearing_on = day(_("Day of the hearing"))
    place = words(_("Place and hour"), rows=2, help_text=_("The applicant reads this in the letter."))

    def start(self) -> dict[str, Any]:
        return {"hearing_on": hearing_due(timezone.localdate()).due_on}


class MinutesForm(ActForm):
    held_on = day(_("Held on"), today=True)
    attended = yes_or_no(_("The applicant"), _("Came"), _("Did not come"))
    minutes = words(_("Minutes of the hearing"), rows=8)


class AskOpinionForm(OtherBodyForm):
    """What is asked of another body, and which papers it reads."""

    documents = forms.ModelMultipleChoiceField(
        Document.objects.none(),
        label=_("Documents that the body reads"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It sees the question and these, and nothing else of the case."),
    )

    def prepare(self) -> None:
        super().prepare()
        self.pick("documents", self.case.documents().visible_to(self.actor).exclude(audience=INTERNAL))


class OpinionForm(ActForm):
    opinion = forms.ModelChoiceField(Opinion.objects.none(), widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Answer"), choices=Opinion.ANSWERS[1:3], widget=forms.RadioSelect)
    answered_on = day(_("Day of the answer"), today=True)
    text = words(_("Opinion"), required=False, rows=4)

    def prepare(self) -> None:
        self.pick("opinion", self.case.opinions.all())


class TaskForm(ActForm):
    what = words(_("What to do"), rows=3, help_text=_("Only officials of your authority see it."))
    to = forms.ModelChoiceField(User.objects.none(), label=_("For whom"))
    due_on = day(_("By when"))

    def prepare(self) -> None:
        people = User.objects.filter(authority=self.case.authority_id, is_active=True)
        people = people.filter(role__in=(OFFICER, HEAD, INSPECTOR)).order_by("full_name", "email")
        self.pick("to", people)


class TaskDoneForm(ActForm):
    task = forms.ModelChoiceField(CaseTask.objects.none(), widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.pick("task", self.case.tasks.all())


class JudgeForm(ActForm):
    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    met = yes_or_no(_("Judgement"), _("Met"), _("Not met"))
    note = words(_("Why"), rows=3)


class PaymentForm(ActForm):
    reference = forms.CharField(label=_("Payment reference"), max_length=60)
    paid_on = day(_("Day of payment"))
    amount = forms.DecimalField(label=_("Amount, tenge"), max_digits=16, decimal_places=2)
    payer = forms.CharField(label=_("Payer's BIN or IIN"), max_length=12)
    note = words(
        _("Note"),
        required=False,
        rows=3,
        help_text=_("Needed where the payer is not the applicant: why this payment is his."),
    )

    def start(self) -> dict[str, Any]:
        return {"payer": self.case.organisation.identifier}


class ConfirmPaymentForm(ActForm):
    payment = forms.ModelChoiceField(Payment.objects.none(), widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.pick("payment", self.case.payments.filter(voided_at__isnull=True))


class VoidPaymentForm(ConfirmPaymentForm):
    reason = words(_("Why"), rows=3)


class CiteForm(ActForm):
    """A clarification that an officer cites in a case."""

    number = forms.CharField(label=_("Number of the clarification"), max_length=40)
    relied_on = day(_("Day on which it stood"), today=True)
    note = words(_("What for"), required=False, rows=3)
