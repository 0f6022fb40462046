"""The desk of a firm: names to be looked for, a matter, somebody who comes into it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Membership, Organisation, User
from licensing.forms import day, words
from licensing.models import ConflictCheck, Matter
from licensing.models.matters import ROLES, own_firms
from licensing.services import Asked, Party

NAMES = _("One a line: the name, or “name; BIN or IIN”.")
CASES = _("Applications, licences, measures; one a line.")
FOUND = _("Needed where the check found somebody.")
ABSENT = _("Where the client has no account here.")


def lines_of(text: str) -> list[tuple[str, str]]:
    """Lines `name; number` of a text: the number may be missing."""
    parts = (line.partition(";") for line in text.splitlines())
    return [(name.strip(), number.strip()) for name, _mark, number in parts if name.strip() or number.strip()]


def firms_of(user: User) -> Any:
    return Organisation.objects.filter(pk__in=own_firms(user)).order_by("identifier")


class CheckForm(forms.Form):
    """Whom the firm looks for among its own clients and matters."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Firm"), empty_label=None)
    names = words(_("Names"), rows=5, help_text=_("One a line: the name, or “name; BIN or IIN”. Any alphabet will do."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = firms_of(user)  # type: ignore[attr-defined]  # a ModelChoiceField

    def asked(self) -> list[Asked]:
        return [Asked(*one) for one in lines_of(self.cleaned_data["names"])]


class PeopleField(forms.ModelChoiceField):
    """The lawyers of a firm, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name or obj.email)


def lawyers_of(firm: Organisation) -> Any:
    members = Membership.objects.valid(timezone.localdate()).filter(organisation=firm, user__isnull=False)
    return User.objects.filter(pk__in=members.values("user")).order_by("full_name", "email")


def case_numbers(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class MatterForm(forms.Form):
    """A matter that a check for conflicts went before."""

    subject = forms.CharField(label=pgettext_lazy("of a mail", "Subject"), max_length=300)
    client = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Client, under a power of attorney"), required=False
    )
    client_name = forms.CharField(
        label=_("Or a client by name"),
        max_length=300,
        required=False,
        help_text=_("Where the client has no account here."),
    )
    lawyer = PeopleField(User.objects.none(), label=_("Lawyer in charge"), empty_label=None)
    opened_on = day(_("Opened"), today=True)
    cases = words(
        _("Numbers of cases"), required=False, rows=3, help_text=_("Applications, licences, measures; one a line.")
    )
    counterparties = words(
        _("Counterparties"), required=False, rows=3, help_text=_("One a line: the name, or “name; BIN or IIN”.")
    )
    people = words(
        _("People behind either side"),
        required=False,
        rows=3,
        help_text=_("One a line: the name, or “name; BIN or IIN”."),
    )
    clearance = words(
        _("Why it is taken in spite of what was found"),
        required=False,
        rows=3,
        help_text=FOUND,
    )

    def __init__(self, *args: Any, check: ConflictCheck, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, firm = timezone.localdate(), check.organisation
        clients = Membership.objects.valid(today).filter(firm=firm).values("organisation")
        rows: dict[str, Any] = {
            "client": Organisation.objects.filter(pk__in=clients).order_by("identifier"),
            "lawyer": lawyers_of(firm),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # fields of choices
        self.fields["lawyer"].initial = user.pk
        if not check.found:
            del self.fields["clearance"]

    def given(self) -> dict[str, Any]:
        """What open_matter() takes."""
        given = dict(self.cleaned_data)
        sides = (("counterparty", given.pop("counterparties")), ("person", given.pop("people")))
        given["parties"] = [Party(role, *one) for role, text in sides for one in lines_of(text)]
        given["cases"] = case_numbers(given["cases"])
        return given


class EditMatterForm(forms.Form):
    """What may change about a matter."""

    subject = forms.CharField(label=pgettext_lazy("of a mail", "Subject"), max_length=300)
    lawyer = PeopleField(User.objects.none(), label=_("Lawyer in charge"), empty_label=None)
    cases = words(
        _("Numbers of cases"), required=False, rows=3, help_text=_("Applications, licences, measures; one a line.")
    )

    def __init__(self, data: Any, *, matter: Matter) -> None:
        initial = {"subject": matter.subject, "lawyer": matter.lawyer_id, "cases": "\n".join(matter.cases)}
        super().__init__(data, initial=initial)
        self.fields["lawyer"].queryset = lawyers_of(matter.organisation)  # type: ignore[attr-defined]  # a ModelChoiceField

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "cases": case_numbers(self.cleaned_data["cases"])}


class PartyForm(forms.Form):
    """Somebody who comes into a matter, after a check that looked for him."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()))
    name = forms.CharField(label=_("Name"), max_length=300)
    identifier = forms.CharField(label=_("BIN or IIN"), max_length=32, required=False)
    clearance = words(_("Why it is taken in spite of what was found"), required=False, rows=2)

    def party(self) -> Party:
        return Party(*(self.cleaned_data[name] for name in ("role", "name", "identifier")))
