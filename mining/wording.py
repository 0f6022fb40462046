"""The acts of mining in words, and the tables of its cases."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from core.workflow import Workflow
from mining.workflow import ASSESSMENT, CENTRE, FINDING, MACHINES

VERBS: Mapping[str, str] = {
    "datacentre.enter": _("Entered in the register of data centres"),
    "datacentre.change": _("Entry changed"),
    "datacentre.let": _("Letting entered"),
    "datacentre.end_letting": _("Letting ended"),
    "datacentre.close": _("Data centre closed"),
    "datacentre.publish": _("Published in the register"),
    "datacentre.withhold": _("Withheld from the public register"),
    "powerlimit.enter": _("Limit of power entered"),
    "powerlimit.end": _("Limit of power ended"),
    "worldhashrate.enter": _("Hash rate of the world entered"),
    "realisedreport.file": _("Report on jobs and investment received"),
    "assessment.open": _("Assessment begun"),
    "assessment.answer": _("Checklist answered"),
    "assessment.document": _("Evidence added"),
    "assessment.propose": _("Result proposed"),
    "assessment.send_back": _("Assessment sent back"),
    "assessment.sign_off": _("Assessment signed off"),
    "assessment.drop": _("Assessment dropped"),
    "machinefiling.file": _("Application about machines filed"),
    "machinefiling.offer": _("Machines offered to the new owner"),
    "machinefiling.confirm": _("Machines taken over by the new owner"),
    "machinefiling.record_consent": _("Paper of both owners recorded"),
    "machinefiling.decline": _("Machines declined by the new owner"),
    "machinefiling.grant": _("Application about machines granted"),
    "machinefiling.refuse": _("Application about machines refused"),
    "machinefiling.withdraw": _("Application about machines withdrawn"),
    "poolreport.file": _("Distribution report received"),
    "minerreport.file": _("Report of a miner received"),
    "licence.enter_protocol": _("Protocol of a security test entered"),
    "quotaassessment.make": _("Sales of the miner assessed"),
    "quotafinding.open": _("Finding opened"),
    "quotafinding.uphold": _("Finding upheld"),
    "quotafinding.set_aside": _("Finding set aside"),
    "quotafinding.open_breach": _("Breach opened on the finding"),
}
#: Acts inside the authority, which no owner sees.
INSIDE = ("assessment.", "powerlimit.", "worldhashrate.", "quotaassessment.", "quotafinding.")
INTERNAL_VERBS = frozenset(verb for verb in VERBS if verb.startswith(INSIDE)) - {"assessment.sign_off"}
WORKFLOWS: Mapping[str, Workflow] = {
    "mining.datacentre": CENTRE,
    "mining.assessment": ASSESSMENT,
    "mining.machinefiling": MACHINES,
    "mining.quotafinding": FINDING,
}
