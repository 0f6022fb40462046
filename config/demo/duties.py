"""What providers of services with digital assets owe, in the demo: who serves them, and what they report."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from config.demo import names
from config.demo.agenda import Life
from config.demo.holders import claim, confirm, member_of
from config.demo.papers import paper
from config.demo.stage import Stage
from core.models import Authority, Organisation, User
from exchanges import services
from exchanges.models import ProviderRecord, Servicer
from law.rails import BANK, CLIENT_KINDS, POSTAL
from law.records import RECORDS
from licensing.models import Licence

#: Their numbers, what they are and what they are called.
SERVICERS = (
    (951, BANK, {"kk": "«Найзакөл Банк» АҚ", "ru": "АО «Найзаколь Банк»", "en": "Naizakol Bank JSC"}),
    (952, BANK, {"kk": "«Мұзарық Банк» АҚ", "ru": "АО «Музарык Банк»", "en": "Muzaryq Bank JSC"}),
    (953, POSTAL, {"kk": "«Күнсәуле Пошта» АҚ", "ru": "АО «Кунсауле Почта»", "en": "Kunsaule Post JSC"}),
)
LISTED = "Ұлттық Банктің сайты, 2026 ж. / Сайт Национального Банка, 2026 г."
CONTRACT = "Банктік шот шарты № {number} / Договор банковского счёта № {number}"
WHY = "Клиенттері бейрезиденттер, айналымы жоғары. / Среди клиентов нерезиденты, оборот высокий."
MEASURES = "Әр аударым қолмен тексеріледі, есеп апта сайын. / Каждый перевод проверяется вручную, отчёт еженедельно."

COMPLAINT = (
    "Ақшамды шығара алмай отырмын, қолдау қызметі жауап бермейді. / Не могу вывести деньги, поддержка не отвечает."
)
ANSWER = "Аударым жасалды, кешірім сұраймыз. / Перевод выполнен, приносим извинения."
OUTCOME = "Провайдер жойды, бақылау аяқталды. / Провайдер устранил, наблюдение завершено."
PROGRAMME = "Ішкі бақылау бағдарламасы / Программа внутреннего контроля"
SEEN = "Ескерту басты бетте, екі тілде. / Предупреждение на главной странице, на двух языках."
HAPPENED = "Қызметтегі ақау / Сбой в работе сервиса"
CAUSE = "Жаңарту кезінде дерекқор қате бапталған. / При обновлении неверно настроена база данных."
DONE = "Баптау түзетілді, клиенттерге хабарланды. / Настройка исправлена, клиенты уведомлены."


def duties(stage: Stage) -> Life:
    """Some days before today: banks are entered, accounts declared and rated, records filed; then things happen."""
    at = stage.now - timedelta(days=9)
    yield at
    claims = [
        (claim(number, form="legal_entity", member=member_of(number, joined=at), at=at, called=called), kind)
        for number, kind, called in SERVICERS
    ]
    at += timedelta(days=1)
    yield at
    officer = stage.people["officer@nbk.example"]
    found = [(confirm(claimed, registrar=officer, at=at), kind) for claimed, kind in claims]
    banks = [enter(stage.bodies["nbk"], organisation, kind, officer, at) for organisation, kind in found]
    at += timedelta(hours=2)
    yield at
    rails(banks, at=at)
    for number, licence in enumerate(providers()):
        records(licence, number, at=at)
    for number, licence in enumerate(providers()[:3]):
        at += timedelta(hours=20)
        yield at
        look(licence, officer_of(stage, licence), at=at)
        transfers(licence, number, at=at)
        complaint(licence, number, officer_of(stage, licence), at=at)
        incident(licence, number, officer_of(stage, licence), at=at + timedelta(minutes=10))


def enter(bank: Authority, organisation: Organisation, kind: str, officer: User, at: datetime) -> Servicer:
    given: dict[str, Any] = {"organisation": organisation, "kind": kind, "source": LISTED}
    return services.enter_servicer(bank, **given, actor=officer, at=at)


def officer_of(stage: Stage, licence: Licence) -> User:
    return stage.people[f"officer@{licence.authority.code}.example"]


def records(licence: Licence, number: int, *, at: datetime) -> None:
    """What a provider has on record; every third has no programme, which its page shows as missing."""
    holder, today = licence.application.created_by, timezone.localdate(at)
    day, latin = max(licence.valid_from, today - timedelta(days=60)), licence.organisation.name_en
    said: dict[str, dict[str, Any]] = {
        "risk_warning": {"place": f"https://firm{930 + number}.example.kz/risks", "languages": ["kk", "ru"]},
        "compliance_programme": {"name": PROGRAMME, "number": "2.1"},
        "mlro": {"name": names.person(980 + number).ru},
        "aml_registration": {"number": f"SFM-{4100 + number}"},
        "data_location": {"place": "Астана, деректер орталығы / Астана, центр данных", "country": "KZ"},
    }
    if number % 3 == 2:
        del said["compliance_programme"]
    for kind, stated in said.items():
        if licence.kind not in RECORDS[kind].permits:
            continue
        file = paper(kind, holder=latin, number=f"{number + 1}/26", on=day) if "file" in RECORDS[kind].states else None
        services.file_record(licence, kind=kind, from_on=day, file=file, **stated, actor=holder, at=at)


def transfers(licence: Licence, number: int, *, at: datetime) -> None:
    """One that is held, one refused in time, one refused too early."""
    holder = licence.application.created_by
    stopped = at - timedelta(hours=(20, 50, 30)[number])
    given: dict[str, Any] = {"own_number": f"TR-{7000 + number}", "asset": "USDT", "seen_at": stopped}
    row = services.report_transfer(licence, **given, stopped_at=stopped, actor=holder, at=at)
    if number:
        services.end_transfer(row, "refuse", over_at=at, given_at=None, actor=holder, at=at)


def look(licence: Licence, officer: User, *, at: datetime) -> None:
    """An officer looks at the warning of risks."""
    row = ProviderRecord.objects.filter(licence=licence, kind="risk_warning").first()
    if row is not None:
        given: dict[str, Any] = {"checked_on": timezone.localdate(at), "note": SEEN, "actor": officer, "at": at}
        services.check_record(row, "find_met", **given)


def complaint(licence: Licence, number: int, officer: User, *, at: datetime) -> None:
    """One that waits to be read, one put to its provider, one answered and closed."""
    given: dict[str, Any] = {"name": names.person(970 + number).ru, "contact": f"+7 700 000 00 0{number}"}
    row, _code = services.file_complaint(licence, **given, text=COMPLAINT, shared=number > 0, key=uuid4(), at=at)
    if number == 0:
        return
    row = services.forward_complaint(row, actor=officer, at=at)
    if number == 2:
        row = services.answer_complaint(row, answer=ANSWER, actor=licence.application.created_by, at=at)
        services.end_complaint(row, "close", outcome=OUTCOME, actor=officer, at=at)


def incident(licence: Licence, number: int, officer: User, *, at: datetime) -> None:
    """A breach of personal data told late, an outage told in full, one closed."""
    holder, kind = licence.application.created_by, ("personal_data", "outage", "security")[number]
    noticed = at - timedelta(days=5 if number == 0 else 0, hours=3)
    given: dict[str, Any] = {"kind": kind, "noticed_at": noticed, "summary": HAPPENED, "persons": 40 - number}
    row = services.report_incident(licence, **given, actor=holder, at=at)
    if number:
        row = services.describe_incident(row, description=CAUSE, measures=DONE, actor=holder, at=at)
    if number == 2:
        services.close_incident(row, outcome=OUTCOME, actor=officer, at=at)


def providers() -> list[Licence]:
    """The licences of providers in force, in the order of their numbers."""
    rows = Licence.objects.filter(kind__in=CLIENT_KINDS, state="in_force").select_related("organisation", "application")
    return list(rows.order_by("number"))


def rails(banks: list[Servicer], *, at: datetime) -> None:
    """Each provider declares an account at a bank, one of them at the postal operator; a bank rates its clients."""
    for number, licence in enumerate(providers()):
        link = services.enter_rail(
            licence,
            servicer=banks[number % len(banks)],
            regions=["KZ-71", "KZ-75"] if number % 2 else [],
            from_on=max(licence.valid_from, timezone.localdate(at) - timedelta(days=30)),
            source=CONTRACT.format(number=100 + number),
            actor=licence.application.created_by,
            at=at,
        )
        teller = User.objects.get(memberships__organisation=link.servicer_id)
        high = number % 3 == 0
        given: dict[str, Any] = {"risk": "high" if high else "low", "reason": WHY, "measures": MEASURES if high else ""}
        services.rate_rail(link, **given, rated_on=timezone.localdate(at), actor=teller, at=at)
