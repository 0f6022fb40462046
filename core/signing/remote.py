"""The national GOST profile, by a verifier that the operator runs (docs/how-to/run-a-signature-verifier.md).

Off unless SIGNATURE_VERIFIER_URL is set. Whatever does not answer exactly as agreed has not answered: a signature holds
only where the verifier says so of this very certificate.
"""

import asyncio
import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from django.conf import settings

from core.signing.apart import apart
from core.signing.facts import (
    ALGORITHM,
    CERTIFICATE_EARLY,
    CERTIFICATE_EXPIRED,
    CONTENT_DIFFERS,
    INVALID,
    KEY_USAGE,
    NOT_TRUSTED,
    REJECTED,
    REVOKED,
    SIGNATURE_WRONG,
    VALID,
)

CONNECTING, CALL = 5.0, 20.0  # seconds; CALL is for all of it
ANSWER_LIMIT = 64 * 1024  # bytes
#: Why a verifier may say that a signature does not hold; other words of its own count as REJECTED.
SAID = (
    *(CONTENT_DIFFERS, SIGNATURE_WRONG, CERTIFICATE_EARLY, CERTIFICATE_EXPIRED, NOT_TRUSTED, KEY_USAGE, REVOKED),
    ALGORITHM,
)


class NotAnswered(Exception):
    """There is no verdict. `code` says why, for the log; `down`: the verifier itself does not answer now."""

    def __init__(self, code: str, *, down: bool = False) -> None:
        super().__init__(code)
        self.code, self.down = code, down


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier found: valid without reasons, or invalid with them."""

    reasons: tuple[str, ...]


def ask_verifier(der: bytes, content: bytes, *, at: datetime, certificate: str) -> Verdict:
    """Have one signature verified.

    Args:
        at: when it was received.
        certificate: SHA-256 of the signer's, in hex; the answer must be about the same.

    Raises:
        NotAnswered: no verdict now; ask again later.
    """
    question = {
        "version": 1,
        "signature": base64.b64encode(der).decode(),
        "data": base64.b64encode(content).decode(),
        "received_at": at.isoformat(),
    }
    body = json.dumps(question).encode()
    try:
        status, said = apart(lambda: asyncio.run(_post(body)))
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
        raise NotAnswered(type(error).__name__, down=True) from error
    if status != 200:
        raise NotAnswered(f"status {status}", down=status >= 500)
    return read_answer(said, certificate)


async def _post(body: bytes) -> tuple[int, bytes]:
    """POST once: no redirect, no proxy, no cookie, no compression, and no more of the answer than its limit."""
    headers = {"content-type": "application/json", "accept": "application/json", "user-agent": "Tizilim-Signatures/1"}
    if settings.SIGNATURE_VERIFIER_TOKEN:
        headers["authorization"] = f"Bearer {settings.SIGNATURE_VERIFIER_TOKEN}"
    async with (
        aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=CALL, sock_connect=CONNECTING),
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        ) as session,
        session.post(settings.SIGNATURE_VERIFIER_URL, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        said = bytearray()
        async for part in answer.content.iter_chunked(8192):
            said += part
            if len(said) > ANSWER_LIMIT:
                raise ValueError("the answer is too large")
        return answer.status, bytes(said)


def read_answer(said: bytes, certificate: str) -> Verdict:
    """The verdict in an answer.

    Raises:
        NotAnswered: it is not what was agreed, leaves the matter open, or speaks of another certificate.
    """
    try:
        answer: Any = json.loads(said.decode())
    except (ValueError, RecursionError):
        raise NotAnswered("not JSON") from None
    if not isinstance(answer, dict) or answer.get("version") != 1:
        raise NotAnswered("not version 1")
    verdict, reasons = answer.get("verdict"), answer.get("reasons", [])
    if not isinstance(reasons, list) or not all(isinstance(one, str) for one in reasons):
        raise NotAnswered("reasons are no list of words")
    if str(answer.get("certificate_sha256")).lower() != certificate:
        raise NotAnswered("another certificate")
    if verdict == VALID and not reasons:
        return Verdict(())
    if verdict == INVALID:
        return Verdict(tuple(dict.fromkeys(one if one in SAID else REJECTED for one in reasons)) or (REJECTED,))
    raise NotAnswered("no verdict")
