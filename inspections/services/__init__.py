"""What can be done with what stands in inspections.models. Views and API call these, nothing below."""

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
    "drop_inspection",
    "edit_inspection",
    "keep_ground",
    "open_inspection",
    "register_act",
    "replan_inspection",
    "serve_notice",
    "set_team",
    "start_inspection",
]
