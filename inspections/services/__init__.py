"""What can be done with what stands in inspections.models. Views and API call these, nothing below."""

from inspections.services.acts import (
    confirm_act,
    drop_act,
    edit_act,
    end_act,
    enter_act,
    propose_act,
    put_row,
    send_back_act,
    send_rows,
    set_criteria,
    set_requirements,
)
from inspections.services.annulments import (
    annul_inspection,
    confirm_annulment,
    file_annulment,
    grant_annulment,
    refuse_annulment,
    withdraw_annulment,
)
from inspections.services.answers import (
    ask_to_prolong,
    drop_request,
    file_objection,
    grant_prolong,
    note_filing,
    refuse_access,
    refuse_prolong,
    report_cure,
    withdraw_filing,
)
from inspections.services.course import change_team, extend_inspection, register_extension
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
<<<<<<< HEAD
    open_inspection,
    set_team,
)
from inspections.services.filed import (
    attach_to,
)
from inspections.services.following import (
    open_follow_up,
    propose_suspension,
)
=======
    keep_grounds,
    open_inspection,
    set_team,
)
from inspections.services.exchange import enter_receipts, make_package, read_receipts
from inspections.services.filed import attach_to
from inspections.services.following import open_follow_up, propose_suspension
>>>>>>> 261f2be (Show an inspection with all that stands against it, its lawful window and who is free; bar what the law bars)
from inspections.services.opening import (
    appoint,
    drop_inspection,
    register_act,
    replan_inspection,
    serve_notice,
    start_inspection,
)
from inspections.services.profiles import (
    confirm_risk,
    keep_risk,
    set_distance,
    set_lowering,
    state_figures,
)
from inspections.services.results import (
    hand_result,
)
from inspections.services.risk import (
    begin_risk_run,
    finish_begun_runs,
    finish_risk_run,
    forget_trials,
    run_by_schedule,
    run_risk,
)
from inspections.services.site import (
    Entry,
    answer_items,
    keep_photo,
    take_batch,
)
from inspections.services.subjects import (
    sync_all_subjects,
    sync_subjects,
)
from inspections.services.visits import (
    announce_visit,
    answer_report,
    carry_out_visit,
    close_visit,
    drop_visit,
    issue_report,
    write_report,
)

__all__ = [
    "Entry",
    "Named",
    "accept_cure",
    "announce_visit",
    "annul_inspection",
    "answer_items",
    "answer_report",
    "appoint",
    "ask_to_prolong",
    "attach_to",
    "begin_risk_run",
<<<<<<< HEAD
    "carry_out_visit",
    "close_visit",
=======
    "change_team",
>>>>>>> 261f2be (Show an inspection with all that stands against it, its lawful window and who is free; bar what the law bars)
    "confirm_act",
    "confirm_annulment",
    "confirm_risk",
    "cure_reported",
    "drop_act",
    "drop_inspection",
    "drop_request",
    "drop_visit",
    "edit_act",
    "edit_inspection",
    "end_act",
    "enter_act",
    "enter_receipts",
    "extend_inspection",
    "file_annulment",
    "file_objection",
    "find_uncured",
    "finish_begun_runs",
    "finish_risk_run",
    "forget_trials",
    "grant_annulment",
    "grant_prolong",
    "hand_result",
    "issue_report",
    "keep_ground",
    "keep_grounds",
    "keep_photo",
    "keep_risk",
    "make_package",
    "move_cure_day",
    "note_cure_report",
    "note_filing",
    "open_follow_up",
    "open_inspection",
    "propose_act",
    "propose_suspension",
<<<<<<< HEAD
    "put_row",
=======
    "read_receipts",
>>>>>>> 261f2be (Show an inspection with all that stands against it, its lawful window and who is free; bar what the law bars)
    "refuse_access",
    "refuse_annulment",
    "refuse_prolong",
    "register_act",
    "register_extension",
    "replan_inspection",
    "report_cure",
    "run_by_schedule",
    "run_risk",
    "send_back_act",
    "send_reminder",
    "send_rows",
    "serve_notice",
    "set_criteria",
    "set_distance",
    "set_lowering",
    "set_requirements",
    "set_team",
    "start_inspection",
    "state_figures",
    "sync_all_subjects",
    "sync_subjects",
    "take_batch",
    "withdraw_annulment",
    "withdraw_filing",
    "write_report",
]
