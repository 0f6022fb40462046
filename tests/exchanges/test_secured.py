"""The permit for secured assets: filed for up to 30 April 2026, and gone with its kind the day after."""

from datetime import datetime

import pytest
from django.db import transaction

from core.models import Obligation
from core.workflow import HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Letter, Licence, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
SECURED = "secured-asset-permit"
BEFORE = datetime(2026, 4, 20, 10, 0, tzinfo=make.ALMATY)
EVE = datetime(2026, 4, 30, 23, 59, tzinfo=make.ALMATY)
FIRST = datetime(2026, 5, 1, 0, 0, tzinfo=make.ALMATY)


def test_the_last_day_and_what_becomes_of_all_after_it() -> None:
    permit = make.make_licence(kind=SECURED, at=BEFORE)
    assert (permit.number, permit.valid_to is not None) == ("SA-2026-00001", True)
    assert Letter.objects.get(application=permit.application, kind="licence").data["title"] == "permit"
    late, filed = (make.make_draft(kind=SECURED, at=BEFORE) for _number in range(2))
    services.submit_application(filed, actor=filed.created_by, at=EVE)
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        services.submit_application(late, actor=late.created_by, at=FIRST)
    closed = refused.value.problems[0]
    assert (closed.code, closed.provision.source.act) == ("kind-abolished", "Law 259-VIII")  # type: ignore[union-attr]
    assert services.end_abolished_kinds(at=FIRST) == 2
    filed.refresh_from_db()
    assert (filed.state, Letter.objects.get(application=filed, kind="discontinued").data["facts"] != []) == (
        "discontinued",
        True,
    )
    measure = make.make_measure(permit, act="close", at=FIRST, reasons=["permit.ending.6"])
    second, head = make.make_user(OFFICER), make.make_user(HEAD)
    measure = services.countersign_measure(measure, actor=second, at=FIRST.replace(hour=6))
    services.decide_measure(measure, actor=head, confirmation="It applies.", at=FIRST.replace(hour=7))
    permit.refresh_from_db()
    assert (permit.state, permit.ended_on) == ("ended", FIRST.date())
    assert RegisterEntry.objects.get(licence=permit).standing == "ended"
    assert not Obligation.objects.of(permit).open().exists()


@pytest.mark.parametrize("field", ["operates_platform", "warns_of_risks"])
def test_what_bars_the_filing_names_its_article(field: str) -> None:
    draft = make.make_draft(
        kind=SECURED, at=BEFORE, complete=False, **make.lawful(SECURED, BEFORE.date(), **{field: False})
    )
    found = [one for one in draft.problems(BEFORE.date()) if one.blocks and one.code != "document-missing"]
    assert [one.field for one in found] == [field]
    assert all(one.provision for one in found)


def test_nobody_files_for_a_national_exchange() -> None:
    with pytest.raises(KeyError):
        make.make_draft(kind="national-exchange")
    assert not Licence.objects.filter(kind="national-exchange").exists()
