"""What of exchanges goes when its period of keeping is over. Registered by exchanges.apps."""

from datetime import date, datetime

from core.services.retention import Rows
from exchanges.models import PerimeterNote


def old_notes(moment: datetime, day: date) -> Rows:
    """Notes kept before the moment: client's name and remark go, the question and its answer stay."""
    return PerimeterNote.objects.filter(created_at__lt=moment)
