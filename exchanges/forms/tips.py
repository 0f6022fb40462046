"""What a tip asks of anybody, what its triage asks of officials, and what narrows their list."""

from typing import Any, cast

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.api.characters import faults
from core.days import told
from core.forms import FilesField, own_region, regions_lazy
from core.models import Authority, Document
from exchanges.forms.warnings import kind_choices, kind_to_choose
from exchanges.models.tips import REASONS
from exchanges.services.tips import CONTACT_LIMIT, PLACES_LIMIT
from exchanges.workflow import TIP
from licensing.forms import ActForm, day, words
from licensing.forms.life import rules_in_force
from licensing.services.referrals import papers_of


class TipForm(forms.Form):
    """A tip of anybody. `website` is no question of ours: programs that fill in everything give themselves away."""

    kind = forms.ChoiceField(label=_("What is it about"), choices=lazy(kind_to_choose, list))
    names = words(_("Names it uses, one a line"), required=False, rows=2)
    domains = words(_("Websites, one a line"), required=False, rows=2, help_text=_("As example.com, or the address."))
    places = forms.CharField(
        label=_("Addresses, telephone numbers, accounts, wallets"),
        required=False,
        max_length=PLACES_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    region = forms.ChoiceField(label=_("Region"), choices=own_region, required=False)
    text = words(_("What you saw"), rows=8, help_text=_("What happened, when, and how you know. Plain text."))
    attached = FilesField(
        label=_("Files"), required=False, help_text=_("At most 5, each a PDF, PNG, JPEG, XLSX or DOCX of up to 20 MB.")
    )
    contact = forms.CharField(
        label=_("How to reach you"),
        required=False,
        max_length=CONTACT_LIMIT,
        help_text=_("Leave it empty to stay unknown. Only the officials who handle the tip read it."),
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        texts = {name: value for name, value in given.items() if isinstance(value, str)}
        for problem in faults(texts):
            self.add_error(problem.field if problem.field in self.fields else None, problem.text(told))
        if given.get("website"):
            self.add_error(None, _("The last field is there for programs: leave it empty."))
        return given

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        own = self.cleaned_data
        return {
            **{name: own[name] for name in ("kind", "places", "region", "text", "contact")},
            "names": own["names"].splitlines(),
            "domains": own["domains"].splitlines(),
            "files": own["attached"],
        }


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code of your tip"), max_length=60)


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in TIP.states)]


class TipsForm(forms.Form):
    """What narrows the officers' list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, name or domain"))
    kind = forms.ChoiceField(required=False, choices=lazy(kind_choices, list), label=_("Kind"))
    state = forms.ChoiceField(required=False, choices=lazy(state_choices, list), label=_("State"))
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))


class RepeatForm(ActForm):
    original = forms.CharField(label=_("Number of the tip that it repeats"), max_length=20)


class HandOverForm(ActForm):
    """The words are the official's own: what was told is not sent by itself."""

    body = forms.ModelChoiceField(Authority.objects.none(), label=_("To"))
    text = words(
        _("What is handed over"), help_text=_("The other authority reads this, and nothing of the tip beside.")
    )
    documents = forms.ModelMultipleChoiceField(
        Document.objects.none(), label=_("Files to show"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        self.pick("body", Authority.objects.exclude(pk=self.case.authority_id).order_by("code"))
        self.pick("documents", papers_of(self.case, self.actor))
        cast("Any", self.fields["documents"]).label_from_instance = lambda row: row.filename

    def start(self) -> dict[str, Any]:
        return {"text": self.case.text}


class TipBreachForm(ActForm):
    """Whose breach it is: a licence by its number, or a name."""

    licence = forms.CharField(label=_("Number of the licence"), required=False, max_length=40)
    subject_name = forms.CharField(label=_("Name, where there is no licence"), required=False, max_length=300)
    rule = forms.ChoiceField(label=_("Rule breached"), choices=[])
    found_on = day(_("Found on"), today=True)
    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter: name nobody who told of it."))

    def prepare(self) -> None:
        self.choose("rule", rules_in_force())

    def start(self) -> dict[str, Any]:
        return {"subject_name": self.case.title}


class CloseTipForm(ActForm):
    why = forms.ChoiceField(label=_("Why nothing is done"), choices=list(REASONS.items()), widget=forms.RadioSelect)
    text = words(_("In words"), required=False, rows=3, help_text=_("Who sent the tip does not read this."))
