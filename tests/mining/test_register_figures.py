"""Machines in the public register: figures by centre and licence of published entries, no machine and no owner."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from licensing.models import Licence
from licensing.services import publish_entry
from mining.models import DataCentre, Machine
from mining.services import publish_centre
from mining.services.machines import totals_of
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence() -> Licence:
    """A miner with two machines in the register and one that is only asked for."""
    owner = make.make_applicant()
    licence = make.make_licence(actor=owner)
    world.registered(owner, 2)
    world.ask(owner, [world.machine_row(9)])
    Machine.objects.update(licence=licence)
    return licence


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def sheet(name: str) -> list[list[str]]:
    answer = anybody().get(reverse(name))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a stream
    return [line.split(",") for line in content.splitlines()]


def test_a_centre_shows_how_many_machines_stand_in_it(licence: Licence) -> None:
    centre = DataCentre.objects.get()
    page = anybody().get(reverse("register-centre", args=[centre.reference])).content.decode()
    assert "Number of machines" in page
    told = anybody().get(reverse("register-centres"), headers={"accept": "application/json"}).json()["results"]
    figures = {"machines": 2, "hash_rate": "400", "machine_power": "7"}
    assert [{name: one[name] for name in figures} for one in told] == [figures]
    for path in ("/register/centres/", f"/register/centres/{centre.reference}/"):
        body = Caller().get(path).json()
        body = body["results"][0] if "results" in body else body
        assert {name: body[name] for name in figures} == figures
    head, row = sheet("register-centres-csv")
    assert dict(zip(head, row, strict=True))["machines"] == "2"
    machine = Machine.objects.order_by("id")[0]
    for where in (page, str(told), str(row)):
        assert machine.serial not in where
        assert machine.number not in where


def test_a_licence_shows_its_machines_as_figures(licence: Licence) -> None:
    page = anybody().get(reverse("register-entry", args=[licence.number])).content.decode()
    assert "Machines in the register" in page
    assert "400" in page
    assert Machine.objects.order_by("id")[0].serial not in page
    assert sheet("register-machines-csv")[1:] == [[licence.number, licence.kind, "2", "400", "7"]]


def test_what_is_withheld_shows_nothing(licence: Licence) -> None:
    head: Any = make.make_user("head")
    publish_centre(DataCentre.objects.get(), published=False, reason="Guarded.", actor=head, at=make.AT)
    publish_entry(licence.register_entry, published=False, reason="Guarded.", actor=head, at=make.AT)
    assert sheet("register-machines-csv")[1:] == []
    assert sheet("register-centres-csv")[1:] == []
    for name, number in (("register-entry", licence.number), ("register-centre", "DC-00001")):
        assert anybody().get(reverse(name, args=[number])).status_code == 404


def test_a_licence_without_machines_and_other_kinds_have_no_such_card() -> None:
    for other in (make.make_licence(), make.make_pool()):
        page = anybody().get(reverse("register-entry", args=[other.number])).content.decode()
        assert "Machines in the register" not in page


def test_the_figures_are_part_of_the_one_query(licence: Licence) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            anybody().get(reverse("register-centres"))
        return len(queries)

    few = cost()
    for number in range(2, 9):
        world.data_centre(f"DC-0000{number}")
    assert cost() == few
    assert totals_of(Machine.objects.none()).machines == 0
