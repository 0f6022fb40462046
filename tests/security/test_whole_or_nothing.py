"""Half a file, a second grant at the same moment, a name given by a stranger: nothing of it lasts."""

from datetime import date, timedelta
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from core import services
from core.models import Event, Membership, Organisation
from core.services import Upload, verify_events
from core.services.seals import write_copy
from core.workflow import OFFICER, TransitionRefused
from licensing.models import Application
from licensing.services import accept_application, attach_document, register_application
from tests import factories as make


@pytest.mark.django_db
def test_a_file_cut_short_by_a_crash_is_written_anew() -> None:
    draft = make.make_draft(complete=False)
    upload = Upload("contract.pdf", BytesIO(make.PDF))
    first = attach_document(draft, upload, kind="other", actor=draft.created_by, at=make.AT)
    default_storage.delete(first.path)
    default_storage.save(first.path, ContentFile(make.PDF[:10]))
    second = attach_document(
        draft, Upload("contract.pdf", BytesIO(make.PDF)), kind="other", actor=draft.created_by, at=make.AT
    )
    with default_storage.open(second.path) as kept:
        assert kept.read() == make.PDF


@pytest.mark.django_db(transaction=True)
def test_two_powers_of_attorney_at_once_are_one() -> None:
    client, firm = make.make_organisation(), make.make_organisation()
    member, barrier, refused = make.make_applicant(client), Barrier(2), []

    def grant() -> None:
        barrier.wait()
        try:
            services.grant_power_of_attorney(
                organisation=client,
                firm=firm,
                valid_from=date(2026, 6, 1),
                valid_to=date(2027, 6, 1),
                actor=member,
                at=make.AT,
            )
        except TransitionRefused as refusal:
            refused.append(refusal.problems[0].code)
        finally:
            connections.close_all()

    threads = [Thread(target=grant) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["power-overlaps"]
    assert Membership.objects.filter(firm=firm).count() == 1


def claim(person: Any, identifier: str, name: str) -> Membership:
    return services.claim_organisation(
        actor=person, at=make.AT, identifier=identifier, form="legal_entity", registered_in="KZ", names={"en": name}
    )


@pytest.mark.django_db
def test_a_refused_claim_names_nobody_for_good() -> None:
    number, officer = make.make_bin(), make.make_user(OFFICER)
    squat = claim(make.make_user(), number, "Mockery LLP")
    claim(make.make_user(), number, "Second LLP")
    assert Organisation.objects.get(identifier=number).name_en == "Mockery LLP"  # a claim still waits
    for row in (squat, Membership.objects.latest("pk")):
        services.revoke_membership(row, actor=officer, at=make.AT, reason="not of the organisation")
    own = claim(make.make_user(), number, "Own Name LLP")
    assert Organisation.objects.get(identifier=number).name_en == "Own Name LLP"
    services.confirm_membership(own, actor=officer, at=make.AT)
    services.revoke_membership(own, actor=officer, at=make.AT)
    claim(make.make_user(), number, "Mockery LLP")
    assert Organisation.objects.get(identifier=number).name_en == "Own Name LLP"


@pytest.mark.django_db
def test_acceptance_keeps_the_moment_at_which_a_colleague_registered() -> None:
    seen = make.make_submitted()
    officer, early, late = make.make_user(OFFICER), make.AT + timedelta(minutes=5), make.AT + timedelta(hours=3)
    register_application(Application.objects.get(pk=seen.pk), actor=officer, at=early)
    assert accept_application(seen, actor=officer, at=late).registered_at == early


@pytest.mark.django_db
def test_the_applications_role_may_not_choose_an_events_id() -> None:
    case = make.make_draft(complete=False)
    columns = (
        "subject_type, subject_id, audience, reference, title, at, verb, seq, from_state, to_state, reason, grounds,"
        " data, hash, actor_id"
    )
    values = "'x', 1, 'internal', '', '', now(), 'x', 0, '', '', '', '[]', '{}', '', %s"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE tizilim_app")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(
                f"INSERT INTO core_event (id, {columns}) VALUES (4000000000000000000, {values})",  # noqa: S608
                [case.created_by_id],
            )
        cursor.execute(f"INSERT INTO core_event ({columns}) VALUES ({values})", [case.created_by_id])  # noqa: S608
        cursor.execute("RESET ROLE")
    assert Event.objects.filter(subject_type="x").count() == 1


@pytest.mark.django_db
def test_a_strange_file_among_the_copies_of_seals_is_named(settings: Any) -> None:
    make.make_draft(complete=False)
    seal = services.seal_events(at=timezone.now())
    assert seal is not None
    write_copy(seal)
    (settings.SEALS_DIR / "readme.json").write_text("{}")
    assert [fault.place for fault in verify_events()] == ["readme.json"]
