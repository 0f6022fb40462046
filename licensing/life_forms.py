"""What the acts of the life of a licence ask for. The services judge; forms only read and say what is malformed."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Stateful, User
from law.provisions import provisions
from licensing.forms import TEXT_LIMIT, closed_list, officers_of
from licensing.models import Breach, Licence, Measure, Referral
from licensing.models.life import measure_grounds


def words(label: Any, *, required: bool = True, rows: int = 5, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=TEXT_LIMIT, widget=area, help_text=help_text)


def day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class FileForm(forms.Form):
    """The base of all: the case, the actor, and the version that the actor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, case: Stateful, actor: User, **kwargs: Any) -> None:
        self.case, self.actor = case, actor
        kwargs["initial"] = {"version": case.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def choose(self, name: str, choices: list[Any]) -> None:
        cast("Any", self.fields[name]).choices = choices


def rules_in_force() -> list[tuple[str, str]]:
    """Every rule of today with its title and article, for who breached one without a licence."""
    rows = provisions(timezone.localdate())
    return [(one.code, f"{gettext(one.title)} ({gettext(one.source.act)}, {one.source.article})") for one in rows]


class BreachForm(FileForm):
    """A breach of the holder of this licence."""

    rule = forms.ChoiceField(label=_("Rule breached"), choices=[])
    found_on = day(_("Found on"))
    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter."))

    def prepare(self) -> None:
        licence, today = cast("Licence", self.case), timezone.localdate()
        grounds = [
            one for act in (Measure.SUSPEND, Measure.REVOKE) for one in measure_grounds(act, licence.kind, today)
        ]
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


class MeasureForm(FileForm):
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
        licence = cast("Licence", self.case)
        self.choose("reasons", closed_list(measure_grounds(self.ACT, licence.kind, timezone.localdate())))
        open_ones = licence.breaches.filter(closed_at__isnull=True).order_by("-id")
        cast("forms.ModelChoiceField[Any]", self.fields["breach"]).queryset = open_ones


class SuspendForm(MeasureForm):
    ACT = Measure.SUSPEND
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=120)


class RevokeForm(MeasureForm):
    ACT = Measure.REVOKE


class TextForm(FileForm):
    text = words(_("Why"))


class CureForm(FileForm):
    cured_on = day(_("Cured on"))
    text = words(_("How it was seen"))


class GiveForm(FileForm):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), required=False, empty_label=_("Nobody"))

    def prepare(self) -> None:
        authority = self.case.sight().authority_id
        cast("forms.ModelChoiceField[Any]", self.fields["to"]).queryset = officers_of(authority)


class ReferForm(FileForm):
    body = forms.ModelChoiceField(Authority.objects.none(), label=_("Body"))
    text = words(_("What is asked"))

    def prepare(self) -> None:
        bodies = Authority.objects.exclude(pk=self.case.sight().authority_id or 0).order_by("code")
        cast("forms.ModelChoiceField[Any]", self.fields["body"]).queryset = bodies


class ReferralAnswerForm(FileForm):
    referral = forms.ModelChoiceField(Referral.objects.none(), label=_("Referral"), empty_label=None)
    answered_on = day(_("Day of the answer"))
    answer = words(_("Answer"))

    def prepare(self) -> None:
        rows = cast("Breach", self.case).referrals.filter(answered_on__isnull=True).select_related("body")
        field = cast("forms.ModelChoiceField[Any]", self.fields["referral"])
        field.queryset = rows
        cast("Any", field).label_from_instance = lambda row: row.body.name


class ApprovalForm(FileForm):
    reference = forms.CharField(label=_("Number of the approval"), max_length=100)
    on = day(_("Approved on"))


class ConfirmForm(FileForm):
    """The confirmation is asked for only where a ground is unconfirmed law."""

    confirmation = words(
        _("Confirmation"),
        required=False,
        help_text=_("A ground of this measure is unconfirmed law. Say in writing why it applies all the same."),
    )

    def prepare(self) -> None:
        chosen = cast("Measure", self.case).chosen(timezone.localdate())
        if all(one.is_confirmed for one in chosen):
            del self.fields["confirmation"]
        else:
            self.fields["confirmation"].required = True


class ClaimForm(ConfirmForm):
    court = forms.CharField(label=_("Court"), max_length=200)
    claim_reference = forms.CharField(label=_("Number of the claim"), max_length=100, required=False)
    filed_on = day(_("Claim filed on"))


class CourtHearingForm(FileForm):
    heard_on = day(_("Heard in court on"))


class JudgmentForm(FileForm):
    judgment_on = day(_("Judgment given on"))
    judgment_in_force_on = day(_("Judgment in force on"))
    text = words(_("In words"), required=False)


class RejectForm(FileForm):
    judgment_on = day(_("Judgment given on"))
    text = words(_("Why"))
