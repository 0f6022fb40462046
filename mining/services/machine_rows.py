"""Machines as files of rows: those to be entered in the register, and those in it about which something is asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import Organisation, RowFile
from core.rows import CellFault, Column, Pass, RowKind, Taken
from core.rows.values import Style, code, number, plain_text, text
from law.problems import Problem, _
from licensing.services.numbers import next_in
from mining.models import DataCentre, MachineFiling
from mining.models.machines import EXCLUDE, INCLUDE, MOVE, NUMBER, TRANSFER, key_sql
from mining.services.machine_terms import decision_dues, owe_decision, tell_filed

MACHINES, CHANGES = "machines", "machine-changes"
STAGED_KEY = key_sql("s.manufacturer", "s.serial")
#: The key of each row, and the first row that has the same.
KEYED = (
    "DROP TABLE IF EXISTS pg_temp.keyed",
    f"CREATE TEMPORARY TABLE keyed AS SELECT s.row, {STAGED_KEY} AS key, 0 AS first FROM staged s",  # noqa: S608  (a constant)
    "CREATE INDEX ON keyed (key)",
    "UPDATE keyed SET first = one.first FROM (SELECT key, min(row) AS first FROM keyed GROUP BY key) AS one"
    " WHERE one.key = keyed.key",
    "ANALYZE keyed",
)


def machine_number(value: Any, style: Style) -> str:
    """The number of a machine in the register, HSC-00000012 or 12."""
    found = NUMBER.fullmatch(plain_text(value, 40).replace(" ", "").upper())
    if found is None:
        message = _("“%(value)s” is no number of the register. Write it as HSC-00000012.")
        raise CellFault("machine-number", message, value=plain_text(value, 40))
    return str(int(found[1]))


MACHINE_COLUMNS = (
    Column("manufacturer", _("Manufacturer"), ("Производитель", "Өндіруші", "Изготовитель"), text(100)),
    Column("model", _("Model"), ("Модель", "Үлгі", "Модель оборудования"), text(100)),
    Column("serial", _("Serial number"), ("Serial", "Серийный номер", "Сериялық нөмір", "Зав. номер"), text(80)),
    Column("hash_rate", _("Hash rate, TH/s"), ("Хешрейт, TH/s", "Хешрейт", "Хэшрейт", "Хэшрейт, TH/s"),
           number(12, 3, most="1000000", above=True), "numeric"),
    Column("power", _("Power, kW"), ("Мощность, кВт", "Қуаты, кВт", "Мощность", "Қуаты"),
           number(9, 3, most="10000", above=True), "numeric"),
    Column("centre", _("Number of the data centre"), ("Data centre", "ЦОД", "Номер ЦОД", "Деректерді өңдеу орталығы",
           "Орталық нөмірі"), code(20)),
    Column("licence", _("Licence"), ("Лицензия", "Номер лицензии", "Лицензия нөмірі"), code(40), required=False),
)  # fmt: skip
CHANGE_COLUMNS = (
    Column("machine", _("Number in the register"), ("HSC", "АПК", "Номер АПК", "Тізілім нөмірі", "Номер в реестре"),
           machine_number, "bigint"),
)  # fmt: skip

MACHINE_PASSES = (
    Pass("machine-twice", _("The same machine stands in row %(first)s."), "serial", """
        SELECT row, jsonb_build_object('first', first) FROM keyed WHERE row > first AND first > 0"""),
    Pass("machine-known", _("The register has this machine already: %(number)s of %(owner)s."), "serial", """
        SELECT s.row, jsonb_build_object('number', 'HSC-' || lpad(m.id::text, 8, '0'), 'owner', o.identifier)
        FROM keyed s JOIN mining_machine m ON m.key = s.key AND m.excluded_on IS NULL
        JOIN core_organisation o ON o.id = m.owner_id WHERE m.owner_id = %(organisation)s OR NOT %(by_party)s"""),
    Pass("machine-of-another", _("The register has this machine already, with another owner."), "serial", """
        SELECT s.row, '{}'::jsonb FROM keyed s JOIN mining_machine m ON m.key = s.key AND m.excluded_on IS NULL
        WHERE m.owner_id <> %(organisation)s AND %(by_party)s"""),
    Pass("machine-centre", _("There is no data centre %(centre)s in the register, or it is closed."), "centre", """
        SELECT s.row, jsonb_build_object('centre', s.centre) FROM staged s LEFT JOIN mining_datacentre c
            ON c.reference = s.centre AND c.authority_id = %(authority)s AND c.state = 'registered'
        WHERE s.centre IS NOT NULL AND c.id IS NULL"""),
    Pass("machine-licence", _("The owner has no mining licence %(licence)s in force."), "licence", """
        SELECT s.row, jsonb_build_object('licence', s.licence) FROM staged s LEFT JOIN licensing_licence l
            ON l.number = s.licence AND l.organisation_id = %(organisation)s AND l.kind LIKE 'mining-licence-_'
            AND l.ended_on IS NULL
        WHERE s.licence IS NOT NULL AND l.id IS NULL"""),
)  # fmt: skip
CHANGE_PASSES = (
    Pass("machine-twice-asked", _("The same machine stands in row %(first)s."), "machine", """
        SELECT row, jsonb_build_object('first', first) FROM (
            SELECT row, min(row) OVER (PARTITION BY machine) AS first FROM staged WHERE machine IS NOT NULL
        ) AS numbered WHERE row > first"""),
    Pass("machine-unknown", _("The owner has no such machine in the register."), "machine", """
        SELECT s.row, '{}'::jsonb FROM staged s LEFT JOIN mining_machine m
            ON m.id = s.machine AND m.owner_id = %(organisation)s AND m.authority_id = %(authority)s
        WHERE s.machine IS NOT NULL AND (m.id IS NULL OR m.included_on IS NULL OR m.excluded_on IS NOT NULL)"""),
    Pass("machine-asked", _("An application about this machine is not decided yet: %(filing)s."), "machine", """
        SELECT s.row, jsonb_build_object('filing', f.reference) FROM staged s
        JOIN mining_machine m ON m.id = s.machine AND m.owner_id = %(organisation)s
        JOIN mining_machinestep p ON p.machine_id = m.id AND p.open
        JOIN mining_machinefiling f ON f.id = p.filing_id"""),
    Pass("machine-there", _("The machine stands in this data centre already."), "machine", """
        SELECT s.row, '{}'::jsonb FROM staged s JOIN mining_machine m
            ON m.id = s.machine AND m.owner_id = %(organisation)s
        WHERE %(act)s = 'move' AND m.centre_id = %(to_centre)s"""),
)  # fmt: skip


def owner_given(file: RowFile, at: datetime) -> list[Problem]:
    """Machines have an owner."""
    if file.organisation_id is not None:
        return []
    return [Problem("machine-owner", _("Say whose machines they are."), field="organisation")]


def destination(file: RowFile) -> tuple[DataCentre | None, Organisation | None]:
    """Where machines go to, of what the file declares."""
    given = file.options
    centres = DataCentre.objects.filter(authority=file.authority_id, state="registered")
    centre = centres.filter(reference=given.get("to_centre") or "").first()
    owner = Organisation.objects.filter(identifier=given.get("to_owner") or "").first()
    return centre, owner


def change_problems(file: RowFile, at: datetime) -> list[Problem]:
    """What is asked is one of the acts, with what it needs."""
    act, given = file.options.get("act"), file.options
    centre, owner = destination(file)
    found = owner_given(file, at)
    if act not in (EXCLUDE, MOVE, TRANSFER):
        found.append(Problem("machine-act", _("Say what is asked: exclude, move or transfer."), field="act"))
    if act == EXCLUDE and not str(given.get("reason") or "").strip():
        found.append(Problem("machine-reason", _("Say why the machines leave the register."), field="reason"))
    if (act == MOVE or (act == TRANSFER and given.get("to_centre"))) and centre is None:
        message = _("There is no such data centre in the register, or it is closed.")
        found.append(Problem("machine-to-centre", message, field="to_centre"))
    if act == TRANSFER and owner is None:
        found.append(
            Problem("machine-to-owner", _("No organisation with this BIN or IIN is known here."), field="to_owner")
        )
    elif act == TRANSFER and owner is not None and owner.pk == file.organisation_id:
        found.append(Problem("machine-same-owner", _("The machines are his already."), field="to_owner"))
    return found


def machine_facts(file: RowFile, at: datetime) -> dict[str, Any]:
    return {"by_party": file.by_party}


def change_facts(file: RowFile, at: datetime) -> dict[str, Any]:
    centre, _owner = destination(file)
    return {"act": file.options["act"], "to_centre": centre.pk if centre else None}


def open_filing(file: RowFile, act: str, *, at: datetime, **values: Any) -> MachineFiling:
    """The application that the rows make; its term runs from today, where nobody else is asked first."""
    today, owner, sender = timezone.localdate(at), file.organisation, file.asked_by
    if owner is None or sender is None:
        raise LookupError(f"row file {file.pk} has no owner or no sender")
    filing = MachineFiling(
        act=act,
        authority=file.authority,
        organisation=owner,
        file=file,
        machines=file.rows,
        digest=file.digest,
        filed_by=sender,
        filed_on=today,
        created_at=at,
        **values,
    )
    dues = decision_dues(today) if act != TRANSFER else {}  # of a transfer once the new owner agrees
    filing.due_on = next((due.due_on for due in dues.values()), None)
    filing.reference = next_in(f"MAC-{today.year}", digits=6)
    filing.save()
    owe_decision(filing, dues, at=at)
    return filing


def take_machines(file: RowFile, facts: Mapping[str, Any], at: datetime) -> Taken:
    """Enter the machines as asked for; they stand in the register from the day on which that is granted."""
    filing = open_filing(file, INCLUDE, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mining_machine (authority_id, owner_id, manufacturer, model, serial, key, hash_rate, power,"
            "  centre_id, licence_id, filing_id, exclusion_reason, changed_at)"
            " SELECT %(authority)s, %(organisation)s, s.manufacturer, s.model, s.serial, k.key, s.hash_rate,"
            "  s.power, c.id, l.id, %(filing)s, '', %(at)s"
            " FROM staged s JOIN keyed k USING (row)"
            " JOIN mining_datacentre c ON c.reference = s.centre AND c.authority_id = %(authority)s"
            " LEFT JOIN licensing_licence l ON l.number = s.licence ORDER BY s.row",
            {**facts, "filing": filing.pk},
        )
    return Taken(filing, filing.reference, {"act": INCLUDE})


def take_changes(file: RowFile, facts: Mapping[str, Any], at: datetime) -> Taken:
    """Ask the act of the file for each machine; the register changes when that is granted."""
    centre, owner = destination(file)
    act = file.options["act"]
    values = {"to_centre": centre if act != EXCLUDE else None, "to_owner": owner if act == TRANSFER else None}
    filing = open_filing(file, act, at=at, reason=str(file.options.get("reason") or "").strip(), **values)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mining_machinestep (machine_id, filing_id, open)"
            " SELECT machine, %s, true FROM staged ORDER BY row",
            [filing.pk],
        )
    return Taken(filing, filing.reference, {"act": act})


MACHINE_ROWS = RowKind(
    MACHINES,
    _("Enter machines in the register"),
    MACHINE_COLUMNS,
    "mining.file_machines",
    "machinefiling.file",
    take_machines,
    passes=lambda file: MACHINE_PASSES,
    against=owner_given,
    facts=machine_facts,
    tell=tell_filed,
    page="machine-filing",
    back="machines",
    prepare=KEYED,
)
CHANGE_ROWS = RowKind(
    CHANGES,
    _("Change machines in the register"),
    CHANGE_COLUMNS,
    "mining.file_machines",
    "machinefiling.file",
    take_changes,
    passes=lambda file: CHANGE_PASSES,
    against=change_problems,
    facts=change_facts,
    tell=tell_filed,
    page="machine-filing",
    back="machines",
)
