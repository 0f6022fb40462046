"""The desk of the law firm of the demo: LEIs of its clients, a check, matters, a note; and a refusal published."""

from typing import Any

from config.demo.agenda import Life
from config.demo.answers import Desk
from core.models import Membership, Organisation
from core.services import describe_firm
from exchanges.services import keep_note
from law.identifiers import is_valid_lei
from licensing import services
from licensing.models import RegisterEntry
from licensing.register_types import REFUSAL
from licensing.services import Asked, Party

OTHER_SIDE = "ТОО «Сынақ Энергосбыт»"
AGREED = "Табылғандардың бәрі жазбаша келіскен."
REASON = "Жұртшылық үшін маңызды: өтініш беруші рұқсаты бар деп жарнама берген."


def lei_of(number: int) -> str:
    """An invented identifier with right check digits; no issuer has its first four letters."""
    body = f"0000DEMO{number:010d}"
    digits = 98 - int("".join(str(int(letter, 36)) for letter in f"{body}00")) % 97
    lei = f"{body}{digits:02d}"
    assert is_valid_lei(lei)  # noqa: S101  (of our own making)
    return lei


def clients_of(desk: Desk) -> list[Organisation]:
    held = Membership.objects.valid(desk.now.date()).filter(firm=desk.firm)
    return list(Organisation.objects.filter(pk__in=held.values("organisation"), form="legal_entity").order_by("pk")[:3])


def firm_desk(desk: Desk) -> Life:
    """Two clients state their LEI; the firm checks for conflicts, opens a matter, keeps a note; a head publishes."""
    at = desk.moment(9, 10)
    yield at
    clients = clients_of(desk)
    for number, client in enumerate(clients[:2], 1):
        facts: dict[str, Any] = {"commercial_name": client.name_en, "website": f"https://client{number}.example/"}
        describe_firm(client, lei=lei_of(number), **facts, actor=desk.lawyer, at=at)
    at = desk.moment(8, 15)
    yield at
    for client in clients[:2]:
        asked = [Asked(client.name_ru, client.identifier), Asked(OTHER_SIDE)]
        check = services.check_conflicts(desk.firm, asked=asked, actor=desk.lawyer, at=at)
        given: dict[str, Any] = {"subject": "Электрмен жабдықтау шарты", "parties": [Party("counterparty", OTHER_SIDE)]}
        matter = services.open_matter(
            desk.firm, client=client, check=check, clearance=AGREED, actor=desk.lawyer, at=at, **given
        )
    if clients:
        question: dict[str, Any] = {
            "activity": "mine",
            "asset": "unsecured",
            "venue": "national",
            "who": "legal_entity",
        }
        keep_note(desk.firm, **question, on=at.date(), matter=matter, actor=desk.lawyer, at=at)
    at = desk.moment(2, 16)
    yield at
    entry = RegisterEntry.objects.filter(type=REFUSAL, published=False, authority=desk.authority).order_by("pk").first()
    if entry is not None:
        services.publish_entry(entry, published=True, reason=REASON, actor=desk.head, at=at)
    yield desk.now
    services.make_register_files(at=desk.now)
