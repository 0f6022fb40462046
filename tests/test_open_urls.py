"""What answers without a log-in: exactly these addresses, each for its reason."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

SIGNING_IN = "people sign in, sign up or set a new password here"
PUBLIC = "the register is public"
LAW = "the law is public"
CHECKED = "what may be checked is published (Entrepreneurial Code 143(1))"
PUBLIC_ANSWERS = "what an authority published is public"
TELLS = "anybody tells of the unlicensed market, without a name"
OPEN = {
    "home": PUBLIC,
    "calendar-feed": "a calendar program has no account; the secret address is the key",
    "register": PUBLIC,
    "register-csv": PUBLIC,
    "register-json": PUBLIC,
    "register-entry": PUBLIC,
    "register-files": PUBLIC,
    "register-file": PUBLIC,
    "register-dictionary": PUBLIC,
    "register-centres": PUBLIC,
    "register-centres-csv": PUBLIC,
    "register-centre": PUBLIC,
    "register-machines-csv": PUBLIC,
    "complaint-new": "a consumer needs no account to complain",
    "complaint-state": "whoever has the code of a complaint reads what became of it",
    "open-approved-assets": PUBLIC,
    "open-approved-assets-csv": PUBLIC,
    "open-approved-assets-json": PUBLIC,
    "open-approved-asset": PUBLIC,
    "joint-acts": CHECKED,
    "joint-acts-csv": CHECKED,
    "joint-act": CHECKED,
    "joint-act-csv": CHECKED,
    "joint-act-compare": CHECKED,
    "open-issues": PUBLIC,
    "open-issues-csv": PUBLIC,
    "open-issues-json": PUBLIC,
    "open-issue": PUBLIC,
    "open-issue-paper": PUBLIC,
    "control-plans": PUBLIC_ANSWERS,
    "control-plan": PUBLIC_ANSWERS,
    "control-plan-csv": PUBLIC_ANSWERS,
    "open-warnings": PUBLIC,
    "open-warnings-csv": PUBLIC,
    "open-warnings-json": PUBLIC,
    "open-warning": PUBLIC,
    "open-tips": TELLS,
    "open-tip": "whoever holds the code of a tip reads how far it has come",
    "compliance": "numbers of firms without names are public",
    "compliance-csv": "numbers of firms without names are public",
    "clarifications": PUBLIC_ANSWERS,
    "clarification": PUBLIC_ANSWERS,
    "perimeter": LAW,
    "thresholds": LAW,
    "kinds": "what one can apply for is public",
    "kind": "what one can apply for is public",
    "verify-form": PUBLIC,
    "verify": PUBLIC,
    "law": LAW,
    "law-provision": LAW,
    "law-term": LAW,
    "retention": "the policy on personal data is public",
    "automated-acts": "what the program does by itself is public",
    "set-theme": "colours are chosen without a log-in",
    "set_language": "the language is chosen without a log-in",
    "health-live": "watchers have no account",
    "health-ready": "watchers have no account",
    "account_login": SIGNING_IN,
    "account_logout": "somebody already signed out is not sent to sign in first",
    "account_signup": SIGNING_IN,
    "account_inactive": SIGNING_IN,
    "account_email_verification_sent": SIGNING_IN,
    "account_confirm_email": SIGNING_IN,
    "account_confirm_login_code": SIGNING_IN,
    "account_reset_password": SIGNING_IN,
    "account_reset_password_done": SIGNING_IN,
    "account_reset_password_from_key": SIGNING_IN,
    "account_reset_password_from_key_done": SIGNING_IN,
    "mfa_authenticate": SIGNING_IN,
    "admin:login": "sends to our own sign-in page",
}
#: Passkeys are offered on a secure address only.
OPEN_WHERE_SECURE = {"mfa_login_webauthn": SIGNING_IN}
#: The API asks for a key by itself; these answer without one.
OPEN_API = {
    "api-schema": "programs read it before they have a key",
    "api-docs": "people read it before they have a key",
    "kinds/": "what one can apply for is public",
    "kinds/<slug:code>/": "what one can apply for is public",
    "register/": PUBLIC,
    "register/<slug:number>/": PUBLIC,
    "register/files/": PUBLIC,
    "api-register-file": PUBLIC,
    "register/files/dictionary/": PUBLIC,
    "register/centres/": PUBLIC,
    "register/centres/<slug:reference>/": PUBLIC,
    "verify/": "whoever holds a paper may have it verified",
    "verify/<slug:code>/": PUBLIC,
    "tips/": TELLS,
    "tips/<slug:code>/": "whoever holds the code of a tip reads how far it has come",
    "joint-acts/": CHECKED,
    "joint-acts/<slug:reference>/": CHECKED,
    "approved-assets/": PUBLIC,
    "approved-assets/<slug:reference>/": PUBLIC,
    "register/issues/": PUBLIC,
    "register/issues/<slug:reference>/": PUBLIC,
    "control-plans/": PUBLIC_ANSWERS,
    "control-plans/<slug:reference>/": PUBLIC_ANSWERS,
    "control-plans/<slug:reference>/subjects/": PUBLIC_ANSWERS,
    "warnings/": PUBLIC,
    "warnings/<slug:reference>/": PUBLIC,
    "clarifications/": PUBLIC_ANSWERS,
    "clarifications/<slug:number>/": PUBLIC_ANSWERS,
    "automated-acts/": "what the program does by itself is public",
    "seal-key/": "whoever holds an archive verifies it with the public key",
    "perimeter/": LAW,
    "perimeter/options/": LAW,
    "thresholds/": LAW,
    "thresholds/retail-month/": LAW,
    "provisions/": LAW,
    "provisions/<str:code>/": LAW,
    "definitions/": LAW,
    "^.*$": "an unknown address gets the API's own 404",
}


def patterns(resolver: Any, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = ":".join(part for part in (space, one.namespace) if part)
            yield from patterns(one, inner)
        else:
            yield ":".join(part for part in (space, one.name or str(one.pattern)) if part), one


def is_open(callback: Any) -> bool:
    return not getattr(callback, "login_required", True)


def api_view(callback: Any) -> type[APIView] | None:
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    return view if isinstance(view, type) and issubclass(view, APIView) else None


def test_exactly_these_addresses_are_open() -> None:
    found = {name for name, one in patterns(get_resolver()) if not api_view(one.callback) and is_open(one.callback)}
    assert found - set(OPEN_WHERE_SECURE) == set(OPEN)


def test_exactly_these_parts_of_the_api_are_open() -> None:
    found = set()
    for name, one in patterns(get_resolver()):
        view = api_view(one.callback)
        given = getattr(one.callback, "initkwargs", {}).get("permission_classes")
        if view is not None and AllowAny in (given or view.permission_classes):
            found.add(name)
    assert found == set(OPEN_API)


def test_a_name_leads_to_one_page() -> None:
    """Two pages of one name: links to the first lead to the second. Same names with other arguments are no better."""
    names = Counter(name for name, one in patterns(get_resolver()) if one.name)
    ours = {name: count for name, count in names.items() if count > 1 and ":" not in name}
    assert not ours
