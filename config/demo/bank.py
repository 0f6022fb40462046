"""The bank of conditions of the demo: two in use since the law began, one of them with a second version to come."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from core.models import Authority, User
from law.provisions import LDA_START
from licensing import services
from licensing.models import Condition

POWER, METER = "power-as-stated", "meter-on-every-line"
TEXTS = {
    POWER: (
        "Мәлімделген қуаттан асырмау.",
        "Не превышать заявленную мощность.",
        "Keep to the power stated in the application.",
    ),
    METER: (
        "Әр желіге электр энергиясын есептеу аспабын орнату.",
        "Установить прибор учёта электроэнергии на каждой линии.",
        "Keep a meter on every line.",
    ),
}
MONTHLY = (
    "Әр желіге электр энергиясын есептеу аспабын орнатып, көрсеткіштерін ай сайын жазып отыру.",
    "Установить прибор учёта электроэнергии на каждой линии и ежемесячно записывать показания.",
    "Keep a meter on every line and write its reading down each month.",
)
OWN, OWN_REASON = (
    "Шуды түнде өлшеу. / Измерять шум в ночное время.",
    "Орталықтың жанында тұрғын үй салынып жатыр, банкте ондай шарт жоқ. / "
    "Рядом с центром строится жилой дом, в банке такого условия нет.",
)


def fill_bank(people: dict[str, User], bodies: dict[str, Authority], *, at: datetime) -> Condition:
    """Entered by an officer, confirmed by a head; returns the last."""
    officer, head = people["officer@maidd.example"], people["head@maidd.example"]
    for code, texts in TEXTS.items():
        version = services.enter_condition(
            bodies["maidd"], code=code, texts=worded(texts), in_force=LDA_START, actor=officer, at=at
        )
        services.confirm_version(version, actor=head, at=at)
    return version.condition


def propose_version(condition: Condition, people: dict[str, User], *, now: datetime) -> None:
    """A later version, which still waits for a head."""
    officer, day = people["officer@maidd.example"], next_month(timezone.localdate(now))
    services.enter_version(condition, texts=worded(MONTHLY), in_force=day, actor=officer, at=now)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def worded(texts: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("text_kk", "text_ru", "text_en"), texts, strict=True))
