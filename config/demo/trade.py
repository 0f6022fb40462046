"""Trade in the demo: an invented list of approved assets, what the exchanger offers, and issues on the platform."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo import names
from config.demo.agenda import Life
from config.demo.papers import paper
from config.demo.stage import Stage
from core.models import User
from exchanges import services
from exchanges.models import ApprovedAsset, AssetIssue, OfferedAsset
from exchanges.services import AssetNamed
from licensing.models import Licence
from licensing.services.terms import parties

#: name, symbol, network: two of them share a symbol
ASSETS = (
    ("Altyn Coin", "ALTN", "Dala Chain"),
    ("Tengri Token", "TGR", "Dala Chain"),
    ("Tengri Gold", "TGR", "Kokbori Network"),
    ("Saryarqa Coin", "SRQ", "Dala Chain"),
)
DECISION = "ҚРҰБ Басқармасының № 41 қаулысы / Постановление Правления НБРК № 41"
STOPPED = "Желі тоқтап тұр. / Сеть остановлена."
CONFIRMED = "Клиенттердің мүддесі. / Интересы клиентов."
SOURCE = "Сайттың бағамдар беті / Страница курсов на сайте"
DECIDED = "Қатысушылар жиналысының № 3 шешімі / Решение № 3 общего собрания участников"
LISTED, OFFERED, WITHDRAWN = date(2026, 5, 25), date(2026, 7, 13), date(2026, 9, 14)


def at_noon(day: date, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12, minute)))


def trade(stage: Stage) -> Life:
    """The list, the offers, and what came of an asset that left it and of one that never stood there."""
    officer, second, head = (stage.people[f"{name}@nbk.example"] for name in ("officer", "officer2", "head"))
    yield at_noon(LISTED)
    listed = [entered(asset, officer, head, at_noon(LISTED, minute)) for minute, asset in enumerate(ASSETS)]
    yield at_noon(OFFERED)
    yield from traded(listed, officer, at_noon(OFFERED))
    yield from issued(at_noon(OFFERED, 30))
    moment = at_noon(WITHDRAWN)
    yield moment
    first_day = WITHDRAWN + timedelta(days=7)
    gone = services.propose_withdrawal(listed[3], ending_from=first_day, reason=STOPPED, actor=second, at=moment)
    services.withdraw_asset(gone, confirmation=CONFIRMED, actor=head, at=moment + timedelta(minutes=30))
    yield from ended(gone, at_noon(first_day + timedelta(days=3)))
    last = stage.now - timedelta(days=1)
    yield last
    new: dict[str, Any] = {"name": "Qyran Coin", "symbol": "QRN", "network": "Dala Chain", "decision": DECISION}
    bank = officer.authority
    assert bank is not None  # noqa: S101  (an officer has one)
    services.propose_asset(bank, **new, first_day=stage.today, actor=officer, at=last)


def entered(asset: tuple[str, str, str], officer: User, head: User, moment: datetime) -> ApprovedAsset:
    name, symbol, network = asset
    bank = officer.authority
    assert bank is not None  # noqa: S101  (an officer has one)
    limit: dict[str, Any] = {}
    if symbol == "TGR":
        limit = {"limit_amount": Decimal(1_000_000), "limit_period": "month", "limit_clients": "persons"}
    row = services.propose_asset(
        bank,
        name=name,
        symbol=symbol,
        network=network,
        first_day=timezone.localdate(moment) + timedelta(days=7),
        decision=DECISION,
        **limit,
        actor=officer,
        at=moment,
    )
    return services.publish_asset(row, actor=head, at=moment + timedelta(minutes=20))


def holder_of(kind: str, moment: datetime) -> tuple[Licence, User] | None:
    """The first licence of a kind, and who acts for its holder."""
    licence = Licence.objects.filter(kind=kind, state="in_force").select_related("organisation").order_by("id").first()
    people = parties(licence.organisation_id, timezone.localdate(moment)) if licence else []
    return (licence, people[0]) if licence and people else None


def traded(listed: list[ApprovedAsset], officer: User, moment: datetime) -> Life:
    """The exchanger offers three assets of the list; an officer saw a fourth that is not there."""
    if (found := holder_of("nbk-exchanger", moment)) is None:
        return
    licence, person = found
    for minute, asset in enumerate((listed[0], listed[1], listed[3])):
        services.declare_offer(
            licence,
            asset=AssetNamed(code=asset.reference),
            from_day=timezone.localdate(moment),
            actor=person,
            at=moment + timedelta(minutes=minute),
        )
    seen = moment + timedelta(days=9)
    yield seen
    services.observe_offer(
        licence,
        asset=AssetNamed(name="Zhel Coin", symbol="ZHL", network="Dala Chain"),
        observed_on=timezone.localdate(seen),
        source=SOURCE,
        actor=officer,
        at=seen,
    )


def ended(asset: ApprovedAsset, moment: datetime) -> Life:
    """The exchanger ends the offer of what left the list."""
    yield moment
    if (found := holder_of("nbk-exchanger", moment)) is None:
        return
    licence, person = found
    for offer in licence_offers(licence, asset):
        services.end_offer(offer, to_day=timezone.localdate(moment), actor=person, at=moment)


def licence_offers(licence: Licence, asset: ApprovedAsset) -> list[OfferedAsset]:
    return list(OfferedAsset.objects.filter(licence=licence, asset=asset, state="offered"))


def issue_facts(number: int, kind: int, day: date) -> dict[str, Any]:
    """What is stated of an invented issue."""
    facts: dict[str, Any] = {
        "name": {1: "Теңге белгісі / Тенговая нота", 2: "Бидай / Пшеница", 3: "Облигация 2029"}[kind],
        "issuer_name": f"«Сынақ эмитент {number}» ЖШС / ТОО «Пробный эмитент {number}»",
        "issuer_number": names.bin_number(number, date(2021, 3, 1)),
        "issuer_residence": "KZ",
        "decision": DECIDED,
        "decided_on": day - timedelta(days=12),
        "amount": Decimal(50_000_000 * kind),
        "currency": "KZT",
        "placement_on": day + timedelta(days=3),
        "redemption_on": day + timedelta(days=365 * kind),
        "underlying": {1: "money", 2: "property", 3: "none"}[kind],
    }
    if kind == 3:
        return facts
    return facts | {
        "underlying_text": "Шоттағы ақша / Деньги на счёте"
        if kind == 1
        else "Элеватордағы бидай / Пшеница на элеваторе",
        "keeper_name": f"«Сынақ сақтаушы {number}» АҚ / АО «Пробный хранитель {number}»",
        "keeper_number": names.bin_number(number + 1, date(2016, 9, 1)),
        "keeper_residence": "KZ",
        "checked_on": day - timedelta(days=2),
        "checked_by": "Тәуекелдер қызметі / Служба рисков",
    }


def issued(moment: datetime) -> Life:
    """The platform registers an issue of each kind; the first is placed and corrected, a fourth is a draft."""
    if (found := holder_of("nbk-dfa-platform", moment)) is None:
        return
    licence, person = found
    rows: list[AssetIssue] = []
    for kind in (1, 2, 3, 1):
        at = moment + timedelta(minutes=len(rows) * 10)
        values = issue_facts(960 + 2 * len(rows), kind, timezone.localdate(at))
        row = services.draft_issue(licence, dfa_kind=kind, values=values, actor=person, at=at)
        for code in row.needed_papers:
            file = paper(code, holder=licence.organisation.name_en, number=row.reference, on=timezone.localdate(at))
            services.attach_to_issue(row, file, kind=code, actor=person, at=at)
        rows.append(row)
    for row in rows[:3]:
        services.register_issue(row, actor=person, at=moment + timedelta(hours=1))
    later = moment + timedelta(days=3)
    yield later
    services.note_issue(rows[0], "place", on=timezone.localdate(later), actor=person, at=later)
    values = {"checked_by": "Тәуекелдер қызметінің басшысы / Руководитель службы рисков"}
    services.correct_issue(
        rows[1], values=values, reason="Лауазымы түзетілді. / Исправлена должность.", actor=person, at=later
    )
