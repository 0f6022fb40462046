"""What asking for, drafting and ending a clarification ask for. The services judge; forms only read."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Organisation, User
from licensing.forms import ActForm
from licensing.models import Clarification
from licensing.models.clarifications import LANGUAGES
from licensing.workflow.clarification import STANDING

#: What a clarification says, each in up to three languages.
TEXTS = ("title", "question", "answer")
NAMES = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


def texts(label: Any, *, rows: int, limit: int) -> dict[str, forms.CharField]:
    """One field for each language; at least one is asked for by the service."""
    return {
        code: forms.CharField(
            label=format_lazy("{} {}", label, NAMES[code]),
            required=False,
            max_length=limit,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code})
            if rows
            else forms.TextInput(attrs={"lang": code}),
        )
        for code in LANGUAGES
    }


class TextsForm(forms.Form):
    """Texts by language: `texts("answer")` gives what was written."""

    def texts(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"{name}_{code}", "") for code in LANGUAGES}

    def put(self, name: str, label: Any, *, rows: int, limit: int, values: dict[str, Any] | None = None) -> None:
        for code, field in texts(label, rows=rows, limit=limit).items():
            field.initial = (values or {}).get(code, "")
            self.fields[f"{name}_{code}"] = field


class AskForm(TextsForm):
    """A question of law. Without `organisations` an official opens one himself."""

    authority = forms.ModelChoiceField(Authority.objects.none(), label=_("Authority"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For whom"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_official:
            del self.fields["authority"], self.fields["organisation"]
        else:
            authorities = cast("forms.ModelChoiceField[Any]", self.fields["authority"])
            organisations = cast("forms.ModelChoiceField[Any]", self.fields["organisation"])
            authorities.queryset = Authority.objects.filter(decides=True).order_by("code")
            organisations.queryset = user.organisations().order_by("pk")
        self.put("title", _("Heading"), rows=0, limit=300)
        self.put("question", _("Question"), rows=5, limit=20_000)


class DraftForm(TextsForm, ActForm):
    """The answer, with what it cites and what it takes the place of."""

    provisions = forms.CharField(
        label=_("Provisions cited"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Codes as on the page The law, one a line; as they stand today."),
    )
    replaces = forms.ModelChoiceField(
        Clarification.objects.none(), label=_("Supersedes"), required=False, empty_label=_("None")
    )

    def prepare(self) -> None:
        row: Clarification = self.case
        self.put("title", _("Heading"), rows=0, limit=300, values=row.title)
        self.put("question", _("Question as published"), rows=4, limit=20_000, values=row.question)
        self.put("answer", _("Answer"), rows=8, limit=20_000, values=row.answer)
        standing = Clarification.objects.filter(authority=row.authority_id, state__in=STANDING)
        self.pick("replaces", standing.exclude(pk=row.pk).order_by("-id"))
        self.order_fields([f"{name}_{code}" for name in TEXTS for code in LANGUAGES])

    def start(self) -> dict[str, Any]:
        provisions = "\n".join(one["code"] for one in self.case.provisions)
        return {"provisions": provisions, "replaces": self.case.replaces_id}

    def clean_provisions(self) -> list[str]:
        return str(self.cleaned_data["provisions"]).replace(",", " ").split()

    def clean(self) -> dict[str, Any]:
        """Each text as the service takes it: by language."""
        own = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields}
        return own | {name: self.texts(name) for name in TEXTS}


class SearchForm(forms.Form):
    """Words of number, heading, question or answer."""

    q = forms.CharField(required=False, max_length=200, label=_("Number or words"))
    authority = forms.ModelChoiceField(
        Authority.objects.filter(decides=True).order_by("code"),
        required=False,
        label=_("Authority"),
        to_field_name="code",
        empty_label=_("Any authority"),
    )
