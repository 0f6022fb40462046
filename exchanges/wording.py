"""What the events of exchanges are called, and the tables of its cases."""

from core.workflow import Workflow
from exchanges.models.warnings import OPEN, WARNING_TYPE
from exchanges.workflow import ASSET_CLASS, COMPLAINT, INCIDENT, RAIL, RECORD, TIP, TRANSFER, WARNING
from law.market import KINDS, LIST_RULE
from law.problems import _
from licensing.register_types import EntryType

VERBS: dict[str, str] = {
    "listedexchange.enter": _("Exchange entered in the list"),
    "listedexchange.end": _("Day entered on which an exchange's licence ended"),
    "salereport.file": _("Report on sales filed"),
    "perimeternote.keep": _("Note of an answer of the law kept"),
    "perimeternote.take_off": _("Note of an answer of the law taken off"),
    "marketwarning.propose": _("Warning proposed"),
    "marketwarning.publish": _("Warning published"),
    "marketwarning.drop": _("Warning not published"),
    "marketwarning.withdraw": _("Warning withdrawn"),
    "servicer.enter": _("Bank or postal operator entered"),
    "raillink.enter": _("Account of a provider entered"),
    "raillink.rate": _("Risk of a provider rated"),
    "raillink.tell": _("Bank told of the licence of its client"),
    "complaint.file": _("Complaint filed"),
    "complaint.forward": _("Complaint put to the provider"),
    "complaint.decline": _("Complaint not taken up"),
    "complaint.answer": _("Complaint answered"),
    "complaint.send_back": _("Another answer asked for"),
    "complaint.close": _("Complaint closed"),
    "incident.report": _("Incident reported"),
    "incident.describe": _("Incident reported in full"),
    "incident.send_back": _("More asked for"),
    "incident.close": _("Incident closed"),
    "providerrecord.file": _("Record of a provider filed"),
    "providerrecord.find_met": _("Record found as the law asks"),
    "providerrecord.find_unmet": _("Record not found as the law asks"),
    "providerrecord.end": _("Record of a provider ended"),
    "heldtransfer.report": _("Transfer without data reported"),
    "heldtransfer.pass": _("Held transfer passed"),
    "heldtransfer.refuse": _("Held transfer refused"),
    "raillink.end": _("Account of a provider ended"),
    "marketwarning.ask_withdrawal": _("Withdrawal of the warning proposed"),
    "markettip.receive": _("Tip received"),
    "markettip.take": _("Tip taken into triage"),
    "markettip.repeat": _("Tip noted as a duplicate"),
    "markettip.refer": _("Another authority asked"),
    "markettip.referral_answer": _("Answer of another body entered"),
    "markettip.hand_over": _("Tip referred to another authority"),
    "markettip.open_breach": _("Breach opened of the tip"),
    "markettip.propose_warning": _("Warning proposed of the tip"),
    "markettip.close": _("Tip closed without action"),
    "salereport.correct": _("Report on sales corrected"),
    "assetassessment.open": _("Class of an asset begun"),
    "assetassessment.answer": _("Checklist answered"),
    "assetassessment.document": _("Evidence added"),
    "assetassessment.propose": _("Class proposed"),
    "assetassessment.send_back": _("Class sent back"),
    "assetassessment.sign_off": _("Class of the asset signed off"),
    "assetassessment.drop": _("Class of an asset dropped"),
}
WORKFLOWS: dict[str, Workflow] = {
    "exchanges.assetassessment": ASSET_CLASS,
    "exchanges.complaint": COMPLAINT,
    "exchanges.heldtransfer": TRANSFER,
    "exchanges.incident": INCIDENT,
    "exchanges.marketwarning": WARNING,
    "exchanges.providerrecord": RECORD,
    "exchanges.raillink": RAIL,
    "exchanges.markettip": TIP,
}
#: Warnings stand in the public register too, so that one search finds them; each is read on its own page.
WARNING_ENTRY = EntryType(
    WARNING_TYPE,
    _("Warning of the unlicensed market"),
    LIST_RULE,
    lambda: KINDS,
    tuple(WARNING.state(name) for name in OPEN),
    page="open-warning",
)
