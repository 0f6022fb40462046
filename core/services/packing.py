"""Signed packages: one zip whose manifest names every member by its SHA-256 and is signed with the sealing key.

Written as a stream: no member is held in memory. The same members and moments give the same bytes. Whoever has the
public key can verify a package without this product: see docs/how-to/verify-an-archive.md.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.services.seals import Fault, seal_key

FORMAT = "tizilim-archive-1"
MANIFEST, SIGNATURE, KEY = "manifest.json", "manifest.sig", "seal-key.pem"
UNSIGNED = frozenset({MANIFEST, SIGNATURE, KEY})  # what the manifest cannot name
CHUNK = 256 * 1024
LARGEST_MANIFEST = 64 * 1024 * 1024
ZIP_START, ZIP_END = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package: its name, its length in bytes, the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


class Packer:
    """Writes a package member by member, in the order of the calls. `close()` writes the manifest and its signature."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.members: list[Member] = []
        self._names: set[str] = set()

    def add(self, name: str, source: IO[bytes], *, at: datetime, size: int, packed: bool = False) -> Member:
        """Copy a stream into the package. `packed`: its type is compressed already, it is only stored.

        Raises:
            ValueError: the name holds other than safe characters, or stands already.
        """
        if not SAFE.fullmatch(name) or name.lower() in self._names:
            raise ValueError(f"no name for a member: {name!r}")
        digest, length = hashlib.sha256(), 0
        with self.zip.open(entry(name, at, size=size, packed=packed), "w") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
                digest.update(chunk)
                length += len(chunk)
        self._names.add(name.lower())  # some systems know no difference between small and large letters
        self.members.append(Member(name, length, digest.hexdigest()))
        return self.members[-1]

    def close(self, facts: dict[str, Any], *, at: datetime) -> None:
        """Write the manifest (`facts`, the members and the key), its signature and the key; end the file."""
        key = seal_key()
        public = key.public_key()
        body = {
            "format": FORMAT,
            **facts,
            "members": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in self.members],
            "key": public.public_bytes_raw().hex(),
        }
        text = json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for name, content in ((MANIFEST, text), (SIGNATURE, key.sign(text)), (KEY, pem)):
            self.zip.writestr(entry(name, at, size=len(content)), content)
        self.zip.close()


def entry(name: str, at: datetime, *, size: int, packed: bool = False) -> zipfile.ZipInfo:
    """The head of a member: nothing in it depends on the machine or on the hour of the writing."""
    moment = at.astimezone(UTC)
    when = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    info = zipfile.ZipInfo(name, min(max(when, ZIP_START), ZIP_END))
    info.create_system, info.external_attr, info.file_size = 3, 0o644 << 16, size
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    return info


def public_key() -> tuple[str, str]:
    """The key that verifies seals and packages: (hexadecimal, PEM)."""
    public = seal_key().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public.public_bytes_raw().hex(), pem.decode()


def verify_package(source: Any, *, key: str) -> Iterator[Fault]:
    """Everything that does not hold in a package, as it is found.

    Args:
        source: a path or a seekable stream.
        key: the public key that is trusted, hexadecimal; the one inside the package proves nothing.
    """
    try:
        with zipfile.ZipFile(source) as package:
            yield from _package_faults(package, key)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        yield Fault("archive-unreadable", "the file", type(error).__name__)


def _package_faults(package: zipfile.ZipFile, key: str) -> Iterator[Fault]:
    names = [one.filename for one in package.infolist()]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault("member-twice", name, "stands twice")
    if missing := {MANIFEST, SIGNATURE} - set(names):
        yield Fault("manifest-missing", ", ".join(sorted(missing)), "not in the file")
        return
    if package.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        yield Fault("manifest-unreadable", MANIFEST, "larger than a manifest is")
        return
    text = package.read(MANIFEST)
    if not _signed(text, package.read(SIGNATURE), key):
        yield Fault("signature-broken", MANIFEST, "not signed with this key, or changed since")
    try:
        listed = {str(row["name"]): (int(row["size"]), str(row["sha256"])) for row in json.loads(text)["members"]}
    except (ValueError, KeyError, TypeError):
        yield Fault("manifest-unreadable", MANIFEST, "no list of members")
        return
    for name in sorted(listed.keys() - set(names)):
        yield Fault("member-missing", name, "named in the manifest, not in the file")
    for name in sorted(set(names) - listed.keys() - UNSIGNED):
        yield Fault("member-unknown", name, "in the file, not in the manifest")
    for name in sorted(listed.keys() & set(names)):
        if _content_of(package, name, listed[name][0]) != listed[name]:
            yield Fault("member-changed", name, "its content is not that of the manifest")


def _signed(text: bytes, signature: bytes, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _content_of(package: zipfile.ZipFile, name: str, expected: int) -> tuple[int, str] | None:
    """(size, SHA-256) of a member; reads no further than one chunk beyond what is expected of it."""
    digest, size = hashlib.sha256(), 0
    try:
        with package.open(name) as stream:
            while (chunk := stream.read(CHUNK)) and size <= expected:
                digest.update(chunk)
                size += len(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError):
        return None
    return size, digest.hexdigest()


def described(source: Any) -> dict[str, Any]:
    """The manifest's own words, without its members; {} where there is none that can be read."""
    try:
        with zipfile.ZipFile(source) as package:
            body = json.loads(package.read(MANIFEST))
    except (zipfile.BadZipFile, OSError, KeyError, ValueError):
        return {}
    members = body.pop("members", None) if isinstance(body, dict) else None
    return {**body, "members": len(members)} if isinstance(members, list) else {}
