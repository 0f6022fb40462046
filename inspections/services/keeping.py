"""What of inspections goes when its period of keeping is over. Registered by inspections.apps."""

from datetime import date, datetime

from django.db.models import Q

from core.models import Document
from core.services.retention import Rows, held
from inspections.models import (
    Annulment,
    Filing,
    FilingItem,
    Inspection,
    InspectionItem,
    RiskRow,
    SiteEntry,
    SupervisoryVisit,
    TeamMember,
)


def old_trials(moment: datetime, day: date) -> Rows:
    """Rows of trials of criteria that ended before the moment. Those of snapshots stay: plans rest on them."""
    return RiskRow.objects.filter(run__trial=True, run__finished_at__lt=moment)


def old_inspections(moment: datetime, day: date) -> Rows:
    """Inspections that ended before the moment, unless one that checks their order is open or a hold is laid."""
    ended = Inspection.objects.filter(Q(closed_at__lt=moment)).exclude(organisation__in=held("core.Organisation"))
    return ended.exclude(followed_by__closed_at__isnull=True, followed_by__isnull=False)


def old_members(moment: datetime, day: date) -> Rows:
    return TeamMember.objects.filter(inspection__in=old_inspections(moment, day).values("pk"))


def old_items(moment: datetime, day: date) -> Rows:
    return InspectionItem.objects.filter(inspection__in=old_inspections(moment, day).values("pk"))


def old_entries(moment: datetime, day: date) -> Rows:
    return SiteEntry.objects.filter(inspection__in=old_inspections(moment, day).values("pk"))


def old_filings(moment: datetime, day: date) -> Rows:
    return Filing.objects.filter(inspection__in=old_inspections(moment, day).values("pk"))


def old_filing_items(moment: datetime, day: date) -> Rows:
    return FilingItem.objects.filter(filing__inspection__in=old_inspections(moment, day).values("pk"))


def old_annulments(moment: datetime, day: date) -> Rows:
    return Annulment.objects.filter(inspection__in=old_inspections(moment, day).values("pk"))


def old_papers(moment: datetime, day: date) -> Rows:
    """The files of such inspections, and of what was filed to them."""
    ended = Q(subject_type=Inspection._meta.label_lower, subject_id__in=old_inspections(moment, day).values("pk"))
    for rows in (old_filings(moment, day), old_annulments(moment, day)):
        ended |= Q(subject_type=rows.model._meta.label_lower, subject_id__in=rows.values("pk"))
    return Document.objects.filter(ended, erased_at__isnull=True)


def old_visits(moment: datetime, day: date) -> Rows:
    """Supervisory visits that ended before the moment, unless a hold is laid."""
    ended = SupervisoryVisit.objects.filter(closed_at__lt=moment)
    return ended.exclude(organisation__in=held("core.Organisation"))
