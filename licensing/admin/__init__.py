"""Cases, licences and the register in the administration: read there, moved only by the services."""

from licensing.admin import (
    appeals,
    applications,
    archives,
    caseload,
    changes,
    clarifications,
    conditions,
    desk,
    life,
    objections,
    outcomes,
    payments,
    people,
    rules,
    visits,
)

__all__ = [
    "appeals",
    "applications",
    "archives",
    "caseload",
    "changes",
    "clarifications",
    "conditions",
    "desk",
    "life",
    "objections",
    "outcomes",
    "payments",
    "people",
    "rules",
    "visits",
]
