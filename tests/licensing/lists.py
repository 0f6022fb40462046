"""Screening lists as tests need them: sent and looked at, or taken."""

from io import BytesIO
from typing import Any

from core.models import RowFile, User
from core.services import Upload, take_row_file, work_on_row_file
from licensing.models import ScreeningList
from licensing.services.screening_rows import send_screening_list
from tests import factories as make

HEAD = "name;aliases;born_on;country;reference"
ROWS = [
    'Қасымов Ғалымжан Ахметұлы;"Kassymov Galim; Касымов Г.А.";1970-02-03;KZ;A-1',
    "ТОО «Алма Тау»;;;KZ;A-2",
    "Юсупов Серік;;05.06.1980;;A-3",
]


def csv_of(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def sent(content: bytes, actor: User, **fields: Any) -> RowFile:
    """A file that its sender had looked at."""
    given = {"code": "trial", "title": "Trial list", "source": "letter 1", "day": make.AT.date(), **fields}
    authority = actor.authority
    assert authority is not None
    upload = Upload("list.csv", BytesIO(content))
    file = send_screening_list(upload, authority, **given, actor=actor, at=make.AT)
    work_on_row_file(file.pk, at=make.AT)
    return RowFile.objects.get(pk=file.pk)


def imported(content: bytes, actor: User, **fields: Any) -> ScreeningList:
    file = sent(content, actor, **fields)
    take_row_file(file, actor=actor, at=make.AT)
    work_on_row_file(file.pk, at=make.AT)
    file.refresh_from_db()
    assert file.standing == "taken", (file.standing, file.error, [one.code for one in file.found.all()])
    return ScreeningList.objects.get(file=file)
