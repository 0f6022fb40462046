"""The acts that every app shares. `advance()` is the only door to a state, `record()` the only writer of events."""

from core.services.acts import Choice, advance, allowed, choices, record, require, touch
from core.services.duties import (
    Duty,
    duties,
    duty_label,
    end_duties,
    meet,
    owe,
    pause,
    register_duty,
    resume,
    sweep_duties,
)
from core.services.files import Upload, log_access, read_document, remove_document, store_document
from core.services.letters import deliver, deliver_left_over, message, notify
from core.services.people import (
    claim_organisation,
    confirm_membership,
    confirm_registration,
    edit_person,
    grant_power_of_attorney,
    make_key,
    revoke_key,
    revoke_membership,
)
from core.services.seals import Fault, seal_events, verify_events

__all__ = [
    "Choice",
    "Duty",
    "Fault",
    "Upload",
    "advance",
    "allowed",
    "choices",
    "claim_organisation",
    "confirm_membership",
    "confirm_registration",
    "deliver",
    "deliver_left_over",
    "duties",
    "duty_label",
    "edit_person",
    "end_duties",
    "grant_power_of_attorney",
    "log_access",
    "make_key",
    "meet",
    "message",
    "notify",
    "owe",
    "pause",
    "read_document",
    "record",
    "register_duty",
    "remove_document",
    "require",
    "resume",
    "revoke_key",
    "revoke_membership",
    "seal_events",
    "store_document",
    "sweep_duties",
    "touch",
    "verify_events",
]
