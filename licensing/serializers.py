"""Applications as the API reads and writes them: one whole form per kind, made from the kind's own declaration."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from core.api.fields import PastDateField, StrictSerializer
from core.api.serializers import (
    AuthoritySerializer,
    NamesSerializer,
    PauseSerializer,
    ProvisionSerializer,
    ReasonSerializer,
)
from core.models import Organisation
from law.provisions import LDA_START
from licensing.permits import ACTS, ISSUE, PermitKind, kinds
from licensing.workflow import APPLICATION

STATES = [state.name for state in APPLICATION.states]


class FeeFields(serializers.Serializer[Any]):
    """What a draft says of the fee beside its particulars."""

    fee_paid_on = PastDateField(label=_("fee paid on"), earliest=LDA_START, required=False, allow_null=True)
    fee_reference = serializers.CharField(label=_("payment reference"), max_length=60, required=False, allow_blank=True)
    fee_amount = serializers.DecimalField(
        label=_("fee paid"), max_digits=16, decimal_places=2, min_value=0, required=False, allow_null=True
    )


class OwnFields(FeeFields):
    """What the draft of an application says beside its particulars."""

    on_paper = serializers.BooleanField(
        label=_("licence on paper"), required=False, help_text="The applicant asks for the licence on paper."
    )


class PartySerializer(serializers.Serializer[Any]):
    """An applicant or holder."""

    identifier = serializers.CharField()
    form = serializers.ChoiceField(choices=[code for code, _label in Organisation.FORMS])
    names = NamesSerializer()


class TransitionSerializer(serializers.Serializer[Any]):
    """An act that the reader may take from here, and what blocks it."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    consequence = serializers.CharField(allow_blank=True)
    open = serializers.BooleanField()
    problems = ReasonSerializer(many=True)


class ApplicationLineSerializer(serializers.Serializer[Any]):
    """An application in a list."""

    reference = serializers.CharField()
    act = serializers.ChoiceField(choices=list(ACTS))
    concerning = serializers.CharField(allow_null=True, help_text="Number of the licence that the filing is about.")
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    organisation = PartySerializer()
    created_at = serializers.DateTimeField()
    filed_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class FilingFields(ApplicationLineSerializer):
    """What every filing has, an application as well as a request."""

    authority = AuthoritySerializer()
    submitted_at = serializers.DateTimeField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    reason_text = serializers.CharField(allow_blank=True)
    fee_paid_on = serializers.DateField(allow_null=True)
    fee_reference = serializers.CharField(allow_blank=True)
    fee_amount = serializers.CharField(allow_null=True)
    fee_currency = serializers.CharField()
    on_paper = serializers.BooleanField(help_text="Whether the licence is asked for on paper.")
    available_transitions = TransitionSerializer(many=True)


class ApplicationFields(FilingFields):
    """What every application has, of whatever kind."""

    started_from = serializers.CharField(allow_null=True)
    licence = serializers.CharField(allow_null=True, help_text="Number of the licence that was granted.")


def camel(code: str) -> str:
    return "".join(word.capitalize() for word in code.split("-"))


@cache
def read_form(permit: PermitKind) -> type[serializers.Serializer[Any]]:
    """The shape of an application of this kind as it is read."""
    fields = {
        "kind": serializers.ChoiceField(choices=[permit.code]),
        "act": serializers.ChoiceField(choices=[ISSUE]),
        "Meta": type("Meta", (permit.serializer.Meta,), {}),  # type: ignore[attr-defined]  # a model's serializer
        "__doc__": f"An application: {permit.name}.",
        "__module__": __name__,
    }
    return type(f"{camel(permit.code)}Serializer", (ApplicationFields, permit.serializer), fields)


@cache
def draft_form(permit: PermitKind) -> type[serializers.Serializer[Any]]:
    """What opens a draft of this kind; particulars may be given now or later."""
    fields = {
        "kind": serializers.ChoiceField(choices=[permit.code]),
        "organisation": serializers.CharField(label=_("BIN or IIN"), max_length=32),
        "__doc__": f"A new draft: {permit.name}. Only kind and organisation are needed now.",
        "__module__": __name__,
    }
    return type(f"{camel(permit.code)}DraftSerializer", (edit_form(permit.serializer),), fields)


@cache
def edit_form(particulars: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """What may be changed in a draft of the kinds with these particulars."""
    name = particulars.__name__.removesuffix("ParticularsSerializer")
    fields = {
        "__doc__": "Fields of a draft to change; those left out stay as they are.",
        "__module__": __name__,
    }
    return type(f"{name}EditSerializer", (StrictSerializer, OwnFields, particulars), fields)


def application_schema() -> PolymorphicProxySerializer:
    """One whole schema per kind, told apart by `kind`."""
    return PolymorphicProxySerializer(
        component_name="Application",
        serializers={code: read_form(permit) for code, permit in kinds().items()},
        resource_type_field_name="kind",
    )


def draft_schema() -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(
        component_name="ApplicationDraft",
        serializers={code: draft_form(permit) for code, permit in kinds().items()},
        resource_type_field_name="kind",
    )


def edit_schema() -> Any:
    forms = list(dict.fromkeys(edit_form(permit.serializer) for permit in kinds().values()))
    if len(forms) == 1:
        return forms[0](partial=True)
    return PolymorphicProxySerializer(
        component_name="ApplicationEdit", serializers=forms, resource_type_field_name=None
    )


class FindingSerializer(serializers.Serializer[Any]):
    """A requirement and what was found: met, not met, or for a person to judge."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    verdict = serializers.ChoiceField(choices=["met", "not_met", "to_judge"])
    is_document = serializers.BooleanField()
    problems = ReasonSerializer(many=True)
    provision = ProvisionSerializer(allow_null=True)


class ProblemsSerializer(serializers.Serializer[Any]):
    """Everything that stands against filing now, the same list that a submission would answer with."""

    on = serializers.DateField(help_text="The day whose law judges: that of filing, today for a draft.")
    can_submit = serializers.BooleanField()
    problems = ReasonSerializer(many=True)
    findings = FindingSerializer(many=True)


class DocumentSerializer(serializers.Serializer[Any]):
    """A file of the case; its type is read from its content."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()
    content = serializers.CharField(help_text="Address of the file itself.")


class DocumentListSerializer(serializers.Serializer[Any]):
    """All files of the case; there are at most a hundred."""

    results = DocumentSerializer(many=True)


class UploadSerializer(StrictSerializer):
    """One file: PDF, PNG, JPEG, XLSX or DOCX, up to 20 MB."""

    kind = serializers.CharField(max_length=60, help_text="A code from `documents` of the kind, or `other`.")
    file = serializers.FileField(allow_empty_file=True)


class PaperUploadSerializer(StrictSerializer):
    """One file: PDF, PNG, JPEG, XLSX or DOCX, up to 20 MB."""

    file = serializers.FileField(allow_empty_file=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of the authority, and the answer."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class QuestionListSerializer(serializers.Serializer[Any]):
    """All questions of the case."""

    results = QuestionSerializer(many=True)


class AnswerSerializer(StrictSerializer):
    """The answer to a question; given once."""

    text = serializers.CharField(label=_("answer"), max_length=20_000)


class WithdrawalSerializer(StrictSerializer):
    """Why the application is withdrawn, if the applicant wants to say."""

    reason = serializers.CharField(label=_("reason"), max_length=2_000, required=False, allow_blank=True)


class EmptySerializer(StrictSerializer):
    """No fields."""


class TermSerializer(serializers.Serializer[Any]):
    """Somebody owes something by a day; `due_on` is empty while a pause is open. `part`: the body that is asked."""

    code = serializers.CharField()
    part = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    debtor = serializers.ChoiceField(choices=["authority", "organisation", "body"])
    base_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    met_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    overdue_at = serializers.DateTimeField(allow_null=True)
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer(allow_null=True)
    pauses = PauseSerializer(many=True)


class TermListSerializer(serializers.Serializer[Any]):
    """All terms of the case, by day."""

    results = TermSerializer(many=True)


class SignatureSerializer(serializers.Serializer[Any]):
    """A signature: whose, over what, and what its examination found."""

    id = serializers.IntegerField()
    signer = serializers.CharField(help_text="From the certificate's subject.")
    algorithm = serializers.CharField()
    certificate_sha256 = serializers.CharField()
    sha256 = serializers.CharField(help_text="SHA-256 of the signed file or content.")
    signed_at = serializers.DateTimeField(allow_null=True, help_text="As the signature says.")
    examined_at = serializers.DateTimeField(help_text="The moment for which its certificate was judged.")
    valid = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it does not hold.")


class LetterSerializer(serializers.Serializer[Any]):
    """A letter to the applicant; `content` is null until its PDF is made, a few seconds after the act."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    made_at = serializers.DateTimeField()
    content = serializers.CharField(allow_null=True)
    signature = SignatureSerializer(allow_null=True, help_text="The authority's, inside the PDF (PAdES).")
    waits_for = serializers.CharField(
        allow_null=True, help_text="Why it cannot be signed yet; nothing goes out unsigned."
    )


class LetterListSerializer(serializers.Serializer[Any]):
    """All letters of the case."""

    results = LetterSerializer(many=True)


class EventSerializer(serializers.Serializer[Any]):
    """Something that happened, as the parties may know it."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    act = serializers.CharField()
    by = serializers.ChoiceField(choices=["applicant", "authority", "system"])
    from_state = serializers.CharField(allow_blank=True)
    to_state = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    grounds = ProvisionSerializer(many=True)


class LicenceLineSerializer(serializers.Serializer[Any]):
    """A licence in a list."""

    number = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    holder = PartySerializer()
    granted_on = serializers.DateField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class RegisterEntrySerializer(serializers.Serializer[Any]):
    """A line of the public register: a permit, a refusal or a warning."""

    number = serializers.CharField()
    type = serializers.CharField()
    type_name = serializers.CharField()
    kind = serializers.CharField()
    kind_name = serializers.CharField()
    services = serializers.ListField(child=serializers.CharField(), help_text="What a permit lets its holder do.")
    authority = serializers.CharField()
    names = NamesSerializer()
    identifier = serializers.CharField(allow_blank=True, help_text="BIN; empty for sole traders.")
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.CharField(allow_blank=True)
    standing = serializers.CharField()
    standing_label = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    standing_since = serializers.DateField(allow_null=True, help_text="First day in this state.")
    standing_until = serializers.DateField(allow_null=True, help_text="Last day of a suspension.")
    reason = ProvisionSerializer(allow_null=True, help_text="Ground of a state other than in force.")
    published_by_rule = ProvisionSerializer(allow_null=True, help_text="Why the public reads it, as then known.")


class PaperSerializer(StrictSerializer):
    """A PDF that somebody holds, up to 5 MB."""

    file = serializers.FileField()


class PaperVerificationSerializer(serializers.Serializer[Any]):
    """What is known of a PDF. Of a paper printed here: which, by whom, of what licence."""

    verdict = serializers.ChoiceField(choices=["genuine", "added", "changed", "other", "unsigned", "not-pdf"])
    verdict_label = serializers.CharField()
    genuine = serializers.BooleanField(help_text="Printed here and unchanged.")
    sha256 = serializers.CharField()
    signer = serializers.CharField(allow_null=True, help_text="As the file says; it counts where `intact` is true.")
    signed_at = serializers.DateTimeField(allow_null=True)
    intact = serializers.BooleanField(allow_null=True)
    trusted = serializers.BooleanField(allow_null=True, help_text="Whether its certificate's issuer is trusted here.")
    authority = serializers.CharField(allow_null=True)
    letter = serializers.CharField(allow_null=True, help_text="Its kind, such as `receipt` or `licence`.")
    reference = serializers.CharField(allow_null=True)
    licence = serializers.CharField(allow_null=True, help_text="Number.")
    verification_code = serializers.CharField(allow_null=True, help_text="For `verify/{code}/`.")


class VerificationSerializer(serializers.Serializer[Any]):
    """Whether a printed licence is genuine and in force."""

    number = serializers.CharField()
    kind = serializers.CharField()
    kind_name = serializers.CharField()
    in_force = serializers.BooleanField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    granted_on = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    holder = NamesSerializer(allow_null=True, help_text="Null where the entry is withheld from publication.")
    fingerprint = serializers.CharField(allow_null=True, help_text="As printed in the footer of the licence.")
    sha256 = serializers.CharField(allow_null=True, help_text="Of the signed PDF.")
    signature = SignatureSerializer(allow_null=True)
