"""A case long ended, and the day on which its papers may go."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.models import ErasureRun, User
from core.services import confirm_erasure, erase_due, propose_erasure
from core.workflow import ADMINISTRATOR
from licensing import services
from licensing.models import Application
from tests import factories as make

#: The factories act on 16 June 2026; ten years and some days later the papers of what ended then may go.
LATER = make.AT.replace(year=2036) + timedelta(days=30)


@pytest.fixture
def administrators(db: None) -> tuple[User, User]:
    return make.make_user(ADMINISTRATOR), make.make_user(ADMINISTRATOR)


def ended_case(**fields: Any) -> Application:
    """A refused case with texts of every kind, all written and closed in June 2026."""
    officer, second, head = make.make_user("officer"), make.make_user("officer"), make.make_user("head")
    case = make.make_in_review(officer=officer, **fields)
    body, at = make.make_authority("energy", decides=False), make.AT + timedelta(hours=2)
    services.add_note(case, text="Called Mr Someone.", actor=officer, at=at)
    question = services.ask_question(case, text="Which feeder?", actor=officer, at=at)
    services.answer_question(question, text="The one of Mr Someone.", actor=case.created_by, at=at)
    services.request_opinion(case, body=body, text="Is there power?", actor=officer, at=at)
    services.judge_check(case, code="equipment", met=True, note="Seen.", actor=officer, at=at)
    case = services.recommend(
        case, outcome="refuse", text="As found.", reasons=["permit.refusal.3"], actor=officer, at=at
    )
    case = services.countersign(case, actor=second, at=at + timedelta(hours=1))
    case = make.make_answered(case, at=at + timedelta(hours=1))
    case = services.decide_application(case, outcome="refuse", actor=head, at=at + timedelta(hours=2))
    services.print_left_over(at=at + timedelta(hours=3))
    return case


def run_all(administrators: tuple[User, User], at: datetime) -> ErasureRun:
    """Proposed by one, confirmed by another, erased."""
    run = propose_erasure(actor=administrators[0], at=at)
    confirm_erasure(run, actor=administrators[1], at=at)
    erase_due(at=at)
    return ErasureRun.objects.get(pk=run.pk)
