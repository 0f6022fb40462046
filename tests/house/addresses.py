"""Every address of the product but the administration's, filled with the keys of rows of the world of the page walk."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from knox.models import AuthToken

from core.models import DocumentSignature, Notification, Webhook
from exchanges.models import (
    ApprovedAsset,
    AssetIssue,
    Complaint,
    HeldTransfer,
    Incident,
    OfferedAsset,
    ProviderRecord,
    RailLink,
)
from inspections.models import Annulment, Filing, Inspection, Inspector, JointAct, PlanEntry, SupervisoryVisit
from licensing.models import Letter, Referral, ScreeningMatch
from mining.models import PowerLimit
from tests.journeys import plans
from tests.journeys import test_every_page as walk

#: Not asked: they are about the caller himself, or of a library that has its own tests.
LEFT_OUT = ("admin/", "accounts/", "static/", "^static", "__")


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern) and not route.startswith(LEFT_OUT) and "^" not in route:
            yield route


World = walk.World
ISSUES: Any = AssetIssue.objects.order_by("-id")  # the first one is registered, the last one a draft


def first(rows: Any) -> int:
    return int(rows.values_list("pk", flat=True)[0])


#: First key of what stands behind a beginning of addresses; what the page walk visits is known already.
FIRST: dict[str, Callable[[World], Any]] = {
    "account/claims/": lambda w: first(w.licence.organisation.memberships),
    "account/keys/": lambda w: AuthToken.objects.get(user=w.applicant).digest,
    "account/memberships/": lambda w: first(w.licence.organisation.memberships),
    "account/objections/new/": lambda w: w.automated.pk,
    "account/issues/": lambda w: ISSUES.last().reference,
    "account/offers/": lambda w: OfferedAsset.objects.get().reference,
    "api/v1/approved-assets/": lambda w: ApprovedAsset.objects.get().reference,
    "api/v1/issues/": lambda w: ISSUES.last().reference,
    "api/v1/offered-assets/": lambda w: OfferedAsset.objects.get().reference,
    "api/v1/register/issues/": lambda w: ISSUES.first().reference,
    "approved-assets/": lambda w: ApprovedAsset.objects.get().reference,
    "asset-list/": lambda w: ApprovedAsset.objects.get().reference,
    "dfa-issues/": lambda w: ISSUES.first().reference,
    "issues/": lambda w: ISSUES.first().reference,
    "api/v1/appeals/": lambda w: w.appeal.reference,
    "api/v1/applications/": lambda w: w.reviewed.reference,
    "api/v1/asset-classes/": lambda w: w.looked_at.reference,
    "api/v1/authority-requests/": lambda w: Referral.objects.get().reference,
    "api/v1/breaches/": lambda w: w.breach.reference,
    "api/v1/clarification-requests/": lambda w: w.clarification.reference,
    "api/v1/data-centres/": lambda w: w.assessment.centre.reference,
    "api/v1/jobs-reports/": lambda w: w.mined.realised,
    "api/v1/letters/": lambda w: first(Letter.objects.filter(application=w.filed)),
    "api/v1/licences/": lambda w: w.licence.number,
    "api/v1/machine-filings/": lambda w: w.mined.filing,
    "api/v1/machines/": lambda w: w.mined.machine,
    "api/v1/measures/": lambda w: w.measure.reference,
    "api/v1/miner-reports/": lambda w: w.mined.said,
    "api/v1/objections/": lambda w: w.objection.reference,
    "api/v1/organisations/": lambda w: w.licence.organisation.identifier,
    "api/v1/pool-reports/": lambda w: w.mined.pool,
    "api/v1/requests/": lambda w: w.reviewed.reference,
    "api/v1/row-files/": lambda w: w.mined.right,
    "api/v1/sale-reports/": lambda w: walk.own_sales(w)[0].reference,
    "api/v1/webhooks/": lambda w: Webhook.objects.get().pk,
    "api/v1/clarifications/": lambda w: w.clarification.number,
    "api/v1/kinds/": lambda w: "mining-licence-1",
    "api/v1/provisions/": lambda w: "permit.decision",
    "api/v1/register/": lambda w: w.licence.number,
    "api/v1/register/centres/": lambda w: w.assessment.centre.reference,
    "api/v1/verify/": lambda w: w.licence.code,
    "api/v1/tips/": lambda w: w.code,
    "api/v1/warnings/": lambda w: w.proposed.reference,
    "api/v1/conflict-checks/": lambda w: w.matter.check_made.reference,
    "api/v1/matters/": lambda w: w.matter.reference,
    "api/v1/market-tips/": lambda w: w.tip.reference,
    "api/v1/market-warnings/": lambda w: w.proposed.reference,
    "api/v1/screening-lists/": lambda w: "trial-1",
    "api/v1/screening-matches/": lambda w: ScreeningMatch.objects.get().reference,
    "api/v1/perimeter/notes/": lambda w: w.note.reference,
    "api/v1/register/files/": lambda w: "register-2026-06-15.1.csv",
    "account/inspections/": lambda w: Inspection.objects.get(state="curing").reference,
    "annulments/": lambda w: Annulment.objects.get().reference,
    "api/v1/annulment-applications/": lambda w: Annulment.objects.get().reference,
    "api/v1/inspection-filings/": lambda w: Filing.objects.get(kind="prolong").reference,
    "api/v1/inspections/": lambda w: Inspection.objects.get(state="curing").reference,
    "inspections/": lambda w: Inspection.objects.get(state="running").reference,
    "inspection-filings/": lambda w: Filing.objects.get(kind="prolong").reference,
    "calendar/": lambda w: "secret",
    "documents/": lambda w: first(w.reviewed.documents()),
    "api/v1/control-plans/": lambda w: plans.published().reference,
    "control-plans/": lambda w: plans.published().reference,
    "inspection-plans/": lambda w: plans.version().reference,
    "inspections/statistics/": lambda w: "kinds",
    "inspections/reporting-day/": lambda w: 2026,
    "inspections/places/": lambda w: first(PlanEntry.objects.order_by("pk")),
    "inspectors/": lambda w: first(Inspector.objects),
    "inbox/": lambda w: first(w.applicant.notifications.filter(channel="inbox")),
    "law/terms/": lambda w: "digital-asset",
    "register/files/": lambda w: "register-2026-06-15.1.csv",
    "overview/": lambda w: "ageing",
    "power/limits/": lambda w: first(PowerLimit.objects),
    "queue/tabs/": lambda w: 1,
    "signatures/": lambda w: first(DocumentSignature.objects),
    "work/absences/": lambda w: 1,
    "work/mails/": lambda w: first(Notification.objects.filter(channel="mail", event__reference=w.objection.reference)),
}


def oldest(model: Any) -> Callable[[World], Any]:
    """The number of the oldest row."""
    return lambda w: model.objects.order_by("pk")[0].reference


for beginning, model in (
    ("rails/", RailLink),
    ("complaints/", Complaint),
    ("incidents/", Incident),
    ("provider-records/", ProviderRecord),
    ("transfers/", HeldTransfer),
    ("joint-acts/", JointAct),
    ("supervisory-visits/", SupervisoryVisit),
):
    FIRST |= dict.fromkeys((beginning, f"api/v1/{beginning}"), oldest(model))
#: What else stands in an address, by the name of its part.
OTHERS: dict[str, Callable[[World], Any]] = {
    "number": lambda w: w.licence.number,
    "pk": lambda w: first(w.reviewed.documents()),
    "document": lambda w: first(w.reviewed.documents()),
    "delivery": lambda w: first(Webhook.objects.get().deliveries),
    "name": lambda w: "note",
    "kind": lambda w: "licence",
    "part": lambda w: "appointment",
    "table": lambda w: "counts",
    "source": lambda w: "miner",
    "code": lambda w: "throughput",
    "period": lambda w: "2026-08",
    "other": lambda w: JointAct.objects.order_by("pk")[0].reference,
    "place": lambda w: 1,
}
PART = re.compile(r"<(?:\w+:)?(\w+)>")


def keys_of(world: World) -> dict[str, list[str]]:
    """Addresses by route: those of the page walk, and for the others one made of the keys above."""
    found: dict[str, list[str]] = defaultdict(list)
    known: dict[str, Any] = {}
    for address in walked(world):
        path = address.split("?")[0]
        try:
            match: Any = resolve(path)
        except Resolver404:
            continue
        if path not in found[match.route]:
            found[match.route].append(path)
        if match.captured_kwargs:
            known.setdefault(match.route.split("<")[0], next(iter(match.captured_kwargs.values())))
    known |= {beginning: key(world) for beginning, key in FIRST.items()}
    for route in routes():
        beginning = route.split("<")[0]
        if "<" in route and route not in found and beginning in known:
            found[route] = ["/" + filled(route, known[beginning], world)]
    return found


def filled(route: str, key: Any, world: World) -> str:
    values = [str(key), *(str(OTHERS[name](world)) for name in PART.findall(route)[1:])]
    return PART.sub(lambda _part: values.pop(0), route)


def walked(world: World) -> list[str]:
    visits = [visit(world) for group in walk.VISITS.values() for visit in group]
    return [address for _user, pages in visits for address in pages]
