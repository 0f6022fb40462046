"""The anchors of P5 and P12: filing and listing done the usual way, by viewsets with model serializers, unchecked."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import authentication, pagination, permissions, routers, serializers, viewsets

from core.models import Authority, Event, Obligation
from law.licensing import due
from licensing.models import Application, Letter
from mining.models import MiningParticulars


class ParticularsSerializer(serializers.ModelSerializer[MiningParticulars]):
    class Meta:
        model = MiningParticulars
        exclude = ("application",)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    particulars = ParticularsSerializer(source="mining_particulars")

    class Meta:
        model = Application
        exclude = ("authority", "created_by", "reference", "created_at")
        extra_kwargs = {"state": {"required": False}}

    def create(self, values: dict[str, Any]) -> Application:
        particulars = values.pop("mining_particulars")
        application = Application.objects.create(
            **values,
            authority=Authority.objects.get(code="maidd"),
            reference=f"U{Application.objects.order_by('-id').values_list('id', flat=True)[0]}",
            created_by=self.context["request"].user,
            created_at=timezone.now(),
        )
        MiningParticulars.objects.create(application=application, **particulars)
        note(application, "application.open", self.context["request"].user)
        return application

    def update(self, application: Application, values: dict[str, Any]) -> Application:
        now = timezone.now()
        today = timezone.localdate(now)
        values |= {"submitted_at": now, "filed_on": today}
        for rule in ("registration", "completeness", "decision"):
            term = due(application.kind, rule, today)
            values["due_on"] = min(values.get("due_on", term.due_on), term.due_on)
            Obligation.objects.create(
                **sight(application), code=rule, debtor="authority", base_on=today, due_on=term.due_on, created_at=now
            )
        application = super().update(application, values)
        Letter.objects.create(**sight(application), application=application, kind="receipt", data={}, made_at=now)
        note(application, "application.submit", self.context["request"].user)
        return application


def sight(application: Application) -> dict[str, Any]:
    return {
        "subject_type": "licensing.application",
        "subject_id": application.pk,
        "authority_id": application.authority_id,
        "organisation_id": application.organisation_id,
        "reference": application.reference,
        "title": application.kind,
    }


def note(application: Application, verb: str, user: Any) -> None:
    Event.objects.create(**sight(application), verb=verb, actor=user, at=timezone.now(), seq=0, hash=b"")


class Applications(viewsets.ModelViewSet[Application]):
    queryset = Application.objects.select_related("mining_particulars")
    serializer_class = ApplicationSerializer
    permission_classes = [permissions.IsAuthenticated]

    @transaction.atomic
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().create(request, *args, **kwargs)

    @transaction.atomic
    def update(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().update(request, *args, **kwargs)


class LineSerializer(serializers.ModelSerializer[Application]):
    organisation = serializers.CharField(source="organisation.name_en")
    officer = serializers.CharField(source="assigned_to.full_name", default="")

    class Meta:
        model = Application
        fields = ("id", "reference", "kind", "act", "state", "organisation", "officer", "filed_on", "due_on", "version")


class Pages(pagination.PageNumberPagination):
    page_size = 50


class Lines(viewsets.ReadOnlyModelViewSet[Application]):
    """Flat rows, joined, filtered and ordered by due day, in numbered pages with their count: as tutorials have it."""

    queryset = Application.objects.select_related("organisation", "assigned_to").order_by("due_on", "id")
    serializer_class = LineSerializer
    pagination_class = Pages
    filter_backends = [DjangoFilterBackend]
    filterset_fields = ["state", "authority"]
    authentication_classes = [authentication.SessionAuthentication]
    permission_classes = [permissions.IsAuthenticated]


router = routers.SimpleRouter()
router.register("lines", Lines, basename="lines")
router.register("applications", Applications)
