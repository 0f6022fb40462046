"""Joint acts of the demo: three checklists and criteria of risk. Acts, numbers and items are invented and say so."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life
from config.demo.stage import Stage
from inspections import services
from inspections.models.acts import CHECKLIST, CRITERIA, INDICATOR, OBJECTIVE
from law.inspections.regimes import DATA_CENTRE
from law.inspections.requirements import ITEM_TESTS

ENTERED, IN_FORCE = date(2024, 11, 18), date(2025, 1, 1)
LOOK = "Қарап тексеру / Осмотр"
PAPERS = "Құжаттар бойынша / По документам"
MEASURE = "Өлшеу / Измерение"
ARTICLE = "Мысал, 9-бап / Пример, ст. 9"
G, S, I = "gross", "significant", "insignificant"  # noqa: E741  (short names keep the tables readable)
Item = tuple[str, str, str, str, str]  # severity, how, in Kazakh, in Russian, in English

MINING: tuple[Item, ...] = (
    (G, PAPERS, "Майнинг лицензияда көрсетілген мекенжайда ғана жүргізіледі", "Майнинг ведётся лишь по адресу лицензии",
     "Mining goes on at the address of the licence alone"),
    (G, LOOK, "Аппараттар тізілімге енгізілген", "Аппараты внесены в реестр", "The machines stand in the register"),
    (G, MEASURE, "Тұтынылатын қуат мәлімделгеннен аспайды", "Потребляемая мощность не выше заявленной",
     "The power drawn is not above what was declared"),
    (G, PAPERS, "Электр энергиясы рұқсат етілген көзден алынады", "Энергия берётся из разрешённого источника",
     "Electricity comes from a source that is allowed"),
    (S, LOOK, "Әр аппараттың түгендеу нөмірі бар", "У каждого аппарата инвентарный номер",
     "Each machine bears its inventory number"),
    (S, PAPERS, "Тұтыну есептері уақытында берілген", "Отчёты о потреблении поданы в срок",
     "Reports on consumption were filed in time"),
    (S, MEASURE, "Есептеу аспабының тексеру мерзімі өтпеген", "Срок поверки прибора учёта не истёк",
     "The meter is within its term of verification"),
    (S, LOOK, "Үй-жайға бөгде адамдар кіре алмайды", "Посторонние не входят в помещение",
     "Strangers cannot enter the premises"),
    (S, PAPERS, "Пулмен шарт жасалған", "С пулом заключён договор", "There is a contract with the pool"),
    (S, PAPERS, "Өткізілген активтердің есебі жүргізіледі", "Ведётся учёт реализованных активов",
     "Records of sold assets are kept"),
    (I, LOOK, "Лицензия көшірмесі көрінетін жерде ілінген", "Копия лицензии висит на виду",
     "A copy of the licence hangs where it is seen"),
    (I, PAPERS, "Байланыс деректері өзекті", "Контактные данные актуальны", "Contact details are up to date"),
)  # fmt: skip
POOLS: tuple[Item, ...] = (
    (G, PAPERS, "Пул аккредиттелген серверлерде жұмыс істейді", "Пул работает на аккредитованных серверах",
     "The pool runs on the servers that were accredited"),
    (G, PAPERS, "Таратулар туралы мәліметтер толық беріледі", "Сведения о распределении подаются полностью",
     "Distributions are reported whole"),
    (G, PAPERS, "Лицензиясы жоқ майнер қабылданбайды", "Майнер без лицензии не принимается",
     "No miner without a licence is taken in"),
    (S, PAPERS, "Ақпараттық қауіпсіздік хаттамасы өзекті", "Протокол безопасности актуален",
     "The protocol on information security is current"),
    (S, LOOK, "Резервтік көшірмелер бөлек сақталады", "Резервные копии хранятся отдельно", "Backups are kept apart"),
    (S, PAPERS, "Комиссия жарияланған тәртіппен есептеледі", "Комиссия считается по объявленному порядку",
     "The commission is reckoned as announced"),
    (I, LOOK, "Сайтта байланыс деректері бар", "На сайте есть контакты", "The site names how to reach the pool"),
    (I, PAPERS, "Өтініштер журналы жүргізіледі", "Ведётся журнал обращений", "A journal of requests is kept"),
)  # fmt: skip
CENTRES: tuple[Item, ...] = (
    (G, LOOK, "Орталық тұрғын аймақтан тыс орналасқан", "Центр вне жилой зоны", "The centre lies outside homes"),
    (G, MEASURE, "Қосылған қуат шарттан аспайды", "Присоединённая мощность не выше договора",
     "The power connected is not above the contract"),
    (G, LOOK, "Өрт сөндіру жүйесі жұмыс істейді", "Система пожаротушения работает", "The fire system works"),
    (S, PAPERS, "Жалға алушылардың тізімі жүргізіледі", "Ведётся список арендаторов", "A list of tenants is kept"),
    (S, MEASURE, "Салқындату жүйесі стандартқа сай", "Охлаждение отвечает стандарту", "Cooling meets the standard"),
    (S, LOOK, "Есептеу аспаптары жалға алушылар бойынша бөлек", "Приборы учёта раздельны по арендаторам",
     "Meters are separate for each tenant"),
    (S, PAPERS, "Рұқсаты жоқ тұлғаға орын берілмейді", "Лицам без разрешения место не сдаётся",
     "No place is let to who has no permit"),
    (I, LOOK, "Кіреберісте орталықтың атауы бар", "На входе есть название центра", "The entrance names the centre"),
)  # fmt: skip
CHECKLISTS: tuple[tuple[str, str, tuple[str, ...], tuple[Item, ...]], ...] = (
    ("Мысал-1", "Майнерлердің тексеру парағы (мысал) / Проверочный лист майнеров (пример)",
     ("mining-licence-1", "mining-licence-2"), MINING),
    ("Мысал-2", "Пулдардың тексеру парағы (мысал) / Проверочный лист пулов (пример)", ("pool-accreditation",), POOLS),
    ("Мысал-3", "Орталықтардың тексеру парағы (мысал) / Проверочный лист центров (пример)", (DATA_CENTRE,), CENTRES),
)  # fmt: skip
RISK = ("Мысал-4", "Тәуекел өлшемшарттары (мысал) / Критерии риска (пример)")
#: code, from so many megawatts, degree
DEGREES = (
    ("mining-licence-1", "50", "high"),
    ("mining-licence-1", "10", "medium"),
    ("mining-licence-1", None, "low"),
    ("mining-licence-2", None, "low"),
    ("pool-accreditation", None, "medium"),
    (DATA_CENTRE, "20", "high"),
    (DATA_CENTRE, None, "medium"),
)
#: code, weight, points at most
POINTS = (
    ("late_reports", "3", "21"),
    ("differences", "4", "20"),
    ("complaints", "3", "15"),
    ("breaches", "5", "25"),
    ("power_above_declared", "10", "30"),
    ("uncured_orders", "15", "30"),
)


def joint_acts(stage: Stage) -> Life:
    """An officer enters them, a head compares them with the signed acts."""
    at = timezone.make_aware(datetime.combine(ENTERED, time(10, 0)))
    yield at
    for minute, (number, name, groups, items) in enumerate(CHECKLISTS):
        put_before_all(stage, at + timedelta(minutes=minute), CHECKLIST, number, name, groups, checklist_rows(items))
    every = tuple(code for _number, _name, groups, _items in CHECKLISTS for code in groups)
    put_before_all(stage, at + timedelta(minutes=9), CRITERIA, *RISK, every, criterion_rows())


def put_before_all(
    stage: Stage, at: datetime, kind: str, number: str, name: str, groups: tuple[str, ...], rows: list[dict[str, Any]]
) -> None:
    officer, head = stage.people["officer@maidd.example"], stage.people["head@maidd.example"]
    authority = officer.authority
    assert authority is not None  # noqa: S101  (an officer has one)
    act = services.enter_act(
        authority,
        kind=kind,
        name=name,
        number=number,
        signed_on=ENTERED - timedelta(days=3),
        in_force=IN_FORCE,
        kinds_of_permit=groups,
        actor=officer,
        at=at,
    )
    fill = services.set_requirements if kind == CHECKLIST else services.set_criteria
    act = fill(act, rows, actor=officer, at=at)
    act = services.propose_act(act, actor=officer, at=at)
    services.confirm_act(act, actor=head, at=at + timedelta(minutes=30))


def checklist_rows(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    named = ("severity", "method", "text_kk", "text_ru", "text_en")
    met = dict.fromkeys(ITEM_TESTS, True)
    return [
        {"code": f"{place}", "article": ARTICLE, **met, **dict(zip(named, item, strict=True))}
        for place, item in enumerate(items, 1)
    ]


def criterion_rows() -> list[dict[str, Any]]:
    degrees = [
        {"kind": OBJECTIVE, "code": code, "least": Decimal(least) if least else None, "degree": degree}
        for code, least, degree in DEGREES
    ]
    points = [
        {"kind": INDICATOR, "code": code, "weight": Decimal(weight), "greatest": Decimal(most)}
        for code, weight, most in POINTS
    ]
    return [*degrees, *points]
