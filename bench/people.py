"""Who asks: an official with his second factor, an applicant with a key; each speaks to the whole WSGI application."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from core.models import User
from core.services import make_key

CSRF = "benchmark" * 3 + "token"  # 32 characters, as Django makes them


@dataclass
class Visitor:
    """One browser or program. Nothing of the stack is left out: middleware, log line, session, permissions."""

    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, expect: int = 200) -> bytes:
        return self._ask("GET", address, b"", "", expect)[1]

    def post(self, address: str, values: Mapping[str, Any], expect: int = 302) -> bytes:
        """A form."""
        body = urlencode(values, doseq=True).encode()
        return self._ask("POST", address, body, "application/x-www-form-urlencoded", expect)[1]

    def send(
        self, method: str, address: str, values: Mapping[str, Any], expect: int, **headers: str
    ) -> tuple[dict[str, str], Any]:
        """JSON there and back: (headers of the answer, its body)."""
        body = json.dumps(values).encode()
        found, answer = self._ask(method, address, body, "application/json", expect, headers)
        return found, json.loads(answer)

    def _ask(
        self,
        method: str,
        address: str,
        body: bytes,
        media_type: str,
        expect: int,
        more: Mapping[str, str] | None = None,
    ) -> tuple[dict[str, str], bytes]:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": media_type,
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "127.0.0.1",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
        environ |= {f"HTTP_{name.upper()}": value for name, value in (more or {}).items()}
        answer: list[Any] = []
        parts_of_body = application()(environ, lambda status, headers, _error=None: answer.extend((status, headers)))
        try:
            content = b"".join(parts_of_body)
        finally:
            if close := getattr(parts_of_body, "close", None):
                close()
        if not answer[0].startswith(str(expect)):
            raise AssertionError(f"{method} {address}: {answer[0]}\n{content[:2000].decode(errors='replace')}")
        return dict(answer[1]), content


@cache
def application() -> Callable[..., Any]:
    return WSGIHandler()  # get_wsgi_application() would set up logging again


def official(pk: int, language: str = "en") -> Visitor:
    """Logged in, with a second factor, in the database that is used now."""
    user = User.objects.get(pk=pk)
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookies = f"sessionid={session.session_key}; csrftoken={CSRF}; django_language={language}"
    return Visitor({"Cookie": cookies, "X-CSRFToken": CSRF, "Accept-Language": language})


def program(pk: int) -> Visitor:
    """A caller of the API with a key of this user."""
    user = User.objects.get(pk=pk)
    _row, secret = make_key(user, actor=user, at=timezone.now())
    return Visitor({"Authorization": f"Token {secret}", "Accept-Language": "en"})
