"""The particulars as the licence prints them."""

from typing import TYPE_CHECKING, Any

from core.regions import REGIONS, ZONES
from law.problems import _

if TYPE_CHECKING:
    from mining.models import MiningParticulars, PoolParticulars


def printed(particulars: "MiningParticulars") -> list[dict[str, Any]]:
    """[{"label": msgid, "value": text, or a msgid that the letter translates}]; what is empty is left out."""
    p = particulars
    machines = sum(int(row.get("count", 0)) for row in p.equipment)
    rows: list[tuple[str, Any]] = [
        (_("Data centre"), p.centre_name),
        (_("Address of the data centre"), p.centre_address),
        (_("Region"), REGIONS.get(p.region, "")),
        (_("Zone of the grid"), ZONES.get(p.zone, "")),
        (_("Owner of the data centre"), p.centre_owner),
        (_("Power, MW"), f"{p.megawatts.normalize():f}" if p.megawatts is not None else ""),
        (_("Hash rate, TH/s"), f"{p.hash_rate.normalize():f}" if p.hash_rate is not None else ""),
        (_("Machines"), str(machines) if machines else ""),
        (_("Mining pools"), ", ".join(p.pools)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def printed_pool(particulars: "PoolParticulars") -> list[dict[str, Any]]:
    """The same of a pool."""
    p = particulars
    tests = [
        f"{one.number}, {one.laboratory}, {one.issued_on:%d.%m.%Y} – {one.expires_on:%d.%m.%Y}"
        for one in p.stated_protocols()
    ]
    rows: list[tuple[str, Any]] = [
        (_("Mining pool"), p.pool_name),
        (_("Address of the equipment"), p.equipment_address),
        (_("Region"), REGIONS.get(p.region, "")),
        (_("Digital assets distributed"), ", ".join(p.assets)),
        (_("Protocols of the security tests"), "; ".join(tests)),
        (_("Website"), p.website),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
