"""The shapes of requests between authorities in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import SeveralField, StrictSerializer
from licensing.models import Referral
from licensing.serializers import DocumentSerializer, TermSerializer
from licensing.services.referrals import ABOUT_LIMIT, FILES_LIMIT, record_kinds
from licensing.workflow import REFERRAL
from licensing.workflow.referral import TEXT_LIMIT

KINDS = [code for code, _label in Referral.KINDS]
SIDES = ("open", "received", "sent")


class RecordField(serializers.ChoiceField):
    """A kind of record that a request may be about. Apps add theirs when they are ready."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=record_kinds(), **options)


class AuthorityRequestSerializer(serializers.Serializer[Any]):
    """A request as the list has it."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in REFERRAL.states])
    state_label = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    authority = serializers.CharField(help_text="Code of the authority that asks.")
    body = serializers.CharField(help_text="Code of the authority that is asked.")
    about = serializers.CharField()
    asked_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True, help_text="Last day of the answer, while it is owed.")
    answered_on = serializers.DateField(allow_null=True)


class RequestRecordSerializer(serializers.Serializer[Any]):
    """The record behind a request."""

    kind = RecordField()
    reference = serializers.CharField()


class WholeAuthorityRequestSerializer(AuthorityRequestSerializer):
    """A request whole. `record` is told to the authority that asks, and null to the other."""

    record = RequestRecordSerializer(allow_null=True)
    text = serializers.CharField()
    sent_by = serializers.CharField()
    documents = DocumentSerializer(many=True, help_text="What the asked authority is shown.")
    answer = serializers.CharField(allow_blank=True)
    answered_by = serializers.CharField(allow_null=True)
    answer_documents = DocumentSerializer(many=True)
    withdrawn_because = serializers.CharField(allow_blank=True)
    terms = TermSerializer(many=True)


class NewAuthorityRequestSerializer(StrictSerializer):
    """A request about a record that you see, or `about` something in words. Files come in a form of several parts, in
    which a name may stand more than once."""

    kind = serializers.ChoiceField(choices=KINDS)
    body = serializers.CharField(max_length=40, help_text="Code of the authority that is asked.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    record = RecordField(required=False, allow_blank=True, default="")
    reference = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default="", help_text="Number of the record."
    )
    about = serializers.CharField(max_length=ABOUT_LIMIT, required=False, allow_blank=True, default="")
    documents = SeveralField(
        child=serializers.IntegerField(),
        required=False,
        default=list,
        max_length=100,
        help_text="Papers of the record that the other authority may read.",
    )


class NewAuthorityRequestWithFilesSerializer(NewAuthorityRequestSerializer):
    """The same as a form, with files."""

    files = SeveralField(
        child=serializers.FileField(allow_empty_file=True), required=False, default=list, max_length=FILES_LIMIT
    )


class AnswerRequestSerializer(StrictSerializer):
    """The asked authority answers today. Who asked enters what came on paper, and says of which day it is."""

    answer = serializers.CharField(max_length=TEXT_LIMIT)
    answered_on = serializers.DateField(required=False, help_text="Of who asked alone, who must say it.")

    def __init__(self, *args: Any, asker: bool | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if asker is not None:
            self.fields["answered_on"].required = asker
        if asker is False:
            del self.fields["answered_on"]


class AnswerRequestWithFilesSerializer(AnswerRequestSerializer):
    """The same as a form, with files."""

    files = SeveralField(
        child=serializers.FileField(allow_empty_file=True), required=False, default=list, max_length=FILES_LIMIT
    )


class WithdrawRequestSerializer(StrictSerializer):
    """Why no answer is needed any more."""

    reason = serializers.CharField(max_length=TEXT_LIMIT)
