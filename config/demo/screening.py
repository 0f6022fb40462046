"""A screening list of the demo with invented names: two people behind firms met it, and one match is decided."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from core.models import Authority, User
from core.services import Upload, take_row_file, work_on_row_file
from licensing import services
from licensing.models import FirmPerson, ScreeningMatch
from licensing.services.screening_rows import send_screening_list

OTHERS = ("Туманов Болат Сақтағанұлы;;1961-04-02;KZ;D-3", "«Қиыр Шет Холдинг» ЖШС;Kiyr Shet Holding;;KZ;D-4")


def screening(people: dict[str, User], bodies: dict[str, Authority], *, now: datetime) -> None:
    """A head of the National Bank imports a list; everybody is screened; an officer clears one of the matches."""
    bank, head, officer = bodies["nbk"], people["head@nbk.example"], people["officer@nbk.example"]
    known = FirmPerson.objects.standing().filter(authority=bank, kind="person").order_by("side", "id")
    named = list(dict.fromkeys(known.values_list("name", flat=True)))[:2]
    rows = ["name;aliases;born_on;country;reference"]
    rows += [f"{name};;1959-0{place}-11;KZ;D-{place}" for place, name in enumerate(named, 1)]
    content = "\n".join([*rows, *OTHERS]).encode()
    at = now - timedelta(days=1)
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
