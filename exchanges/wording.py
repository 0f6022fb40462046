"""What the events of exchanges are called, and the tables of its cases."""

from core.workflow import Workflow
from exchanges.workflow import ASSET_CLASS, RAIL, TIP, WARNING
from law.problems import _

VERBS: dict[str, str] = {
    "listedexchange.enter": _("Exchange entered in the list"),
    "listedexchange.end": _("Day entered on which an exchange's licence ended"),
    "salereport.file": _("Report on sales filed"),
    "perimeternote.keep": _("Note of an answer of the law kept"),
    "marketwarning.propose": _("Warning proposed"),
    "marketwarning.publish": _("Warning published"),
    "marketwarning.drop": _("Warning not published"),
    "marketwarning.withdraw": _("Warning withdrawn"),
    "servicer.enter": _("Bank or postal operator entered"),
    "raillink.enter": _("Account of a provider entered"),
    "raillink.rate": _("Risk of a provider rated"),
    "raillink.tell": _("Bank told of the licence of its client"),
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
    "exchanges.marketwarning": WARNING,
    "exchanges.raillink": RAIL,
    "exchanges.markettip": TIP,
}
