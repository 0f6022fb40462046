"""The perimeter, for everybody: what needs a permit on a day, and in which words it is asked."""

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import ApiRefusal, provision_body, say
from core.api.serializers import ProvisionSerializer
from core.api.views import PublicView, day_asked
from core.days import told
from exchanges.forms.perimeter import QUESTIONS
from law.exchanges import (
    ACTIVITIES,
    ASSETS,
    AUTHORITIES,
    KIND_TITLES,
    KINDS,
    VENUES,
    VERDICTS,
    WHO,
    Answer,
    next_answer,
    perimeter,
)
from law.mining import LEGAL_ENTITY
from law.problems import Line, Problem, _, render
from law.provisions import NotInForce
from law.provisions.base import CONFIDENCES
from licensing.permits import kinds


def asked_for(name: str, description: str, *, required: bool = True) -> OpenApiParameter:
    shape = {"type": "string", "enum": list(QUESTIONS[name])}
    return OpenApiParameter(name, shape, required=required, description=description)


PARAMETERS = [
    asked_for("activity", "What is done."),
    asked_for("asset", "The class of digital asset."),
    asked_for("venue", "Where; `abroad` is a foreign firm that serves residents."),
    asked_for("who", "Who does it; a legal entity of Kazakhstan unless told.", required=False),
    OpenApiParameter(
        "on",
        {"type": "string", "format": "date"},
        description="The day of the activity, 2023-04-01 to 2100-12-31; today unless told.",
    ),
]


class NeededPermitSerializer(serializers.Serializer[Any]):
    """A permit of which one is needed."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    name = serializers.CharField()
    authority = serializers.ChoiceField(choices=list(AUTHORITIES))
    authority_name = serializers.CharField()
    filed_here = serializers.BooleanField(help_text="Whether it is applied for in this product, see `/kinds/`.")


class CitedTermSerializer(serializers.Serializer[Any]):
    """A defined term on which the answer stands, in its wording of the day."""

    term = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    act = serializers.CharField()
    article = serializers.CharField()
    in_force = serializers.DateField()
    unconfirmed = serializers.BooleanField()


class PerimeterEditionSerializer(serializers.Serializer[Any]):
    """The edition of the law in force on the day."""

    day = serializers.DateField()
    act = serializers.CharField()
    title = serializers.CharField()


class NextAnswerSerializer(serializers.Serializer[Any]):
    """The answer that follows, from `since` of it on."""

    since = serializers.DateField()
    verdict = serializers.ChoiceField(choices=list(VERDICTS))
    permits = NeededPermitSerializer(many=True)
    articles = serializers.CharField(allow_blank=True)
    confidence = serializers.ChoiceField(choices=CONFIDENCES)


class AnswerSerializer(serializers.Serializer[Any]):
    """What the law says of an activity on a day. `unclear` is no allowance."""

    activity = serializers.ChoiceField(choices=list(ACTIVITIES))
    asset = serializers.ChoiceField(choices=list(ASSETS))
    venue = serializers.ChoiceField(choices=list(VENUES))
    who = serializers.ChoiceField(choices=list(WHO))
    on = serializers.DateField()
    verdict = serializers.ChoiceField(choices=list(VERDICTS))
    words = serializers.CharField(help_text="The verdict in the language of Accept-Language.")
    permits = NeededPermitSerializer(many=True, help_text="One of them is needed; empty with any other verdict.")
    articles = serializers.CharField(allow_blank=True, help_text="As the sources cite them.")
    confidence = serializers.ChoiceField(choices=CONFIDENCES)
    unconfirmed = serializers.BooleanField()
    conditions = serializers.ListField(child=serializers.CharField(), help_text="What limits the answer.")
    notes = serializers.ListField(child=serializers.CharField(), help_text="Doubts, and what else to know.")
    provisions = ProvisionSerializer(many=True)
    terms = CitedTermSerializer(many=True)
    read_as = serializers.ChoiceField(choices=list(ASSETS), help_text="The class by whose row it was answered.")
    rule = serializers.CharField(help_text="The rule that answered; `row` for the table alone.")
    since = serializers.DateField(help_text="First day of this answer.")
    until = serializers.DateField(allow_null=True, help_text="First day on which another answer is known to stand.")
    day_confidence = serializers.ChoiceField(choices=CONFIDENCES)
    next = NextAnswerSerializer(allow_null=True)
    edition = PerimeterEditionSerializer()


class OptionSerializer(serializers.Serializer[Any]):
    """A code and what it means."""

    code = serializers.CharField()
    name = serializers.CharField()


class OptionsSerializer(serializers.Serializer[Any]):
    """All codes in which the perimeter is asked and answered."""

    activity = OptionSerializer(many=True)
    asset = OptionSerializer(many=True)
    venue = OptionSerializer(many=True)
    who = OptionSerializer(many=True)
    verdict = OptionSerializer(many=True)


def line_text(line: Line) -> str:
    return render(line.msgid, line.params, told)


def permit_bodies(answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "name": say(KIND_TITLES[kind]),
            "authority": authority,
            "authority_name": say(AUTHORITIES[authority]),
            "filed_here": kind in kinds(),
        }
        for kind, authority in answer.permits
    ]


def next_body(answer: Answer) -> dict[str, Any] | None:
    following = next_answer(answer)
    if following is None:
        return None
    return {
        "since": following.since,
        "verdict": following.verdict,
        "permits": permit_bodies(following),
        "articles": following.articles,
        "confidence": following.confidence,
    }


def answer_body(answer: Answer) -> dict[str, Any]:
    terms = [
        {
            "term": one.term,
            "title": say(one.title),
            "text": say(one.text),
            "act": say(one.source.act),
            "article": one.source.article,
            "in_force": one.in_force,
            "unconfirmed": not one.is_confirmed,
        }
        for one in answer.terms
    ]
    own = ("activity", "asset", "venue", "who", "on", "verdict", "articles", "confidence", "read_as", "rule", "since")
    edition = answer.edition
    return {
        **{name: getattr(answer, name) for name in own},
        "until": answer.until,
        "words": say(VERDICTS[answer.verdict]),
        "permits": permit_bodies(answer),
        "unconfirmed": not answer.is_confirmed,
        "conditions": [line_text(one) for one in answer.conditions],
        "notes": [line_text(one) for one in answer.notes],
        "provisions": [provision_body(one) for one in answer.grounds],
        "terms": terms,
        "day_confidence": answer.day_confidence,
        "next": next_body(answer),
        "edition": {"day": edition.day, "act": say(edition.act), "title": say(edition.title)},
    }


def asked(request: Request) -> dict[str, str]:
    """The codes of the question.

    Raises:
        ApiRefusal: 400 with everything that is missing or unknown.
    """
    given, problems = {}, []
    for name, known in QUESTIONS.items():
        code = request.query_params.get(name, LEGAL_ENTITY if name == "who" else "")
        if code not in known:
            message = _("One of these codes: %(codes)s.")
            problems.append(Problem("unknown-code", message, {"codes": ", ".join(known)}, field=name))
        given[name] = code
    if problems:
        raise ApiRefusal(400, *problems)
    return given


class Perimeter(PublicView):
    """Whether an activity with a class of asset at a venue needs a permit on a day, of whom, and by which article."""

    @extend_schema(operation_id="perimeter_read", parameters=PARAMETERS, responses=AnswerSerializer)
    def get(self, request: Request) -> Response:
        given, on = asked(request), day_asked(request)
        try:
            found = perimeter(given["activity"], given["asset"], given["venue"], on, given["who"])
        except NotInForce as error:
            raise ApiRefusal(400, replaced(error.problem)) from None
        return Response(answer_body(found))


def replaced(problem: Problem) -> Problem:
    """The same problem, said of the day that was asked for."""
    return Problem(problem.code, problem.message, problem.params, "on", problem.provision)


class PerimeterOptions(PublicView):
    """The codes in which the perimeter is asked and answered, with their names."""

    @extend_schema(operation_id="perimeter_options", responses=OptionsSerializer)
    def get(self, request: Request) -> Response:
        groups = {**QUESTIONS, "verdict": VERDICTS}
        return Response(
            {
                name: [{"code": code, "name": gettext(text)} for code, text in known.items()]
                for name, known in groups.items()
            }
        )
