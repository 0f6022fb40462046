"""Cards of providers on the pages of a licence: who serves it, what is on record."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from core.services import allowed
from exchanges.models import ProviderRecord, RailLink
from law.rails import CLIENT_KINDS
from law.records import RECORDS, aml_subject, owed_records
from licensing.models import Licence
from licensing.views.panels import Panel
from licensing.workflow import LIVE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User

SHOWN = 50  # rows on a card


def rails_card(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """In the office and on the account: the accounts that the reader may see, and the way to enter one."""
    if licence.kind not in CLIENT_KINDS:
        return None
    rows = RailLink.objects.visible_to(user).filter(licence=licence).select_related("servicer__organisation")
    new = RailLink(authority_id=licence.authority_id, organisation_id=licence.organisation_id, licence=licence)
    facts: dict[str, Any] = {
        "rows": list(rows.order_by("-id")[:SHOWN]),
        "licence": licence,
        "may_enter": allowed(user, "exchanges.enter_rail", new),
        "public": False,
    }
    return Panel("exchanges/rails_panel.html", facts)


def public_rails_card(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """In the public register: who serves the licence today, without numbers of accounts; and the way to complain."""
    if licence.kind not in CLIENT_KINDS:
        return None
    rows = RailLink.objects.held().filter(licence=licence).select_related("servicer__organisation")
    found = list(rows.order_by("id")[:SHOWN])
    facts: dict[str, Any] = {"rows": found, "licence": licence, "may_enter": False, "public": True}
    return Panel("exchanges/rails_panel.html", facts)


def records_card(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """In the office and on the account: what the provider is to have on record today, what it has, what is missing."""
    if licence.kind not in CLIENT_KINDS or licence.state not in LIVE:
        return None
    today, newest = timezone.localdate(), {}
    for row in ProviderRecord.objects.visible_to(user).live().filter(licence=licence).order_by("id"):
        newest[row.kind] = row
    lines = [
        {
            "title": gettext(RECORDS[code].title),
            "rule": rule,
            "row": newest.get(code),
            "since": max(rule.in_force, licence.granted_on),
        }
        for code, rule in owed_records(licence.kind, today)
    ]
    new = ProviderRecord(authority_id=licence.authority_id, organisation_id=licence.organisation_id, licence=licence)
    facts: dict[str, Any] = {
        "lines": lines,
        "subject": aml_subject(licence.kind, today),
        "licence": licence,
        "may_file": allowed(user, "exchanges.file_record", new),
    }
    return Panel("exchanges/records_panel.html", facts)
