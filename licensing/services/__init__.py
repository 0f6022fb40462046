"""What can be done to a filing and a licence. Views, API, admin and tasks call these and nothing below."""

from licensing.services.archives import (
    ask_archive,
    forget_archives,
    make_archive,
    make_left_over_archives,
    open_archive,
)
from licensing.services.assigning import assign_by_rules, edit_rule, end_rule, enter_rule
from licensing.services.caseload import move_caseload
from licensing.services.decision import countersign, decide_application, edit_letter, recommend, return_to_review
from licensing.services.filing import (
    answer_question,
    attach_document,
    detach_document,
    edit_draft,
    open_application,
    start_again,
    submit_application,
    withdraw_application,
)
from licensing.services.imports import forget_bank_files, import_bank_file, keep_bank_file, look_at_bank_file
from licensing.services.letters import preview_letter, print_left_over, print_letter
from licensing.services.licences import draft_licence, expire_licences, publish_entry
from licensing.services.opinions import record_opinion, request_opinion
from licensing.services.payments import (
    confirm_declaration,
    confirm_payment,
    declare_payment,
    enter_payment,
    match_payment,
    void_payment,
)
from licensing.services.reopening import annul_decision, reopen_application
from licensing.services.review import (
    accept_application,
    add_note,
    ask_question,
    assign_application,
    judge_check,
    refuse_consideration,
    register_application,
)
from licensing.services.silence import confirm_silence, deny_silence
from licensing.services.stops import resume_review, stop_review
from licensing.services.verification import SAID, examine_paper

__all__ = [
    "SAID",
    "accept_application",
    "add_note",
    "annul_decision",
    "answer_question",
    "ask_archive",
    "ask_question",
    "assign_application",
    "assign_by_rules",
    "attach_document",
    "confirm_declaration",
    "confirm_payment",
    "confirm_silence",
    "countersign",
    "decide_application",
    "declare_payment",
    "deny_silence",
    "detach_document",
    "draft_licence",
    "edit_draft",
    "edit_letter",
    "edit_rule",
    "end_rule",
    "enter_payment",
    "enter_rule",
    "examine_paper",
    "expire_licences",
    "forget_archives",
    "forget_bank_files",
    "import_bank_file",
    "judge_check",
    "keep_bank_file",
    "look_at_bank_file",
    "make_archive",
    "make_left_over_archives",
    "match_payment",
    "move_caseload",
    "open_application",
    "open_archive",
    "preview_letter",
    "print_left_over",
    "print_letter",
    "publish_entry",
    "recommend",
    "record_opinion",
    "refuse_consideration",
    "register_application",
    "reopen_application",
    "request_opinion",
    "resume_review",
    "return_to_review",
    "start_again",
    "stop_review",
    "submit_application",
    "void_payment",
    "withdraw_application",
]
