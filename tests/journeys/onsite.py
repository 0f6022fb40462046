"""One inspection under way, half answered, for the walks of pages; who is on its team, and what became of others."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from core.models import User
from core.services import Upload
from inspections import services
from inspections.models import Inspection
from tests.inspections import world
from tests.inspections.test_site import jpeg
from tests.journeys import subjects


def build() -> None:
    row = world.make_running()
    given: dict[str, Any] = {"actor": world.leader(row), "at": world.START}
    entry = services.Entry("R1", "not_met", "No meter at line 7.", world.START)
    services.take_batch(row, [entry], client_id=uuid4(), device_at=world.CURE_PASSED, **given)
    services.keep_photo(row, Upload("line-7.jpg", BytesIO(jpeg())), item="R1", **given)


def row() -> Inspection:
    return Inspection.objects.get(state="running")


def leader() -> User:
    return world.leader(row())


def own_pages() -> list[str]:
    page = f"/inspections/{row().reference}/"
    return [f"{page}site/", f"{page}results/", f"{page}results/hand/"]


def office_pages() -> list[str]:
    ordered = f"/inspections/{subjects.order().reference}/results/"
    return [f"/inspections/{row().reference}/site/", ordered, f"{ordered}remind/"]


def head_pages() -> list[str]:
    ordered = f"/inspections/{subjects.order().reference}/results/"
    return [f"{ordered}accept_cure/", f"{ordered}find_uncured/"]
