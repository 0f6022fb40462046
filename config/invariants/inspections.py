"""Series of the numbers of inspections and of what belongs to them."""

from inspections.models.acts import SERIES as JOINT_ACTS
from inspections.models.answers import ANNULMENTS, FILINGS
from inspections.models.inspections import SERIES as INSPECTIONS
from inspections.models.plans import SERIES as PLANS
from inspections.models.risk import SERIES as RISK_RUNS
from inspections.models.visits import VISITS
from inspections.services.course import ACTS as EXTENSIONS
from inspections.services.opening import ACTS
from inspections.services.results import ORDERS, RESULTS

SERIES = (
    *(JOINT_ACTS, PLANS, RISK_RUNS, VISITS, INSPECTIONS, ACTS, EXTENSIONS),
    *(RESULTS, ORDERS, FILINGS, ANNULMENTS),
)
