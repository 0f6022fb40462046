"""ZIP: the whole case as one file. Memory is that of one chunk, however many documents the case holds."""

import os
import tracemalloc
from io import BytesIO

from django.utils import timezone

from bench.measure import Figure
from bench.seed import OFFICER, PDF
from core.models import User
from core.services import Upload, store_document
from licensing import services
from licensing.models import Application

SIZE = 1 << 20  # bytes of each document
STATE = "in_review"


def flat_memory(documents: int) -> list[Figure]:
    """The peak of memory while the package of a large case is made, against that of a case of a tenth."""
    cases = list(Application.objects.filter(state=STATE, authority=1).order_by("-id")[:2])
    few, _size = peak_of(cases[0], documents // 10)
    many, size = peak_of(cases[1], documents)
    note = f"{many:.1f} / {few:.1f} MiB at most, for packages of {size:,.0f} and {size / 10:,.0f} MiB"
    return [Figure("ZIP", f"memory for a case of {documents} documents / {documents // 10}", many / few, 1.3, note)]


def peak_of(case: Application, documents: int) -> tuple[float, float]:
    """(most MiB held at a time, MiB of the package)."""
    officer, at = User.objects.get(pk=OFFICER), timezone.now()
    for number in range(documents):
        upload = Upload(f"{number}.pdf", BytesIO(PDF + os.urandom(SIZE)))
        store_document(case, upload, kind="memo", actor=officer, at=at)
    archive = services.ask_archive(case, actor=officer, at=at, language="en")
    tracemalloc.start()
    made = services.make_archive(archive.pk, at=at)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made is not None
    return peak / 2**20, (made.size or 0) / 2**20
