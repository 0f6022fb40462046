"""Forms of the account area. They check what a form can; the services check the rest and say it with its ground."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.models import Organisation, User
from core.regions import REGIONS
from core.services import Upload, announced
from core.webhooks import URL_LENGTH
from core.workflow import ADMINISTRATOR, HEAD, OFFICER
from law.identifiers import describe

KEY_DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("a year"))]


def regions() -> list[tuple[str, str]]:
    """Codes and names in the order of the page's language; the first line is none of them."""
    named = sorted(((code, gettext(name)) for code, name in REGIONS.items()), key=lambda pair: pair[1])
    return [("", pgettext("region", "Any")), *named]


def own_region_choices() -> list[tuple[str, str]]:
    return [("", "—"), *regions()[1:]]


regions_lazy, own_region = lazy(regions, list), lazy(own_region_choices, list)


class DateInput(forms.DateInput):
    """The browser's own calendar; days travel as ISO text."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as uploads; what they are is looked at when they are stored."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            super().clean(None, initial)  # says that it is missing, where it must not be
        return [Upload(one.name, one.file, one.size) for one in (super(FilesField, self).clean(f) for f in sent)]


class ClaimForm(forms.Form):
    """An organisation that somebody acts for: its registration, and its name in the languages it has."""

    registered_in = forms.CharField(
        label=_("Country of registration"),
        max_length=2,
        min_length=2,
        initial="KZ",
        help_text=_("Two letters, as in KZ, DE or AE."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "country", "autocapitalize": "characters"}),
    )
    identifier = forms.CharField(
        label=_("BIN or IIN"),
        max_length=32,
        help_text=_("Twelve digits; abroad, the number of the registration record."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}),
    )
    form = forms.ChoiceField(label=pgettext_lazy("of an organisation", "Form"), choices=Organisation.FORMS)
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=300, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    region = forms.ChoiceField(label=_("Region"), choices=own_region, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)

    def clean_registered_in(self) -> str:
        code = str(self.cleaned_data["registered_in"]).upper()
        if not (code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("Write the country as two Latin letters."))
        return code

    def clean_identifier(self) -> str:
        """Gaps are taken out; a number of Kazakhstan needs its twelve digits and the right check digit."""
        number = "".join(str(self.cleaned_data["identifier"]).split())
        if self.cleaned_data.get("registered_in", "KZ") == "KZ":
            try:
                describe(number)
            except ValueError as fault:
                raise forms.ValidationError(gettext(str(fault))) from fault
        elif not number.isprintable() or len(number) < 3:
            raise forms.ValidationError(_("Write the number as it stands in the registration record."))
        return number

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(f"name_{code}") for code in ("kk", "ru", "en")):
            self.add_error("name_kk", forms.ValidationError(_("Give the name in one language at least.")))
        return values

    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"].strip() for code in ("kk", "ru", "en")}


class PowerForm(forms.Form):
    """A power of attorney to a firm, by the firm's number, from one day to another, both inclusive."""

    firm = forms.CharField(
        label=_("BIN of the firm"),
        max_length=32,
        help_text=_("The firm must be known here: its people claim it first, and an official confirms them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    valid_from = forms.DateField(label=_("First day"), widget=DateInput)
    valid_to = forms.DateField(label=_("Last day"), widget=DateInput)
    file = forms.FileField(label=_("The paper itself"), required=False, help_text=_("PDF, PNG, JPEG, XLSX or DOCX."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["valid_from"].initial = today

    def clean_firm(self) -> Organisation:
        """A confirmed organisation; whether others are known is nobody's business."""
        number = "".join(str(self.cleaned_data["firm"]).split())
        found = Organisation.objects.filter(identifier=number, memberships__confirmed_at__isnull=False).first()
        if found is None:
            raise forms.ValidationError(_("No firm with this number has confirmed people here."))
        return found

    def clean_valid_to(self) -> date:
        day: date = self.cleaned_data["valid_to"]
        if day < self.today:
            raise forms.ValidationError(_("The last day has already passed."))
        return day


def colleagues(user: User) -> QuerySet[User]:
    """Active officers and heads of the reader's authority, by name."""
    people = User.objects.visible_to(user).filter(authority=user.authority_id, role__in=(OFFICER, HEAD), is_active=True)
    return people.order_by("full_name", "email")


class AbsenceForm(forms.Form):
    """Days away, both inclusive, and the deputy. Who may enter others is asked whose absence it is."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    from_on = forms.DateField(label=_("First day"), widget=DateInput)
    to_on = forms.DateField(label=_("Last day"), widget=DateInput)
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=_("Deputy"), help_text=_("Where the deputy is away too, his own deputy follows.")
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = today
        choice = cast("forms.ModelChoiceField[User]", self.fields["deputy"])
        choice.queryset = colleagues(user)
        if user.role in (HEAD, ADMINISTRATOR):
            people = User.objects.visible_to(user).filter(authority=user.authority_id, is_active=True)
            cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people.order_by("full_name", "email")
        else:
            del self.fields["person"]


class TeamForm(forms.Form):
    """A team's names and its members, officers and heads of the reader's authority."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=300, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    members = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[User]", self.fields["members"]).queryset = colleagues(user)

    def given(self) -> dict[str, Any]:
        names = {code: self.cleaned_data[f"name_{code}"] for code in ("kk", "ru", "en")}
        return {"names": names, "members": list(self.cleaned_data["members"])}


class KeyForm(forms.Form):
    """How long a new key works."""

    days = forms.TypedChoiceField(label=_("The key works for"), choices=KEY_DAYS, coerce=int, initial=90)


class FirmForm(forms.Form):
    """What an organisation says of itself for the public register; core.services.describe_firm checks it."""

    lei = forms.CharField(
        label="LEI",
        max_length=40,
        required=False,
        help_text=_("Legal entity identifier, twenty characters; empty where there is none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    commercial_name = forms.CharField(label=_("Commercial name"), max_length=200, required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)

    @classmethod
    def of(cls, organisation: Organisation, data: Any = None) -> "FirmForm":
        return cls(data, initial={name: getattr(organisation, name) for name in cls.base_fields})


class PersonForm(forms.Form):
    """What a person may correct about himself."""

    full_name = forms.CharField(label=_("Your name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=settings.LANGUAGES)
    mail = forms.ChoiceField(
        label=_("E-mail comes"),
        choices=User.MAIL_CHOICES,
        help_text=_("Once a day: one e-mail in the morning names what arrived. The inbox has everything at once."),
    )

    @classmethod
    def of(cls, user: User, data: Any = None) -> "PersonForm":
        return cls(data, initial={"full_name": user.full_name, "language": user.language, "mail": user.mail})


class AnswerForm(forms.Form):
    """An official's answer to a claim."""

    answer = forms.ChoiceField(choices=[("confirm", _("Confirm")), ("refuse", _("Refuse"))])
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("answer") == "refuse" and not str(values.get("reason", "")).strip():
            self.add_error("reason", forms.ValidationError(_("Say why.")))
        return values


class WebhookForm(forms.Form):
    """A webhook: the server's address and the acts it is told of."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    url = forms.CharField(
        label=_("Address of your server"),
        max_length=URL_LENGTH,
        help_text=_("https://host/path of a server on the open Internet."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    verbs = forms.MultipleChoiceField(
        label=_("Acts that it is told of"),
        required=False,
        help_text=_("With none ticked it is told of all."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verbs"].choices = sorted(  # type: ignore[attr-defined]  # a field of choices
            ((verb, gettext(label)) for verb, label in announced().items()), key=lambda pair: pair[1]
        )
        if organisations is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a field of models
