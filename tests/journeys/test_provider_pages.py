"""The pages of what providers owe, as test_every_page walks the others: for officials, providers and banks."""

import pytest

from core.models import User
from tests.journeys.conftest import Opener
from tests.journeys.providers import World, build
from tests.journeys.walk import walked

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def visits(world: World) -> list[tuple[User | None, list[str]]]:
    rail = f"/rails/{world.rail.reference}/"
    complaint = f"/complaints/{world.complaint.reference}/"
    transfer = f"/transfers/{world.transfer.reference}/"
    record = f"/provider-records/{world.record.reference}/"
    incident = f"/incidents/{world.incident.reference}/"
    people = f"/account/organisations/{world.rail.licence.organisation_id}/people/"
    return [
        (None, [f"/register/{world.rail.licence.number}/", "/complaints/new/", "/complaints/state/"]),
        (
            world.officer,
            [
                *("/rails/", "/rails/?q=nothing-like-it", "/rails/new/", "/rails/servicers/"),
                *(rail, f"{rail}end/", f"{rail}rate/"),
                *("/complaints/", "/complaints/?late=late", complaint, f"/complaints/{world.closed.reference}/"),
                *("/incidents/", "/incidents/new/", incident),
                *("/provider-records/", "/provider-records/new/", record, f"{record}find_met/"),
                *("/transfers/", "/transfers/?faulty=yes", transfer),
                f"/licences/{world.rail.licence.number}/",
            ],
        ),
        (
            world.holder,
            [
                *("/rails/", "/rails/new/", rail, f"{rail}end/"),
                *("/complaints/", complaint, f"{complaint}answer/"),
                *("/incidents/", "/incidents/new/", incident, f"{incident}describe/"),
                *("/provider-records/", "/provider-records/new/", record, f"{record}end/"),
                *("/transfers/", "/transfers/new/", transfer, f"{transfer}pass/"),
                f"/account/licences/{world.rail.licence.number}/",
                *(people, f"{people}{world.rail.licence.number}/"),
            ],
        ),
        (world.bank, ["/rails/", rail, f"{rail}rate/"]),
    ]


def test_axe_finds_nothing(open_browser: Opener) -> None:
    found = walked(open_browser, visits(build()))
    assert not found, "\n".join(found)
