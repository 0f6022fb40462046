"""P5 and P6: to file, and to take one transition, against the usual way and against plain SQL."""

import io
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from bench.measure import Figure, alternate, milliseconds, statements, timed
from bench.people import Visitor, official, program
from bench.seed import APPLICANT, OFFICER
from core.models import Authority, User
from core.services import Upload
from licensing import services
from licensing.models import Application

API = "/api/v1/applications/"
VALUES: dict[str, Any] = {
    "centre_name": "Kostanay-1",
    "centre_address": "Kostanay Region, Rudny, Industrial Street 7",
    "region": "KZ-39",
    "zone": "north",
    "outside_residential_zone": True,
    "production_building": True,
    "keeps_capacity_working": True,
    "holds_centre": True,
    "owns_equipment": True,
    "centre_owner": "Trial Centre LLP",
    "megawatts": "1.500",
    "electricity_source": "grid",
    "electricity_contract": "No. 12 of 10 January 2026",
    "equipment": [{"model": "Miner S21", "count": 400, "terahashes": 200.0, "kilowatts": 3.5}],
    "hash_rate": "80000.00",
    "pools": ["Steppe Pool"],
    "ip_addresses": ["192.0.2.0/28"],
    "jobs": 25,
    "investment": "450000000.00",
    "other_activity": False,
}
FEE = {"fee_paid_on": "2026-06-10", "fee_reference": "PAY-0001", "fee_amount": "8650000.00"}
KIND = "mining-licence-1"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Filing:
    """One applicant who files again and again by the API: ours with all checks, and the usual one without any."""

    def __init__(self) -> None:
        self.user = User.objects.get(pk=APPLICANT)
        self.caller = program(APPLICANT)
        self.reference, self.etag, self.pk = "", "", 0  # of what was made last
        self.organisation = self.user.organisations().order_by("pk")[0]

    def ours(self, _number: int = 0) -> float:
        """Create, then (papers attached, not timed) submit."""
        body = {"kind": KIND, "organisation": self.organisation.identifier, **FEE, **VALUES}
        spent = timed(lambda: self._keep(self.caller.send("POST", API, body, 201)))
        self.attach()
        return spent + timed(lambda: self._keep(self.submit()))

    def submit(self) -> tuple[dict[str, str], Any]:
        return self.caller.send("POST", f"{API}{self.reference}/submit/", {}, 200, if_match=self.etag)

    def attach(self) -> None:
        application = Application.objects.get(reference=self.reference)
        for paper in application.form.papers(timezone.localdate()):
            upload = Upload(f"{paper.code}.pdf", io.BytesIO(PDF))
            services.attach_document(application, upload, kind=paper.code, actor=self.user, at=timezone.now())
        self.etag = f'"{Application.objects.get(pk=application.pk).version}"'

    def _keep(self, answer: tuple[dict[str, str], Any]) -> None:
        self.etag, self.reference = answer[0]["ETag"], answer[1]["reference"]

    def usual(self, _number: int = 0) -> float:
        """The usual viewset: a POST that makes the rows, a PATCH that sets the state; papers are not its matter."""
        body = {"kind": KIND, "organisation": self.organisation.pk, **FEE, "particulars": VALUES}
        started = timed(lambda: self._remember(self.caller.send("POST", "/usual/applications/", body, 201)))
        change = {"state": "submitted"}  # the rest is set by the serializer
        return started + timed(lambda: self.caller.send("PATCH", f"/usual/applications/{self.pk}/", change, 200))

    def _remember(self, answer: tuple[dict[str, str], Any]) -> None:
        self.pk = answer[1]["id"]

    def statements(self) -> list[str]:
        """Those of both requests of ours."""
        body = {"kind": KIND, "organisation": self.organisation.identifier, **FEE, **VALUES}
        seen = statements(lambda: self._keep(self.caller.send("POST", API, body, 201)))
        self.attach()
        return seen + statements(lambda: self._keep(self.submit()))


def filing(rounds: int) -> list[Figure]:
    """P5."""
    applicant = Filing()
    found = alternate({"ours": applicant.ours, "usual": applicant.usual}, rounds)
    note = f"{milliseconds(found['ours'])} / {milliseconds(found['usual'])}"
    return [
        Figure("P5", "create + submit / usual DRF without checks", found["ours"] / found["usual"], 2.5, note),
        Figure("P5", "queries of create + submit", len(applicant.statements()), 25),
    ]


class Accepting:
    """An officer accepts filings as complete, one after the other; each is a filing of its own."""

    def __init__(self) -> None:
        self.officer: Visitor = official(OFFICER)
        self.user = User.objects.get(pk=OFFICER)
        rows = Application.objects.filter(state="submitted", authority=Authority.objects.get(code="maidd"))
        self.left = list(rows.order_by("id").values_list("pk", "reference")[:2_000])

    def by_browser(self, _number: int = 0) -> float:
        _pk, reference = self.left.pop()
        return timed(lambda: self.officer.post(f"/cases/{reference}/accept/", {}))

    def by_service(self, _number: int = 0) -> float:
        application = Application.objects.get(pk=self.left.pop()[0])
        return timed(lambda: services.accept_application(application, actor=self.user, at=timezone.now()))

    def raw(self, _number: int = 0) -> float:
        """The least that it takes: the row changed, the event written, in one transaction."""
        pk, reference = self.left.pop()

        def act() -> None:
            with transaction.atomic(), connections["default"].cursor() as cursor:
                cursor.execute(
                    "UPDATE licensing_application SET state = 'in_review', version = version + 1, accepted_at = now(),"
                    " registered_at = now() WHERE id = %s",
                    [pk],
                )
                cursor.execute(
                    "INSERT INTO core_event (subject_type, subject_id, audience, reference, title, at, verb, seq,"
                    " from_state, to_state, reason, grounds, data, hash, actor_id, authority_id) VALUES"
                    " ('licensing.application', %s, 'party', %s, %s, now(), 'application.accept', 0, 'submitted',"
                    " 'in_review', '', '[]', '{}', '', %s, 1)",
                    [pk, reference, KIND, OFFICER],
                )

        return timed(act)

    def statements(self) -> list[str]:
        _pk, reference = self.left.pop()
        return statements(lambda: self.officer.post(f"/cases/{reference}/accept/", {}))


def transitions(rounds: int) -> list[Figure]:
    """P6."""
    acts = Accepting()
    rounds = min(rounds, len(acts.left) // 4)
    found = alternate({"ours": acts.by_browser, "raw": acts.raw, "service": acts.by_service}, rounds, warm=2)
    note = f"{milliseconds(found['ours'])} / {milliseconds(found['raw'])}"
    note += f", the service alone {milliseconds(found['service'])}"
    return [
        Figure("P6", "one transition by the browser / insert + update", found["ours"] / found["raw"], 15, note),
        Figure("P6", "queries of one transition", len(acts.statements()), 14),
    ]


def make_cases(much: int) -> dict[str, str]:
    """References of a case that holds little and of one that holds so much, in the database used now."""
    applicant, officer, at = Filing(), User.objects.get(pk=OFFICER), timezone.now()
    made = {}
    for weight, times in (("light", 1), ("heavy", much)):
        applicant.ours()
        application = Application.objects.get(reference=applicant.reference)
        application = services.accept_application(application, actor=officer, at=at)
        for number in range(times):
            question = services.ask_question(application, text=f"Which feeder, part {number}?", actor=officer, at=at)
            if number % 2:
                services.answer_question(question, text="No. 4.", actor=applicant.user, at=at)
            services.add_note(application, text="The feeder is shared.", actor=officer, at=at)
        services.print_left_over(at=at)
        made[weight] = application.reference
    return made
