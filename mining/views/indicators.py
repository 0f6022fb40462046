"""Signs that a holder of a mining licence deserves a look, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from core.templatetags.tizilim import line_text
from licensing.views.access import OfficeRequest, office
from licensing.views.rows import csv_response
from mining.services.indicators import MOST, SIGNS, Sign, signs
from mining.views import nav_of
from mining.views.power import own_authority

CSV_HEAD = (
    gettext_noop("BIN or IIN"),
    gettext_noop("Holder"),
    gettext_noop("Indicator"),
    gettext_noop("Figures"),
    gettext_noop("Number"),
    gettext_noop("Rule"),
)


def asked(request: OfficeRequest) -> str:
    """The sign that the reader asks for; "" for all, and for a word that is none."""
    code = request.GET.get("sign", "")
    return code if code in SIGNS else ""


@require_GET
@office
def indicators(request: OfficeRequest) -> HttpResponse:
    found = signs(own_authority(request), timezone.localdate(), code=asked(request))
    counts = {code: sum(sign.code == code for sign in found) for code in SIGNS}
    context = {
        "signs": found,
        "chosen": asked(request),
        "choices": [(code, _(label)) for code, label in SIGNS.items()],
        "capped": MOST if max(counts.values()) >= MOST else 0,
    }
    return render(request, "mining/indicators.html", context | nav_of(request, "indicators"))


@require_GET
@office
def indicators_csv(request: OfficeRequest) -> HttpResponseBase:
    found = signs(own_authority(request), timezone.localdate(), code=asked(request))
    return csv_response("indicators", CSV_HEAD, csv_rows(found))


def csv_rows(found: list[Sign]) -> Iterator[tuple[Any, ...]]:
    for sign in found:
        rule = line_text(sign.ground.source.cite()) if sign.ground else ""
        yield sign.holder.identifier, sign.holder.name, _(sign.label), line_text(sign.told), sign.subject, rule
