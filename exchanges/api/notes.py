"""Notes of answers of the law by API, for members of the organisation that keeps them alone."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found
from core.api.views import FIRST_DAY, LAST_DAY, ApiView, KeyRequest, repeatable
from core.models import User
from exchanges import services
from exchanges.models import PerimeterNote
from law.exchanges import ACTIVITIES, ASSETS, VENUES, WHO
from law.problems import Problem, _
from licensing.api.matters import own_firm
from licensing.models import Matter


class NewNoteSerializer(StrictSerializer):
    """A question whose answer is kept; for a client, for a matter, or for the organisation itself."""

    organisation = serializers.CharField(help_text="BIN of the organisation that keeps it.")
    activity = serializers.ChoiceField(choices=list(ACTIVITIES))
    asset = serializers.ChoiceField(choices=list(ASSETS))
    venue = serializers.ChoiceField(choices=list(VENUES))
    who = serializers.ChoiceField(choices=list(WHO))
    on = serializers.DateField()
    client = serializers.CharField(required=False, allow_blank=True, help_text="BIN or IIN; a power of attorney holds.")
    client_name = serializers.CharField(required=False, allow_blank=True, max_length=300)
    matter = serializers.CharField(required=False, allow_blank=True, help_text="Number; its client is the note's.")
    remark = serializers.CharField(required=False, allow_blank=True, max_length=5_000)

    def validate_on(self, value: date) -> date:
        if not FIRST_DAY <= value <= LAST_DAY:
            raise serializers.ValidationError("A day of the law.", code="day")
        return value


class NoteOfPerimeterSerializer(serializers.Serializer[Any]):
    """A note: the question, and the answer as the law was known when it was kept."""

    reference = serializers.CharField()
    organisation = serializers.CharField()
    client = serializers.CharField(allow_null=True)
    client_name = serializers.CharField(allow_blank=True)
    matter = serializers.CharField(allow_null=True)
    activity = serializers.CharField()
    asset = serializers.CharField()
    venue = serializers.CharField()
    who = serializers.CharField()
    on = serializers.DateField()
    verdict = serializers.CharField()
    answer = serializers.DictField(help_text="Frozen: permits, grounds, conditions, edition, confidence.")
    differs_today = serializers.BooleanField(help_text="Whether the law of today says otherwise.")
    remark = serializers.CharField(allow_blank=True)
    author = serializers.EmailField()
    kept_at = serializers.DateTimeField()


def note_body(row: PerimeterNote, today: date) -> dict[str, Any]:
    same = ("reference", "activity", "asset", "venue", "who", "on", "answer", "remark")
    return {
        **{name: getattr(row, name) for name in same},
        "organisation": row.organisation.identifier,
        "client": row.client.identifier if row.client else None,
        "client_name": row.for_whom,
        "matter": row.matter.reference if row.matter else None,
        "verdict": row.answer["verdict"],
        "differs_today": row.later(today) is not None,
        "author": row.author.email,
        "kept_at": row.created_at,
    }


def notes(user: User) -> Any:
    return PerimeterNote.objects.visible_to(user).select_related("organisation", "client", "matter", "author")


def find_note(user: User, reference: str) -> PerimeterNote:
    found: PerimeterNote | None = notes(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def named(user: User, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the client and the matter that they name; each that is unknown is told at once."""
    given, unknown = dict(values), []
    if number := given.pop("client", ""):
        given["client"] = user.organisations().filter(identifier=number).first()
        if given["client"] is None:
            unknown.append(Problem("client-not-yours", _("You do not act for this client today."), field="client"))
    if number := given.pop("matter", ""):
        given["matter"] = Matter.objects.visible_to(user).filter(reference=number).first()
        if given["matter"] is None:
            message = _("Choose a matter of the organisation that keeps the note.")
            unknown.append(Problem("matter-foreign", message, field="matter"))
    if unknown:
        raise ApiRefusal(400, *unknown)
    return given


class Notes(ApiView):
    """Notes of the organisations of which the caller is a member, the newest first."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="perimeter_notes_list", parameters=PAGE_PARAMETERS, responses=page_of(NoteOfPerimeterSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page, today = KeysetPagination(request, ["-id"]), timezone.localdate()
        return Response(page.body([note_body(row, today) for row in page.cut(notes(request.user))]))

    @extend_schema(
        operation_id="perimeter_notes_keep", request=NewNoteSerializer, responses={201: NoteOfPerimeterSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        given = named(request.user, self.checked(NewNoteSerializer()))
        organisation = own_firm(request.user, given.pop("organisation"))
        row = services.keep_note(organisation, **given, actor=request.user, at=timezone.now())
        address = request.build_absolute_uri(f"/api/v1/perimeter/notes/{row.reference}/")
        return Response(note_body(row, timezone.localdate()), status=201, headers={"Location": address})


class OneNote(ApiView):
    """One note, until it is taken off."""

    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="perimeter_notes_read", responses=NoteOfPerimeterSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return Response(note_body(find_note(request.user, reference), timezone.localdate()))

    @extend_schema(operation_id="perimeter_notes_take_off", responses={204: None})
    def delete(self, request: KeyRequest, reference: str) -> Response:
        services.take_off_note(find_note(request.user, reference), actor=request.user, at=timezone.now())
        return Response(status=204)
