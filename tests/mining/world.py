"""Centres, machines, pools and reports as tests of mining need them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from core.models import Organisation, RowFile, User
from core.services import Upload, keep_row_file, take_row_file, work_on_row_file
from licensing import services
from licensing.models import Licence
from mining.models import DataCentre, Machine, MachineFiling
from mining.services import change_machines, decide_machines, enter_machines, report_distribution, report_output
from tests import factories as make

LATER = datetime(2026, 9, 15, 10, 0, tzinfo=make.ALMATY)
PERIOD = date(2026, 8, 1)
WALLET = "bc1q" + "a" * 38


def data_centre(reference: str = "DC-00001", **fields: Any) -> DataCentre:
    head = make.make_user("head")
    values = {
        "authority": make.make_authority(),
        "owner": fields.pop("owner", None) or make.make_organisation(),
        "name": "Kostanay-1",
        "address": "Rudny",
        "region": "KZ-39",
        "zone": "north",
        "megawatts": "10",
        "grid_share": 1,
        "created_at": make.AT,
        "decided_by": head,
        "decided_at": make.AT,
        "changed_at": make.AT,
        "search": "",
    }
    return DataCentre.objects.get_or_create(reference=reference, defaults=values | fields)[0]


def machine_row(number: int = 1, **values: Any) -> dict[str, str]:
    row = {"manufacturer": "Bitmain", "model": "S21", "serial": f"SN{number:05d}", "hash_rate": "200", "power": "3.5"}
    return row | {"centre": "DC-00001"} | values


def own(user: User) -> Organisation:
    organisation = user.organisations(make.AT.date()).order_by("pk").first()
    assert organisation is not None
    return organisation


def ask(owner: User, rows: Sequence[dict[str, str]], *, at: datetime = make.AT) -> MachineFiling:
    """The owner asks for machines to be entered."""
    data_centre()
    file = enter_machines(own(owner), rows, authority=make.make_authority(), actor=owner, at=at)
    return MachineFiling.objects.get(reference=file.made)


def registered(owner: User, count: int = 1, *, first: int = 1) -> list[Machine]:
    """Machines in the register."""
    filing = ask(owner, [machine_row(first + number) for number in range(count)])
    decide_machines(filing, "grant", actor=make.make_user("officer"), at=make.AT)
    return list(filing.entered.order_by("id"))


def change(owner: User, machines: list[Machine], act: str, *, at: datetime = LATER, **values: Any) -> MachineFiling:
    """The owner asks for a change of machines in the register."""
    numbers = [machine.number for machine in machines]
    given: dict[str, Any] = {"authority": make.make_authority(), "actor": owner, "at": at, **values}
    file = change_machines(own(owner), numbers, act, **given)
    return MachineFiling.objects.get(reference=file.made)


def csv_of(rows: Sequence[dict[str, Any]]) -> bytes:
    head = list(rows[0])
    return "\n".join([";".join(head), *(";".join(str(row[name]) for name in head) for row in rows)]).encode()


def sent(
    kind: str, content: bytes, owner: User, *, at: datetime = make.AT, name: str = "rows.csv", **given: Any
) -> RowFile:
    """A file that its sender had looked at."""
    file = keep_row_file(
        kind,
        Upload(name, BytesIO(content)),
        authority=make.make_authority(),
        organisation=given.pop("organisation", None) or own(owner),
        actor=owner,
        at=at,
        **given,
    )
    work_on_row_file(file.pk, at=at)
    return RowFile.objects.get(pk=file.pk)


def taken(file: RowFile, actor: User, *, at: datetime = make.AT) -> RowFile:
    take_row_file(file, actor=actor, at=at)
    work_on_row_file(file.pk, at=at)
    return RowFile.objects.get(pk=file.pk)


def pool(**fields: Any) -> User:
    """Somebody of a legal entity that is accredited as a mining pool since AT."""
    user = make.make_applicant(**fields)
    licence = make.make_licence(actor=user)
    Licence.objects.filter(pk=licence.pk).update(kind="pool-accreditation")
    return user


def miner(**fields: Any) -> Licence:
    """A licence of a new miner."""
    return make.make_licence(actor=make.make_applicant(**fields))


def suspend(licence: Licence, *, at: datetime, months: int = 1) -> None:
    measure = make.make_measure(licence, months=months, at=at - timedelta(hours=5))
    services.countersign_measure(measure, actor=make.make_user("officer"), at=at)
    make.hear_holder(measure, at=at)
    services.decide_measure(measure, actor=make.make_user("head"), at=at, confirmation="It applies.")


def line(of: Licence, day: str = "2026-08-02", **values: Any) -> dict[str, str]:
    row = {
        "day": day,
        "miner": of.organisation.identifier,
        "miner_name": of.organisation.name_en,
        "licence": of.number,
        "licence_date": of.granted_on.isoformat(),
        "wallet": WALLET,
        "asset": "BTC",
        "amount": "0.5",
        "commission": "0.01",
    }
    return row | values


def distributed(user: User, rows: Sequence[dict[str, str]], *, at: datetime = LATER, **values: Any) -> RowFile:
    given: dict[str, Any] = {"period": PERIOD, "authority": make.make_authority(), "actor": user, "at": at, **values}
    return report_distribution(own(user), rows, **given)


def obtained(user: User, amounts: dict[str, str], *, at: datetime = LATER, **values: Any) -> RowFile:
    given: dict[str, Any] = {"period": PERIOD, "authority": make.make_authority(), "actor": user, "at": at, **values}
    return report_output(own(user), [{"asset": a, "amount": v} for a, v in amounts.items()], **given)
