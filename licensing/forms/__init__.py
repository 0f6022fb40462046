"""What each act asks for. The services judge; forms only read and say what is malformed.

Here is what the acts of several kinds of case share; the modules beside hold the forms of one kind each.
"""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Authority, Stateful, User
from core.workflow import HEAD, OFFICER
from law.grounds import Ground
from law.problems import render

TEXT_LIMIT = 10_000


def officers_of(authority_id: int | None) -> QuerySet[User]:
    """Who can take a case of an authority, by name."""
    people = User.objects.filter(authority=authority_id, role__in=(OFFICER, HEAD), is_active=True)
    return people.order_by("full_name", "email")


def words(label: Any, *, required: bool = True, rows: int = 6, help_text: Any = "") -> forms.CharField:
    """Some sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=TEXT_LIMIT, widget=area, help_text=help_text)


def day(label: Any, *, required: bool = True, today: bool = False, help_text: Any = "") -> forms.DateField:
    """A day of the calendar; `today` stands there at first."""
    return forms.DateField(
        label=label,
        required=required,
        initial=timezone.localdate if today else None,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=help_text,
    )


def yes_or_no(label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    """One of two, none of them chosen at first."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


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

    def __init__(self, *args: Any, case: Stateful, actor: User, **kwargs: Any) -> None:
        self.case: Any = case
        self.actor = actor
        kwargs["initial"] = {"version": case.version, **self.start(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    def start(self) -> dict[str, Any]:
        """Values to begin with."""
        return {}

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def choose(self, name: str, choices: list[Any]) -> None:
        """Let a field be one of these."""
        cast("Any", self.fields[name]).choices = choices

    def pick(self, name: str, rows: "QuerySet[Any]") -> None:
        """Let a field name one of these rows."""
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows


class WhyForm(ActForm):
    reason = words(_("Why"), rows=4)


class AssignForm(ActForm):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), required=False, empty_label=_("Nobody"))

    def prepare(self) -> None:
        self.pick("to", officers_of(self.case.authority_id))

    def start(self) -> dict[str, Any]:
        return {"to": self.case.assigned_to_id}


class OtherBodyForm(ActForm):
    """What is asked of another body."""

    body = forms.ModelChoiceField(Authority.objects.none(), label=_("Body"))
    text = words(_("What is asked"), rows=4)

    def prepare(self) -> None:
        self.pick("body", Authority.objects.exclude(pk=self.case.authority_id).order_by("code"))


class ConfirmForm(ActForm):
    """The confirmation is asked for only where a ground is unconfirmed law."""

    confirmation = words(_("Confirmation"), required=False, rows=4)
    HELP: Any = ""

    def chosen(self) -> Iterable[Ground]:
        """The grounds that carry the act."""
        raise NotImplementedError

    def prepare(self) -> None:
        if all(one.is_confirmed for one in self.chosen()):
            del self.fields["confirmation"]
        else:
            self.fields["confirmation"].required = True
            self.fields["confirmation"].help_text = self.HELP
