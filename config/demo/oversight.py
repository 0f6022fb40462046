"""What happens to some licences of the demo: breaches in each stage, a suspension, a claim before a court."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.models import Authority, User
from law.licensing import MINING_LICENCES
from law.life import suspension_grounds
from law.terms import hearing_due
from licensing import services
from licensing.models import Breach, Licence, Measure

FACTS = (
    "Электр энергиясын есептеу аспабы жоқ. / Нет прибора учёта электроэнергии.",
    "Деректердің өзгеруі мерзімінде хабарланбаған. / Об изменении данных не сообщено в срок.",
    "Қуат мәлімделгеннен асады. / Мощность превышает заявленную.",
)


PLACE = "Астана, Мәңгілік Ел, 8, 10:00"


def oversee(people: dict[str, User], bodies: dict[str, Authority], *, now: datetime) -> None:
    """Breaches and measures of the last months, by the officials of the ministry."""

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    officer, second = people["officer@maidd.example"], people["officer2@maidd.example"]
    head = people["head@maidd.example"]
    hands = (officer, second, head)
    licences = list(
        Licence.objects.filter(
            kind__in=MINING_LICENCES, state="in_force", granted_on__lt=timezone.localdate(ago(200))
        ).order_by("pk")[:5]
    )
    if len(licences) < 5:
        return
    asked, explained, paused, lapsed, cured = licences
    found(asked, officer, 0, ago(2))
    breach = found(explained, officer, 1, ago(6))
    party = explained.application.created_by
    text = "Хабарлама кеше жіберілді. / Сообщение отправлено вчера."
    services.explain_breach(breach, explanation=text, actor=party, at=ago(3))
    breach = found(cured, officer, 0, ago(40))
    day = timezone.localdate(ago(30))
    text = "Аспап орнатылды. / Прибор установлен."
    services.settle_breach(breach, "cure", text=text, cured_on=day, actor=officer, at=ago(30))
    suspended(paused, found(paused, officer, 2, ago(50)), 6, hands, ago(30))
    breach = found(lapsed, officer, 2, ago(100))
    suspended(lapsed, breach, 1, hands, ago(60))
    services.lapse_suspensions(at=ago(20))
    claim(lapsed, breach, hands, ago(15))
    somebody_without_a_licence(officer, bodies, ago(9))
    while services.print_left_over(at=now):  # letters of the past lie in their cases
        pass


def found(licence: Licence, officer: User, number: int, at: datetime) -> Breach:
    """A breach of the holder, on one of the six grounds of the law."""
    day = timezone.localdate(at)
    ground = suspension_grounds(licence.kind, day)[(1, 3, 1)[number]].ground()
    return services.open_breach(
        authority=licence.authority,
        licence=licence,
        facts=FACTS[number],
        found_on=day,
        ground=ground,
        actor=officer,
        at=at,
    )


def suspended(licence: Licence, breach: Breach, months: int, hands: tuple[User, User, User], at: datetime) -> Measure:
    """Proposed, countersigned and decided within three days."""
    officer, second, head = hands
    reasons = [str(breach.ground["code"])]
    measure = services.propose_measure(
        licence,
        act=Measure.SUSPEND,
        reasons=reasons,
        text=breach.facts,
        months=months,
        breach=breach,
        actor=officer,
        at=at,
    )
    heard(measure, officer, at, "Кемшілікті жойып жатырмыз. / Устраняем.")
    signed = services.countersign_measure(measure, actor=second, at=at + timedelta(days=1))
    return services.decide_measure(
        signed, actor=head, confirmation="Қолданылады. / Применимо.", at=at + timedelta(days=5)
    )


def heard(measure: Measure, officer: User, at: datetime, position: str = "") -> None:
    """The draft is sent with the day of the hearing; the holder answers it the next day, or waives."""
    day = hearing_due(timezone.localdate(at)).due_on
    told = services.announce_measure(
        measure, hearing_on=day, place="Астана, Мәңгілік Ел, 8, 10:00", actor=officer, at=at
    )
    party, hearing = measure.licence.application.created_by, told.hearing
    if hearing is not None and position:
        services.state_position(hearing, text=position, actor=party, at=at + timedelta(days=1))
    elif hearing is not None:
        services.waive_hearing(hearing, actor=party, at=at + timedelta(days=1))


def claim(licence: Licence, breach: Breach, hands: tuple[User, User, User], at: datetime) -> Measure:
    """Uncured: the claim is with the court."""
    officer, second, head = hands
    text = "Тоқтата тұру соңына дейін жойылмаған. / Не устранено к концу приостановления."
    measure = services.propose_measure(
        licence, act=Measure.REVOKE, reasons=["permit.uncured"], text=text, breach=breach, actor=officer, at=at
    )
    heard(measure, officer, at)
    signed = services.countersign_measure(measure, actor=second, at=at + timedelta(days=1))
    return services.file_claim(
        signed,
        court="Астана қаласының экономикалық соты / Экономический суд Астаны",
        claim_reference="2-1231/2026",
        filed_on=timezone.localdate(at + timedelta(days=2)),
        confirmation="Қолданылады. / Применимо.",
        actor=head,
        at=at + timedelta(days=2),
    )


def somebody_without_a_licence(officer: User, bodies: dict[str, Authority], at: datetime) -> None:
    """A breach of somebody who is not registered here, handed to the police the next day."""
    stranger = services.open_breach(
        authority=bodies["maidd"],
        subject_name="«Базар» пункті / Пункт «Базар»",
        facts="Лицензиясыз криптоактив сату. / Продажа криптоактивов без лицензии.",
        found_on=timezone.localdate(at),
        ground=suspension_grounds("mining-licence-1", timezone.localdate(at))[1].ground(),
        actor=officer,
        at=at,
    )
    services.refer_breach(
        stranger,
        body=bodies["police"],
        text="Тексеруді сұраймыз. / Просим проверить.",
        actor=officer,
        at=at + timedelta(days=1),
    )
