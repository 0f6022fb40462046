"""The kinds of permit, and what each needs on a day: papers, checks, terms, fee, grounds, fields."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any, cast

from django.utils.encoding import force_str
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import not_found, problem_body, provision_body, say
from core.api.serializers import ProvisionSerializer, ReasonSerializer
from core.api.views import PublicView, day_asked
from core.services import duty_label
from law.grounds import Ground
from law.licensing import due, fee, validity
from law.provisions import NotInForce, provision
from licensing.api.bodies import arithmetic_body
from licensing.permits import PermitKind, kinds
from licensing.serializers import OwnFields

ON = OpenApiParameter(
    "on", {"type": "string", "format": "date"}, description="The day, 1991-12-16 to 2100-12-31; today unless told."
)
TYPES = (
    (serializers.ChoiceField, "choice"),
    (serializers.BooleanField, "boolean"),
    (serializers.DecimalField, "decimal"),
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "number"),
    (serializers.DateField, "date"),
    (serializers.CharField, "text"),
)
BOUNDS = {"max_length": "max_length", "min_value": "minimum", "max_value": "maximum"}


class KindLineSerializer(serializers.Serializer[Any]):
    """A kind of permit."""

    code = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()
    authority = serializers.CharField()
    regime = serializers.CharField()
    open = serializers.BooleanField(help_text="Whether one may file on the day.")
    available_from = serializers.DateField()
    available_until = serializers.DateField(allow_null=True, help_text="First day on which one no longer may.")


class PaperSerializer(serializers.Serializer[Any]):
    """A document to file; `unless` says when it is not needed."""

    code = serializers.CharField()
    title = serializers.CharField()
    unless = serializers.CharField(allow_blank=True)
    provision = ProvisionSerializer()


class CheckSerializer(serializers.Serializer[Any]):
    """A requirement; `by_person`: an officer judges."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    by_person = serializers.BooleanField()
    provision = ProvisionSerializer(allow_null=True)


class KindTermSerializer(serializers.Serializer[Any]):
    """A term of the authority, counted as if the day were that of filing."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    due_on = serializers.DateField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer()


class KindFeeSerializer(serializers.Serializer[Any]):
    """The fee if it is paid on the day; where the law of the day is not entered, `known` is false and says why."""

    known = serializers.BooleanField()
    amount = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    arithmetic = serializers.ListField(child=serializers.CharField())
    provisions = ProvisionSerializer(many=True)
    problem = ReasonSerializer(allow_null=True)


class KindValiditySerializer(serializers.Serializer[Any]):
    """How long a permit granted on the day holds; `last_day` is included."""

    last_day = serializers.DateField(allow_null=True)
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer()


class GroundSerializer(serializers.Serializer[Any]):
    """An item of a closed list."""

    code = serializers.CharField()
    text = serializers.CharField()
    provision = ProvisionSerializer()


class FieldSerializer(serializers.Serializer[Any]):
    """A field of the application: what it is called and what it takes."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    type = serializers.ChoiceField(choices=[*(name for _type, name in TYPES), "list", "object"])
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    nullable = serializers.BooleanField()
    max_length = serializers.IntegerField(allow_null=True)
    minimum = serializers.CharField(allow_null=True)
    maximum = serializers.CharField(allow_null=True)
    choices = serializers.ListField(child=serializers.DictField(child=serializers.CharField()), allow_null=True)
    items = serializers.ListField(
        child=serializers.DictField(), allow_null=True, help_text="Fields of each item of a list."
    )


class KindSerializer(KindLineSerializer):
    """What a kind of permit needs on a day."""

    on = serializers.DateField()
    problems = ReasonSerializer(many=True)
    documents = PaperSerializer(many=True)
    checks = CheckSerializer(many=True)
    terms = KindTermSerializer(many=True)
    fee = KindFeeSerializer()
    validity = KindValiditySerializer(allow_null=True)
    refusal_grounds = GroundSerializer(many=True)
    incompleteness_reasons = GroundSerializer(many=True)
    particulars = FieldSerializer(many=True)


class KindListSerializer(serializers.Serializer[Any]):
    """All kinds."""

    results = KindLineSerializer(many=True)


def known(lookup: Callable[[], Any]) -> Any:
    """What the law gives, or None."""
    try:
        return lookup()
    except NotInForce:
        return None


def line_body(permit: PermitKind, on: date) -> dict[str, Any]:
    first, end = permit.available[0], permit.until
    return {
        "code": permit.code,
        "name": say(permit.name),
        "summary": say(permit.summary),
        "authority": permit.authority,
        "regime": permit.regime,
        "open": permit.is_open(on),
        "available_from": first,
        "available_until": end,
    }


def kind_body(permit: PermitKind, on: date) -> dict[str, Any]:
    closed = permit.closed_problem(on)
    return {
        **line_body(permit, on),
        "on": on,
        "problems": [problem_body(closed)] if closed else [],
        "documents": [
            {
                "code": paper.code,
                "title": say(paper.title),
                "unless": say(paper.unless),
                "provision": provision_body(paper),
            }
            for paper in permit.form().papers(on)
        ],
        "checks": [
            {
                "code": check.code,
                "label": say(check.label),
                "by_person": check.by_person,
                "provision": provision_body(known(partial(provision, check.provision, on))),
            }
            for check in permit.checks
        ],
        "terms": list(term_bodies(permit, on)),
        "fee": fee_body(permit, on),
        "validity": validity_body(permit, on),
        "refusal_grounds": ground_bodies(permit.form().refusal_grounds(on)),
        "incompleteness_reasons": ground_bodies(permit.form().incompleteness_reasons(on)),
        "particulars": [
            field_body(name, field)
            for form in (permit.serializer(), OwnFields())
            for name, field in form.fields.items()
        ],
    }


def term_bodies(permit: PermitKind, on: date) -> Iterable[dict[str, Any]]:
    for rule in permit.procedure.on_filing:
        found = known(partial(due, permit.code, rule, on))
        if found is not None:
            yield {
                "code": rule,
                "label": say(duty_label(rule)),
                "due_on": found.due_on,
                "arithmetic": arithmetic_body(found.arithmetic),
                "provision": provision_body(found.provision),
            }


def fee_body(permit: PermitKind, on: date) -> dict[str, Any]:
    try:
        owed = fee(permit.code, on)
    except NotInForce as unknown:
        problem = problem_body(unknown.problem)
        empty: dict[str, Any] = {"amount": None, "currency": None, "arithmetic": [], "provisions": []}
        return {"known": False, **empty, "problem": problem}
    return {
        "known": True,
        "amount": f"{owed.amount:.2f}",
        "currency": owed.currency,
        "arithmetic": arithmetic_body(owed.arithmetic),
        "provisions": [provision_body(one) for one in owed.provisions],
        "problem": None,
    }


def validity_body(permit: PermitKind, on: date) -> dict[str, Any] | None:
    found = known(lambda: validity(permit.code, on))
    if found is None:
        return None
    return {
        "last_day": found.last_day,
        "arithmetic": arithmetic_body(found.arithmetic),
        "provision": provision_body(found.provision),
    }


def ground_bodies(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [{"code": one.code, "text": say(one.text), "provision": provision_body(one)} for one in grounds]


def field_body(name: str, field: Any) -> dict[str, Any]:
    """A serializer's field as data."""
    items: list[dict[str, Any]] | None = None
    if isinstance(field, serializers.ListSerializer):
        shape = cast(serializers.Serializer[Any], field.child)
        items = [field_body(inner, one) for inner, one in shape.fields.items()]
    elif isinstance(field, serializers.ListField):
        items = [field_body("item", field.child)]
    kind = "list" if items is not None else next((word for cls, word in TYPES if isinstance(field, cls)), "object")
    bounds = {told: getattr(field, own, None) for own, told in BOUNDS.items()}
    for extreme in ("minimum", "maximum"):
        bounds[extreme] = str(bounds[extreme]) if bounds[extreme] is not None else None
    return {
        "name": name,
        "label": force_str(field.label or name),
        "type": kind,
        "required": field.required,
        "nullable": field.allow_null,
        **bounds,
        "choices": [{"value": str(value), "label": say(str(label))} for value, label in field.choices.items()]
        if kind == "choice"
        else None,
        "items": items,
    }


class Kinds(PublicView):
    """The kinds of permit, and whether one may file for them on a day."""

    @extend_schema(operation_id="kinds_list", parameters=[ON], responses=KindListSerializer)
    def get(self, request: Request) -> Response:
        on = day_asked(request)
        return Response({"results": [line_body(permit, on) for permit in kinds().values()]})


class OneKind(PublicView):
    """What one kind needs on a day, each thing with its rule."""

    @extend_schema(operation_id="kinds_read", parameters=[ON], responses=KindSerializer)
    def get(self, request: Request, code: str) -> Response:
        permit = kinds().get(code)
        if permit is None:
            raise not_found()
        return Response(kind_body(permit, day_asked(request)))
