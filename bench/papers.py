"""P10: licences in a batch against typst with everything prepared."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from bench.measure import Figure, alternate, milliseconds, timed
from bench.seed import OFFICER
from core import printing
from core.models import User
from licensing.models import Application
from licensing.services.letters import letter_facts


def facts(count: int) -> list[dict[str, Any]]:
    """What so many licences print, each of another holder."""
    at, signer = timezone.now(), User.objects.get(pk=OFFICER)
    rows = Application.objects.filter(state="granted").select_related("organisation", "authority", "licence")
    found = [letter_facts(row, at=at, licence=row.licence, signed_by=signer) for row in rows.order_by("id")[:count]]
    return [json.loads(json.dumps(row)) for row in found]


def licences(count: int) -> list[Figure]:
    """P10: one licence of a batch, its data cleaned, its fingerprint and QR code made, against typst alone."""
    at, rows = timezone.now(), facts(2 * count)
    # Each side has licences of its own: typst remembers what it has set once.
    batch: Iterator[bytes] = printing.render_many("licence.typ", iter(rows[:count]), at=at)
    ready = iter([printing._inputs("licence.typ", row, None) for row in rows[count:]])
    compiler = printing._compiler()

    def alone(_number: int) -> float:
        inputs = next(ready)
        return timed(
            lambda: compiler.compile(
                printing.DOCUMENTS / "licence.typ",
                sys_inputs=inputs,
                pdf_standards=["a-2b", "ua-1"],
                timestamp=int(at.timestamp()),
            )
        )

    found = alternate({"ours": lambda _number: timed(lambda: next(batch)), "typst": alone}, count - 3)
    note = f"{milliseconds(found['ours'])} / {milliseconds(found['typst'])}"
    return [
        Figure("P10", "a licence in a batch / typst alone, all prepared", found["ours"] / found["typst"], 1.3, note)
    ]
