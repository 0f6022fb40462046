"""What can be done with what stands in inspections.models. Views and API call these, nothing below."""

from inspections.services.acts import (
    confirm_act,
    drop_act,
    edit_act,
    end_act,
    enter_act,
    propose_act,
    send_back_act,
    send_rows,
    set_criteria,
    set_requirements,
)
from inspections.services.cures import (
    accept_cure,
    cure_reported,
    find_uncured,
    move_cure_day,
    note_cure_report,
    send_reminder,
)
from inspections.services.drafts import (
    Named,
    edit_inspection,
    keep_ground,
    open_inspection,
    set_team,
)
from inspections.services.following import open_follow_up, propose_suspension
from inspections.services.opening import (
    appoint,
    drop_inspection,
    register_act,
    replan_inspection,
    serve_notice,
    start_inspection,
)
from inspections.services.results import hand_result
from inspections.services.site import Entry, answer_items, keep_photo, take_batch

__all__ = [
    "Entry",
    "Named",
    "accept_cure",
    "answer_items",
    "appoint",
    "confirm_act",
    "cure_reported",
    "drop_act",
    "drop_inspection",
    "edit_act",
    "edit_inspection",
    "end_act",
    "enter_act",
    "find_uncured",
    "hand_result",
    "keep_ground",
    "keep_photo",
    "move_cure_day",
    "note_cure_report",
    "open_follow_up",
    "open_inspection",
    "propose_act",
    "propose_suspension",
    "register_act",
    "replan_inspection",
    "send_back_act",
    "send_reminder",
    "send_rows",
    "serve_notice",
    "set_criteria",
    "set_requirements",
    "set_team",
    "start_inspection",
    "take_batch",
]
