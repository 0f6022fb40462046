"""What `visible_to` hides, no address shows: every page, list, search, file and call of the API, asked by strangers.

One house with a row in every table (the world of the page walk), then every address of the product with the keys of its
rows, asked by the public, by another firm, by officials of another authority and of a body that only answers. Whatever
text stands in a row that is hidden from the one who asks may stand in no answer, and no act may be taken."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache as throttles
from django.db import models
from django.test import Client

from core.models import DocumentSignature, User
from exchanges.models import AssetIssue, MarketTip, Servicer
from inspections.models import PlanEntry
from licensing.models import RegisterEntry
from mining.models import DataCentre, SecurityProtocol
from tests import factories as make
from tests.api.conftest import Caller
from tests.house.addresses import keys_of, routes
from tests.journeys import test_every_page as walk

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}  # a refusal comes without the frame of the page, which nobody reads here
#: A refused answer: sent to the log-in, no right, not there, no such method, a condition or body of the call missing.
CODE = re.compile(r"[a-z0-9_./+-]*|(/|sha256|urn:|https?:).*")  # codes of ours, digests, addresses: nobody wrote them
CLOSED = {302, 400, 401, 403, 404, 405, 410, 415, 428}
SCHEMA = "api/v1/schema/"
Asked = list[tuple[str, str]]
#: Who acts for an organisation is confirmed, and its registration looked at, by officials of any deciding authority.
SHARED = ("account/claims/", "account/memberships/", "account/organisations/")


@pytest.fixture
def world(settings: Any) -> walk.World:
    settings.EMAIL_BACKEND, settings.DEMO = "core.mail.OutboxBackend", True  # the outbox has pages
    settings.STAFF_SECOND_FACTOR = False
    built = walk.build()
    for row in (make.make_approved(), make.make_offer(), make.make_observed()):
        assert row.pk
    make.make_issue(state="draft", name="Note of a draft")
    make.make_issue(
        state="placed", name="Note in the register", initiator_name="Asel Trial", initiator_number=make.make_iin()
    )
    return built


VIEWERS: dict[str, Callable[[], User | None]] = {
    "public": lambda: None,
    "other-firm": make.make_applicant,
    "other-authority": lambda: make.make_user("officer", authority=make.make_authority("nbk")),
    "other-body": lambda: make.make_user("officer", authority=make.make_authority("revenue", decides=False)),
}


def own_texts(row: models.Model) -> set[str]:
    """Words that somebody wrote into the row, and its number: long enough to be nobody else's."""
    found: set[str] = set()
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.CharField | models.TextField) and isinstance(value, str) and not field.choices:
            found.add(value)
    return {text for text in found if len(text) >= 9 and not CODE.fullmatch(text)}


@cache
def guarded() -> list[Any]:
    """Every model whose rows are seen by `visible_to` alone."""
    return [one for one in apps.get_models() if hasattr(one._default_manager.all(), "visible_to")]


def secrets(viewer: User | None) -> set[str]:
    """Texts of rows that are hidden from the viewer, without those that stand in a row that is not."""
    hidden: set[str] = set()
    seen: set[str] = set()
    for model in guarded():
        rows = model._default_manager.all()
        shown = set(rows.visible_to(viewer or AnonymousUser()).values_list("pk", flat=True))
        for row in rows:
            (seen if row.pk in shown else hidden).update(own_texts(row))
    return hidden - seen - public()


def public() -> set[str]:
    """What the register and the pages of verification publish of rows that are not seen as such."""
    shown: set[str] = set()
    published: tuple[Any, ...] = (DataCentre, SecurityProtocol, RegisterEntry, DocumentSignature)
    for model in published:
        for row in model._default_manager.all():
            shown |= own_texts(row)
    for issue in AssetIssue.objects.open():  # but for who began it, who looked at the underlying, and why it ended
        shown |= own_texts(issue) - {issue.initiator_name, issue.initiator_number, issue.checked_by, issue.search}
    for bank in Servicer.objects.select_related("organisation"):
        shown |= own_texts(bank.organisation)  # whoever has an account chooses among them
    for centre in DataCentre.objects.published().select_related("owner"):
        shown |= own_texts(centre.owner)
    for entry in PlanEntry.objects.filter(plan__published_at__isnull=False).select_related("subject__organisation"):
        shown |= own_texts(entry.subject.organisation)  # whom a published plan names
    return shown | set(MarketTip.objects.values_list("reference", flat=True))  # told to who holds the code


def texts_of(answer: Any) -> str:
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith(("text/", "application/json", "application/problem")):
        return ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def leaks(answer: Any, hidden: set[str], known: str) -> list[str]:
    """Hidden texts in the answer; what the caller himself sent is no leak."""
    text = texts_of(answer)
    return [one for one in hidden if one in text and one not in known]


def clients(viewer: User | None) -> tuple[Client, Caller]:
    browser = Client(headers={"accept-language": "en"})
    if viewer is not None:
        browser.force_login(viewer)
    return browser, Caller(viewer)


def test_no_answer_shows_and_no_act_is_taken_on_what_is_hidden(world: walk.World) -> None:
    faults, asked = [], addresses(world)
    for name, made in VIEWERS.items():
        viewer = made()
        faults += [f"{name}: {fault}" for fault in (*shown(world, viewer, asked), *acted(viewer, asked))]
    assert not faults, "\n".join(faults)


def shown(world: walk.World, viewer: User | None, asked: Asked) -> Iterator[str]:
    hidden, (browser, api) = secrets(viewer), clients(viewer)
    assert len(hidden) > 100
    for route, address in asked:
        if route == SCHEMA and viewer:
            continue  # the same for everybody
        searches = () if "<" in route else (f"?q={world.licence.organisation.identifier}",)
        for query in ("", *searches):
            api_call = route.startswith("api/")
            answer = api.get(address.removeprefix("/api/v1") + query) if api_call else browser.get(address + query)
            found = leaks(answer, hidden, address)
            if found or answer.status_code >= 500:
                yield f"{answer.status_code} {address}{query}: {found[:3]}"
            if answer.status_code in CLOSED:
                break  # no search either


def acted(viewer: User | None, asked: Asked) -> Iterator[str]:
    browser, api = clients(viewer)
    before = counted()
    for route, address in asked:
        if "<" not in route or "<slug:source>" in route or route.startswith(SHARED):
            continue  # opens something of the caller's own, or is for every authority
        api_call = route.startswith("api/")
        path = address.removeprefix("/api/v1")
        throttles.clear()  # so many calls at once would be told to slow down
        answer = api.post(path, {}, If_Match='"1"') if api_call else browser.post(address, {}, headers=PART)
        if answer.status_code not in CLOSED:
            yield f"{answer.status_code} {address}"
    written = {table: count - before[table] for table, count in counted().items() if count != before[table]}
    if written:
        yield f"written {written}"


def counted() -> dict[str, int]:
    """How many rows there are; looking into a document leaves one, and so do a session and a key."""
    left = {"Access", "Session", "AuthToken"}
    return {one.__name__: one._default_manager.count() for one in guarded() if one.__name__ not in left}


def addresses(world: walk.World) -> Asked:
    """(route, address) of all that the product answers to; a route that no key is known for fails."""
    keys, made, missing = keys_of(world), [], []
    for route in routes():
        if "<" not in route:
            made.append((route, f"/{route}"))
        elif route in keys:
            made += [(route, one) for one in keys[route]]
        else:
            missing.append(route)
    assert not missing, "Say in tests/house/addresses.py which rows these show:\n" + "\n".join(missing)
    return made
