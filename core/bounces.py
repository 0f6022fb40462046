"""Mails that mail servers send back: the mailbox they come to, and what a report says (RFC 3464).

A report is known by the Message-ID of the mail that it returns. What is known is marked as read; everything else is
left unread and flagged, for a person to look at.
"""

import imaplib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

SCHEMES = {"maildir", "imap", "imaps", "imap+tls"}
LIMIT = 256 * 1024  # bytes read of one mail: a report stands at its beginning
TIMEOUT = 20  # seconds
WORDS = 200
ADDRESS = re.compile(r"\S*@\S*")
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
CODE = re.compile(r"\b[45]\d\d\b")


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server says became of a mail: the text that names it, to whom it went, whether it failed for good.

    `words` are the server's, without the addresses in them.
    """

    about: str
    addresses: frozenset[str]
    failed: bool
    status: str
    code: int | None
    words: str
    at: datetime | None


def read_report(raw: bytes) -> Report | None:
    """The report in a mail; None where it is none."""
    mail = message_from_bytes(raw)
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        return None
    parts = [part for part in mail.get_payload() if isinstance(part, Message)] if mail.is_multipart() else []
    blocks = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status" and part.is_multipart()
        for block in part.get_payload()
        if isinstance(block, Message)
    ]
    of_recipients = [block for block in blocks if block["Action"]]
    if not of_recipients:
        return None
    failed = [block for block in of_recipients if str(block["Action"]).strip().lower() == "failed"]
    returned = returned_headers(parts)
    told = (failed or of_recipients)[0]
    said = str(told["Diagnostic-Code"] or "").partition(";")[2]
    status, code = STATUS.search(str(told["Status"] or "")), CODE.search(said)
    about = [str(one) for one in (returned["Message-ID"], mail["In-Reply-To"], mail["References"]) if one]
    return Report(
        about=" ".join(about),
        addresses=addresses_of(of_recipients, returned),
        failed=bool(failed),
        status=status[0] if status else "",
        code=int(code[0]) if code else None,
        words=" ".join(ADDRESS.sub("…", said).split())[:WORDS],
        at=moment_of(mail),
    )


def returned_headers(parts: list[Message]) -> Message:
    """The headers of the mail that is returned, whole or by its headers alone."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            inner: Any = part.get_payload()
            return inner[0] if inner else Message()
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            return message_from_string(content.decode("utf-8", "replace") if isinstance(content, bytes) else "")
    return Message()


def addresses_of(blocks: list[Message], returned: Message) -> frozenset[str]:
    """To whom the mail went: by the report, and by its own headers where it was passed on to another address."""
    told = [str(block[name] or "").partition(";")[2] for block in blocks for name in NAMES]
    mailed = [address for _name, address in getaddresses([str(value) for value in returned.get_all("To", [])])]
    return frozenset(one.strip().strip("<>").lower() for one in (*told, *mailed) if one.strip())


NAMES = ("Original-Recipient", "Final-Recipient")


def moment_of(mail: Message) -> datetime | None:
    """When the report was written; None where it does not say, or not in which time zone."""
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


class Box(Protocol):
    """A mailbox: what nobody has looked at, and the mark that it has been."""

    def unread(self, limit: int) -> Iterator[tuple[str, bytes]]: ...

    def settle(self, key: str, *, known: bool) -> None: ...


@contextmanager
def open_box(url: str) -> Iterator[Box]:
    """The mailbox at an address. Raises OSError, imaplib.IMAP4.error."""
    parts = urlsplit(url)
    if parts.scheme == "maildir":
        yield Maildir(Path(unquote(parts.path)))
        return
    box = Imap(parts)
    try:
        yield box
    finally:
        box.close()


class Maildir:
    """A folder with one file for each mail; what is known of it stands in the file's name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def unread(self, limit: int) -> Iterator[tuple[str, bytes]]:
        found = [f"{part}/{name}" for part in ("new", "cur") for name in sorted(os.listdir(self.folder / part))]
        left = [key for key in found if not set(key.partition(":2,")[2]) & set("SFT")]
        for key in left[:limit]:
            with suppress(FileNotFoundError), (self.folder / key).open("rb") as file:  # another run had it
                yield key, file.read(LIMIT)

    def settle(self, key: str, *, known: bool) -> None:
        name, _mark, flags = key.partition("/")[2].partition(":2,")
        flags = "".join(sorted({*flags, "S" if known else "F"}))
        with suppress(FileNotFoundError):
            (self.folder / key).rename(self.folder / "cur" / f"{name}:2,{flags}")


class Imap:
    """A mailbox on a mail server."""

    def __init__(self, parts: SplitResult) -> None:
        host, port = parts.hostname or "localhost", parts.port
        if parts.scheme == "imaps":
            self.server: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port or 993, timeout=TIMEOUT)
        else:
            self.server = imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)
        try:
            if parts.scheme == "imap+tls":
                self.server.starttls()
            self.server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            self.asked(self.server.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"'))
        except BaseException:
            self.close()
            raise

    def asked(self, answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(answer[0])
        return answer[1]

    def unread(self, limit: int) -> Iterator[tuple[str, bytes]]:
        found = self.asked(self.server.uid("SEARCH", "UNSEEN", "UNFLAGGED"))
        for key in (found[0] or b"").decode().split()[:limit]:
            for part in self.asked(self.server.uid("FETCH", key, f"(BODY.PEEK[]<0.{LIMIT}>)")):
                if isinstance(part, tuple):
                    yield key, bytes(part[1])

    def settle(self, key: str, *, known: bool) -> None:
        self.asked(self.server.uid("STORE", key, "+FLAGS.SILENT", r"(\Seen)" if known else r"(\Flagged)"))

    def close(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self.server.logout()
