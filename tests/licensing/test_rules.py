"""Assignment rules: who picks whom, whom no rule ever picks, and what is said when none fits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.models import Absence, Event, Notification, Team, User
from core.services import record
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, AssignmentRule
from licensing.services.assigning import other_hands, pick
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("kind", "region", "fits"),
    [
        ("", "", True),
        ("mining-licence-1", "", True),
        ("mining-licence-2", "", False),
        ("", "KZ-39", True),
        ("", "KZ-75", False),
        ("mining-licence-1", "KZ-39", True),
        ("mining-licence-1", "KZ-75", False),
    ],
)
def test_a_filing_goes_by_the_first_rule_that_fits(kind: str, region: str, fits: bool) -> None:
    rule, last = make.make_rule(kind=kind, region=region), make.make_rule()
    case = make.make_submitted()
    assert case.region == "KZ-39"
    assert case.assigned_to == (rule if fits else last).officer
    event = Event.objects.of(case).get(verb="application.assign")
    assert event.data == {"to": case.assigned_to_id, "rule": (rule if fits else last).pk, "order": 1 if fits else 2}
    assert (event.audience, event.actor.is_system) == ("internal", True)
    assert Notification.objects.filter(event=event, recipient=case.assigned_to, channel="inbox").count() == 1


def test_where_no_rule_fits_the_case_lies_open_and_says_so() -> None:
    rule, head = make.make_rule(region="KZ-75"), make.make_user(HEAD)
    case = make.make_submitted()
    assert case.assigned_to is None
    assert Event.objects.of(case).get(verb="application.no_rule").data == {"rules": 1}
    assert "1 open case is nobody" in client_of(head).get("/work/rules/").content.decode()
    page = client_of(head).get(f"/cases/{case.reference}/?tab=timeline").content.decode()
    assert "No assignment rule fitted: the case lies open to all" in page
    services.end_rule(rule, actor=head, at=make.AT)
    quiet = make.make_submitted()
    assert not Event.objects.of(quiet).filter(verb="application.no_rule").exists()


def test_the_least_busy_of_a_team_is_picked_and_equals_take_turns() -> None:
    a, b, c = (make.make_user(OFFICER) for _ in range(3))
    make.make_rule(team=make.make_team(None, a, b, c))
    cases = [make.make_submitted() for _ in range(6)]
    assert [case.assigned_to for case in cases[:3]] == [a, b, c]
    assert [case.assigned_to for case in cases[3:]] == [a, b, c]
    services.assign_application(cases[1], to=a, actor=make.make_user(HEAD), at=make.AT)
    assert make.make_submitted().assigned_to == b


def test_of_a_team_the_absent_are_passed_over_and_a_named_officer_has_his_deputy() -> None:
    a, b, deputy = (make.make_user(OFFICER) for _ in range(3))
    make.make_absence(a, deputy)
    team = make.make_rule(team=make.make_team(None, a, b))
    assert make.make_submitted().assigned_to == b
    services.end_rule(team, actor=make.make_user(HEAD), at=make.AT)
    make.make_rule(officer=a)
    case = make.make_submitted()
    assert case.assigned_to == deputy
    assert Event.objects.of(case).get(verb="application.assign").data["for"] == a.pk


def test_who_filed_the_case_before_he_took_office_is_not_picked() -> None:
    applicant = make.make_applicant()
    draft = make.make_draft(actor=applicant)
    case = services.submit_application(draft, actor=applicant, at=make.AT)
    User.objects.filter(pk=applicant.pk).update(role=OFFICER, authority=make.make_authority())
    official = User.objects.get(pk=applicant.pk)
    other = make.make_user(OFFICER)
    rules = [make.make_rule(officer=official), make.make_rule(officer=other)]
    found = pick(case, rules, on=DAY)
    assert found is not None
    assert found.officer == other
    assert applicant.pk in other_hands(case)


def test_heads_are_given_nothing_by_a_rule() -> None:
    head, officer = make.make_user(HEAD), make.make_user(OFFICER)
    make.make_rule(team=make.make_team(None, head, officer))
    assert make.make_submitted().assigned_to == officer
    make.make_absence(officer, head)
    case = make.make_submitted()
    assert case.assigned_to is None
    assert Event.objects.of(case).filter(verb="application.no_rule").exists()


class TestPicks(TestCase):
    """Over random rules, absences and people: whoever is picked is at work, active, of the authority, an officer, and
    had no hand in filing, countersigning or deciding the case."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 2)), min_size=1, max_size=6),
        st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6),
        st.lists(st.integers(0, 7), max_size=3),
        st.lists(st.integers(0, 7), max_size=3),
    )
    def test_never_somebody_who_must_not(
        self, rules: list[tuple[bool, int, int]], away: list[tuple[int, int]], gone: list[int], hands: list[int]
    ) -> None:
        authority, foreign = make.make_authority(), make.make_authority("nbk")
        people = [make.make_user(OFFICER) for _ in range(6)] + [make.make_user(HEAD), make.make_user(AUDITOR)]
        case = make.make_submitted()
        for person, deputy in away:
            Absence.objects.filter(person=people[person]).delete()
            if person != deputy:
                Absence.objects.create(
                    person=people[person],
                    deputy=people[deputy],
                    authority=authority,
                    from_on=DAY,
                    to_on=DAY,
                    made_by=people[person],
                    made_at=make.AT,
                )
        for number in gone:
            User.objects.filter(pk=people[number].pk).update(is_active=number % 2 == 0, authority=foreign)
        for number in hands:
            verb = "application.countersign" if number % 2 else "application.grant"
            record(case, verb, actor=people[number], at=make.AT)
        made = []
        for order, (by_team, first, more) in enumerate(rules, start=1):
            team = make.make_team(authority, *people[first : first + 1 + more]) if by_team else None
            officer = None if by_team else people[first]
            rule = AssignmentRule(authority=authority, order=order, officer=officer, team=team, made_at=make.AT)
            rule.made_by = people[0]
            rule.save()
            made.append(AssignmentRule.objects.get(pk=rule.pk))
        found = pick(case, made, on=DAY)
        if found is None:
            return
        chosen = User.objects.get(pk=found.officer.pk)
        assert chosen.is_active
        assert (chosen.role, chosen.authority_id) == (OFFICER, authority.pk)
        assert not Absence.objects.on(DAY).filter(person=chosen).exists()
        assert not case.had_hand_of(chosen, ("application.submit", "application.countersign", "application.grant"))


def faults_of(**values: object) -> list[str]:
    given = {"order": 5, "kind": "", "region": "", "officer": None, "team": None, **values}
    with pytest.raises(TransitionRefused) as refused:
        services.enter_rule(make.make_authority(), values=given, actor=make.make_user(HEAD), at=make.AT)
    return [problem.code for problem in refused.value.problems]


def test_a_rule_says_all_that_is_wrong_with_it() -> None:
    officer, foreign = make.make_user(OFFICER), make.make_authority("nbk")
    wrong = {"order": 0, "kind": "nbk-exchanger", "region": "KZ-1", "officer": officer, "team": make.make_team(foreign)}
    assert faults_of(**wrong) == ["rule-order", "rule-kind", "rule-region", "rule-target", "rule-team"]
    assert faults_of() == ["rule-target"]
    for person in (
        make.make_user(HEAD),
        make.make_user(OFFICER, is_active=False),
        make.make_user(OFFICER, authority=foreign),
    ):
        assert faults_of(officer=person) == ["rule-officer"]
    make.make_rule(order=5)
    assert faults_of(officer=officer) == ["rule-order"]


def test_heads_and_administrators_enter_change_and_end_rules_with_an_event_each() -> None:
    rule = make.make_rule()
    for role, authority in ((OFFICER, None), (AUDITOR, None), (HEAD, make.make_authority("nbk"))):
        actor = make.make_user(role, authority=authority)
        for act in (
            lambda actor=actor: services.end_rule(rule, actor=actor, at=make.AT),
            lambda actor=actor: services.edit_rule(rule, values={"order": 9}, actor=actor, at=make.AT),
        ):
            with pytest.raises(PermissionDenied):
                act()
    administrator = make.make_user(ADMINISTRATOR)
    services.edit_rule(rule, values={"order": 9, "region": "KZ-75"}, actor=administrator, at=make.AT)
    services.end_rule(rule, actor=administrator, at=make.AT)
    with pytest.raises(TransitionRefused):
        services.end_rule(rule, actor=administrator, at=make.AT)
    events = Event.objects.of(rule)
    assert [event.verb for event in events] == ["rule.enter", "rule.edit", "rule.end"]
    assert events[1].data["old"]["order"] == 1
    assert events[1].data["region"] == "KZ-75"


def test_the_pages_of_rules_and_teams() -> None:
    head, officer = make.make_user(HEAD), make.make_user(OFFICER, full_name="Nurlan Niyazov")
    client = client_of(head)
    assert client.post("/work/teams/", {}).status_code == 409
    assert client.post("/work/teams/", {"name_en": "South", "members": ["x"]}).status_code == 409
    client.post("/work/teams/", {"name_en": "South", "members": [officer.pk]})
    team = Team.objects.get()
    assert list(team.members.all()) == [officer]
    client.post(f"/work/teams/{team.pk}/", {"name_en": "West"})
    team.refresh_from_db()
    assert (team.name, list(team.members.all())) == ("West", [])
    assert [event.verb for event in Event.objects.of(team)] == ["team.enter", "team.edit"]
    for rubbish in ({}, {"order": "x"}, {"order": "99999", "kind": "x", "region": "y", "officer": "z", "team": "-1"}):
        assert client.post("/work/rules/", rubbish).status_code == 409
    client.post("/work/rules/", {"order": 1, "region": "KZ-39", "officer": officer.pk})
    rule = AssignmentRule.objects.get()
    assert "Nurlan Niyazov" in client_of(officer).get("/work/rules/").content.decode()
    assert (
        client.post(f"/work/rules/{rule.pk}/", {"order": 1, "officer": officer.pk, "team": team.pk}).status_code == 409
    )
    client.post(f"/work/rules/{rule.pk}/", {"order": 3, "team": team.pk})
    rule.refresh_from_db()
    assert (rule.order, rule.region, rule.officer, rule.team) == (3, "", None, team)
    for person, status in ((officer, 403), (make.make_user(HEAD, authority=make.make_authority("nbk")), 404)):
        for address in (f"/work/rules/{rule.pk}/", f"/work/teams/{team.pk}/"):
            assert client_of(person).post(address, {}).status_code == status
        assert client_of(person).post(f"/work/rules/{rule.pk}/end/").status_code == status
    assert client_of(officer).post("/work/rules/", {"order": 9, "officer": officer.pk}).status_code == 403
    assert client_of(officer).post("/work/teams/", {"name_en": "X"}).status_code == 403
    client.post(f"/work/rules/{rule.pk}/end/")
    assert client.get(f"/work/rules/{rule.pk}/").status_code == 404
    assert not AssignmentRule.objects.standing().exists()


def test_the_queue_is_narrowed_by_region_and_team() -> None:
    officer = make.make_user(OFFICER)
    here, there = make.make_submitted(), make.make_submitted(region="KZ-75")
    services.assign_application(here, to=officer, actor=officer, at=make.AT)
    team = make.make_team(None, officer)
    foreign = make.make_team(make.make_authority("nbk"), officer)
    client = client_of(officer)
    shown = {
        query: [
            row for row in (here.reference, there.reference) if row in client.get(f"/queue/?{query}").content.decode()
        ]
        for query in ("region=KZ-39", "region=KZ-75", f"team={team.pk}", f"team={foreign.pk}", "team=x", "region=x")
    }
    assert shown["region=KZ-39"] == [here.reference]
    assert shown["region=KZ-75"] == [there.reference]
    assert shown[f"team={team.pk}"] == [here.reference]
    assert shown[f"team={foreign.pk}"] == shown["team=x"] == []
    table = b"".join(client.get(f"/queue/queue.csv?team={team.pk}"))
    assert here.reference.encode() in table
    assert there.reference.encode() not in table


def test_lists_of_rules_and_teams_ask_as_often_for_many_as_for_few() -> None:
    client, counts = client_of(make.make_user(HEAD)), []
    for total in (3, 60):
        for _number in range(AssignmentRule.objects.count(), total):
            make.make_rule(team=make.make_team(None, make.make_user(OFFICER)))
        for address in ("/work/rules/", "/work/teams/", "/queue/"):
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
    assert counts[:3] == counts[3:]


def test_filing_asks_as_often_for_many_rules_as_for_few() -> None:
    counts = []
    for total in (2, 40):
        for _number in range(AssignmentRule.objects.count(), total):
            make.make_rule(team=make.make_team(None, make.make_user(OFFICER)), region="KZ-75")
        case = make.make_submitted()
        Application.objects.filter(pk=case.pk).update(assigned_to=None)
        with CaptureQueriesContext(connection) as seen:
            services.assign_by_rules(Application.objects.get(pk=case.pk), at=make.AT + timedelta(hours=1))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_rules_are_applied_to_cases_that_lie_open() -> None:
    """By an explicit act: they are given as a new filing would be; a case that somebody has stays his."""
    lying, taken = make.make_submitted(), make.make_submitted()
    head, officer = make.make_user(HEAD), make.make_user(OFFICER)
    services.assign_application(taken, to=officer, actor=officer, at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        services.apply_rules(lying, actor=head, at=make.AT)
    assert [problem.code for problem in refused.value.problems] == ["no-rule-fits"]
    rule = make.make_rule()
    with pytest.raises(PermissionDenied):
        services.apply_rules(lying, actor=officer, at=make.AT)
    assert services.apply_rules(lying, actor=head, at=make.AT).assigned_to == rule.officer
    event = Event.objects.of(lying).get(verb="application.assign")
    assert (event.actor, event.data["rule"]) == (head, rule.pk)
    for case in (lying, taken):
        with pytest.raises(TransitionRefused) as refused:
            services.apply_rules(case, actor=head, at=make.AT)
        assert [problem.code for problem in refused.value.problems] == ["case-given"]
    ended = make.make_decided()
    with pytest.raises(TransitionRefused) as refused:
        services.apply_rules(ended, actor=head, at=make.AT)
    assert "case-ended" in [problem.code for problem in refused.value.problems]
