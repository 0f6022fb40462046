"""Official clarifications of the demo: two published, one private, one drafted; and a filing that relies on one."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from config.demo.agenda import Life, working_days_ago
from core.models import Authority, Organisation, User
from licensing import services
from licensing.models import Application, Clarification

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and how far its answer is, in working days before today; None for what has not happened."""

    asked: int
    drafted: int
    signed: int | None
    published: bool
    title: Texts
    question: Texts
    answer: Texts
    provisions: list[str] = field(default_factory=list)
    own: bool = False  # on the authority's own initiative


ANSWERS = (
    Answer(
        60,
        55,
        52,
        True,
        {
            "kk": "Лицензияның қолданылу мерзімі",
            "ru": "Срок действия лицензии на майнинг",
            "en": "How long a mining licence is valid",
        },
        {
            "kk": "Цифрлық майнинг лицензиясы қанша уақытқа беріледі және оны ұзартуға бола ма?",
            "ru": "На какой срок выдаётся лицензия на цифровой майнинг и можно ли её продлить?",
            "en": "For how long is a licence for digital mining granted, and can it be prolonged?",
        },
        {
            "kk": "Лицензия үш жылға беріледі. Ол ұзартылмайды: мерзімі аяқталғанға дейін жаңа өтініш беріледі.",
            "ru": "Лицензия выдаётся на три года. Она не продлевается: до окончания срока подаётся новое заявление.",
            "en": "A licence is granted for three years. It is not prolonged: one applies anew before its end.",
        },
        ["mining-licence.validity"],
        own=True,
    ),
    Answer(
        40,
        35,
        33,
        True,
        {"ru": "С какого дня считается срок решения", "en": "From which day the decision term is counted"},
        {"ru": "С какого дня считаются пятнадцать рабочих дней, если заявление подано вечером?"},
        {
            "ru": "Срок считается со дня, следующего за днём подачи, независимо от часа подачи.",
            "en": "The term is counted from the day after the day of filing, whatever the hour.",
        },
        ["permit.decision", "permit.decision-start"],
    ),
    Answer(
        24,
        18,
        16,
        False,
        {"ru": "Передача лицензии при присоединении"},
        {"ru": "Наш клиент присоединяет общество с лицензией. Переходит ли к нему лицензия?"},
        {"ru": "Лицензия не передаётся. О переоформлении подаётся заявление в тридцатидневный срок."},
        ["mining-licence.transferable", "permit.reissue-apply"],
    ),
    Answer(
        7,
        3,
        None,
        False,
        {"kk": "Энергетика министрлігінің үнсіздігі"},
        {"kk": "Келісуші орган жауап бермесе, бұл келісім деп есептеле ме?"},
        {"kk": "Майнинг лицензиясы бойынша келісуші органның үнсіздігі келісім болып саналмайды."},
        ["mining-licence.agreement-silence"],
    ),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, who answers."""

    authority: Authority
    firm: Organisation
    lawyer: User
    officer: User
    head: User
    now: datetime

    def moment(self, days: int, hour: int) -> datetime:
        day: date = working_days_ago(timezone.localdate(self.now), days)
        return min(timezone.make_aware(datetime.combine(day, time(hour, 20))), self.now)


def life_of(one: Answer, desk: Desk) -> Life:
    """One question from its first day to where it is today."""
    at = desk.moment(one.asked, 10)
    yield at
    row: Clarification
    if one.own:
        row = services.open_clarification(desk.authority, question=one.question, actor=desk.officer, at=at)
    else:
        row = services.ask_clarification(
            desk.authority, organisation=desk.firm, question=one.question, actor=desk.lawyer, at=at
        )
    at = desk.moment(one.drafted, 11)
    yield at
    row = services.draft_clarification(
        row,
        title=one.title,
        question=one.question,
        answer=one.answer,
        provisions=one.provisions,
        actor=desk.officer,
        at=at,
    )
    if one.signed is None:
        return
    at = desk.moment(one.signed, 12)
    yield at
    row = services.sign_clarification(row, actor=desk.head, at=at)
    services.print_clarification(row.pk, at=at)
    if one.published:
        at = desk.moment(one.signed, 15)
        yield at
        services.publish_clarification(Clarification.objects.get(pk=row.pk), actor=desk.head, at=at)


def reliance(desk: Desk) -> Life:
    """The law firm names a clarification in a draft of today."""
    yield desk.now
    drafts = Application.objects.filter(state="draft", organisation__in=desk.lawyer.organisations())
    draft, row = drafts.order_by("id").first(), Clarification.objects.published().order_by("-id").first()
    if draft is not None and row is not None and row.signed_on is not None:
        services.rely_on_clarification(
            draft, number=row.number, relied_on=row.signed_on, actor=desk.lawyer, at=desk.now
        )
