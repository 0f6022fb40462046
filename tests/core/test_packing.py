"""Signed packages: the same bytes every time, and every change of a package is found and named."""

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.services.packing import Packer, public_key, verify_package
from tests.factories import AT

FACTS = {"reference": "APP-2026-000001", "audience": "party", "made_at": AT.isoformat()}


def pack(**members: bytes) -> bytes:
    target = io.BytesIO()
    packer = Packer(target)
    for name, content in (members or {"a.txt": b"first", "b.bin": bytes(range(256)) * 9}).items():
        packer.add(name, io.BytesIO(content), at=AT, size=len(content), packed=name.endswith(".bin"))
    packer.close(FACTS, at=AT)
    return target.getvalue()


def rebuilt(content: bytes, change: dict[str, bytes | None], *, twice: str = "") -> io.BytesIO:
    """The package with members replaced, added, or (None) taken out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        kept = {one.filename: old.read(one) for one in old.infolist()} | change
        for name, one in kept.items():
            if one is not None:
                new.writestr(name, one)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate name"):
                new.writestr(twice, b"another")
    return target


def codes(source: Any, key: str = "") -> list[str]:
    return [fault.code for fault in verify_package(source, key=key or public_key()[0])]


def test_the_same_members_give_the_same_bytes() -> None:
    assert pack() == pack()


def test_a_whole_package_holds() -> None:
    assert codes(io.BytesIO(pack())) == []


def test_packed_types_are_stored_and_texts_are_compressed() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(**{"a.txt": b"a" * 5000, "b.bin": b"b" * 5000}))) as package:
        assert package.getinfo("a.txt").compress_size < 200
        assert package.getinfo("b.bin").compress_size == 5000


def changes() -> Iterator[tuple[str, dict[str, bytes | None], set[str]]]:
    yield "content", {"a.txt": b"First"}, {"member-changed"}
    yield "longer", {"a.txt": b"first" + b"x" * 10}, {"member-changed"}
    yield "gone", {"a.txt": None}, {"member-missing"}
    yield "added", {"c.txt": b"more"}, {"member-unknown"}
    yield "no manifest", {"manifest.json": None}, {"manifest-missing"}
    yield "no signature", {"manifest.sig": None}, {"manifest-missing"}
    yield "another manifest", {"manifest.json": b"{}"}, {"signature-broken", "manifest-unreadable"}
    yield "no list", {"manifest.json": b'{"members": [1]}'}, {"signature-broken", "manifest-unreadable"}
    yield "no JSON", {"manifest.json": b"\xff"}, {"signature-broken", "manifest-unreadable"}
    yield "signature", {"manifest.sig": b"\x00" * 64}, {"signature-broken"}
    yield "short signature", {"manifest.sig": b"\x00"}, {"signature-broken"}


@pytest.mark.parametrize(("change", "expected"), [one[1:] for one in changes()], ids=[one[0] for one in changes()])
def test_every_change_is_found(change: dict[str, bytes | None], expected: set[str]) -> None:
    assert set(codes(rebuilt(pack(), change))) == expected


def test_a_member_twice_is_found() -> None:
    assert "member-twice" in codes(rebuilt(pack(), {}, twice="a.txt"))


def test_a_manifest_of_ones_own_does_not_pass() -> None:
    """Whoever rewrites manifest and hashes cannot sign them; the key that lies in the file is not believed."""
    with zipfile.ZipFile(io.BytesIO(pack())) as package:
        body = json.loads(package.read("manifest.json"))
    body["reference"] = "APP-2026-000002"
    assert codes(rebuilt(pack(), {"manifest.json": json.dumps(body).encode()})) == ["signature-broken"]
    assert codes(io.BytesIO(pack()), key="00" * 32) == ["signature-broken"]
    assert codes(io.BytesIO(pack()), key="not a key") == ["signature-broken"]


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", pack.__name__.encode() * 100])
def test_what_is_no_archive_is_said_to_be_none(content: bytes) -> None:
    assert codes(io.BytesIO(content)) == ["archive-unreadable"]


def test_a_cut_archive_is_found() -> None:
    assert codes(io.BytesIO(pack()[:-40])) == ["archive-unreadable"]


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "a b", "ә.pdf", "a\\b", "a//b", "A.TXT", "a\x00b", ".a"])
def test_names_are_safe_and_meet_no_other(name: str) -> None:
    packer = Packer(io.BytesIO())
    packer.add("a.txt", io.BytesIO(b"1"), at=AT, size=1)
    with pytest.raises(ValueError, match="no name"):
        packer.add(name, io.BytesIO(b"2"), at=AT, size=1)


def test_the_command_says_what_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.zip"
    file.write_bytes(pack())
    call_command("verify_archive", str(file))
    assert "APP-2026-000001: 2 members hold" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_archive", str(file), "--key", "00" * 32)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_archive", str(tmp_path / "nothing.zip"))


def test_openssl_verifies_it_too(tmp_path: Path) -> None:
    """As docs/how-to/verify-an-archive.md says, without a line of ours."""
    with zipfile.ZipFile(io.BytesIO(pack())) as package:
        package.extractall(tmp_path)
    (tmp_path / "trusted.pem").write_text(public_key()[1])
    command = "openssl pkeyutl -verify -pubin -inkey trusted.pem -rawin -in manifest.json -sigfile manifest.sig"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "manifest.json").write_text("{}")
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0
