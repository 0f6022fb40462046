"""Power month by month as lines: declared, measured, and the limit as steps."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.curves import Curve, Curves, draw
from core.days import monthshort
from core.models import Authority
from core.regions import REGIONS, ZONES
from core.templatetags.tizilim import thin
from mining.models.power_months import MonthOfPower, month_ends, power_months

USUAL = 24  # months


def place_name(place: str) -> str:
    return _((REGIONS | ZONES)[place]) if place else _("The country")


def months_of(authority: Authority, place: str = "", span: int = USUAL) -> list[MonthOfPower]:
    return power_months(authority, month_ends(timezone.localdate(), span), place)


def drawn(rows: Sequence[MonthOfPower], place: str) -> SafeString:
    """The lines; nothing where nothing was declared, measured or limited in all these months."""
    curves = (
        Curve(_("Declared, MW"), "info", tuple(row.declared for row in rows)),
        Curve(_("Measured, MW"), "ok", tuple(row.measured for row in rows)),
        Curve(_("Limit, MW"), "bad", tuple(row.limit for row in rows), step=True),
    )
    title = _("Power month by month: %(place)s") % {"place": place_name(place)}
    return draw(Curves(tuple(monthshort(row.day) for row in rows), curves, thin), "power-months", title)
