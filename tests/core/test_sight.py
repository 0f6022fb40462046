"""The one rule of sight, over rows that say no more than whose they are."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.models import Team, User
from core.models.sight import SightQuerySet
from core.workflow import APPLICANT, AUDITOR, OFFICER
from licensing.models import Licence
from tests import factories as make

pytestmark = pytest.mark.django_db


def member_of(licence: Licence) -> User:
    user = licence.organisation.memberships.get().user
    assert user is not None
    return user


def test_own_rows_are_seen_by_their_authority_and_by_who_acts_for_their_organisation() -> None:
    licence = make.make_licence()
    member = member_of(licence)
    seeing = (member, make.make_user(OFFICER), make.make_user(AUDITOR), User.objects.system())
    strangers = (make.make_user(OFFICER, authority=make.make_authority("nbk")), make.make_user(APPLICANT))
    assert all(list(Licence.objects.visible_to(user)) == [licence] for user in seeing)
    assert not any(Licence.objects.visible_to(user) for user in (*strangers, AnonymousUser()))
    member.is_active = False
    assert list(Licence.objects.visible_to(member)) == []


def test_rows_of_officials_are_nobody_elses() -> None:
    team = make.make_team()
    assert list(Team.objects.visible_to(make.make_user(OFFICER))) == [team]
    for user in (make.make_user(OFFICER, authority=make.make_authority("nbk")), make.make_user(APPLICANT)):
        assert list(Team.objects.visible_to(user)) == []


def test_what_names_nobody_is_seen_by_the_program_alone_and_asks_nothing(django_assert_num_queries: object) -> None:
    rows: SightQuerySet[Licence] = SightQuerySet(Licence)
    licence = make.make_licence()
    users = (member_of(licence), make.make_user(OFFICER), AnonymousUser())
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture
        assert [list(rows.visible_to(user)) for user in users] == [[], [], []]
    assert list(rows.visible_to(User.objects.system())) == [licence]
