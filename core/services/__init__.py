"""The acts that every app shares. `advance()` is the only door to a state, `record()` the only writer of events."""

from core.services.absences import end_absence, enter_absence, stood_in_for, taker
from core.services.acts import Choice, advance, allowed, choices, record, record_each, require, touch
from core.services.bounces import read_bounces
from core.services.calling import call_left_over, call_webhooks
from core.services.duties import (
    Duty,
    duties,
    duty_label,
    end_duties,
    meet,
    owe,
    owe_each,
    register_duty,
    sweep_duties,
)
from core.services.erasing import erase_contents
from core.services.files import Upload, is_whole, log_access, read_document, remove_document, store_document
from core.services.firms import describe_firm
from core.services.holds import lift_hold, place_hold
from core.services.investors import enter_investor, strike_investor
from core.services.letters import message, notify, reminder_key
from core.services.pauses import extend, pause, remove_extension, resume
from core.services.people import (
    claim_organisation,
    confirm_membership,
    confirm_registration,
    edit_person,
    end_keys,
    end_organisation,
    grant_power_of_attorney,
    make_key,
    revoke_key,
    revoke_membership,
    set_password,
)
from core.services.post import deliver, deliver_left_over, make_digests, send_again
from core.services.queueing import announced, register_announced
from core.services.reminders import remind_duties
from core.services.retention import (
    confirm_erasure,
    decline_erasure,
    propose_erasure,
    register_erasure,
    register_need,
)
from core.services.rowfiles import (
    forget_row_files,
    keep_row_file,
    take_row_file,
    take_rows,
    work_on_left_over_row_files,
    work_on_row_file,
)
from core.services.runs import erase_due
from core.services.seals import Fault, seal_events, verify_events
from core.services.signatures import keep_own_signature, open_signature, show_papers, sign_paper, signing_fault
from core.services.teams import edit_team, enter_team
from core.services.webhooks import (
    edit_webhook,
    make_webhook,
    remove_webhook,
    rotate_secret,
    send_delivery_again,
    send_test,
)

__all__ = [
    "Choice",
    "Duty",
    "Fault",
    "Upload",
    "advance",
    "allowed",
    "announced",
    "call_left_over",
    "call_webhooks",
    "choices",
    "claim_organisation",
    "confirm_erasure",
    "confirm_membership",
    "confirm_registration",
    "decline_erasure",
    "deliver",
    "deliver_left_over",
    "describe_firm",
    "duties",
    "duty_label",
    "edit_person",
    "edit_team",
    "edit_webhook",
    "end_absence",
    "end_duties",
    "end_keys",
    "end_organisation",
    "enter_absence",
    "enter_investor",
    "enter_team",
    "erase_contents",
    "erase_due",
    "extend",
    "forget_row_files",
    "grant_power_of_attorney",
    "is_whole",
    "keep_own_signature",
    "keep_row_file",
    "lift_hold",
    "log_access",
    "make_digests",
    "make_key",
    "make_webhook",
    "meet",
    "message",
    "notify",
    "open_signature",
    "owe",
    "owe_each",
    "pause",
    "place_hold",
    "propose_erasure",
    "read_bounces",
    "read_document",
    "record",
    "record_each",
    "register_announced",
    "register_duty",
    "register_erasure",
    "register_need",
    "remind_duties",
    "reminder_key",
    "remove_document",
    "remove_extension",
    "remove_webhook",
    "require",
    "resume",
    "revoke_key",
    "revoke_membership",
    "rotate_secret",
    "seal_events",
    "send_again",
    "send_delivery_again",
    "send_test",
    "set_password",
    "show_papers",
    "sign_paper",
    "signing_fault",
    "stood_in_for",
    "store_document",
    "strike_investor",
    "sweep_duties",
    "take_row_file",
    "take_rows",
    "taker",
    "touch",
    "verify_events",
    "work_on_left_over_row_files",
    "work_on_row_file",
]
