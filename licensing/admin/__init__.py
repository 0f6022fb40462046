"""Cases, licences and the register in the administration: read there, moved only by the services."""

from licensing.admin import applications, archives, caseload, changes, desk, outcomes, payments, rules

__all__ = ["applications", "archives", "caseload", "changes", "desk", "outcomes", "payments", "rules"]
