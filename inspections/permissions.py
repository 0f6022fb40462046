"""Who may do what to plans and inspections: who prepares does not appoint, who was on site does not judge."""

from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from core.permissions import had_a_hand, is_administrator, is_case_officer, is_head, is_inspector, is_party, is_system
from law.inspections.codes import Regime
from law.inspections.regimes import DATA_CENTRE, authorities, regime
from law.licensing import KINDS

if TYPE_CHECKING:
    from core.models import User


@rules.predicate
def inspects(user: "User", obj: Any) -> bool:
    """An official of a body that inspects holders of some kind under Chapter 13 today. Others have nothing of it."""
    return governs(user, chapter_13=True)


@rules.predicate
def on_the_team(user: "User", row: Any) -> bool:
    """Named in the act, or joined since, and not left."""
    return bool(row.team.standing().filter(person=user).exists())


@rules.predicate
def supervises(user: "User", obj: Any) -> bool:
    """An official of a body that supervises holders of some kind today under another law than Chapter 13."""
    return governs(user, chapter_13=False)


def governs(user: "User", *, chapter_13: bool) -> bool:
    """Whether the authority of the person inspects somebody today: under Chapter 13, or under another law."""
    if user.authority is None:
        return False
    today, code = timezone.localdate(), user.authority.code
    kinds = [kind for kind in (*KINDS, DATA_CENTRE) if code in authorities(kind, today)]
    return any((regime(kind, today) == Regime.CHAPTER_13) is chapter_13 for kind in kinds)


is_preparer = (is_case_officer | is_inspector) & inspects
is_inspecting_head = is_head & inspects


def hand_in_inspection(*verbs: str) -> rules.Predicate:
    """The person took one of these acts on the inspection that the object is about."""

    def test(user: "User", obj: Any) -> bool:
        return bool(obj.inspection.had_hand_of(user, verbs))

    return rules.Predicate(test, name=f"hand_in_inspection:{'+'.join(verbs)}")


PREPARED = ("inspection.open", "inspection.edit", "inspection.serve_notice", "inspection.set_team")
ON_SITE = (
    "inspection.start",
    "inspection.answer",
    "inspection.keep_photo",
    "inspection.find_clean",
    "inspection.order_cure",
)
#: Whoever did one of these had a hand in the inspection, and judges no application to annul it.
INSPECTED = (
    *(*PREPARED, *ON_SITE, "inspection.keep_ground", "inspection.appoint", "inspection.register", "inspection.replan"),
    *("inspection.extend", "inspection.accept_cure", "inspection.find_uncured"),
)

# Asked of the official himself: which pages and records of the administration are his.
rules.add_perm("inspections.keep", inspects)
rules.add_perm("inspections.read_figures", inspects | supervises)
rules.add_perm("inspections.change_subject", is_preparer)
rules.add_perm("inspections.manage_inspectors", is_inspecting_head | (is_administrator & inspects))
rules.add_perm("inspections.enter_joint_act", (is_case_officer | is_administrator) & inspects)
rules.add_perm(
    "inspections.confirm_joint_act",
    (is_head | is_administrator) & inspects & ~had_a_hand("jointact.enter", "jointact.edit", "jointact.propose"),
)
rules.add_perm("inspections.judge_joint_acts", (is_head | is_administrator) & inspects)
rules.add_perm("inspections.run_risk", is_preparer | is_system)
rules.add_perm("inspections.confirm_risk", is_inspecting_head)
rules.add_perm("inspections.keep_plans", is_preparer | is_system)
rules.add_perm("inspections.approve_plan", is_inspecting_head & ~had_a_hand("controlplan.form", "controlplan.change"))
rules.add_perm("inspections.publish_plan", is_inspecting_head | is_system)
rules.add_perm("inspections.open", is_preparer | is_system)
rules.add_perm("inspections.prepare", is_preparer)
rules.add_perm("inspections.appoint", is_inspecting_head & ~had_a_hand(*PREPARED))
rules.add_perm("inspections.work_on_site", (is_inspector | is_case_officer) & inspects & on_the_team)
rules.add_perm("inspections.judge", is_inspecting_head & ~had_a_hand(*ON_SITE))
rules.add_perm("inspections.annul", is_inspecting_head & ~had_a_hand(*INSPECTED))
rules.add_perm("inspections.answer_for_subject", is_party)
rules.add_perm("inspections.note_filing", is_preparer)
rules.add_perm("inspections.decide_prolong", is_inspecting_head & ~hand_in_inspection(*ON_SITE))
rules.add_perm("inspections.drop_request", is_inspecting_head)
rules.add_perm("inspections.decide_annulment", is_inspecting_head & ~hand_in_inspection(*INSPECTED))
rules.add_perm("inspections.time", is_system)
is_supervisor = (is_case_officer | is_inspector) & supervises
rules.add_perm("inspections.keep_visits", supervises)
rules.add_perm("inspections.supervise", is_supervisor)
rules.add_perm("inspections.issue_report", is_head & supervises & ~had_a_hand("supervisoryvisit.write_report"))
rules.add_perm("inspections.close_visit", is_head & supervises)
