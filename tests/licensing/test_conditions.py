"""The bank of conditions: two people make a version, the day picks it, and what was granted never changes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from core.models import Event
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application, Condition, ConditionVersion, Licence
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
DAY = make.AT.date()
TEXTS = {"text_kk": "Қуаттан асырмау.", "text_ru": "Не превышать мощность.", "text_en": "Keep to the power stated."}


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def entered(code: str = "power", *, in_force: date = DAY, **given: Any) -> ConditionVersion:
    actor = given.pop("actor", None) or make.make_user("officer")
    values = {"texts": TEXTS, "fits": ["mining-licence-1"], "in_force": in_force, **given}
    return services.enter_condition(make.make_authority(), code=code, actor=actor, at=make.AT, **values)


def confirmed(code: str = "power", **given: Any) -> ConditionVersion:
    return services.confirm_version(entered(code, **given), actor=make.make_user("head"), at=make.AT)


def recommended(*picked: str, at: datetime = make.AT, **given: Any) -> Application:
    case, officer = make.make_in_review(at=at), make.make_user("officer")
    return services.recommend(case, outcome="grant", text="Met.", conditions=picked, actor=officer, at=at, **given)


def granted(case: Application, at: datetime) -> Licence:
    services.countersign(case, actor=make.make_user("officer"), at=at)
    return services.decide_application(case, outcome="grant", actor=make.make_user("head"), at=at).licence


def test_who_enters_does_not_confirm() -> None:
    head = make.make_user("head")
    version = entered(actor=head)
    with pytest.raises(PermissionDenied):
        services.confirm_version(version, actor=head, at=make.AT)
    for role in ("officer", "applicant", "inspector"):
        with pytest.raises(PermissionDenied):
            services.confirm_version(version, actor=make.make_user(role), at=make.AT)
    stranger = make.make_user("head", authority=make.make_authority("nbk"))
    with pytest.raises(PermissionDenied):
        services.confirm_version(version, actor=stranger, at=make.AT)
    done = services.confirm_version(version, actor=make.make_user("head"), at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        services.confirm_version(done, actor=make.make_user("head"), at=make.AT)
    assert codes(refused) == ["condition-confirmed"]
    assert list(Event.objects.of(done).values_list("verb", flat=True)) == ["condition.enter", "condition.confirm"]


def test_an_unconfirmed_one_is_not_used() -> None:
    entered()
    with pytest.raises(TransitionRefused) as refused:
        recommended("power")
    assert codes(refused) == ["condition-not-in-force"]
    with translation.override("en"):
        assert "power" in refused.value.problems[0].text()


@pytest.mark.parametrize(
    ("first", "end", "may"),
    [
        (DAY, None, True),
        (DAY + timedelta(days=1), None, False),
        (DAY - timedelta(days=9), DAY, False),
        (DAY - timedelta(days=9), DAY + timedelta(days=1), True),
    ],
)
def test_the_day_picks(first: date, end: date | None, may: bool) -> None:
    version = confirmed(in_force=first)
    if end:
        head = make.make_user("head")
        moment = make.AT - timedelta(days=1)
        services.repeal_version(version, repealed=end, reason="Over.", actor=head, at=moment)
    if may:
        assert recommended("power").recommendation.conditions[0]["version"] == 1  # type: ignore[union-attr]  # just made
        return
    with pytest.raises(TransitionRefused) as refused:
        recommended("power")
    assert codes(refused) == ["condition-not-in-force"]


def test_of_another_kind_or_unknown() -> None:
    confirmed(fits=["mining-licence-2"])
    with pytest.raises(TransitionRefused) as refused:
        recommended("power", "nothing")
    assert codes(refused) == ["condition-not-in-force"] * 2
    with pytest.raises(TransitionRefused) as refused:
        entered("other", fits=["nbk-exchanger"])
    assert codes(refused) == ["condition-kind"]
    assert recommended().recommendation.conditions == []  # type: ignore[union-attr]  # just made


def test_a_new_version_changes_no_licence() -> None:
    first = confirmed(rule="permit.decision")
    licence = granted(recommended("power", own_conditions=["Own."], own_reason="A new sort of centre."), make.AT)
    kept = licence.conditions
    assert (kept[0]["code"], kept[0]["version"], kept[0]["ground"]["code"]) == ("power", 1, "permit.decision")
    assert (kept[1]["code"], kept[1]["reason"]) == ("", "A new sort of centre.")
    assert licence.application.decision.conditions == kept  # type: ignore[union-attr]  # just made
    with time_machine.travel(make.AT):
        told = Caller(licence.application.created_by).get(f"/licences/{licence.number}/").json()
    assert told["condition_sources"] == [
        {"code": "power", "version": 1, "text": TEXTS["text_en"]},
        {"code": None, "version": None, "text": "Own."},
    ]
    assert told["conditions"] == [TEXTS["text_en"], "Own."]
    later = make.AT + timedelta(days=3)
    texts = {**TEXTS, "text_en": "Keep well below the power stated."}
    new = services.enter_version(
        first.condition, texts=texts, in_force=later.date(), actor=make.make_user("officer"), at=make.AT
    )
    services.confirm_version(new, actor=make.make_user("head"), at=make.AT)
    first.refresh_from_db()
    assert first.repealed == later.date()
    licence.refresh_from_db()
    assert licence.conditions == kept
    for language, text in (("kk", TEXTS["text_kk"]), ("ru", TEXTS["text_ru"]), ("en", TEXTS["text_en"])):
        page = Client(headers={"accept-language": language}).get(f"/register/{licence.number}/").content.decode()
        assert text in page
    paper = licence.application.letters.get(kind="licence").data["conditions"]
    assert paper[0] == {"kk": TEXTS["text_kk"], "ru": TEXTS["text_ru"], "en": TEXTS["text_en"]}
    fresh = recommended("power", at=later)
    assert fresh.recommendation.conditions[0]["version"] == 2  # type: ignore[union-attr]  # just made


@pytest.mark.parametrize(("days", "may"), [(2, True), (3, False)])
def test_it_holds_on_the_day_of_the_decision_too(days: int, may: bool) -> None:
    version, head = confirmed(), make.make_user("head")
    case = recommended("power")
    services.repeal_version(version, repealed=DAY + timedelta(days=3), reason="Over.", actor=head, at=make.AT)
    moment = make.AT + timedelta(days=days)
    if may:
        assert granted(case, moment).worded_conditions
        return
    with pytest.raises(TransitionRefused) as refused:
        granted(case, moment)
    assert codes(refused) == ["condition-not-in-force"]


def test_what_is_refused_in_the_bank() -> None:
    version, officer, head = confirmed(), make.make_user("officer"), make.make_user("head")
    with pytest.raises(TransitionRefused) as refused:
        entered("power", texts={**TEXTS, "text_kk": " "})
    assert codes(refused) == ["condition-code-taken", "condition-text"]
    with pytest.raises(TransitionRefused) as refused:  # on the first day of the one before it
        services.enter_version(version.condition, texts=TEXTS, in_force=DAY, actor=officer, at=make.AT)
    assert codes(refused) == ["condition-day"]
    later = DAY + timedelta(days=1)
    draft = services.enter_version(version.condition, texts=TEXTS, in_force=later, actor=officer, at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        services.enter_version(
            version.condition, texts=TEXTS, in_force=later + timedelta(days=1), actor=officer, at=make.AT
        )
    assert codes(refused) == ["condition-waits"]
    services.strike_version(draft, reason="A slip.", actor=officer, at=make.AT)
    assert ConditionVersion.objects.count() == 1
    with pytest.raises(TransitionRefused) as refused:
        services.repeal_version(version, repealed=DAY, reason="", actor=head, at=make.AT)
    assert codes(refused) == ["note-missing", "condition-end-day"]
    with pytest.raises(TransitionRefused) as refused:
        recommended(own_conditions=["Own."])
    assert codes(refused) == ["condition-reason"]


def test_after_an_end_it_may_begin_again_on_that_day() -> None:
    version, officer, head = confirmed(), make.make_user("officer"), make.make_user("head")
    end = DAY + timedelta(days=3)
    services.repeal_version(version, repealed=end, reason="Over.", actor=head, at=make.AT)
    again = services.enter_version(version.condition, texts=TEXTS, in_force=end, actor=officer, at=make.AT)
    services.confirm_version(again, actor=head, at=make.AT)
    assert recommended("power", at=make.AT + timedelta(days=3)).recommendation.conditions[0]["version"] == 2  # type: ignore[union-attr]  # just made


def test_in_the_administration() -> None:
    officer, head = make.make_user("officer"), make.make_user("head")
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    given = {**TEXTS, "code": "power", "kinds": ["mining-licence-1"], "in_force": DAY.isoformat(), "rule": ""}
    add = "/admin/licensing/condition/add/"
    assert client.get(add).status_code == 200
    assert client.post(add, {**given, "text_en": ""}).status_code == 200
    assert not Condition.objects.exists()
    assert client.post(add, given).status_code == 302
    version = ConditionVersion.objects.get()
    assert client.get(f"/admin/licensing/condition/{version.condition_id}/change/").status_code == 200
    assert b"taken" in client.post(add, given).content
    client.force_login(head)
    listed = "/admin/licensing/conditionversion/"
    chosen = {"action": "confirm_version", "_selected_action": str(version.pk)}
    assert b"Waits for confirmation" in client.get(listed).content
    page = client.post(listed, chosen)
    assert page.status_code == 200
    done = client.post(listed, {**chosen, "confirmed": page.context["token"]})
    assert done.status_code == 302
    version.refresh_from_db()
    assert version.confirmed_by == head
    assert client.get(f"{listed}{version.pk}/change/").status_code == 200
    more = {**TEXTS, "condition": version.condition_id, "in_force": "2030-01-01", "rule": ""}
    assert client.post(f"{listed}add/", {**more, "in_force": DAY.isoformat()}).status_code == 200
    assert client.post(f"{listed}add/", more).status_code == 302
    assert ConditionVersion.objects.count() == 2


def test_on_the_page_of_the_recommendation() -> None:
    services.confirm_version(entered(in_force=date(2026, 1, 1)), actor=make.make_user("head"), at=make.AT)
    case = make.make_in_review()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.make_user("officer"))
    address = f"/cases/{case.reference}/recommend/"
    assert b"Keep to the power stated. (unconfirmed)" in client.get(address).content
    given = {"outcome": "grant", "text": "Met.", "conditions": ["power"], "version": case.version}
    assert client.post(address, {**given, "redraw": "yes"}).status_code == 200
    assert client.post(address, given).status_code == 302
    row = Application.objects.get(pk=case.pk).recommendation
    assert row is not None
    assert [one["code"] for one in row.conditions] == ["power"]
