"""What of exchanges goes when its period of keeping is over. Registered by exchanges.apps."""

from datetime import date, datetime

from core.models import Document
from core.services.retention import Rows, held
from exchanges.models import Complaint, MarketTip, PerimeterNote


def old_notes(moment: datetime, day: date) -> Rows:
    """Notes kept before the moment: client's name and remark go, the question and its answer stay."""
    return PerimeterNote.objects.filter(created_at__lt=moment)


def old_tips(moment: datetime, day: date) -> Rows:
    """Tips that ended before the moment. What waits or is looked at is kept."""
    return MarketTip.objects.filter(closed_at__lt=moment)


def tip_papers(moment: datetime, day: date) -> Rows:
    """The files that came with such tips."""
    ended = old_tips(moment, day).values("pk")
    return Document.objects.filter(
        subject_type=MarketTip._meta.label_lower, subject_id__in=ended, erased_at__isnull=True
    )


def old_complaints(moment: datetime, day: date) -> Rows:
    """Complaints that ended before the moment, unless their provider is under a hold: person and words go."""
    return Complaint.objects.filter(ended_at__lt=moment).exclude(organisation__in=held("core.Organisation"))
