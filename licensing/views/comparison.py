"""A request beside the licence that it is about: what stands now, and what would stand."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.models import Organisation
from licensing.models import Application, Licence
from licensing.services import planned

#: Fields of a holder that a licence names.
HOLDER = {
    "identifier": _("BIN or IIN"),
    "name_kk": _("name in Kazakh"),
    "name_ru": _("name in Russian"),
    "name_en": _("name in English"),
    "address": _("address"),
}


def compared(application: Application) -> list[dict[str, Any]]:
    """Line by line: label, now, then, changed. Empty for an application, for one decided, and where nothing is printed.

    Lines that stay as they are come last.
    """
    licence, request = application.concerning, application.form.request
    if licence is None or request is None or not request.prints or application.closed_at is not None:
        return []
    changed, holder = planned(application, licence)
    rows = [*holder_lines(licence.organisation, holder), *printed_lines(licence, changed)]
    return sorted(rows, key=lambda row: not row["changed"])


def line(label: str, now: Any, then: Any) -> dict[str, Any]:
    return {"label": gettext(label), "now": now or "", "then": then or "", "changed": now != then}


def holder_lines(now: Organisation, then: Organisation) -> list[dict[str, Any]]:
    return [line(label, getattr(now, name), getattr(then, name)) for name, label in HOLDER.items()]


def printed_lines(licence: Licence, changed: Licence) -> list[dict[str, Any]]:
    """Particulars by their labels; a line may be new or fall away."""
    now = {str(row["label"]): str(row["value"]) for row in licence.particulars}
    then = {str(row["label"]): str(row["value"]) for row in changed.particulars}
    return [
        line(
            label,
            gettext(now.get(label, "")) if now.get(label) else "",
            gettext(then[label]) if then.get(label) else "",
        )
        for label in dict.fromkeys([*now, *then])
    ]
