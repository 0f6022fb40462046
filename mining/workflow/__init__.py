"""The tables of mining: who may take which step from where to where."""

from mining.workflow.assessment import ASSESSMENT
from mining.workflow.centre import CENTRE

__all__ = ["ASSESSMENT", "CENTRE"]
