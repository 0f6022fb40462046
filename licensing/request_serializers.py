"""Requests about licences as the API reads and writes them: one whole form per act, made from its declaration."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from core.api.fields import PastDateField, StrictSerializer
from core.api.serializers import ProvisionSerializer, ReasonSerializer
from law.provisions import LDA_START
from law.requests import change_codes
from licensing.models import Application
from licensing.permits import ACTS, PermitKind, Request, kinds
from licensing.serializers import FeeFields, FilingFields, LicenceLineSerializer, read_form

WITH_FEE = ("reissue", "reissue-split", "duplicate")
LANGUAGES = ("en", "kk", "ru")


class CorrectedLineSerializer(StrictSerializer):
    """A line of the licence that is wrong, by its label in any of the three languages, and how it must read."""

    default_error_messages: ClassVar = {"line": _("No such line stands on the licence. There are: {labels}.")}

    label = serializers.CharField(max_length=200)  # type: ignore[assignment]  # a field of the body, no option
    value = serializers.CharField(max_length=300)

    def validate_label(self, label: str) -> str:
        """The line's own name, whatever language it was written in."""
        licence = self.context.get("licence")
        if licence is None:
            return label
        lines = [str(line["label"]) for line in licence.particulars]
        for language in LANGUAGES:
            with override(language):
                said = {gettext(line): line for line in lines}
            if label in said:
                return said[label]
        raise serializers.ValidationError(
            str(self.error_messages["line"]).format(labels=", ".join(map(gettext, lines))), code="line"
        )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {"label": gettext(str(instance["label"])), "value": str(instance["value"])}


def _name(label: Any) -> Callable[[str], serializers.Field[Any, Any, Any, Any]]:
    return lambda act: serializers.CharField(label=label, max_length=300, required=False, allow_blank=True)


#: The fields of LicenceChange, each made for an act.
FIELDS: dict[str, Callable[[str], serializers.Field[Any, Any, Any, Any]]] = {
    "ground": lambda act: serializers.ChoiceField(
        label=_("what has happened"), choices=list(change_codes(act).items()), required=False, allow_blank=True
    ),
    "changed_on": lambda act: PastDateField(
        label=_("day of the change"), earliest=LDA_START, required=False, allow_null=True
    ),
    "name_kk": _name(_("new name in Kazakh")),
    "name_ru": _name(_("new name in Russian")),
    "name_en": _name(_("new name in English")),
    "address": _name(_("new address")),
    "corrections": lambda act: serializers.ListSerializer(
        label=_("corrections"), child=CorrectedLineSerializer(), max_length=50, required=False
    ),
    "months": lambda act: serializers.IntegerField(
        label=_("months of suspension"), min_value=1, max_value=120, required=False, allow_null=True
    ),
    "text": lambda act: serializers.CharField(
        label=_("explanation"), max_length=20_000, required=False, allow_blank=True
    ),
}


@cache
def change_form(request: Request) -> type[serializers.Serializer[Any]]:
    """What a request states, by its declaration."""
    fields: dict[str, Any] = {name: FIELDS[name](request.act) for name in request.fields}
    return type(f"{_camel(request.act)}Change", (serializers.Serializer,), fields | {"__module__": __name__})


def shown_forms(application: Application) -> list[serializers.Serializer[Any]]:
    """What a filing says, as the forms that read it: the request's own, then the kind's."""
    form, shown = application.form, []
    if form.request is not None:
        shown.append(change_form(form.request)(application.change))
    if form.has_particulars:
        shown.append(form.permit.serializer(application.particulars))
    return shown


def _camel(act: str) -> str:
    return "".join(word.capitalize() for word in act.split("-"))


class RequestFields(FilingFields):
    """What every request has."""

    licence = serializers.CharField(help_text="Number of the licence that the request is about.")


def requests() -> dict[str, list[PermitKind]]:
    """The acts that some regime knows, with the kinds that have it."""
    found: dict[str, list[PermitKind]] = {}
    for permit in kinds().values():
        for request in permit.procedure.requests:
            found.setdefault(request.act, []).append(permit)
    return found


def _declared(act: str) -> Request:
    request = requests()[act][0].form(act).request
    if request is None:
        raise LookupError(act)
    return request


def _particulars(act: str) -> dict[str, Any]:
    """The kind's own particulars, where they are filed anew; all kinds that know the request."""
    if not _declared(act).anew:
        return {}
    forms = list(dict.fromkeys(permit.serializer for permit in requests()[act]))
    return {"particulars": forms[0](required=False)}


@cache
def read_request(act: str) -> type[serializers.Serializer[Any]]:
    """A request as it is read."""
    fields = {"act": serializers.ChoiceField(choices=[act]), **_particulars(act)}
    bases = (RequestFields, change_form(_declared(act)))
    name = f"{_camel(act)}RequestSerializer"
    return type(name, bases, fields | {"__doc__": f"A request: {_declared(act).name}.", "__module__": __name__})


@cache
def edit_request(act: str) -> type[serializers.Serializer[Any]]:
    """What may be changed in the draft of a request."""
    bases: tuple[type, ...] = (
        StrictSerializer,
        *((FeeFields,) if act in WITH_FEE else ()),
        change_form(_declared(act)),
    )
    told = {"__doc__": "Fields of a draft to change; those left out stay as they are.", "__module__": __name__}
    return type(f"{_camel(act)}RequestEditSerializer", bases, _particulars(act) | told)


@cache
def draft_request(act: str) -> type[serializers.Serializer[Any]]:
    """What opens the draft of a request."""
    fields = {
        "act": serializers.ChoiceField(choices=[act]),
        "organisation": serializers.CharField(
            label=_("BIN or IIN"),
            max_length=32,
            required=False,
            help_text="The applicant, where it is not the holder of the licence.",
        ),
        "__doc__": f"A new draft: {_declared(act).name}. Only the act is needed now.",
        "__module__": __name__,
    }
    return type(f"{_camel(act)}RequestDraftSerializer", (edit_request(act),), fields)


def request_schema() -> PolymorphicProxySerializer:
    """One whole schema per act, told apart by `act`."""
    return _by_act("LicenceRequest", read_request)


def draft_request_schema() -> PolymorphicProxySerializer:
    return _by_act("LicenceRequestDraft", draft_request)


def edit_request_schema() -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(
        component_name="LicenceRequestEdit",
        serializers=[edit_request(act) for act in requests()],
        resource_type_field_name=None,
    )


def _by_act(name: str, form: Callable[[str], type[serializers.Serializer[Any]]]) -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(
        component_name=name,
        serializers={act: form(act) for act in requests()},
        resource_type_field_name="act",
    )


def filing_schema() -> PolymorphicProxySerializer:
    """An application or a request: what acts on either answer with."""
    return PolymorphicProxySerializer(
        component_name="Filing",
        serializers=[*(read_form(permit) for permit in kinds().values()), *(read_request(act) for act in requests())],
        resource_type_field_name=None,
    )


class OpenRequestSerializer(serializers.Serializer[Any]):
    """A request that the law of the permit knows, and what of the licence stands against it today."""

    act = serializers.ChoiceField(choices=[act for act in ACTS if act != "issue"])
    name = serializers.CharField()
    summary = serializers.CharField()
    open = serializers.BooleanField()
    problems = ReasonSerializer(many=True)


class PrintedSerializer(serializers.Serializer[Any]):
    """A line of the licence as printed."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    value = serializers.CharField()


class ConditionSerializer(serializers.Serializer[Any]):
    """A condition as the licence keeps it; code and version are those of the bank, null for words of its own."""

    code = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class LicenceSerializer(LicenceLineSerializer):
    """A licence with what it says."""

    version = serializers.IntegerField()
    edition = serializers.IntegerField(help_text="1 as granted; counted on by each re-issue and correction.")
    on_paper = serializers.BooleanField()
    application = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)
    ends_by = serializers.DateField(allow_null=True, help_text="The day by which it ends: its kind is abolished.")
    verification_code = serializers.CharField()
    particulars = PrintedSerializer(many=True)
    conditions = serializers.ListField(child=serializers.CharField())
    condition_sources = ConditionSerializer(many=True, help_text="The same with code and version in the bank.")
    grounds = ProvisionSerializer(many=True)
    pdf = serializers.CharField(allow_null=True)


class OneLicenceSerializer(LicenceSerializer):
    """A licence with what it says and what its holder may file about it today."""

    requests = OpenRequestSerializer(many=True)
