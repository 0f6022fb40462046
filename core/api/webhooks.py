"""Webhooks of an organisation: made, changed and ended by its members; what was sent, and sending it again."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core import services
from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Organisation, User, Webhook, WebhookDelivery
from core.services import announced
from core.webhooks import NO_URL, URL_LENGTH, parsed
from law.problems import Problem, _

STATES = ("active", "failing", "off", "disabled")
DELIVERY_STATES = ("waiting", "delivered", "given_up")


class WebhookSerializer(serializers.Serializer[Any]):
    """A webhook. `events` empty: all acts are told."""

    id = serializers.IntegerField()
    organisation = serializers.CharField()
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=STATES)
    version = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    failing_since = serializers.DateTimeField(allow_null=True)
    previous_secret_until = serializers.DateTimeField(allow_null=True, help_text="Until then both secrets sign.")


class SecretWebhookSerializer(WebhookSerializer):
    """A webhook with a new secret, which is told in this answer only (null when the answer is given again)."""

    secret = serializers.CharField(allow_null=True)


class WebhookListedSerializer(WebhookSerializer):
    """A webhook as the list has it."""


class DeliverySerializer(serializers.Serializer[Any]):
    """One event for one webhook, and what came of the last attempt."""

    id = serializers.IntegerField()
    message_id = serializers.CharField(help_text="What the receiver gets as webhook-id.")
    event = serializers.CharField()
    reference = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=DELIVERY_STATES)
    created_at = serializers.DateTimeField()
    attempts = serializers.IntegerField()
    tried_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    status_code = serializers.IntegerField(allow_null=True)
    milliseconds = serializers.IntegerField(allow_null=True)
    error = serializers.ChoiceField(choices=[code for code, _label in WebhookDelivery.FAILURES], allow_null=True)
    answer = serializers.CharField(allow_blank=True, help_text="The beginning of an answer that was no success.")


class UrlField(serializers.CharField):
    """An address that can be read as one; whether it may be called is the act's own question."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=URL_LENGTH, help_text="https://host/path of a public server.", **options)

    def to_internal_value(self, data: Any) -> str:
        text = str(super().to_internal_value(data))
        if parsed(text) is None:
            raise serializers.ValidationError(say(NO_URL.message), code=NO_URL.code)
        return text


def events_field(**options: Any) -> serializers.ListField:
    child = serializers.ChoiceField(choices=sorted(announced()))
    return serializers.ListField(
        child=child, max_length=100, required=False, help_text="Acts told; none named: all of them.", **options
    )


class NewWebhookSerializer(StrictSerializer):
    """A webhook to be made."""

    organisation = serializers.CharField(max_length=32, help_text="BIN or IIN of an organisation that you belong to.")
    url = UrlField()
    events = events_field()


class WebhookEditSerializer(StrictSerializer):
    """What changes; the rest stays."""

    url = UrlField(required=False)
    events = events_field()
    active = serializers.BooleanField(required=False)


class NothingSerializer(StrictSerializer):
    """No field at all."""


def webhook_body(row: Webhook) -> dict[str, Any]:
    now = timezone.now()
    overlap = row.previous_until if row.previous_until and row.previous_until > now else None
    return {
        "id": row.pk,
        "organisation": row.organisation.identifier,
        "url": row.url,
        "events": row.verbs,
        "state": row.state,
        "version": row.version,
        "made_at": row.made_at,
        "failing_since": row.failing_since,
        "previous_secret_until": overlap,
    }


def delivery_body(row: WebhookDelivery) -> dict[str, Any]:
    same = ("created_at", "attempts", "tried_at", "next_try_at", "status_code", "milliseconds", "answer", "state")
    return {
        "id": row.pk,
        "message_id": f"msg_{row.message_id.hex}",
        "event": row.event.verb,
        "reference": row.event.reference,
        "error": row.error or None,
        **{name: getattr(row, name) for name in same},
    }


def find_webhook(user: User, pk: int) -> Webhook:
    found = Webhook.objects.visible_to(user).select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def own_organisation(user: User, identifier: str) -> Organisation:
    """An organisation that the caller belongs to himself: a mandate is not enough."""
    own = user.memberships.valid(timezone.localdate()).values("organisation")
    found = Organisation.objects.filter(pk__in=own, identifier=identifier).first()
    if found is None:
        message = _("You are no member of an organisation with this number today.")
        raise ApiRefusal(400, Problem("not-a-member", message, field="organisation"))
    return found


def answer_webhook(row: Webhook, status: int = 200) -> Response:
    return Response(webhook_body(row), status=status, headers={"ETag": f'"{row.version}"'})


def answer_secret(row: Webhook, secret: str, status: int) -> Response:
    """With the secret; what is kept for a repeated request is without it."""
    response = answer_webhook(row, status)
    response.kept = {**webhook_body(row), "secret": None}  # type: ignore[attr-defined]  # read by `repeatable`
    response.data["secret"] = secret
    response["Cache-Control"] = "private, no-store"
    return response


class Webhooks(ApiView):
    """The webhooks of the organisations that the caller belongs to."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="webhooks_list", parameters=PAGE_PARAMETERS, responses=page_of(WebhookListedSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["id"])
        rows = Webhook.objects.visible_to(request.user).select_related("organisation")
        return Response(page.body([webhook_body(row) for row in page.cut(rows)]))

    @extend_schema(
        operation_id="webhooks_create", request=NewWebhookSerializer, responses={201: SecretWebhookSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewWebhookSerializer())
        organisation = own_organisation(request.user, values["organisation"])
        row, secret = services.make_webhook(
            organisation=organisation,
            url=values["url"],
            verbs=values.get("events", []),
            actor=request.user,
            at=timezone.now(),
        )
        response = answer_secret(row, secret, 201)
        response["Location"] = request.build_absolute_uri(f"{request.path}{row.pk}/")
        return response


class OneWebhook(ApiView):
    """One webhook."""

    if_match: ClassVar = frozenset({"PATCH", "DELETE"})
    acts: ClassVar = frozenset({"PATCH"})
    versioned: ClassVar = frozenset({"GET", "PATCH"})

    @extend_schema(operation_id="webhooks_read", responses=WebhookSerializer)
    def get(self, request: KeyRequest, pk: int) -> Response:
        return answer_webhook(find_webhook(request.user, pk))

    @extend_schema(operation_id="webhooks_edit", request=WebhookEditSerializer, responses=WebhookSerializer)
    def patch(self, request: KeyRequest, pk: int) -> Response:
        row, version = find_webhook(request.user, pk), self.sent_version()
        values = self.checked(WebhookEditSerializer())
        changed = services.edit_webhook(
            row,
            actor=request.user,
            at=timezone.now(),
            url=values.get("url"),
            verbs=values.get("events"),
            active=values.get("active"),
            version=version,
        )
        return answer_webhook(changed)

    @extend_schema(operation_id="webhooks_remove", responses={204: None})
    def delete(self, request: KeyRequest, pk: int) -> Response:
        row, version = find_webhook(request.user, pk), self.sent_version()
        services.remove_webhook(row, actor=request.user, at=timezone.now(), version=version)
        return Response(status=204)


class WebhookSecret(ApiView):
    """A new secret; the one before signs beside it for a day."""

    if_match: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="webhooks_rotate", request=NothingSerializer, responses={200: SecretWebhookSerializer})
    @repeatable
    def post(self, request: KeyRequest, pk: int) -> Response:
        row, version = find_webhook(request.user, pk), self.sent_version()
        self.checked(NothingSerializer())
        changed, secret = services.rotate_secret(row, actor=request.user, at=timezone.now(), version=version)
        return answer_secret(changed, secret, 200)


class WebhookTest(ApiView):
    """A test event, sent and kept like everything else."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="webhooks_test", request=NothingSerializer, responses={202: DeliverySerializer})
    @repeatable
    def post(self, request: KeyRequest, pk: int) -> Response:
        row = find_webhook(request.user, pk)
        self.checked(NothingSerializer())
        return Response(delivery_body(services.send_test(row, actor=request.user, at=timezone.now())), status=202)


class Deliveries(ApiView):
    """What was sent or waits to be, the newest first."""

    @extend_schema(
        operation_id="webhooks_deliveries", parameters=PAGE_PARAMETERS, responses=page_of(DeliverySerializer)
    )
    def get(self, request: KeyRequest, pk: int) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = find_webhook(request.user, pk).deliveries.select_related("event")
        return Response(page.body([delivery_body(row) for row in page.cut(rows)]))


class DeliveryAgain(ApiView):
    """Send one delivery once more, under the same webhook-id."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="webhooks_send_again", request=NothingSerializer, responses={202: DeliverySerializer})
    @repeatable
    def post(self, request: KeyRequest, pk: int, delivery: int) -> Response:
        hook = find_webhook(request.user, pk)
        row = hook.deliveries.select_related("event", "webhook").filter(pk=delivery).first()
        if row is None:
            raise not_found()
        self.checked(NothingSerializer())
        again = services.send_delivery_again(row, actor=request.user, at=timezone.now())
        return Response(delivery_body(again), status=202)
