"""The acts of inspections in words, and the tables of its cases."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from core.workflow import Workflow
from inspections.workflow import INSPECTION, JOINT_ACT, PLAN

VERBS: Mapping[str, str] = {
    "jointact.enter": _("Joint act entered"),
    "jointact.edit": _("Joint act changed"),
    "jointact.propose": _("Joint act proposed for confirmation"),
    "jointact.send_back": _("Joint act sent back"),
    "jointact.confirm": _("Joint act confirmed"),
    "jointact.end": _("Joint act no longer in force"),
    "jointact.drop": _("Joint act dropped"),
    "inspector.enter": _("Inspector entered"),
    "inspector.change": _("Inspector changed"),
    "controlplan.form": _("Plan formed"),
    "controlplan.change": _("Plan changed"),
    "controlplan.approve": _("Plan approved"),
    "controlplan.send": _("Plan sent to legal statistics"),
    "controlplan.publish": _("Plan published"),
    "controlplan.replace": _("Plan replaced"),
    "controlplan.drop": _("Plan dropped"),
    "inspection.open": _("Inspection opened"),
    "inspection.edit": _("Draft of the inspection changed"),
    "inspection.set_team": _("Team named"),
    "inspection.keep_ground": _("Paper of the ground added"),
    "inspection.serve_notice": _("Notice of the inspection served"),
    "inspection.replan": _("Inspection planned anew"),
    "inspection.appoint": _("Act of appointment signed"),
    "inspection.register": _("Act of appointment registered"),
    "inspection.start": _("Inspection begun"),
    "inspection.answer": _("Items of the checklist answered"),
    "inspection.keep_photo": _("Photograph taken on site"),
    "inspection.find_clean": _("Result handed over: no breaches"),
    "inspection.order_cure": _("Result and order to cure handed over"),
    "inspection.accept_cure": _("Cure accepted"),
    "inspection.find_uncured": _("Not cured in time"),
    "inspection.send_reminder": _("Subject asked about the cure"),
    "inspection.follow_up": _("Check of the order opened"),
    "inspection.propose_suspension": _("Suspension of the licence proposed"),
    "inspection.drop": _("Inspection dropped"),
    "inspection.annul": _("Inspection annulled"),
}
WORKFLOWS: Mapping[str, Workflow] = {
    "inspections.jointact": JOINT_ACT,
    "inspections.controlplan": PLAN,
    "inspections.inspection": INSPECTION,
}
