"""What holders offer: declared and ended by themselves, observed by officials."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Obligation, User
from exchanges import services
from exchanges.models import ObservedOffer, OfferedAsset
from exchanges.models.offers import DIFFERENCES, AssetOfHolder
from exchanges.serializers.offers import (
    NewObservedOfferSerializer,
    NewOfferSerializer,
    ObservedOfferSerializer,
    OfferedAssetSerializer,
    OfferEndSerializer,
)
from law.problems import Problem, _
from licensing.models import Licence

NAMED = ("name", "symbol", "network", "contract", "other")
PARTS = ("organisation", "licence", "asset")


def asset_part(row: Any) -> dict[str, Any]:
    """What both shapes tell of an asset; its differences are read with the row."""
    return {
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "asset": row.asset.reference if row.asset else None,
        "name": row.name,
        "symbol": row.symbol,
        "network": row.network,
        "contract": row.contract,
        "differences": [
            {
                "kind": one.kind,
                "kind_label": say(DIFFERENCES[one.kind]),
                "since": one.since,
                "breach": one.breach.reference,
            }
            for one in row.differences.all()
        ],
    }


def offer_bodies(rows: Iterable[OfferedAsset]) -> list[dict[str, Any]]:
    """Offers with what is owed of them, in one query for all."""
    rows = list(rows)
    label = OfferedAsset._meta.label_lower
    owed = Obligation.objects.open().filter(subject_type=label, subject_id__in=[row.pk for row in rows])
    dues = {one.subject_id: one for one in owed}
    bodies = []
    for row in rows:
        due = dues.get(row.pk)
        own = {
            "reference": row.reference,
            "state": row.state,
            "state_label": say(row.WORKFLOW.state(row.state).applicant_label),
            "from_day": row.from_day,
            "to_day": row.to_day,
            "end_by": due.due_on if due else None,
            "end_rule": provision_body(due.ground) if due else None,
        }
        bodies.append(own | asset_part(row))
    return bodies


def observed_body(row: ObservedOffer) -> dict[str, Any]:
    return asset_part(row) | {"observed_on": row.observed_on, "source": row.source}


def seen(model: type[AssetOfHolder], user: User) -> Any:
    rows: Any = model._default_manager
    return rows.visible_to(user).select_related(*PARTS).prefetch_related("differences__breach")


def licence_named(user: User, number: str) -> Licence:
    """The licence of this number that one may see.

    Raises:
        ApiRefusal: there is none.
    """
    found = services.offering_licences(user).filter(number=number.strip().upper()).first()
    if found is None:
        message = _("There is no licence with this number by which you offer assets.")
        raise ApiRefusal(400, Problem("licence-not-yours", message, field="licence"))
    return found


def asset_named(values: dict[str, Any]) -> services.AssetNamed:
    return services.AssetNamed(code=values["asset"], **{name: values[name] for name in NAMED})


def answer(row: OfferedAsset, request: KeyRequest, status: int = 200) -> Response:
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/offered-assets/{row.reference}/")
    fresh = seen(OfferedAsset, request.user).get(pk=row.pk)
    return Response(offer_bodies([fresh])[0], status=status, headers=headers)


def find_offer(user: User, reference: str) -> OfferedAsset:
    found: OfferedAsset | None = seen(OfferedAsset, user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class OfferedAssets(ApiView):
    """Declared offers that one may see, newest first; and the way to declare one."""

    kept_by = "exchanges.keep_assets"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="offered_assets_list", parameters=PAGE_PARAMETERS, responses=page_of(OfferedAssetSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body(offer_bodies(page.cut(seen(OfferedAsset, request.user)))))

    @extend_schema(
        operation_id="offered_assets_create", request=NewOfferSerializer, responses={201: OfferedAssetSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewOfferSerializer())
        row = services.declare_offer(
            licence_named(request.user, values["licence"]),
            asset=asset_named(values),
            from_day=values["from_day"],
            to_day=values["to_day"],
            actor=request.user,
            at=timezone.now(),
        )
        return answer(row, request, 201)


class OneOfferedAsset(ApiView):
    """One declared offer."""

    kept_by = "exchanges.keep_assets"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="offered_assets_read", responses=OfferedAssetSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_offer(request.user, reference), request)


class OfferEnd(ApiView):
    """Declare the end of an offer; that meets the end that was owed."""

    kept_by = "exchanges.keep_assets"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="offered_assets_end", request=OfferEndSerializer, responses=OfferedAssetSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_offer(request.user, reference), self.sent_version()
        values = self.checked(OfferEndSerializer())
        row = services.end_offer(found, to_day=values["to_day"], actor=request.user, at=timezone.now(), version=version)
        return answer(row, request)


class ObservedOffers(ApiView):
    """What officials saw holders offer; for officials alone."""

    kept_by = "exchanges.keep_assets"
    acts: ClassVar = frozenset({"POST"})

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.is_official:
            raise not_found()

    @extend_schema(
        operation_id="observed_offers_list", parameters=PAGE_PARAMETERS, responses=page_of(ObservedOfferSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([observed_body(row) for row in page.cut(seen(ObservedOffer, request.user))]))

    @extend_schema(
        operation_id="observed_offers_create",
        request=NewObservedOfferSerializer,
        responses={201: ObservedOfferSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewObservedOfferSerializer())
        row = services.observe_offer(
            licence_named(request.user, values["licence"]),
            asset=asset_named(values),
            observed_on=values["observed_on"],
            source=values["source"],
            actor=request.user,
            at=timezone.now(),
        )
        return Response(observed_body(seen(ObservedOffer, request.user).get(pk=row.pk)), status=201)
