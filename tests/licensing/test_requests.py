"""What a holder files about a licence: re-issue, correction, duplicate; each through the whole path."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.models import Event
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Edition, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
FILED = make.AT + timedelta(days=20)
NEW_NAME: dict[str, Any] = {
    "ground": "permit.reissue.entity",
    "changed_on": date(2026, 6, 25),
    "name_ru": "ТОО «Новое имя»",
}
PAID: dict[str, Any] = {"fee_paid_on": date(2026, 7, 1), "fee_reference": "PAY-77", "fee_amount": "865000.00"}


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_change_of_name_is_printed_entered_and_counted() -> None:
    licence = make.make_licence()
    before = licence.organisation.name_en
    case = make.make_request(licence, "reissue", at=FILED, **NEW_NAME, **PAID)
    decided = make.grant_request(case, at=FILED + timedelta(hours=2))
    licence.refresh_from_db()
    entry = RegisterEntry.objects.get(licence=licence)
    assert (decided.state, licence.edition, licence.state) == ("granted", 2, "in_force")
    assert (licence.organisation.name_ru, entry.name_ru) == ("ТОО «Новое имя»",) * 2
    assert licence.organisation.name_en == before
    assert "новое имя" in entry.search
    assert {letter.kind for letter in case.letters.all()} == {"receipt", "licence", "grant"}
    print_ = services.newest_print(licence)
    assert print_ is not None
    assert print_.application_id == case.pk
    assert print_.data["holder"]["names"]["ru"] == "ТОО «Новое имя»"
    assert print_.data["reissued_on"] == [FILED.date().isoformat()]
    assert print_.data["number"] == licence.number
    assert Event.objects.of(licence).filter(verb="licence.reissue").count() == 1
    assert Edition.objects.get(licence=licence).number == 2
