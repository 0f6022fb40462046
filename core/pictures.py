"""Photographs without what they say beside the picture: place, device, owner, hidden second files.

Nothing is decoded or written anew: the picture itself stays byte for byte. Of what the camera adds only the turn of the
picture stays, since without it the picture lies on its side, and the colour profile.
"""

from law.problems import _

__all__ = ["HEIC", "PICTURES", "is_heic", "without_traces"]

HEIC = _(
    "This is a HEIC photograph, which cannot be shown here. Set the camera to JPEG (on an iPhone: Settings, Camera, "
    "Formats, Most Compatible) and take it again, or send a screenshot of it."
)
PICTURES = ("image/jpeg", "image/png")
_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")
#: Chunks of a PNG that draw the picture; texts, times and EXIF are none of them.
_DRAWN = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs"}
)
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers of a JPEG that have no length
_END, _SCAN, _APP0, _APP1, _APP2, _ADOBE, _APP15, _COMMENT = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ORIENTATION = 0x0112


def is_heic(head: bytes) -> bool:
    """Whether a file, by its first bytes, is a photograph of the HEIF family."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def without_traces(content: bytes) -> bytes | None:
    """A JPEG or PNG without its metadata and without anything that follows the picture; None where it is broken."""
    try:
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
        return _png(content) if content.startswith(b"\x89PNG\r\n\x1a\n") else None
    except IndexError:
        return None


def _jpeg(content: bytes) -> bytes:
    kept, at = bytearray(b"\xff\xd8"), 2
    while True:
        if content[at] != 0xFF:
            raise IndexError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == _END:
            return bytes(kept + b"\xff\xd9")
        end = at + 2 if marker in _ALONE else at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content):
            raise IndexError("cut short")
        kept += _kept_segment(marker, content[at:end])
        at = end
        if marker == _SCAN:
            end = _end_of_scan(content, at)
            kept += content[at:end]
            at = end


def _kept_segment(marker: int, segment: bytes) -> bytes:
    """The segment itself, the turn alone of the EXIF, or nothing."""
    if marker == _APP1:
        turn = _turn(segment[10:]) if segment[4:10] == b"Exif\0\0" else 1
        return _exif(turn) if turn != 1 else b""
    if marker == _APP2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    dropped = marker == _COMMENT or (_APP0 < marker <= _APP15 and marker != _ADOBE)
    return b"" if dropped else segment


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after the drawn data: no stuffed byte and no restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError("cut short")
        following = content[at + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _turn(tiff: bytes) -> int:
    """How the picture is turned, 1 to 8, by the first directory of its EXIF; 1 where it does not say."""
    order = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)  # type: ignore[arg-type]  # one of the two words

    first = number(4, 4)
    for row in range(min(number(first, 2), 200)):
        at = first + 2 + row * 12
        if number(at, 2) == _ORIENTATION:
            found = number(at + 8, 2)
            return found if 1 <= found <= 8 else 1
    return 1


def _exif(turn: int) -> bytes:
    """An EXIF segment that says the turn and nothing else."""
    row = _ORIENTATION.to_bytes(2, "big") + (3).to_bytes(2, "big") + (1).to_bytes(4, "big") + turn.to_bytes(2, "big")
    body = b"Exif\0\0MM\0*" + (8).to_bytes(4, "big") + (1).to_bytes(2, "big") + row + b"\0\0" + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _png(content: bytes) -> bytes:
    kept, at = bytearray(content[:8]), 8
    while True:
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            raise IndexError("cut short")
        if name in _DRAWN:
            kept += content[at:end]
        if name == b"IEND":
            return bytes(kept)
        at = end
