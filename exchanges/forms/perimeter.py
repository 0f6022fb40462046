"""The questions of the perimeter, one at a time, and what is kept with an answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.days import told
from core.forms import DateInput
from core.models import Organisation, User
from law.exchanges import ACTIVITIES, ASSETS, VENUES, WHO
from law.exchanges.codes import BANK, POST, SETTLE
from law.provisions import LDA_START, NotInForce
from licensing.models import Matter

#: Each question with its codes, in the order in which they are asked.
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "activity": ACTIVITIES,
    "venue": VENUES,
    "asset": ASSETS,
    "who": WHO,
}
TITLES: Mapping[str, Any] = {
    "activity": _("What is done?"),
    "venue": _("Where, or under whose supervision?"),
    "asset": _("With which class of digital asset?"),
    "who": _("Who does it?"),
}
HELP: Mapping[str, Any] = {
    "activity": _("Choose what comes nearest; ask again for each activity."),
    "venue": _("For a firm that has no permit yet: the venue at which it means to work."),
    "asset": _("Every digital asset belongs to one class; the law of the day says to which."),
    "who": _("What the law names by its own name stands below the forms of holders."),
}
LAST_DAY = date(2100, 12, 31)


def options(question: str, given: Mapping[str, str]) -> Mapping[str, str]:
    """What may be answered to a question. Accounts in money are asked of those whom the law names alone."""
    if question == "who" and given.get("activity") == SETTLE:
        return {code: WHO[code] for code in (BANK, POST)}
    return QUESTIONS[question]


class QuestionForm(forms.Form):
    """One question. Its field bears the question's name, so that the address carries the answer."""

    def __init__(self, *args: Any, question: str, given: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[question] = forms.ChoiceField(
            label=TITLES[question],
            help_text=HELP[question],
            choices=[(code, gettext(text)) for code, text in options(question, given).items()],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
        )


def lawful_day(value: date) -> None:
    """ValidationError for a day that no edition of the law reaches."""
    if value < LDA_START:
        raise forms.ValidationError(NotInForce("law.digital_assets", value).problem.text(told))
    if value > LAST_DAY:
        raise forms.ValidationError(_("The day lies too far ahead."))


class DayForm(forms.Form):
    """The day for which the law is asked; today unless told."""

    on = forms.DateField(
        label=_("Day"),
        widget=DateInput,
        validators=[lawful_day],
        help_text=_("The law of this day answers: today's for what is planned, an earlier one for what was done."),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as year-month-day.")},
    )


def own_organisations(user: User) -> Any:
    """Those of which the person is a member himself: a note lies with one of them."""
    own = user.memberships.valid(timezone.localdate()).values("organisation")
    return Organisation.objects.filter(pk__in=own).order_by("identifier")


def question_choices(known: Mapping[str, str]) -> Any:
    return lazy(lambda: [(code, gettext(text)) for code, text in known.items()], list)


class NoteForm(forms.Form):
    """The question again, for whom it was asked, and a remark."""

    activity = forms.ChoiceField(choices=question_choices(ACTIVITIES), widget=forms.HiddenInput)
    asset = forms.ChoiceField(choices=question_choices(ASSETS), widget=forms.HiddenInput)
    venue = forms.ChoiceField(choices=question_choices(VENUES), widget=forms.HiddenInput)
    who = forms.ChoiceField(choices=question_choices(WHO), widget=forms.HiddenInput)
    on = forms.DateField(widget=forms.HiddenInput, validators=[lawful_day])
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Kept by"),
        empty_label=None,
        help_text=_("Only its members read the note; no official and no client does."),
    )
    client = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Client, under a power of attorney"), required=False
    )
    client_name = forms.CharField(
        label=_("Or a client by name"),
        max_length=300,
        required=False,
        help_text=_("Where the client has no account here."),
    )
    matter = forms.ModelChoiceField(Matter.objects.none(), label=_("Matter"), required=False)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_organisations(user)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField
        matters = Matter.objects.visible_to(user).filter(closed_on__isnull=True).order_by("-id")
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]  # a field of choices
        clients = user.organisations().exclude(pk__in=own.values("pk")).order_by("identifier")
        self.fields["client"].queryset = clients  # type: ignore[attr-defined]  # a field of choices
