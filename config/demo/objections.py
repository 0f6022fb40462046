"""Objections of the demo: sole traders whose licences ended by themselves; one rejected, one unanswered, one upheld."""

from dataclasses import dataclass

from config.demo.agenda import Life
from config.demo.answers import Desk
from core.models import Event
from licensing import services


@dataclass(frozen=True, slots=True)
class Objected:
    """What is objected and, where it is answered, how."""

    text: str
    outcome: str = ""
    answer: str = ""


OBJECTIONS = (
    Objected(
        "Новое заявление было подано до окончания срока; прошу считать прежнюю лицензию действующей.",
        "reject",
        "Срок установлен при выдаче лицензии и истёк. Новое заявление рассматривается отдельно и прежнюю лицензию не "
        "продлевает.",
    ),
    Objected("Прошу должностное лицо проверить последний день действия лицензии."),
    Objected(
        "Мерзімнің аяқталатыны туралы маған қазақ тілінде хабарланбады, шешімді адам қарауын сұраймын.",
        "uphold",
        "Қарсылық негізді. Лицензияның аяқталу күні мен негізі қазақ тілінде түсіндірілді.",
    ),
)


def objections(desk: Desk) -> Life:
    """All are filed on one morning of last week; two are answered two working days later."""
    at = desk.moment(3, 10)
    yield at
    ended = Event.objects.filter(
        verb="licence.expire", organisation__form="sole_trader", authority=desk.authority, at__lt=at
    )
    filed = []
    for event, said in zip(ended.select_related("actor", "organisation").order_by("-id")[:3], OBJECTIONS, strict=False):
        member = event.organisation.memberships.filter(user__isnull=False).first() if event.organisation else None
        if member is not None and member.user is not None:
            row = services.file_objection(event, text=said.text, actor=member.user, at=at)
            filed.append((row, said))
    at = desk.moment(1, 11)
    yield at
    for row, said in filed:
        if said.outcome:
            services.answer_objection(row, said.outcome, answer=said.answer, actor=desk.officer, at=at)
