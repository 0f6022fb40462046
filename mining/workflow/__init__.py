"""The tables of mining: who may take which step from where to where."""

from mining.workflow.assessment import ASSESSMENT
from mining.workflow.centre import CENTRE
from mining.workflow.machines import MACHINES
from mining.workflow.quota import FINDING

__all__ = ["ASSESSMENT", "CENTRE", "FINDING", "MACHINES"]
