"""Mining is left to one authority: officials of every other are refused by page, API and administration."""

from typing import Any

import pytest
import rules
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, reverse

from core.models import User
from core.services import allowed
from exchanges.models import ListedExchange, SaleReport
from exchanges.urls import urlpatterns as exchange_pages
from law.licensing import AIFC_EXCHANGE, MINING_LICENCES, POOL_ACCREDITATION
from licensing.permits import authority_of, kind
from mining.models import MachineFiling
from mining.services.keeping import authority_of as keeper_for
from mining.urls import urlpatterns as mining_pages
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining.centres import make_centre

pytestmark = pytest.mark.django_db
ROLES = ("officer", "head", "administrator", "auditor", "inspector")
OPEN = ("register-",)  # pages of everybody
SALES = ("sale-report", "exchange")  # what mining reads of the pages of exchanges
LISTS = ("/data-centres/", "/machines/", "/machine-filings/", "/pool-reports/", "/miner-reports/", "/sale-reports/")
FIGURES = (
    "/power/",
    "/power/months/",
    "/power/limits/",
    "/hash-rate/",
    "/hash-rate/world/",
    "/jobs/",
    "/jobs-reports/",
)


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(make.AT):
        yield


def foreign(role: str = "officer") -> User:
    return make.make_user(role, authority=make.make_authority("nbk"))


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def address_of(page: URLPattern) -> str:
    """Of a page, with words in the place of what it is told of."""
    names = page.pattern.converters
    return reverse(page.name or "", kwargs={name: 1 if name == "pk" else "x" for name in names})


def test_the_authority_is_the_one_that_the_kinds_of_mining_declare() -> None:
    keeper = make.make_authority()
    assert {kind(code).authority for code in (*MINING_LICENCES, POOL_ACCREDITATION)} == {keeper.code}
    assert keeper_for(make.make_applicant()) == keeper
    with pytest.raises(KeyError):
        authority_of("no-such-kind")


def test_kinds_of_two_authorities_have_no_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    other = kind(MINING_LICENCES[0])
    from dataclasses import replace

    from licensing import permits

    monkeypatch.setitem(permits._KINDS, AIFC_EXCHANGE, replace(other, code=AIFC_EXCHANGE, authority="afsa"))
    with pytest.raises(LookupError):
        authority_of(MINING_LICENCES[0], AIFC_EXCHANGE)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_mining_is_missing_for_another_authority(role: str) -> None:
    client = client_of(foreign(role))
    sales = [one for one in exchange_pages if (one.name or "").startswith(SALES)]
    pages = [one for one in (*mining_pages, *sales) if not (one.name or "").startswith(OPEN)]
    assert len(pages) > 45
    found = {page.name: client.get(address_of(page)).status_code for page in pages}
    assert {name: code for name, code in found.items() if code != 404} == {}


def test_the_menu_shows_mining_to_its_authority_alone() -> None:
    other = client_of(foreign()).get(reverse("licences")).content.decode()
    assert reverse("centres") not in other
    assert reverse("sale-reports") not in other
    own = client_of(make.make_user("officer")).get(reverse("licences")).content.decode()
    assert reverse("centres") in own


def test_the_api_of_mining_has_nothing_for_another_authority() -> None:
    centre = make_centre()
    stranger, officer = Caller(foreign()), Caller(make.make_user("officer"))
    for path in (*LISTS, *FIGURES, f"/data-centres/{centre.reference}/"):
        assert stranger.get(path).status_code == 404, path
        assert officer.get(path).status_code == 200, path
    body = {"organisation": centre.owner.identifier, "machines": []}
    assert stranger.post("/machines/", body).status_code == 404


def test_the_administration_shows_another_authority_nothing_of_mining() -> None:
    own, other = client_of(make.make_user("auditor")), client_of(foreign("auditor"))
    models: list[Any] = [*apps.get_app_config("mining").get_models(), SaleReport, ListedExchange]
    shown = [
        one for one in models if own.get(f"/admin/{one._meta.app_label}/{one._meta.model_name}/").status_code == 200
    ]
    assert len(shown) > 10
    for model in shown:
        assert other.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").status_code == 403, model
    start = other.get("/admin/").content.decode()
    assert "/admin/mining/" not in start


def test_nobody_of_another_authority_enters_or_changes_what_is_his_in_name() -> None:
    bank = make.make_authority("nbk")
    theirs = MachineFiling(authority=bank)
    rights = [name for name in rules.permissions.permissions if name.startswith("mining.")]
    assert len(rights) > 15
    for role in ROLES:
        actor = make.make_user(role, authority=bank)
        for name in (*rights, "exchanges.file_report", "exchanges.list_exchange"):
            assert not allowed(actor, name, theirs), (role, name)
    with pytest.raises(PermissionDenied):
        make_centre(actor=make.make_user("officer", authority=bank))
