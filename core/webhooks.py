"""Calls to servers of applicants and holders: which addresses may be called, how a call is signed, made and bounded.

As Standard Webhooks lay it out (standardwebhooks.com): headers webhook-id, webhook-timestamp, webhook-signature.
Nothing here knows the database.
"""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import re
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.module_loading import import_string
from yarl import URL

from law.problems import Problem, _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
URL_LENGTH = 500
RESOLVING, CONNECTING, CALL = 5.0, 5.0, 10.0  # seconds; CALL is for all of it, names apart
PREFIX = 200  # bytes of a refusing answer that are kept
SHAPE = re.compile(r"https?://[!-~]+")
HOST = re.compile(r"[a-z0-9]([a-z0-9_.-]*[a-z0-9])?\.?")
LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "localdomain", "home.arpa")
#: Public by their numbers and yet inside: a cloud's own service, and IPv6 forms that carry an IPv4 address.
INSIDE = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.88.99.0/24", "::/96", "64:ff9b::/32", "2001::/23")))
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")

LOCAL = Problem("webhook-private", _("This address lies inside a private network; it is not called."), field="url")
UNKNOWN = Problem("webhook-name", _("This name is not known on the Internet."), field="url")
NO_URL = Problem(
    "webhook-url",
    _("Write the address as https://host/path, without a name, a password or a # part, in Latin characters."),
    field="url",
)
NO_TLS = Problem("webhook-https", _("Only https:// addresses are called."), field="url")


class NotCalled(Exception):
    """A call was not made: `code` says why (name, address, timeout)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: a status, or the code of an error; the first bytes of a refusal."""

    status: int | None = None
    error: str = ""
    milliseconds: int = 0
    text: str = ""

    @property
    def taken(self) -> bool:
        return not self.error


# --- which addresses may be called --------------------------------------------------------------------------------


def is_public(address: Address) -> bool:
    """Whether an address is on the open Internet: no private, loopback, link-local or metadata one, in no notation."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in SIX_TO_FOUR:
            return False
    if any(address.version == block.version and address in block for block in INSIDE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_named(url: URL) -> bool:
    """Whether the operator has named this host (or host:port) in WEBHOOK_ALLOWED_HOSTS: it is called wherever it is."""
    host = (url.raw_host or "").rstrip(".")
    return bool(
        {host, f"{host}:{url.port}", f"[{host}]:{url.port}"} & {one.lower() for one in settings.WEBHOOK_ALLOWED_HOSTS}
    )


def parsed(text: str) -> URL | None:
    """The address as it is called; None for what is none. One parser judges and calls."""
    if len(text) > URL_LENGTH or not SHAPE.fullmatch(text) or "\\" in text or "#" in text:
        return None
    try:
        url = URL(text, encoded=True)
        host, port = url.raw_host or "", url.port
    except ValueError:
        return None
    if url.raw_user is not None or url.raw_password is not None or not port:
        return None
    return url if literal(host) or HOST.fullmatch(host) else None


def literal(host: str) -> Address | None:
    """The host as an address, if it is written as one (a scope such as %eth0 is none)."""
    try:
        return ipaddress.ip_address(host) if "%" not in host else None
    except ValueError:
        return None


def url_problems(text: str) -> list[Problem]:
    """What is wrong with an address as it is entered. Asks the name service, for RESOLVING seconds at most.

    A name service that does not answer now is no fault of the address: the same is asked again before every call.
    """
    url = parsed(text)
    if url is None:
        return [NO_URL]
    if is_named(url):
        return []
    if url.scheme != "https":
        return [NO_TLS]
    try:
        permitted(url)
    except NotCalled as refusal:
        return {"address": [LOCAL], "name": [UNKNOWN]}.get(refusal.code, [])
    return []


def permitted(url: URL) -> list[str]:
    """The addresses that a call goes to: asked for once, and all of them public. The connection is made to these.

    Raises:
        NotCalled: address (one of them is not public), name (there is no such name), timeout (no answer).
    """
    host = (url.raw_host or "").rstrip(".")
    if not is_named(url):
        own = literal(host)
        if url.scheme != "https" or (own is None and ("." not in host or host.endswith(LOCAL_NAMES))):
            raise NotCalled("address")
        if own is not None and not is_public(own):
            raise NotCalled("address")
    found = [ipaddress.ip_address(one.partition("%")[0]) for one in looked_up(host, url.port or 443)]
    if not found:
        raise NotCalled("name")
    if not is_named(url) and not all(map(is_public, found)):
        raise NotCalled("address")
    return list(map(str, found))


def looked_up(host: str, port: int) -> list[str]:
    """What the resolver named in WEBHOOK_RESOLVER says, within RESOLVING seconds."""
    resolver: Callable[[str, int], list[str]] = import_string(settings.WEBHOOK_RESOLVER)
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(resolver, host, port).result(RESOLVING)
    except TimeoutError:
        raise NotCalled("timeout") from None
    except socket.gaierror as error:
        raise NotCalled("timeout" if error.errno == socket.EAI_AGAIN else "name") from None
    except (OSError, UnicodeError):
        raise NotCalled("name") from None
    finally:
        pool.shutdown(wait=False)


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a host as the system knows them, IPv4 and IPv6."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


# --- signing --------------------------------------------------------------------------------------------------------


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over id.timestamp.body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def signed_headers(keys: Iterable[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a call; while a secret is being changed, a signature by each."""
    timestamp = int(at.timestamp())
    return {
        "content-type": "application/json",
        "user-agent": "Tizilim-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message_id, timestamp, body) for key in keys),
    }


def packed(content: Mapping[str, Any]) -> bytes:
    """The same content is always the same bytes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def strongbox() -> MultiFernet:
    """What secrets are kept under: a key made of SECRET_KEY, and of those that were it before."""
    keys = map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    digests = [hashlib.sha256(b"tizilim.webhooks:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(secret: str) -> str:
    return strongbox().encrypt(secret.encode()).decode()


def unseal(kept: str) -> str | None:
    """The secret; None where SECRET_KEY was changed meanwhile."""
    try:
        return strongbox().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


# --- calling --------------------------------------------------------------------------------------------------------


class Pinned(AbstractResolver):
    """Tells the client the addresses that were judged, and asks nobody again."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=one,
                port=port,
                family=socket.AF_INET6 if ":" in one else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for one in self.addresses
        ]

    async def close(self) -> None:
        pass


def call(text: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST once, within CALL seconds: no redirect, no proxy, no cookie, and of the answer no more than PREFIX bytes."""
    started = time.monotonic()
    url = parsed(text)
    try:
        if url is None:
            raise NotCalled("address")
        status, said = asyncio.run(post(url, permitted(url), body, headers))
    except Exception as error:  # whatever a stranger's server does
        return Answer(error=error_code(error), milliseconds=passed(started))
    if 200 <= status < 300:
        return Answer(status, milliseconds=passed(started))
    code = "redirect" if 300 <= status < 400 else "status"
    return Answer(status, code, passed(started), printable(said))


async def post(url: URL, addresses: list[str], body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    connector = aiohttp.TCPConnector(resolver=Pinned(addresses), use_dns_cache=False, force_close=True, limit=1)
    limit = aiohttp.ClientTimeout(total=CALL, sock_connect=CONNECTING)
    async with (
        aiohttp.ClientSession(
            connector=connector,
            timeout=limit,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        ) as session,
        session.post(url, data=body, headers=headers, allow_redirects=False) as response,
    ):
        if 200 <= response.status < 300:
            return response.status, b""
        try:
            return response.status, await response.content.read(PREFIX)
        except (TimeoutError, aiohttp.ClientError):
            return response.status, b""


def error_code(error: Exception) -> str:
    """The code of Delivery.FAILURES for an error of a call."""
    if isinstance(error, NotCalled):
        return error.code
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, aiohttp.ClientSSLError):
        return "tls"
    if isinstance(error, aiohttp.ClientConnectorError | ConnectionError):
        return "connect"
    return "protocol"


def passed(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def printable(raw: bytes) -> str:
    """Plain characters only: it is shown to people and kept in the database."""
    text = raw.decode("utf-8", "replace")
    return "".join(char if char.isprintable() else " " for char in text)[:PREFIX].strip()
