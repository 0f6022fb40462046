"""The unlicensed market of the demo: warnings in each state, tips of people, and questions between authorities."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.models import Authority, User
from exchanges import services
from exchanges.models import MarketTip, MarketWarning
from law.market import warning_rules
from licensing.services import answer_request, ask_body

PLATFORM = {
    "kk": "Бұл платформаның Қазақстанда рұқсаты жоқ; ақшаңызды қайтарып ала алмауыңыз мүмкін.",
    "ru": "У этой платформы нет разрешения в Казахстане; вернуть деньги, возможно, не удастся.",
    "en": "This platform has no permit in Kazakhstan; you may be unable to get your money back.",
}
MINERS = {
    "kk": "Бұл топ лицензиясыз майнингке ақша жинайды.",
    "ru": "Эта группа собирает деньги на майнинг без лицензии.",
    "en": "This group collects money for mining without a licence.",
}


def unlicensed_market(people: dict[str, User], bodies: dict[str, Authority], *, now: datetime) -> None:
    """The last weeks, by officials of the National Bank and of the ministry."""

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    banker, chief = people["officer@nbk.example"], people["head@nbk.example"]
    officer, head = people["officer@maidd.example"], people["head2@maidd.example"]
    withdrawn = proposed("«Ertis Coin»", ["ertis-coin.example"], PLATFORM, banker, ago(60))
    withdrawn = published(withdrawn, chief, ago(58))
    services.ask_withdrawal(withdrawn, reason="Сайт жабылды. / Сайт закрыт.", actor=banker, at=ago(21))
    services.end_warning(withdrawn, "withdraw", reason="Сайт жабылды. / Сайт закрыт.", actor=chief, at=ago(20))
    # The second domain has a Cyrillic letter: it passes for the first.
    published(
        proposed("«Tez Coin»", ["tezcoin.example", "t\u0435zcoin.example"], PLATFORM, banker, ago(12)), chief, ago(9)
    )
    proposed("«Dala Hash»", ["dala-hash.example"], MINERS, officer, ago(2), kind="unlicensed_mining")
    tips(banker, officer, head, bodies, now)
    request = ask_body(
        bodies["maidd"],
        body=bodies["energy"],
        kind="request",
        text="Осы мекенжайда қандай қуат қосылған? / Какая мощность подключена по этому адресу?",
        about="Қарағанды, Өнеркәсіп көшесі / Караганда, улица Промышленная",
        actor=officer,
        at=ago(15),
    )
    clerk = people["officer@energy.example"]
    answer_request(request, answer="2,4 МВт, шарт 2025 жылғы. / 2,4 МВт, договор 2025 года.", actor=clerk, at=ago(8))
    ask_body(
        bodies["nbk"],
        body=bodies["maidd"],
        kind="request",
        text="Бұл фирманың майнинг лицензиясы бар ма? / Есть ли у этой фирмы лицензия на майнинг?",
        about="«Dala Hash»",
        actor=banker,
        at=ago(3),
    )


def proposed(
    name: str, domains: list[str], texts: dict[str, str], actor: User, at: datetime, *, kind: str = "offshore_platform"
) -> MarketWarning:
    assert actor.authority is not None  # noqa: S101  (an official)
    day = timezone.localdate(at)
    return services.propose_warning(
        actor.authority,
        kind=kind,
        name=name,
        brands=[],
        domains=domains,
        since=day - timedelta(days=20),
        texts=texts,
        rules=[one.code for one in warning_rules(kind, day)][:2],
        actor=actor,
        at=at,
    )


def published(row: MarketWarning, head: User, at: datetime) -> MarketWarning:
    words = "Бірнеше адам ақшасын жоғалтты. / Несколько человек потеряли деньги."
    return services.publish_warning(row, confirmation=words, actor=head, at=at)


def tips(banker: User, officer: User, head: User, bodies: dict[str, Authority], now: datetime) -> None:
    """Some wait, one is looked at, one repeats another, one went to the police, one came to nothing."""

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    first = told("offshore_platform", "Қоңырау шалып, теңге аударуды сұрайды. / Звонят и просят перевести тенге.",
        ago(11), names=["Tez Coin"], domains=["https://tezcoin.example/kz"], region="KZ-75")  # fmt: skip
    again = told("offshore_platform", "Ақшамды қайтармай жатыр. / Не возвращают мои деньги.",
        ago(10), names=["Тез Коин"], domains=["t\u0435zcoin.example"], contact="+7 700 000 00 00")  # fmt: skip
    services.take_tip(first, actor=banker, at=ago(9))
    services.repeat_tip(
        services.take_tip(again, actor=banker, at=ago(9)), original=first.reference, actor=banker, at=ago(9)
    )
    cash = told("over_the_counter", "Базарда қолма-қол ақшаға USDT сатады. / На рынке продают USDT за наличные.",
        ago(7), places="«Базар», 14-қатар / ряд 14", region="KZ-79")  # fmt: skip
    services.refer_tip(
        services.take_tip(cash, actor=banker, at=ago(6)),
        body=bodies["police"],
        text="Базарда криптоактивтер қолма-қол ақшаға сатылады. / На рынке криптоактивы продают за наличные.",
        actor=banker,
        at=ago(5),
    )
    heat = told("unlicensed_mining", "Түнде желдеткіштер гуілдейді. / Ночью гудят вентиляторы.", ago(6), region="KZ-35")
    services.close_tip(services.take_tip(heat, actor=head, at=ago(4)), why="nothing_to_go_on", actor=head, at=ago(4))
    told("unlicensed_mining", "Қоймада жүздеген құрылғы тұр. / На складе стоят сотни устройств.",
        ago(2), names=["Dala Hash"], region="KZ-55")  # fmt: skip
    told("promotion", "Блогер «кепілді табыс» жарнамалайды. / Блогер рекламирует «гарантированный доход».", ago(1),
        domains=["income-now.example"])  # fmt: skip


def told(kind: str, text: str, at: datetime, **more: object) -> MarketTip:
    return services.receive_tip(kind=kind, text=text, at=at, **more)[0]  # type: ignore[arg-type]  # what a tip has
