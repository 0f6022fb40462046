"""The acts of inspections in words, and the tables of its cases."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.workflow import Workflow
from inspections.workflow import ANNULMENT, FILING, INSPECTION, JOINT_ACT, PLAN, SUPERVISORY_VISIT
from law.inspections.regimes import DATA_CENTRE
from licensing.permits import kinds

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
    "subject.sync": _("Subjects of control brought to the registers"),
    "subject.state_figures": _("Figures of the subject stated"),
    "subject.set_lowering": _("Reasons that lower the risk stated"),
    "subject.set_distance": _("Distance of an object stated"),
    "subject.confirm_risk": _("Degree of risk confirmed"),
    "subject.keep_risk": _("Degree of risk left as it was"),
    "riskrun.finish": _("Risk run finished"),
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
    "inspection.keep_proof": _("Proof of the notice added"),
    "inspection.make_package": _("Package for legal statistics made"),
    "inspection.extend": _("Inspection extended"),
    "inspection.register_extension": _("Act of extension registered"),
    "inspection.change_team": _("Team changed by a decision"),
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
    "inspection.prolong_cure": _("Term to cure prolonged"),
    "filing.file": _("Filed by the subject"),
    "filing.note": _("Filing noted with the inspection"),
    "filing.grant": _("Request to prolong granted"),
    "filing.refuse": _("Request to prolong refused"),
    "filing.withdraw": _("Filing withdrawn"),
    "filing.fall_away": _("Request fell away with the order"),
    "annulment.file": _("Application to annul filed"),
    "annulment.grant": _("Application granted: the inspection is annulled"),
    "annulment.refuse": _("Application refused: the inspection stands"),
    "annulment.lapse": _("No decision in time: decided in favour of the subject"),
    "annulment.confirm": _("Annulment by silence confirmed"),
    "annulment.withdraw": _("Application to annul withdrawn"),
    "measure.lose_ground": _("The inspection behind the measure is annulled"),
    "supervisoryvisit.announce": _("Supervisory visit announced"),
    "supervisoryvisit.carry_out": _("Supervisory visit carried out"),
    "supervisoryvisit.write_report": _("Report on the visit written"),
    "supervisoryvisit.issue_report": _("Report on the visit issued"),
    "supervisoryvisit.answer": _("Report on the visit answered"),
    "supervisoryvisit.close": _("Supervisory visit closed"),
    "supervisoryvisit.drop": _("Supervisory visit dropped"),
}
#: Letters of inspections: what lists call them, and the heading of those that the common template prints.
LETTERS: Mapping[str, tuple[str, str]] = {
    "inspection_notice": (_("Notice of an inspection"), _("Notice of an inspection")),
    "inspection_appointment": (_("Act of appointment of an inspection"), _("Act of appointment of an inspection")),
    "inspection_extension": (_("Act of extension of an inspection"), _("Act of extension of an inspection")),
    "inspection_extension_notice": (
        _("Notice of the extension of an inspection"),
        _("Notice of the extension of an inspection"),
    ),
    "inspection_team": (_("Decision on the team of an inspection"), _("Decision on the team of an inspection")),
    "result_act": (_("Result act of an inspection"), ""),
    "order_to_cure": (_("Order to cure"), ""),
    "cure_reminder": (_("Request about a cure"), ""),
    "filing_receipt": (_("Receipt of a filing"), _("Receipt of a filing to an inspection")),
    "prolong_decision": (
        _("Decision on a request to prolong"),
        _("Decision on a request to prolong the term to cure"),
    ),
    "annulment_decision": (
        _("Decision on an application to annul"),
        _("Decision on an application to annul an inspection"),
    ),
    "annulment_silence": (
        _("Confirmation that silence annulled an inspection"),
        _("Confirmation: decided in favour of the subject by silence"),
    ),
}
WORKFLOWS: Mapping[str, Workflow] = {
    "inspections.jointact": JOINT_ACT,
    "inspections.controlplan": PLAN,
    "inspections.inspection": INSPECTION,
    "inspections.filing": FILING,
    "inspections.annulment": ANNULMENT,
    "inspections.supervisoryvisit": SUPERVISORY_VISIT,
}


def group_name(code: str) -> str:
    """A kind of permit, or of object, in the language of the page."""
    if code == DATA_CENTRE:
        return gettext("Data centre of digital mining")
    known = kinds().get(code)
    return gettext(known.name) if known is not None else code
