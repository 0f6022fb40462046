"""What owners, tenants, pools and miners read on their account, and what they do there: each what concerns him."""

from decimal import Decimal
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import User
from core.workflow import HEAD, OFFICER
from licensing.models import Licence
from mining import services
from mining.models import QuotaAssessment
from mining.models.quota import QuotaFinding
from tests import factories as make
from tests.mining import world
from tests.mining.centres import let, make_centre, open_assessment, signed

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


class TestPool:
    def test_it_reads_its_page_and_gives_a_new_protocol(self) -> None:
        with time_machine.travel(make.AT):
            pool = make.make_pool()
            client = client_of(pool.application.created_by)
            assert pool.number in text(client, reverse("pools"))
            page = text(client, reverse("pool", args=[pool.number]))
            assert "Enter a protocol" in page
            assert reverse("pool-report-new") in page
            given = make.protocol(number="IS-99/2026", positive="yes")
            assert client.post(reverse("pool", args=[pool.number]), given).status_code == 302
            assert "IS-99/2026" in text(client, reverse("pool", args=[pool.number]))
            stranger = client_of(make.make_applicant())
            assert stranger.get(reverse("pool", args=[pool.number])).status_code == 404
            assert stranger.post(reverse("pool", args=[pool.number]), given).status_code == 404
            assert pool.number not in text(stranger, reverse("pools"))

    def test_its_reports_stand_on_it(self) -> None:
        user = world.pool()
        licence = world.miner()
        with time_machine.travel(world.LATER):
            made = world.distributed(user, [world.line(licence)]).made
        number = Licence.objects.get(kind="pool-accreditation").number
        assert number in text(client_of(user), reverse("pools"))
        assert made in text(client_of(user), reverse("pool-reports"))


class TestCentres:
    def test_the_owner_reads_centre_lettings_assessment_and_duties(self) -> None:
        owner = make.make_applicant()
        with time_machine.travel(make.AT):
            centre = make_centre(owner=world.own(owner))
            row = let(centre)
            done = signed(open_assessment(centre), unmet=("standard-power",))
            begun = open_assessment(centre)
            client = client_of(owner)
            assert centre.reference in text(client, reverse("centres"))
            page = text(client, reverse("centre", args=[centre.reference]))
            assert row.licence.number in page
            assert done.reference in page
            assert begun.reference not in page
            assert "Remedy the remarks on the data centre" in page
            assert "Close the data centre" not in page
            held = text(client, reverse("assessment", args=[done.reference]))
            assert "Add the file" not in held
            assert client.get(reverse("assessment", args=[begun.reference])).status_code == 404
            assert client.post(reverse("centre-act", args=[centre.reference, "close"])).status_code in (403, 404)
            for stranger in (row.licence.application.created_by, make.make_applicant()):
                for name, args in (("centre", [centre.reference]), ("assessment", [done.reference])):
                    assert client_of(stranger).get(reverse(name, args=args)).status_code == 404
                assert centre.reference not in text(client_of(stranger), reverse("centres"))

    def test_the_licence_shows_where_its_holder_is_hosted_and_whom_he_hosts(self) -> None:
        with time_machine.travel(make.AT):
            landlord = make.make_licence()
            centre = make_centre(owner=landlord.organisation, name="Rudny South")
            tenancy = let(centre, megawatts=Decimal("2.500"))
            other = let(make_centre(name="Elsewhere"))
            owner, tenant = landlord.application.created_by, tenancy.licence.application.created_by
            officer = client_of(make.make_user(OFFICER))
            for client, prefix in ((client_of(tenant), "account-licence"), (officer, "licence")):
                page = text(client, reverse(prefix, args=[tenancy.licence.number]))
                assert "Rudny South" in page
                assert "2.5" in page
                assert other.licence.number not in page
            for client, prefix in ((client_of(owner), "account-licence"), (officer, "licence")):
                page = text(client, reverse(prefix, args=[landlord.number]))
                assert tenancy.licence.number in page
                assert tenancy.licence.organisation.name in page
            page = text(client_of(tenant), reverse("account-licence", args=[tenancy.licence.number]))
            assert reverse("centre", args=[centre.reference]) not in page
            assert "Whom the holder hosts" not in page


class TestSales:
    def judged(self, step: str) -> QuotaFinding:
        finding = make.make_finding()
        return services.judge_finding(finding, step, text="So it is.", actor=make.make_user(HEAD), at=make.AT)

    @pytest.mark.parametrize(("step", "open_to_him"), [("", False), ("uphold", True), ("set_aside", True)])
    def test_the_miner_reads_what_was_found_once_a_head_has_judged(self, step: str, open_to_him: bool) -> None:
        finding = self.judged(step) if step else make.make_finding()
        row, client = finding.assessment, client_of(finding.assessment.licence.application.created_by)
        answer = client.get(reverse("quota-assessment", args=[row.reference]))
        assert (answer.status_code == 200) is open_to_him
        assert (row.reference in text(client, reverse("quota"))) is open_to_him
        stranger = client_of(make.make_applicant())
        assert stranger.get(reverse("quota-assessment", args=[row.reference])).status_code == 404
        assert row.reference not in text(stranger, reverse("quota"))
        if open_to_him:
            page = answer.content.decode()
            assert "So it is." in page
            assert row.made_by.full_name not in page
            assert "Open a breach" not in page

    def test_what_founds_nothing_is_open_to_him_at_once(self) -> None:
        miner = make.make_miner()
        row = make.make_assessment(miner)
        assert not hasattr(row, "finding")
        assert list(QuotaAssessment.objects.visible_to(miner.application.created_by)) == [row]

    def test_a_breach_opened_on_it_closes_nothing(self) -> None:
        finding = self.judged("uphold")
        services.act_on_finding(finding, facts="Too little.", actor=make.make_user(OFFICER), at=make.AT)
        client = client_of(finding.assessment.licence.application.created_by)
        page = text(client, reverse("quota-assessment", args=[finding.reference]))
        assert "/breaches/" not in page


@pytest.mark.parametrize("name", ["centres", "pools", "quota", "sale-reports"])
def test_the_lists_of_parties_take_the_same_queries_at_any_length(name: str) -> None:
    owner, numbers = make.make_applicant(), count(1)

    def add() -> None:
        if name == "centres":
            make_centre(owner=world.own(owner))
        elif name == "pools":
            make.make_pool(actor=owner, pool_name=f"Pool {next(numbers)}")
        else:
            licence = make.make_miner(actor=owner)
            if name == "quota":
                make.make_assessment(licence)

    def cost() -> Any:
        with CaptureQueriesContext(connection) as queries:
            text(client, reverse(name))
        return len(queries)

    client = client_of(owner)
    with time_machine.travel(make.AT):
        add()
        cost()
        few = cost()
        add()
        add()
        assert cost() == few
