"""What the acts on a licence, a breach and a measure ask for."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.services import duty_label
from law.grounds import Ground
from law.provisions import provisions
from law.terms import hearing_due
from licensing.forms import ActForm, ConfirmForm, closed_list, day, words, yes_or_no
from licensing.models import Breach, Measure, Referral
from licensing.models.life import measure_grounds
from licensing.services import kind_duties


def rules_in_force() -> list[tuple[str, str]]:
    """Every rule of today with its title and article, for who breached one without a licence."""
    rows = provisions(timezone.localdate())
    return [(one.code, f"{gettext(one.title)} ({gettext(one.source.act)}, {one.source.article})") for one in rows]


class BreachForm(ActForm):
    """A breach of the holder of this licence."""

    rule = forms.ChoiceField(label=_("Rule breached"), choices=[])
    found_on = day(_("Found on"))
    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter."))

    def prepare(self) -> None:
        kind, today = self.case.kind, timezone.localdate()
        grounds = [one for act in (Measure.SUSPEND, Measure.REVOKE) for one in measure_grounds(act, kind, today)]
        self.choose("rule", [*closed_list(grounds), *rules_in_force()])


class StrangerForm(forms.Form):
    """A breach of somebody without a licence."""

    identifier = forms.CharField(
        label=_("BIN or IIN"), required=False, max_length=12, help_text=_("Where the organisation is registered here.")
    )
    subject_name = forms.CharField(label=_("Name, where not registered here"), required=False, max_length=300)
    rule = forms.ChoiceField(label=_("Rule breached"), choices=[])
    found_on = day(_("Found on"))
    facts = words(_("Facts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["rule"]).choices = rules_in_force()


class MeasureForm(ActForm):
    """A measure against a licence: reasons by code first, words second."""

    ACT = Measure.CLOSE
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), widget=forms.CheckboxSelectMultiple, help_text=_("From the closed list of the law.")
    )
    text = words(_("Reasons in words"), help_text=_("The holder reads this in the letter."))
    breach = forms.ModelChoiceField(
        Breach.objects.none(), label=_("Breach that it follows"), required=False, empty_label=_("None")
    )

    def prepare(self) -> None:
        self.choose("reasons", closed_list(measure_grounds(self.ACT, self.case.kind, timezone.localdate())))
        self.pick("breach", self.case.breaches.filter(closed_at__isnull=True).order_by("-id"))


class SuspendForm(MeasureForm):
    ACT = Measure.SUSPEND
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=120)


class RevokeForm(MeasureForm):
    ACT = Measure.REVOKE


class TextForm(ActForm):
    text = words(_("Why"))


class CureForm(ActForm):
    cured_on = day(_("Cured on"))
    text = words(_("How it was seen"))


class ReferralAnswerForm(ActForm):
    referral = forms.ModelChoiceField(Referral.objects.none(), label=_("Referral"), empty_label=None)
    answered_on = day(_("Day of the answer"))
    answer = words(_("Answer"))

    def prepare(self) -> None:
        self.pick("referral", self.case.referrals.filter(answered_on__isnull=True).select_related("body"))
        cast("Any", self.fields["referral"]).label_from_instance = lambda row: row.body.name


class DutyForm(ActForm):
    """A duty of the licence that its kind declares, and the day on which it was done."""

    duty = forms.ChoiceField(label=_("Duty"), choices=[])
    done_on = day(_("Done on"), today=True)
    note = words(_("How this is known"), rows=2, help_text=_("A letter with its number and day, a page."))

    def prepare(self) -> None:
        rows = kind_duties(self.case).order_by("due_on", "id")
        self.choose("duty", [(row.code, f"{gettext(duty_label(row.code))} ({row.due_on:%d.%m.%Y})") for row in rows])


class PaperForm(ActForm):
    returned_on = day(_("Returned on"), today=True)


class AnnounceForm(ActForm):
    """Day and place of the hearing, where the procedure asks for one; days to cure, where it leaves them open."""

    hearing_on = day(_("Day of the hearing"))
    place = words(_("Place and hour"), rows=2, help_text=_("The holder reads this in the letter."))
    cure_days = forms.IntegerField(label=_("Working days to cure"), min_value=1, max_value=120)

    def prepare(self) -> None:
        if not self.case.gives_cure:
            del self.fields["cure_days"]
        if self.case.needs_hearing:
            self.fields["hearing_on"].initial = hearing_due(timezone.localdate()).due_on
        else:
            del self.fields["hearing_on"], self.fields["place"]


class MinutesForm(ActForm):
    held_on = day(_("Held on"), today=True)
    attended = yes_or_no(_("The holder"), _("Came"), _("Did not come"))
    minutes = words(_("Minutes of the hearing"), rows=8)


class ApprovalForm(ActForm):
    reference = forms.CharField(label=_("Number of the approval"), max_length=100)
    on = day(_("Approved on"))


class MeasureConfirmForm(ConfirmForm):
    HELP = _("A ground of this measure is unconfirmed law. Say in writing why it applies all the same.")

    def chosen(self) -> Iterable[Ground]:
        chosen: Iterable[Ground] = self.case.chosen(timezone.localdate())
        return chosen


class ClaimForm(MeasureConfirmForm):
    court = forms.CharField(label=_("Court"), max_length=200)
    claim_reference = forms.CharField(label=_("Number of the claim"), max_length=100, required=False)
    filed_on = day(_("Claim filed on"))


class CourtHearingForm(ActForm):
    heard_on = day(_("Heard in court on"))


class JudgmentForm(ActForm):
    judgment_on = day(_("Judgment given on"))
    judgment_in_force_on = day(_("Judgment in force on"))
    text = words(_("In words"), required=False)


class RejectForm(ActForm):
    judgment_on = day(_("Judgment given on"))
    text = words(_("Why"))
