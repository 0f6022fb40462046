"""A real browser against a real server. Without Chromium the journeys are skipped loudly; in CI that is an error."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from core.models import User

ARGS = [
    "--no-sandbox",
    "--disable-gpu",  # else a program draws in its stead
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
PATIENCE = 30_000  # milliseconds that a page may take before the journey fails


def chromium() -> str:
    """CHROMIUM, else an installed one; empty where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM", "") or next((found for name in names if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path and os.environ.get("CI"):
        pytest.fail("No Chromium: in CI the journeys must run.")
    if not path:
        warnings.warn(pytest.PytestWarning("NO CHROMIUM: THE BROWSER JOURNEYS ARE SKIPPED"), stacklevel=1)
        pytest.skip("no Chromium")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the running product; officials need no second factor on this journey."""
    settings.STAFF_SECOND_FACTOR = False
    settings.SITE_URL = live_server.url
    return str(live_server.url)


Opener = Callable[..., BrowserContext]


@pytest.fixture
def open_browser(browser: Browser, site: str) -> Iterator[Opener]:
    """Opens a window for somebody: signed in, in a language, at a width, with or without scripts."""
    contexts: list[BrowserContext] = []

    def opened(
        user: User | None = None, language: str = "en", *, scripts: bool = True, **options: Any
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=site,
            viewport=options.pop("viewport", WIDE),
            java_script_enabled=scripts,
            locale={"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}[language],
            **options,
        )
        context.set_default_timeout(PATIENCE)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if user is not None:
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@contextmanager
def watched(page: Page) -> Iterator[list[str]]:
    """What the page complains of while it is used: script errors, refused policies, answers from 500 up."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on(
        "response", lambda answer: faults.append(f"{answer.url}: {answer.status}") if answer.status >= 500 else None
    )
    yield faults
