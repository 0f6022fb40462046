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
from inspections.services.drafts import (
    Named,
    edit_inspection,
    keep_ground,
    open_inspection,
    set_team,
)
from inspections.services.opening import (
    appoint,
    drop_inspection,
    register_act,
    replan_inspection,
    serve_notice,
    start_inspection,
)

__all__ = [
    "Named",
    "appoint",
    "confirm_act",
    "drop_act",
    "drop_inspection",
    "edit_act",
    "edit_inspection",
    "end_act",
    "enter_act",
    "keep_ground",
    "open_inspection",
    "propose_act",
    "register_act",
    "replan_inspection",
    "send_back_act",
    "send_rows",
    "serve_notice",
    "set_criteria",
    "set_requirements",
    "set_team",
    "start_inspection",
]
