"""What the register of mining holds, one module a subject."""

from mining.models.assessments import Assessment, AssessmentItem
from mining.models.centres import DataCentre
from mining.models.distributions import Distribution, MinerReport, MinerReportLine, PoolReport
from mining.models.hash_rate import WorldHashRate
from mining.models.hosting import Hosting
from mining.models.machines import Machine, MachineFiling, MachineStep
from mining.models.particulars import SOURCES, MiningParticulars
from mining.models.pools import PoolParticulars, SecurityProtocol
from mining.models.power import PowerLimit
from mining.models.quota import QuotaAssessment, QuotaFinding
from mining.models.realised import RealisedReport

__all__ = [
    "SOURCES",
    "Assessment",
    "AssessmentItem",
    "DataCentre",
    "Distribution",
    "Hosting",
    "Machine",
    "MachineFiling",
    "MachineStep",
    "MinerReport",
    "MinerReportLine",
    "MiningParticulars",
    "PoolParticulars",
    "PoolReport",
    "PowerLimit",
    "QuotaAssessment",
    "QuotaFinding",
    "RealisedReport",
    "SecurityProtocol",
    "WorldHashRate",
]
