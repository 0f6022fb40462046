"""A colleague may disagree: the head reads it, nothing is held up, and who dissented does not decide."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.models import Event, Organisation
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application, Dissent, Letter
from tests import factories as make
from tests.licensing.test_screens_acts import client_of

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=5)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_head_reads_it_and_decides() -> None:
    application, second, head = make.make_recommended(), make.make_user("officer"), make.make_user("head")
    services.dissent(application, text="The hash rate is overstated.", actor=second, at=LATER)
    services.countersign(application, actor=second, at=LATER)
    page = client_of(head).get(reverse("case-act", args=[application.reference, "grant"])).content.decode()
    assert "The hash rate is overstated." in page
    event = Event.objects.of(application).get(verb="application.dissent")
    assert (event.audience, event.reason) == ("internal", "")
    assert services.decide_application(application, outcome="grant", actor=head, at=LATER).state == "granted"


def test_who_dissented_does_not_decide() -> None:
    application, head = make.make_countersigned(), make.make_user("head")
    services.dissent(application, text="No.", actor=head, at=LATER)
    with pytest.raises(PermissionDenied):
        services.decide_application(application, outcome="grant", actor=head, at=LATER)


def test_what_is_no_dissent() -> None:
    officer, other = make.make_user("officer"), make.make_user("officer")
    review = make.make_in_review()
    with pytest.raises(TransitionRefused) as refused:
        services.dissent(review, text="No.", actor=officer, at=LATER)
    assert codes(refused) == ["no-recommendation"]
    application = make.make_recommended(officer=officer)
    with pytest.raises(TransitionRefused) as refused:
        services.dissent(application, text=" ", actor=officer, at=LATER)
    assert codes(refused) == ["own-recommendation", "text-missing"]
    services.dissent(application, text="No.", actor=other, at=LATER)
    with pytest.raises(TransitionRefused) as refused:
        services.dissent(application, text="No again.", actor=other, at=LATER)
    assert codes(refused) == ["dissent-stands"]
    for stranger in (application.created_by, make.make_user("officer", authority=make.make_authority("nbk"))):
        with pytest.raises(PermissionDenied):
            services.dissent(application, text="No.", actor=stranger, at=LATER)
    assert Dissent.objects.count() == 1


def test_the_letter_is_edited_before_it_goes_out_and_frozen_after() -> None:
    application, officer = make.make_recommended(outcome="refuse"), make.make_user("officer")
    services.edit_letter(application, text="In better words.", actor=officer, at=LATER)
    signed = services.countersign(application, actor=make.make_user("officer"), at=LATER)
    heard = make.make_answered(signed, at=LATER)
    decided = services.decide_application(
        heard, outcome="refuse", actor=make.make_user("head"), at=LATER, confirmation="Yes."
    )
    letter = Letter.objects.get(application=decided, kind="refusal")
    frozen = letter.data
    assert frozen["text"] == "In better words."
    with pytest.raises(TransitionRefused):
        services.edit_letter(decided, text="Otherwise.", actor=officer, at=LATER)
    Organisation.objects.filter(pk=decided.organisation_id).update(name_en="Another name", address="Elsewhere")
    Application.objects.get(pk=decided.pk).recommendations.update(text="Otherwise.")
    letter.refresh_from_db()
    assert letter.data == frozen
    first = services.print_letter(letter.pk, at=LATER)
    assert first is not None
    assert first.document is not None
    assert services.print_letter(letter.pk, at=LATER + timedelta(days=1)) is None  # printed once, from what was frozen
