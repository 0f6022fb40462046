"""Many clients on few cases, by pages and by API: acts lawful and not, stale versions, the timed work beside them.

Bounded by the number of acts or by a moment: the tests run a burst of it, `make bench ARGS=stress` ten minutes.
"""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from random import Random
from threading import Barrier
from typing import Any

from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.invariants import faults
from core.models import User
from core.services import make_key, remind_duties, seal_events, sweep_duties, verify_events
from licensing.models import Application, Breach, Decision, Licence, Measure, Question
from licensing.services import expire_licences, lapse_suspensions
from tests import factories as make

OUTSIDE_THE_ACT = {"letter-unprinted", "mail-unsent"}  # what workers do after the commit
RULE = "mining-licence.suspension.2"
#: What officials post to a case, to a licence, a breach and a measure; `{today}` is the day of the machine.
CASE: dict[str, dict[str, Any]] = {
    "take": {},
    "register": {},
    "accept": {},
    "note": {"text": "Hm."},
    "ask": {"text": "And?"},
    "judge": {"code": "pools", "met": "yes", "note": "Seen."},
    "recommend": {"outcome": "grant", "text": "All is met."},
    "return": {"reason": "Look again."},
    "countersign": {},
    "grant": {},
    "refuse-consideration": {"reasons": "permit.incomplete.3", "text": "The contract is missing."},
    "announce-hearing": {"place": "Room 1, 10:00"},
    "refuse": {},
}
LICENCE: dict[str, dict[str, Any]] = {
    "breach": {"rule": RULE, "found_on": "{today}", "facts": "No meter."},
    "suspend": {"reasons": RULE, "text": "No meter.", "months": "1"},
    "revoke": {"reasons": "permit.uncured", "text": "Not cured."},
    "close": {"reasons": "permit.ending.4", "text": "Liquidated."},
}
BREACH: dict[str, dict[str, Any]] = {
    "cure": {"cured_on": "{today}", "text": "Seen."},
    "dismiss": {"text": "No."},
    "close": {"text": "Done."},
    "assign": {},
}
MEASURE: dict[str, dict[str, Any]] = {
    "countersign": {},
    "announce": {},
    "decide": {"confirmation": "It applies."},
    "file": {"court": "Court", "filed_on": "{today}", "confirmation": "It applies."},
    "hear": {"heard_on": "{today}"},
    "uphold": {"judgment_on": "{today}", "judgment_in_force_on": "{today}"},
    "drop": {"text": "No."},
}
READ = ("/work/", "/queue/", "/licences/", "/breaches/", "/measures/", "/register/", "/account/")


@dataclass
class Crowd:
    """A few cases and licences, and the people who come upon them."""

    cases: list[Application]
    officials: list[User]
    parties: list[User]
    answers: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def gather() -> Crowd:
    """Three filings of two applicants, two licences, two officers, two heads, a stranger from elsewhere."""
    now = timezone.now() - timedelta(days=1)
    parties = [make.make_applicant(), make.make_applicant()]
    cases = [make.make_draft(at=now, actor=parties[0]), *(make.make_submitted(at=now, actor=one) for one in parties)]
    cases += [make.make_decided(at=now, actor=one) for one in parties]
    officials = [make.make_user(role) for role in ("officer", "officer", "head", "head")]
    return Crowd(cases, [*officials, make.make_user("officer", authority=make.make_authority("nbk"))], parties)


class Visitor:
    """One person with a browser and a program, who does now this, now that."""

    def __init__(self, crowd: Crowd, user: User, seed: int) -> None:
        self.crowd, self.user, self.random = crowd, user, Random(seed)
        self.client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        self.client.force_login(user)
        key = make_key(user, actor=user, at=timezone.now())[1] if not user.is_official else ""
        self.headers = {"Authorization": f"Token {key}"}

    def act(self) -> None:
        sort = self.random.choice(("read", "act", "act", "act"))
        if sort == "read":
            self.note(self.client.get(self.random.choice(READ), secure=True))
        elif self.user.is_official:
            self.by_page()
        else:
            self.by_program()

    def note(self, response: Any) -> Any:
        self.crowd.answers[response.status_code] += 1
        return response

    def one(self, rows: Any, name: str = "reference") -> Any:
        """One of them, half the time one of the newest."""
        found = list(rows.order_by("-pk").values_list(name, "version")[:12])
        return self.random.choice(found[: self.random.choice((2, 12))]) if found else None

    def by_page(self) -> None:
        kind, acts, rows, name = self.random.choice(
            [
                *[("cases", CASE, Application.objects.all(), "reference")] * 3,
                ("licences", LICENCE, Licence.objects.all(), "number"),
                ("breaches", BREACH, Breach.objects.all(), "reference"),
                *[("measures", MEASURE, Measure.objects.all(), "reference")] * 2,
            ]
        )
        found = self.one(rows, name)
        if found is None:
            return
        reference, version = found
        act = self.random.choice(list(acts))
        today = timezone.localdate().isoformat()
        values = {field: str(value).format(today=today) for field, value in acts[act].items()}
        values["version"] = str(version if self.random.random() < 0.9 else version - 1)
        if act == "recommend" and self.random.random() < 0.3:
            values |= {"outcome": "refuse", "reasons": "permit.refusal.3"}
        self.note(self.client.post(f"/{kind}/{reference}/{act}/", values, secure=True))

    def by_program(self) -> None:
        self.random.choice(
            [
                self.file,
                self.file,
                self.withdraw,
                self.upload,
                self.answer,
                self.ask,
                self.ask,
                self.explain,
                self.appeal,
            ]
        )()

    def send(self, path: str, body: dict[str, Any], version: int | None = None) -> Any:
        headers = dict(self.headers)
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if self.random.random() < 0.3:
            headers["Idempotency-Key"] = str(self.random.randrange(5))
        url = f"/api/v1{path}"
        return self.note(self.client.post(url, body, content_type="application/json", headers=headers, secure=True))

    def file(self) -> None:
        if found := self.one(Application.objects.filter(state="draft")):
            self.send(f"/applications/{found[0]}/submit/", {}, found[1])

    def withdraw(self) -> None:
        if (found := self.one(Application.objects.all())) and self.random.random() < 0.2:
            self.send(f"/applications/{found[0]}/withdraw/", {}, found[1])

    def upload(self) -> None:
        if found := self.one(Application.objects.all()):
            file = BytesIO(make.PDF)
            file.name = "a.pdf"
            path = f"/api/v1/applications/{found[0]}/documents/"
            self.note(self.client.post(path, {"kind": "other", "file": file}, headers=self.headers, secure=True))

    def answer(self) -> None:
        pk = (
            Question.objects.order_by("-pk").values_list("pk", "application__reference", "application__version").first()
        )
        if pk is not None:
            self.send(f"/applications/{pk[1]}/questions/{pk[0]}/answer/", {"text": "So."}, pk[2])

    def ask(self) -> None:
        if found := self.one(Licence.objects.all(), "number"):
            act = self.random.choice(("correction", "suspension", "resumption-own", "surrender", "reissue"))
            line = Licence.objects.get(number=found[0]).particulars[0]["label"]
            more = {"correction": {"corrections": [{"label": line, "value": "Other"}]}, "suspension": {"months": 1}}
            body = {"act": act, "text": "Why.", **more.get(act, {})}  # type: ignore[dict-item]  # JSON
            self.send(f"/licences/{found[0]}/requests/", body)

    def explain(self) -> None:
        if found := self.one(Breach.objects.all()):
            self.send(f"/breaches/{found[0]}/explanation/", {"explanation": "A cable."}, found[1])

    def appeal(self) -> None:
        reference = Decision.objects.order_by("-pk").values_list("application__reference", flat=True).first()
        if reference:
            self.send(f"/applications/{reference}/appeals/", {"text": "Look again."})


def night() -> None:
    at = timezone.now()
    for work in (lapse_suspensions, expire_licences, sweep_duties, remind_duties, seal_events):
        work(at=at)


@contextmanager
def exceptions_noted(crowd: Crowd) -> Iterator[None]:
    def note(**_told: Any) -> None:
        crowd.broken.append(traceback.format_exc())

    got_request_exception.connect(note)
    try:
        yield
    finally:
        got_request_exception.disconnect(note)


def live(crowd: Crowd, *, clients: int, acts: int = 0, until: float = 0.0, seed: int = 1) -> None:
    """Everybody at once, `acts` each or until a moment of `time.monotonic()`; and the timed work beside them."""
    people = [*crowd.officials, *crowd.parties]
    visitors = [Visitor(crowd, people[n % len(people)], seed * 1000 + n) for n in range(clients)]
    gate = Barrier(clients + 1)

    def run(act: Callable[[], None], limit: int) -> None:
        gate.wait(timeout=60)
        done = 0
        try:
            while done < limit if not until else time.monotonic() < until:
                act()
                done += 1
        finally:
            connection.close()

    with exceptions_noted(crowd), ThreadPoolExecutor(clients + 1) as pool:
        jobs = [pool.submit(run, one.act, acts) for one in visitors]
        jobs.append(pool.submit(run, night, max(acts // 8, 1)))
        for job in jobs:
            job.result()


def complaints(crowd: Crowd) -> list[str]:
    """What is wrong after a crowd: errors of the server, data that disagrees, events that do not verify."""
    found = [*crowd.broken, *(f"{n} answers {code}" for code, n in crowd.answers.items() if code >= 500)]
    found += [str(one) for one in faults(at=timezone.now()) if one.code not in OUTSIDE_THE_ACT]
    return [*found, *map(str, verify_events())]
