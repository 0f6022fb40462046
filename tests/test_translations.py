"""Every text in Kazakh and Russian: none is missing, and no English word is left on the pages people see most."""

import html
import re

import pytest
from django.conf import settings
from django.test import Client

from config.management.commands.messages import LANGUAGES, faults, gathered
from core.workflow import HEAD
from tests.factories import make_in_review, make_licence, make_user

ENGLISH = (
    "Account",
    "Answer",
    "Applicant",
    "Application",
    "Assign",
    "Authority",
    "Back",
    "Cancel",
    "Case",
    "Cases",
    "Decision",
    "Documents",
    "Draft",
    "Due",
    "Filter",
    "Filters",
    "Granted",
    "History",
    "Holder",
    "In force",
    "In review",
    "Inbox",
    "Language",
    "Law",
    "Letters",
    "Licence",
    "Licences",
    "My work",
    "Next",
    "Notes",
    "Nothing",
    "Number",
    "Officer",
    "Overdue",
    "Password",
    "Please",
    "Queue",
    "Register",
    "Save",
    "Search",
    "Sign in",
    "Sign out",
    "Submitted",
    "The",
    "Today",
    "Unconfirmed",
    "Verify",
    "You",
    "Your",
    "and",
    "from",
    "not",
    "of",
    "the",
    "this",
    "working day",
    "working days",
    "your",
)
WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, ENGLISH))})\b")
UNSEEN = re.compile(r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SAID_ALOUD = re.compile(r'\s(?:title|aria-label|placeholder|alt|data-label)="([^"]*)"')
TAG = re.compile(r"<[^>]*>")


def visible(page: str) -> str:
    """What a page shows or reads aloud: its text and the words of such attributes, without names given in English."""
    seen = UNSEEN.sub(" ", page)
    seen = re.sub(r'<(\w+)[^>]*\slang="en"[^>]*>.*?</\1>', " ", seen, flags=re.DOTALL)
    return html.unescape(" · ".join([TAG.sub(" ", seen), *SAID_ALOUD.findall(seen)]))


def english_on(client: Client, address: str, language: str) -> list[str]:
    """The English words seen at an address, each with what stands around it; the page must answer."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    text = " ".join(visible(response.content.decode()).split())
    return [f"{address}: …{text[max(0, at.start() - 40) : at.end() + 40]}…" for at in WORDS.finditer(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_compiled(language: str) -> None:
    assert list(faults(language, gathered())) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_speak_the_language(client: Client, language: str) -> None:
    licence = make_licence()
    pages = ("/", "/register/", f"/register/{licence.number}/", "/verify/", "/law/", "/accounts/login/")
    assert [found for page in pages for found in english_on(client, page, language)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_office_speaks_the_language(client: Client, language: str) -> None:
    case = make_in_review(centre_address="Rudny 7", centre_owner="QCN", electricity_contract="12")
    client.force_login(make_user(HEAD, authority=case.authority), backend=settings.AUTHENTICATION_BACKENDS[0])
    pages = ("/work/", "/queue/", "/licences/", f"/cases/{case.reference}/")
    assert [found for page in pages for found in english_on(client, page, language)] == []
