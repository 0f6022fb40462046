"""The administration: people and authorities are edited here, everything else is read; acts go through the services."""

from core.admin import absences, people, records, schedules

__all__ = ["absences", "people", "records", "schedules"]
