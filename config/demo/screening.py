"""A new executive of the demo whom his firm declares, and a screening list with invented names: two people behind firms
met it, and one match is decided."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from config.demo import names
from core.models import Authority, User
from core.services import Upload, take_row_file, work_on_row_file
from licensing import services
from licensing.models import FirmPerson, Licence, ScreeningMatch
from licensing.services.screening_rows import send_screening_list

OTHERS = ("Туманов Болат Сақтағанұлы;;1961-04-02;KZ;D-3", "«Қиыр Шет Холдинг» ЖШС;Kiyr Shet Holding;;KZ;D-4")


def screening(people: dict[str, User], bodies: dict[str, Authority], *, now: datetime) -> None:
    """A firm declares a new executive; a head of the National Bank imports a list; everybody is screened; an officer
    clears one of the matches."""
    bank, head, officer = bodies["nbk"], people["head@nbk.example"], people["officer@nbk.example"]
    at = now - timedelta(days=1)
    declare_executive(bank, at=at)
    known = FirmPerson.objects.standing().filter(authority=bank, kind="person").order_by("side", "id")
    named = list(dict.fromkeys(known.values_list("name", flat=True)))[:2]
    rows = ["name;aliases;born_on;country;reference"]
    rows += [f"{name};;1959-0{place}-11;KZ;D-{place}" for place, name in enumerate(named, 1)]
    content = "\n".join([*rows, *OTHERS]).encode()
    given: dict[str, Any] = {
        "code": "demo-list",
        "title": "Сынақ тізімі / Учебный список",
        "source": "Хат / Письмо 7-1",
    }
    upload = Upload("demo-list.csv", BytesIO(content))
    file = send_screening_list(upload, bank, **given, day=timezone.localdate(at), actor=head, at=at)
    work_on_row_file(file.pk, at=at)
    take_row_file(file, actor=head, at=at)
    work_on_row_file(file.pk, at=at)
    services.screen_people(at=at)
    if (first := ScreeningMatch.objects.filter(authority=bank).order_by("id").first()) is not None:
        words = "Туған күні басқа. / Другая дата рождения."
        services.decide_match(first, "clear", evidence=words, actor=officer, at=now)


def declare_executive(bank: Authority, *, at: datetime) -> None:
    """A platform has a new member of its executive body since a week before; everybody else stays."""
    mine = Licence.objects.filter(
        authority=bank, kind="nbk-dfa-platform", state="in_force", granted_on__lt=timezone.localdate(at)
    )
    if (licence := mine.order_by("id").first()) is None:
        return
    stated, day = licence.application.particulars, timezone.localdate(at)
    new = {
        "name": names.person(77).ru,
        "number": names.iin_number(77, date(1984, 3, 12)),
        "residence": "KZ",
        "role": "executive_member",
        "since": (day - timedelta(days=7)).isoformat(),
        "degree": True,
    }
    lists = {"owners": stated.owners, "executives": [*stated.executives, new]}
    services.declare_people(licence, lists, day=day, actor=licence.application.created_by, at=at)
