"""The other open pages: front page, law, health, colours."""

import pytest
from django.test import Client
from django.utils import translation

from law.definitions import TERMS
from law.provisions import titles
from tests.factories import make_licence, make_submitted

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_the_front_page_shows_true_figures(client: Client) -> None:
    make_licence()
    make_submitted()
    text = page(client, "/")
    assert '<a href="/register/?standing=in_force">1</a>' in text
    assert "Under consideration</dt><dd>1<" in text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_open_page_answers_in_every_language(client: Client, language: str) -> None:
    licence = make_licence()
    for address in ("/", "/register/", f"/register/{licence.number}/", "/verify/", f"/verify/{licence.code}/", "/law/"):
        assert f'<html lang="{language}"' in page(client, address, language)
    translation.activate("en")


def test_every_rule_and_term_has_its_page(client: Client) -> None:
    for code in titles():
        page(client, f"/law/{code}/")
    for code in TERMS:
        page(client, f"/law/terms/{code}/")
    assert client.get("/law/no.such.rule/").status_code == 404
    assert client.get("/law/terms/no-such-term/").status_code == 404


def test_two_days_beside_each_other(client: Client) -> None:
    text = page(client, "/law/?before=2026-01-17&after=2026-01-18")
    assert "/law/mining.sale_share/" in text
    assert "/law/permit.decision/" not in text  # unchanged
    assert "/law/permit.decision/" in page(client, "/law/?before=2026-01-17&after=2026-01-18&all=1")
    assert "unconfirmed" in text


def test_the_law_is_searched_by_word_article_and_code(client: Client) -> None:
    for query in ("sale+share", "mining.sale_share", "8(4)"):
        found = page(client, f"/law/?q={query}&before=2025-06-01&after=2026-06-01")
        assert "/law/mining.sale_share/" in found, query


def test_nonsense_days_are_no_error(client: Client) -> None:
    for query in ("before=2026-02-31", "before=x&after=%00", "before=0001-01-01&after=9999-12-31", "q=%00%F0"):
        assert client.get(f"/law/?{query}").status_code == 200, query


def test_health(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    facts = client.get("/health/ready")
    assert (facts.status_code, facts.json()["database"]) == (200, "ok")


def test_ready_without_redis(client: Client, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]  # pytest-django sets any name
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    facts = client.get("/health/ready")
    assert (facts.status_code, facts.json()["redis"]) == (200, "unavailable")


def test_colours_are_remembered_and_lead_nowhere_else(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/law/"})
    assert (answer["Location"], answer.cookies["theme"].value) == ("/law/", "dark")
    assert 'data-bs-theme="dark"' in page(client, "/law/")
    assert client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"
    assert client.post("/theme/", {"theme": "auto"}).cookies["theme"].value == ""
