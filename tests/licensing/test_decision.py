"""Nothing decides alone: four eyes, closed lists, and what a decision leaves behind."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Event, Obligation, User
from core.services import allowed, verify_events
from core.workflow import StaleVersion, TransitionRefused
from law.licensing import refusal_grounds
from licensing import services
from licensing.models import Application, Decision, Letter, Licence, Recommendation, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=5)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def decide(application: Application, head: User, outcome: str = "grant") -> Application:
    return services.decide_application(application, outcome=outcome, actor=head, at=LATER)


def test_who_recommended_neither_countersigns_nor_decides() -> None:
    head = make.make_user("head")
    application = make.make_recommended(officer=head)
    with pytest.raises(PermissionDenied):
        services.countersign(application, actor=head, at=LATER)
    services.countersign(application, actor=make.make_user("officer"), at=LATER)
    with pytest.raises(PermissionDenied):
        decide(application, head)
    assert not Decision.objects.exists()
    assert not Licence.objects.exists()


def test_who_countersigned_does_not_decide() -> None:
    head = make.make_user("head")
    application = services.countersign(make.make_recommended(), actor=head, at=LATER)
    with pytest.raises(PermissionDenied):
        decide(application, head)


def test_who_edited_the_letter_neither_countersigns_nor_decides() -> None:
    application, head = make.make_recommended(), make.make_user("head")
    services.edit_letter(application, text="In other words.", actor=head, at=LATER)
    with pytest.raises(PermissionDenied):
        services.countersign(application, actor=head, at=LATER)
    services.countersign(application, actor=make.make_user("officer"), at=LATER)
    with pytest.raises(PermissionDenied):
        decide(application, head)


def test_a_hand_once_in_the_case_stays_in_it() -> None:
    """Returned to review and recommended by another, the first recommender still may not decide."""
    head = make.make_user("head")
    application = make.make_recommended(officer=head)
    services.return_to_review(application, reason="Look again.", actor=make.make_user("head"), at=LATER)
    services.recommend(application, outcome="grant", text="As found.", actor=make.make_user("officer"), at=LATER)
    services.countersign(application, actor=make.make_user("officer"), at=LATER)
    with pytest.raises(PermissionDenied):
        decide(application, head)


def test_a_superuser_gets_nothing_extra() -> None:
    application = make.make_countersigned()
    admin = make.make_user("administrator", is_superuser=True)
    for permission in ("licensing.review", "licensing.countersign", "licensing.decide", "licensing.submit"):
        assert not allowed(admin, permission, application)
    with pytest.raises(PermissionDenied):
        decide(application, admin)


def test_a_superuser_head_is_held_to_four_eyes_too() -> None:
    head = make.make_user("head", is_superuser=True)
    application = services.countersign(make.make_recommended(), actor=head, at=LATER)
    with pytest.raises(PermissionDenied):
        decide(application, head)


def test_an_unknown_permission_is_an_error_and_no_refusal() -> None:
    with pytest.raises(LookupError):
        allowed(make.make_user("head"), "licensing.decied", make.make_draft())
    with pytest.raises(LookupError):
        allowed(make.make_user("head"), "licensing.decide", None)


def test_a_new_recommendation_loses_the_countersignature() -> None:
    application = make.make_countersigned()
    services.return_to_review(application, reason="Look again.", actor=make.make_user("officer"), at=LATER)
    services.recommend(
        application,
        outcome="refuse",
        reasons=["permit.refusal.3"],
        text="Not met.",
        actor=make.make_user("officer"),
        at=LATER,
    )
    fresh = Application.objects.get(pk=application.pk)
    assert fresh.state == "recommended"
    assert fresh.recommendation is not None
    assert fresh.recommendation.countersigned_by is None
    assert Recommendation.objects.filter(withdrawn_at__isnull=True).count() == 1
    with pytest.raises(TransitionRefused) as refused:
        decide(application, make.make_user("head"), "refuse")
    assert codes(refused) == ["wrong-state"]


def test_words_under_a_countersignature_stay() -> None:
    application = make.make_countersigned()
    with pytest.raises(TransitionRefused):
        services.edit_letter(application, text="In other words.", actor=make.make_user("officer"), at=LATER)


def test_a_head_decides_as_recommended_or_returns_the_case() -> None:
    application, head = make.make_countersigned(outcome="refuse"), make.make_user("head")
    with pytest.raises(TransitionRefused) as refused:
        decide(application, head, "grant")
    assert codes(refused) == ["not-as-recommended"]
    assert decide(application, head, "refuse").state == "refused"


def test_a_decided_case_is_decided() -> None:
    application = make.make_decided()
    for act in (
        lambda: decide(application, make.make_user("head")),
        lambda: services.withdraw_application(application, actor=application.created_by, at=LATER),
        lambda: services.return_to_review(application, reason="No.", actor=make.make_user("head"), at=LATER),
        lambda: services.ask_question(application, text="And?", actor=make.make_user("officer"), at=LATER),
        lambda: services.assign_application(
            application, to=make.make_user("officer"), actor=make.make_user("head"), at=LATER
        ),
    ):
        with pytest.raises(TransitionRefused), transaction.atomic():
            act()
    assert (Decision.objects.count(), Licence.objects.count()) == (1, 1)


def test_a_refusal_names_its_grounds_and_makes_no_licence() -> None:
    application = make.make_decided(outcome="refuse")
    assert application.state == "refused"
    decision = Decision.objects.get(application=application)
    assert [ground["article"] for ground in decision.grounds] == ["30(1)", "32(1)(3)"]  # the power, then the ground
    letter = Letter.objects.get(kind="refusal")
    assert letter.data["reasons"][0]["article"] == {"kk": "32(1)(3)", "ru": "32(1)(3)", "en": "32(1)(3)"}
    assert set(letter.data["reasons"][0]["text"]) == {"kk", "ru", "en"}
    assert not Licence.objects.exists()
    assert not RegisterEntry.objects.filter(published=True).exists()  # it waits for a head
    assert not Obligation.objects.of(application).open().exists()
    event = Event.objects.of(application).get(verb="application.refuse")
    assert event.grounds[-1]["code"] == "permit.refusal.3"
    assert event.grounds[-1]["in_force"] == "2023-04-01"


@pytest.mark.parametrize("reason", [ground.code for ground in refusal_grounds("mining-licence-1", make.AT.date())])
def test_every_reason_of_the_closed_list_carries_a_refusal(reason: str) -> None:
    application, officer = make.make_in_review(), make.make_user("officer")
    services.recommend(application, outcome="refuse", reasons=[reason], text="So.", actor=officer, at=LATER)
    signed = services.countersign(application, actor=make.make_user("officer"), at=LATER)
    heard = make.make_answered(signed, at=LATER)
    assert decide(heard, make.make_user("head"), "refuse").reasons == [reason]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"outcome": "refuse", "text": "So."}, ["reasons-missing"]),
        ({"outcome": "refuse", "text": " ", "reasons": []}, ["reasons-missing", "text-missing"]),
        ({"outcome": "refuse", "text": "So.", "reasons": ["because"]}, ["reason-unknown"]),
        ({"outcome": "refuse", "text": "So.", "reasons": ["nbk.platform.refusal.1"]}, ["reason-unknown"]),
        ({"outcome": "refuse", "text": "So.", "reasons": ["permit.incomplete.1"]}, ["reason-unknown"]),
        ({"outcome": "grant", "text": ""}, ["text-missing"]),
        ({"outcome": "perhaps", "text": "So."}, ["outcome-unknown"]),
    ],
)
def test_a_recommendation_says_why_by_the_closed_list(fields: dict[str, str], expected: list[str]) -> None:
    application = make.make_in_review()
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        services.recommend(application, actor=make.make_user("officer"), at=LATER, **fields)  # type: ignore[arg-type]
    assert codes(refused) == expected
    assert not Recommendation.objects.exists()


def test_a_grant_needs_every_requirement_settled() -> None:
    """A warning left to a person bars the grant until he says it is met; judged not met, it bars it for good."""
    make.make_pool()
    application = make.make_draft(megawatts="1.100")
    application = services.submit_application(application, actor=application.created_by, at=make.AT)
    officer, head = make.make_user("officer"), make.make_user("head")
    services.accept_application(application, actor=officer, at=make.AT)
    services.recommend(application, outcome="grant", text="As found.", actor=officer, at=make.AT)
    services.countersign(application, actor=make.make_user("officer"), at=make.AT)
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        decide(application, head)
    assert codes(refused) == ["unsettled:equipment"]
    judge = partial(services.judge_check, application, code="equipment", actor=officer, at=LATER)
    judge(met=False, note="The machines need more.")
    with pytest.raises(TransitionRefused), transaction.atomic():
        decide(application, head)
    judge(met=True, note="A third runs at half power.")
    assert decide(application, head).state == "granted"


def test_what_a_function_found_unlawful_no_person_declares_lawful() -> None:
    application = make.make_in_review()
    application.particulars.__class__.objects.filter(application=application).update(outside_residential_zone=False)
    application = Application.objects.get(pk=application.pk)
    officer = make.make_user("officer")
    for code, note, expected in (
        ("centre", "Fine.", "not-to-judge"),
        ("unheard-of", "Fine.", "not-to-judge"),
        ("holder", " ", "note-missing"),
    ):
        with pytest.raises(TransitionRefused) as refused:
            services.judge_check(application, code=code, met=True, note=note, actor=officer, at=LATER)
        assert codes(refused) == [expected]


def test_a_stale_version_is_refused_before_anything_changes() -> None:
    application = make.make_submitted()
    seen = application.version
    services.register_application(application, actor=make.make_user("officer"), at=LATER)
    with pytest.raises(StaleVersion) as stale:
        services.accept_application(application, actor=make.make_user("officer"), at=LATER, version=seen)
    assert (stale.value.sent, stale.value.current) == (seen, seen + 1)
    assert Application.objects.get(pk=application.pk).state == "submitted"


def test_what_fails_halfway_leaves_nothing() -> None:
    """The register refuses the entry: no licence, no number spent, no decision, no letter, no event remains."""
    application, head = make.make_countersigned(), make.make_user("head")
    before = Event.objects.count()
    RegisterEntry.objects.create(
        number="M1-2026-00001",
        kind="mining-licence-1",
        authority=application.authority,
        name_en="Taken",
        standing="in_force",
        since=make.AT.date(),
        decided_by=head,
        decided_at=LATER,
        changed_at=LATER,
        search="",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(application, head)
    assert Event.objects.count() == before
    assert not Licence.objects.exists()
    assert not Decision.objects.exists()
    assert not Letter.objects.filter(kind__in=["licence", "grant"]).exists()
    RegisterEntry.objects.all().delete()
    assert decide(application, head).licence.number == "M1-2026-00001"
    assert not list(verify_events())


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("draft", {"state": "granted"}),
        ("draft", {"state": "submitted"}),
        ("draft", {"state": "lost"}),
        ("submitted", {"state": "in_review"}),
        ("submitted", {"state": "refused_consideration", "closed_at": LATER}),
        ("submitted", {"closed_at": LATER}),
        ("submitted", {"filed_on": None}),
        ("submitted", {"state": "draft"}),
        ("granted", {"closed_at": None}),
        ("granted", {"accepted_at": None}),
        ("refused", {"reasons": []}),
    ],
)
def test_the_database_binds_a_state_to_its_dates_and_reasons(state: str, changes: dict[str, object]) -> None:
    """The second fence, for whoever goes past the services."""
    build = {
        "draft": make.make_draft,
        "submitted": make.make_submitted,
        "granted": make.make_decided,
        "refused": lambda: make.make_decided(outcome="refuse"),
    }
    application = build[state]()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**changes)


def test_a_case_goes_only_to_an_officer_of_its_own_authority() -> None:
    application, head = make.make_in_review(), make.make_user("head")
    bank = make.make_authority("nbk")
    for other in (
        make.make_user("officer", authority=bank),
        make.make_user("auditor"),
        make.make_user("officer", is_active=False),
        make.make_user(),
    ):
        with pytest.raises(TransitionRefused) as refused:
            services.assign_application(application, to=other, actor=head, at=LATER)
        assert codes(refused) == ["not-an-officer"]
    officer = make.make_user("officer")
    assert services.assign_application(application, to=officer, actor=head, at=LATER).assigned_to == officer
    assert services.assign_application(application, to=None, actor=officer, at=LATER).assigned_to is None
