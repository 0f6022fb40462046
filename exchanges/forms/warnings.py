"""What proposing, publishing and withdrawing a warning ask for, and what narrows the lists."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.models.warnings import OPEN
from exchanges.services.warnings import LANGUAGES, NAME_LIMIT
from exchanges.workflow import WARNING
from law.market import KINDS, warning_rules
from law.problems import render
from licensing.forms import ActForm, day, words


def kind_choices(none: str = "") -> list[tuple[str, str]]:
    return [("", none or gettext("Any kind")), *((code, gettext(name)) for code, name in KINDS.items())]


def kind_to_choose() -> list[tuple[str, str]]:
    return kind_choices(gettext("Choose one."))


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in WARNING.states)]


def open_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((code, gettext(WARNING.state(code).applicant_label)) for code in OPEN)]


class WarningsForm(forms.Form):
    """What narrows the officers' list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, name, brand or domain"))
    kind = forms.ChoiceField(required=False, choices=lazy(kind_choices, list), label=_("Kind"))
    state = forms.ChoiceField(required=False, choices=lazy(state_choices, list), label=_("State"))


class PublicWarningsForm(WarningsForm):
    """What narrows the public list."""

    state = forms.ChoiceField(required=False, choices=lazy(open_choices, list), label=_("State"))


class ProposeForm(forms.Form):
    """An entry to be put before a head."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lazy(kind_to_choose, list))
    name = forms.CharField(label=_("Name it uses"), max_length=NAME_LIMIT)
    brands = words(_("Other names and brands, one a line"), required=False, rows=3)
    domains = words(
        _("Domains, one a line"),
        required=False,
        rows=3,
        help_text=_(
            "As example.com, or the address of a page. Letters that pass for others are told after you propose."
        ),
    )
    since = day(_("Known since"), today=True)
    rules = forms.MultipleChoiceField(
        label=_("Grounds"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rules in force today. Some fit one kind only; what does not fit is told."),
    )
    text_kk = words(_("Text in Kazakh"), rows=4)
    text_ru = words(_("Text in Russian"), rows=4)
    text_en = words(_("Text in English"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        rules = {rule.code: rule for kind in KINDS for rule in warning_rules(kind, today)}
        cast("forms.MultipleChoiceField", self.fields["rules"]).choices = [
            (code, f"{gettext(rule.title)} ({cited(rule)})") for code, rule in rules.items()
        ]

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        own = self.cleaned_data
        return {
            **{name: own[name] for name in ("kind", "name", "since", "rules")},
            "brands": own["brands"].splitlines(),
            "domains": own["domains"].splitlines(),
            "texts": {code: own[f"text_{code}"] for code in LANGUAGES},
        }


def cited(rule: Any) -> str:
    line = rule.source.cite()
    rest = [render(line.msgid, line.params, gettext), *([] if rule.is_confirmed else [gettext("unconfirmed")])]
    return ", ".join(rest)


class PublishForm(ActForm):
    confirmation = words(
        _("Why the public is warned"),
        rows=3,
        help_text=_("No act that was read provides for this list: what you write is kept and not shown to the public."),
    )


class EndForm(ActForm):
    reason = words(_("Why"), rows=3, help_text=_("Kept with the entry and not shown to the public."))
