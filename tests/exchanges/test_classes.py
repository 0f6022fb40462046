"""Classes of assets: the list of their day, evidence, two hands, the class with its rule, who sees it."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Event, User
from core.services import Upload
from core.workflow import TransitionRefused
from exchanges import services
from exchanges.models import AssetAssessment
from exchanges.workflow import ASSET_CLASS
from law import assets
from tests import factories as make

pytestmark = pytest.mark.django_db
OLD, LAST = date(2025, 6, 1), date(2026, 4, 30)
OF_KIND_ONE = ("kind-property", "kind-instrument")


@pytest.fixture(autouse=True)
def _on_the_day_of_the_factories() -> Any:
    with time_machine.travel(make.AT, tick=False):
        yield


def refused(act: Any, *arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(TransitionRefused) as found:
        act(*arguments, **named, at=make.AT)
    return [problem.code for problem in found.value.problems]


def signed(row: AssetAssessment, *unmet: str) -> AssetAssessment:
    made = services.propose_class(make.answer_class(row, unmet=unmet), actor=row.prepared_by, at=make.AT)
    return services.sign_class(made, actor=make.make_user("head"), at=make.AT)


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def test_the_day_asked_for_picks_the_list() -> None:
    old, new = make.make_class(on=OLD), make.make_class()
    assert [old.standard, new.standard] == [date(2025, 1, 8), date(2026, 5, 1)]
    assert (old.reference, new.reference) == ("AC-2026-00001", "AC-2026-00002")
    assert {item.part for item in old.items.all()} == {"secured"}
    assert {item.part for item in new.items.all()} == {"dfa", "kind", "fixed"}
    assert old.items.get(code="rights").ground["article"] == "5(1)(1)"
    assert new.items.get(code="disclosure").doubt


def test_what_hinders_a_beginning_is_told() -> None:
    officer = make.make_user("officer")
    given: dict[str, Any] = {"actor": officer, "asset": " ", "on": date(2023, 3, 31)}
    assert refused(services.open_class, officer.authority, **given) == ["asset-unnamed", "not_in_force"]
    late = make.AT.date() + timedelta(days=1)
    assert refused(services.open_class, officer.authority, actor=officer, asset="X", on=late) == ["day-to-come"]


@pytest.mark.parametrize(
    ("on", "unmet", "asset_class", "kind", "article", "doubts"),
    [
        (OLD, (), assets.SECURED, None, "5(1)", 0),
        (OLD, ("recorded",), assets.UNSECURED, None, "5(2)", 0),
        (date(2024, 6, 1), ("recorded",), assets.UNSECURED, None, "5(2)", 1),
        (LAST, ("rights",), assets.FIXED_VALUE, None, "", 0),
        (LAST, ("rights", "market_data"), assets.UNSECURED, None, "5(2)", 0),
        (date(2026, 5, 1), OF_KIND_ONE, assets.DFA, 1, "5", 0),
        (date(2026, 5, 1), (*OF_KIND_ONE, "kind-money"), assets.FIXED_VALUE, None, "", 1),
        (date(2026, 5, 1), (*OF_KIND_ONE, "issued_on_platform", "disclosure"), assets.UNSECURED, None,
         "1(3), 12-1(2)", 0),
    ],
)  # fmt: skip
def test_the_answers_end_in_a_class_with_its_rule(
    on: date, unmet: tuple[str, ...], asset_class: str, kind: int | None, article: str, doubts: int
) -> None:
    row = signed(make.make_class(on=on), *unmet)
    assert (row.state, row.asset_class, row.kind) == ("signed", asset_class, kind)
    assert (row.ground["article"], len(row.doubts)) == (article, doubts)
    event = Event.objects.of(row).get(verb="assetassessment.sign_off")
    assert (event.data["asset_class"], event.audience) == (asset_class, "internal")


def test_answers_are_kept_in_parts_and_judged_whole() -> None:
    row = make.make_class()
    officer = row.prepared_by
    answers = {"kind-money": "met", "kind-property": "not_met"}
    row = services.answer_class(row, answers=answers, evidence={}, actor=officer, at=make.AT)
    missing = refused(services.propose_class, row, actor=officer)
    assert set(missing) == {"item-unanswered", "evidence-missing"}
    two = {"kind-property": "met"}
    assert refused(services.answer_class, row, answers=two, evidence={}, actor=officer) == ["kinds-several"]
    unknown = {"rights": "met"}
    assert refused(services.answer_class, row, answers=unknown, evidence={}, actor=officer) == ["item-unknown"]


def test_what_the_class_rests_on_is_shown_in_words_or_by_a_file() -> None:
    row = make.make_class(on=OLD)
    officer, codes = row.prepared_by, [item.code for item in row.items.all()]
    seen = {code: "Seen." for code in codes if code != "decision"}
    row = services.answer_class(row, answers=dict.fromkeys(codes, "met"), evidence=seen, actor=officer, at=make.AT)
    assert refused(services.propose_class, row, actor=officer) == ["class-unshown"]
    services.attach_to_class(row, Upload("d.pdf", BytesIO(make.PDF)), item="decision", actor=officer, at=make.AT)
    assert services.propose_class(row, actor=officer, at=make.AT).state == "proposed"


def test_whoever_had_a_hand_in_it_does_not_sign() -> None:
    head, other = make.make_user("head"), make.make_user("head")
    row = make.make_class(actor=head)
    row = services.propose_class(make.answer_class(row, unmet=OF_KIND_ONE), actor=head, at=make.AT)
    with pytest.raises(PermissionDenied):
        services.sign_class(row, actor=head, at=make.AT)
    with pytest.raises(PermissionDenied):
        services.sign_class(row, actor=make.make_user("officer"), at=make.AT)
    assert refused(services.send_back_class, row, reason=" ", actor=other) == ["note-missing"]
    back = services.send_back_class(row, reason="Who keeps the underlying?", actor=other, at=make.AT)
    again = services.propose_class(back, actor=head, at=make.AT)
    assert services.sign_class(again, actor=other, at=make.AT).signed_by == other


@pytest.mark.parametrize("state", [one.name for one in ASSET_CLASS.states])
def test_each_step_starts_from_its_states_alone(state: str) -> None:
    row = make.answer_class(make.make_class(), unmet=OF_KIND_ONE)
    officer, head = row.prepared_by, make.make_user("head")
    if state in ("proposed", "signed"):
        row = services.propose_class(row, actor=officer, at=make.AT)
    if state == "signed":
        row = services.sign_class(row, actor=head, at=make.AT)
    if state == "dropped":
        row = services.drop_class(row, reason="Another was meant.", actor=officer, at=make.AT)
    assert row.state == state
    acts = {
        "propose": (services.propose_class, officer, {}),
        "send_back": (services.send_back_class, head, {"reason": "Look again."}),
        "sign_off": (services.sign_class, head, {}),
        "drop": (services.drop_class, officer, {"reason": "Another was meant."}),
    }
    for step in ASSET_CLASS.transitions:
        if state not in step.sources:
            act, actor, given = acts[step.name]
            assert refused(act, row, actor=actor, **given) == ["wrong-state"], step.name


def test_files_show_items_while_it_is_prepared() -> None:
    row, foreign = make.make_class(), make.make_user("officer", authority=make.make_authority("nbk"))
    upload = Upload("decision.pdf", BytesIO(make.PDF))
    document = services.attach_to_class(row, upload, item="issued_on_platform", actor=row.prepared_by, at=make.AT)
    assert (document.kind, document.audience) == ("evidence:issued_on_platform", "internal")
    wrong: dict[str, Any] = {"item": "no-such-item", "actor": row.prepared_by}
    assert refused(services.attach_to_class, row, Upload("a.pdf", BytesIO(make.PDF)), **wrong) == ["evidence-item"]
    with pytest.raises(PermissionDenied):
        services.remove_from_class(document, row, actor=foreign, at=make.AT)
    services.remove_from_class(document, row, actor=row.prepared_by, at=make.AT)
    assert not row.documents().exists()


def test_its_authority_sees_it_and_nobody_else() -> None:
    row = make.make_class()
    address = f"/asset-classes/{row.reference}/"
    assert client_of(make.make_user("auditor")).get(address).status_code == 200
    for user in (make.make_applicant(), make.make_user("head", authority=make.make_authority("nbk"))):
        assert client_of(user).get(address).status_code == 404
        assert client_of(user).get(f"{address}answer/").status_code == 404
    assert Client().get(address).status_code == 302


def test_an_asset_goes_through_the_pages_to_its_class() -> None:
    officer, head = client_of(make.make_user("officer")), client_of(make.make_user("head"))
    begun = officer.post("/asset-classes/", {"asset": "Silk Coin", "on": "2026-05-01"})
    address = begun["Location"]
    row = AssetAssessment.objects.get()
    assert address == f"/asset-classes/{row.reference}/"
    late = officer.post("/asset-classes/", {"asset": "Silk Coin", "on": "2026-12-31"})
    assert (late.status_code, "The day is to come" in late.content.decode()) == (422, True)
    codes = [item.code for item in row.items.all()]
    given = {f"answer-{code}": "not_met" if code in OF_KIND_ONE else "met" for code in codes}
    given |= {f"evidence-{code}": "Seen." for code in codes} | {"version": str(row.version), "summary": "As seen."}
    assert officer.post(f"{address}answer/", given).status_code == 302
    row.refresh_from_db()
    assert officer.post(f"{address}propose/", {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert head.post(f"{address}sign-off/", {"version": row.version}).status_code == 302
    text = head.get(address).content.decode()
    assert "First kind: the underlying is money" in text
    assert "/law/dfa.kind.money/" in text
    assert "Silk Coin" in head.get("/asset-classes/?asset_class=dfa").content.decode()
    assert "Silk Coin" not in head.get("/asset-classes/?asset_class=secured").content.decode()
