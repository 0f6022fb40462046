"""Particulars as the papers print them: public, so no owner and no executive is named."""

from typing import TYPE_CHECKING, Any

from core.regions import REGIONS
from law.aifc import ACTIVITIES, SERVICES
from law.operators import FORMS
from law.problems import _, in_groups

if TYPE_CHECKING:
    from exchanges.models import AifcParticulars, OperatorParticulars, RegimeParticulars, SecuredParticulars


def shown(rows: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """[{"label": msgid, "value": text, or a msgid that the letter translates}]; what is empty is left out."""
    return [{"label": label, "value": value} for label, value in rows if value]


def printed_operator(particulars: "OperatorParticulars") -> list[dict[str, Any]]:
    p = particulars
    return shown(
        [
            (_("Legal form"), FORMS.get(p.legal_form, "")),
            (_("Capital paid, tenge"), in_groups(p.capital) if p.capital is not None else ""),
            (_("Website"), p.website),
            (_("Region"), REGIONS.get(p.region, "")),
        ]
    )


def printed_regime(particulars: "RegimeParticulars") -> list[dict[str, Any]]:
    p = particulars
    return shown(
        [
            (_("Activity under the special regime"), p.activity),
            (_("Months as agreed"), str(p.months or "")),
            (_("Website"), p.website),
            (_("Region"), REGIONS.get(p.region, "")),
        ]
    )


def printed_aifc(particulars: "AifcParticulars") -> list[dict[str, Any]]:
    """A row for each service or activity, so that each is said in three languages."""
    p = particulars
    services = [(_("Service"), SERVICES.get(code, code)) for code in p.services]
    activities = [(_("Licensed activity"), ACTIVITIES.get(code, code)) for code in p.activities]
    return shown([*services, *activities, (_("Website"), p.website), (_("Region"), REGIONS.get(p.region, ""))])


def printed_secured(particulars: "SecuredParticulars") -> list[dict[str, Any]]:
    p = particulars
    assets = [(_("Secured digital asset"), f"{one.get('name')}: {one.get('backing')}") for one in p.assets]
    return shown(
        [(_("Platform"), p.platform_name), *assets, (_("Website"), p.website), (_("Region"), REGIONS.get(p.region, ""))]
    )
