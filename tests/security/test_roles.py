"""Nobody reaches beyond his role: administrators, registrars, and officials who were parties before."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from core import services
from core.models import User
from core.services import administration, allowed
from core.workflow import ADMINISTRATOR, HEAD, OFFICER
from licensing.services import decide_application, recommend
from tests import factories as make

pytestmark = pytest.mark.django_db


def administrators() -> tuple[User, User]:
    """(of one authority, of the whole system)."""
    whole = User.objects.create_user("root@example.org", make.PASSWORD, role=ADMINISTRATOR)
    return make.make_user(ADMINISTRATOR), whole


def test_an_administrator_of_an_authority_makes_nobody_above_himself() -> None:
    local, whole = administrators()
    facts: dict[str, Any] = {"full_name": "", "role": ADMINISTRATOR, "authority": None, "language": "en", "at": make.AT}
    with pytest.raises(PermissionDenied):
        administration.open_person(email="new@example.org", actor=local, **facts)
    assert administration.open_person(email="new@example.org", actor=whole, **facts).pk
    for person in (make.make_user(), make.make_user(OFFICER)):
        person.role, person.authority = ADMINISTRATOR, None
        with pytest.raises(PermissionDenied):
            administration.edit_record(person, fields=["role", "authority"], actor=local, at=make.AT)


def test_an_administrator_of_an_authority_closes_no_account_of_the_whole_system() -> None:
    local, whole = administrators()
    with pytest.raises(PermissionDenied):
        administration.let_in(whole, active=False, reason="no", actor=local, at=make.AT)
    assert User.objects.get(pk=whole.pk).is_active
    assert allowed(local, "core.manage_people", make.make_user())


def test_nobody_makes_a_key_for_somebody_else() -> None:
    local, whole = administrators()
    head = make.make_user(HEAD)
    for actor in (local, whole):
        with pytest.raises(PermissionDenied):
            services.make_key(head, actor=actor, at=make.AT)
    key, _secret = services.make_key(head, actor=head, at=make.AT)
    services.revoke_key(key, actor=local, at=make.AT)


def test_bodies_that_only_answer_confirm_nobody(client: Client) -> None:
    energy = make.make_authority("energy", decides=False)
    officer, organisation = make.make_user(OFFICER, authority=energy), make.make_organisation()
    claim = make.make_membership(make.make_user(), organisation, confirmed_at=None, confirmed_by=None)
    with pytest.raises(PermissionDenied):
        services.confirm_membership(claim, actor=officer, at=make.AT)
    with pytest.raises(PermissionDenied):
        services.confirm_registration(organisation, actor=officer, at=make.AT)
    client.force_login(officer)
    assert client.get("/account/claims/").status_code == 403


def test_nobody_confirms_what_he_claimed_before_he_took_office() -> None:
    person, organisation = make.make_user(), make.make_organisation()
    claim = make.make_membership(person, organisation, confirmed_at=None, confirmed_by=None)
    person.role, person.authority = OFFICER, make.make_authority()
    person.save()
    with pytest.raises(PermissionDenied):
        services.confirm_membership(claim, actor=person, at=make.AT)


def test_a_party_that_takes_office_neither_signs_nor_decides_its_own_case() -> None:
    recommended, countersigned = make.make_recommended(), make.make_countersigned()
    for case in (recommended, countersigned):
        party = case.created_by
        party.role, party.authority = HEAD, case.authority
        party.save()
    assert not allowed(recommended.created_by, "licensing.countersign", recommended)
    with pytest.raises(PermissionDenied):
        decide_application(
            countersigned, outcome="grant", actor=countersigned.created_by, at=make.AT + timedelta(hours=5)
        )


def test_a_recommender_who_becomes_head_does_not_decide() -> None:
    officer = make.make_user(OFFICER)
    case = make.make_countersigned(officer=officer)
    officer.role = HEAD
    officer.save()
    with pytest.raises(PermissionDenied):
        decide_application(case, outcome="grant", actor=officer, at=make.AT + timedelta(hours=5))


def test_a_superuser_who_is_no_head_does_not_decide() -> None:
    case = make.make_countersigned()
    for role in (OFFICER, ADMINISTRATOR):
        actor = make.make_user(role, is_superuser=True)
        with pytest.raises(PermissionDenied):
            decide_application(case, outcome="grant", actor=actor, at=make.AT + timedelta(hours=5))
    with pytest.raises(PermissionDenied):
        recommend(case, outcome="grant", text="x", actor=make.make_user(ADMINISTRATOR), at=timezone.now())
