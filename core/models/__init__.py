"""What every app shares: people, events, duties, letters and files. Nothing here knows licences."""

from core.models.absences import Absence
from core.models.base import Named, Seen, Sight, Stateful
from core.models.duties import Obligation, Pause, Reminder
from core.models.events import Access, Checkpoint, Event
from core.models.files import Document
from core.models.house import DataBreach, ErasureRun, LegalHold
from core.models.people import Authority, LoginAttempt, Membership, Organisation, User
from core.models.post import Notification
from core.models.requests import RequestKey, SavedFilter
from core.models.rowfiles import RowFault, RowFile
from core.models.signatures import DocumentSignature
from core.models.teams import Team
from core.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "Absence",
    "Access",
    "Authority",
    "Checkpoint",
    "DataBreach",
    "Document",
    "DocumentSignature",
    "ErasureRun",
    "Event",
    "LegalHold",
    "LoginAttempt",
    "Membership",
    "Named",
    "Notification",
    "Obligation",
    "Organisation",
    "Pause",
    "Reminder",
    "RequestKey",
    "RowFault",
    "RowFile",
    "SavedFilter",
    "Seen",
    "Sight",
    "Stateful",
    "Team",
    "User",
    "Webhook",
    "WebhookDelivery",
]
