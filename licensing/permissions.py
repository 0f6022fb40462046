"""Who may do what to a case. Declared once, asked through core.services.allowed()."""

from typing import TYPE_CHECKING, Any

import rules

from core.permissions import (
    had_a_hand,
    is_administrator,
    is_applicant,
    is_case_officer,
    is_head,
    is_inspector,
    is_member,
    is_own,
    is_party,
    is_system,
    official,
)
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, INSPECTOR, OFFICER
from licensing.permits import authority_of

if TYPE_CHECKING:
    from core.models import User


OFFICIALS = (OFFICER, HEAD, INSPECTOR, ADMINISTRATOR, AUDITOR)


def of_the_authority_of(*codes: str) -> rules.Predicate:
    """An official of the one authority that the declarations of these kinds of permit name."""

    def test(user: "User", obj: Any) -> bool:
        return user.authority is not None and user.authority.code == authority_of(*codes)

    return rules.Predicate(test, name=f"of_the_authority_of:{'+'.join(codes)}")


@rules.predicate
def imported_its_list(user: "User", match: Any) -> bool:
    """The person imported the list that a match stands in."""
    return bool(match.imported_by_id == user.pk)


@rules.predicate
def opened_its_breach(user: "User", measure: Any) -> bool:
    """The person opened the breach that a measure follows."""
    return bool(measure.breach_id and measure.breach.had_hand_of(user, ("breach.open",)))


# Whoever recommended, edited the letter, countersigned or dissented does not decide; whoever recommended does not
# countersign. An official who filed the case as its party, before he took office, does neither.
FILING = (
    "application.open",
    "application.edit",
    "application.sign",
    "application.submit",
    "application.answer",
    "application.state_position",
    "application.waive_hearing",
)
PREPARING = ("application.recommend", "application.edit_letter", *FILING)
SIGNING = ("application.countersign", "application.grant", "application.refuse")
prepared_it = had_a_hand(*PREPARING)
had_a_hand_in_it = had_a_hand(*PREPARING, "application.countersign", "application.dissent", "application.visit")


@rules.predicate
def entered_it(user: Any, obj: Any) -> bool:
    """The person entered this version of a condition."""
    return bool(getattr(obj, "entered_by_id", None) == user.pk)


@rules.predicate
def asked_for_it(user: Any, obj: Any) -> bool:
    """An officer or head of the body whose opinion is asked, who did not file the case as its party before."""
    if user.role not in (OFFICER, HEAD) or user.authority_id is None or user.authority_id != obj.body_id:
        return False
    return not obj.application.had_hand_of(user, FILING)


@rules.predicate
def is_asked(user: Any, obj: Any) -> bool:
    """An officer or head of the authority that a request goes to."""
    return user.role in (OFFICER, HEAD) and user.authority_id is not None and user.authority_id == obj.body_id


@rules.predicate
def reads_it(user: Any, obj: Any) -> bool:
    """An official, in any role, of an authority that reads the case."""
    return user.role in OFFICIALS and user.authority_id is not None and user.authority_id in obj.offices()


@rules.predicate
def decides(user: Any, obj: Any) -> bool:
    """Of a body that decides on permits; one that only answers receives no fees and screens nobody."""
    return user.authority is not None and user.authority.decides


@rules.predicate
def made_the_act(user: Any, obj: Any) -> bool:
    """Prepared, countersigned or took the decision that the appeal is about: by its own rows and by the events."""
    decision = obj.decision
    signed = {decision.made_by_id}
    if decision.recommendation is not None:
        signed |= {decision.recommendation.made_by_id, decision.recommendation.countersigned_by_id}
    case = decision.application
    return user.pk in signed or (case is not None and case.had_hand_of(user, (*PREPARING, *SIGNING)))


@rules.predicate
def decides_appeals(user: Any, obj: Any) -> bool:
    """A head of the body that decides on the appeal; where that body keeps no cases here, who enters its answer."""
    if user.authority_id == obj.body_id:
        return user.role == HEAD
    return obj.is_decided_elsewhere and user.role in (OFFICER, HEAD) and user.authority_id == obj.authority_id


rules.add_perm("licensing.open", is_party)
rules.add_perm("licensing.edit", is_party)
rules.add_perm("licensing.submit", is_party)
rules.add_perm("licensing.answer", is_party)
rules.add_perm("licensing.declare_people", is_party)
rules.add_perm("licensing.review", is_case_officer)
rules.add_perm("licensing.conclude_visit", is_case_officer)
rules.add_perm("licensing.countersign", is_case_officer & ~prepared_it)
rules.add_perm("licensing.return", is_case_officer)
rules.add_perm("licensing.decide", is_head & ~had_a_hand_in_it)
rules.add_perm("licensing.confirm_silence", is_head)
rules.add_perm("licensing.pay", is_case_officer)
rules.add_perm("licensing.import_payments", is_case_officer & decides)
rules.add_perm("licensing.appeal", is_party)
rules.add_perm("licensing.forward_appeal", is_case_officer)
rules.add_perm("licensing.satisfy_appeal", is_head & ~made_the_act)
rules.add_perm("licensing.decide_appeal", decides_appeals & ~made_the_act)
rules.add_perm("licensing.publish", is_head | is_administrator)
rules.add_perm("licensing.note_duty", is_case_officer)
rules.add_perm("licensing.time", is_system)
# Whoever drafted a clarification does not sign it, nor does who asked for it as a party before he took office.
rules.add_perm("licensing.ask_clarification", is_party)
rules.add_perm("licensing.draft_clarification", is_case_officer)
rules.add_perm("licensing.sign_clarification", is_head & ~had_a_hand("clarification.draft", "clarification.ask"))
rules.add_perm("licensing.publish_clarification", is_head)
# Whoever may read a case may have it as one file, with what he may read of it.
rules.add_perm("licensing.archive", is_party | official(*OFFICIALS))
# Whoever reads a case among officials may be told of its changes.
rules.add_perm("licensing.watch", reads_it)
rules.add_perm("licensing.move_caseload", is_head | is_administrator)
rules.add_perm("licensing.manage_rules", is_head | is_administrator)
# A screening list is imported by those who answer for the authority; all its officials may look a name up in it.
rules.add_perm("licensing.import_screening", is_head | is_administrator)
# Whoever imported the list does not say who is meant by it.
rules.add_perm("licensing.decide_match", is_case_officer & ~imported_its_list)
rules.add_perm("licensing.check_person", is_case_officer)
# Asked of the official himself: a body that only answers has no lists, and screens nobody.
rules.add_perm("licensing.keep_screening", decides)
# Who reads the figures of an authority: those who answer for it, and those who audit it.
rules.add_perm("licensing.oversee", official(HEAD, ADMINISTRATOR, AUDITOR))

# A licence is moved by the head who decided the case; guards ask for the case. The system takes back what was annulled
# or has run out, and never goes against the holder.
rules.add_perm("licensing.carry_out", is_head)
rules.add_perm("licensing.take_back", is_head | is_system)

# A body that is asked for its opinion answers by itself.
rules.add_perm("licensing.answer_opinion", asked_for_it)

# Any authority asks another; the other answers by itself, or who asked enters what came on paper.
rules.add_perm("licensing.ask_body", is_case_officer)
rules.add_perm("licensing.answer_request", is_case_officer | is_asked)

# Who filed an objection as a party, before he took office, does not answer it.
rules.add_perm("licensing.object", is_party)
rules.add_perm("licensing.answer_objection", is_case_officer & ~had_a_hand("objection.file"))

# Whoever entered a version of a condition does not confirm it.
rules.add_perm("licensing.enter_condition", official(OFFICER, HEAD, ADMINISTRATOR) & decides)
rules.add_perm("licensing.confirm_condition", official(HEAD, ADMINISTRATOR) & ~entered_it)

# Whoever opened the breach or proposed the measure does not decide it; the proposer does not countersign.
SPOKE = ("measure.answer", "measure.waive_hearing")
proposed_it = had_a_hand("measure.propose", *SPOKE)
had_a_hand_in_measure = had_a_hand("measure.propose", "measure.countersign", *SPOKE) | opened_its_breach

# What a firm keeps about its matters is its own: under a power of attorney one acts for a client, and reads none of it.
rules.add_perm("licensing.keep_matter", is_member)
rules.add_perm("licensing.keep_feed", is_own & is_applicant)

rules.add_perm("licensing.open_breach", is_case_officer | is_inspector | is_system)
rules.add_perm("licensing.review_breach", is_case_officer)
rules.add_perm("licensing.explain_breach", is_party)
rules.add_perm("licensing.dismiss_breach", is_head & ~had_a_hand("breach.open"))
rules.add_perm("licensing.propose_measure", is_case_officer)
rules.add_perm("licensing.review_measure", is_case_officer)
rules.add_perm("licensing.countersign_measure", is_case_officer & ~proposed_it)
rules.add_perm("licensing.decide_measure", is_head & ~had_a_hand_in_measure)
rules.add_perm("licensing.answer_measure", is_party)
rules.add_perm("licensing.take_paper_back", is_case_officer)
