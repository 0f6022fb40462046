"""The administration: people and authorities are edited here, everything else is read; acts go through the services."""

from core.admin import absences, house, people, records, rowfiles, schedules, webhooks

__all__ = ["absences", "house", "people", "records", "rowfiles", "schedules", "webhooks"]
