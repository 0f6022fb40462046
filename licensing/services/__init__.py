"""What can be done to a filing and a licence. Views, API, admin and tasks call these and nothing below."""

from licensing.services.archives import (
    ask_archive,
    forget_archives,
    make_archive,
    make_left_over_archives,
    open_archive,
)
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
from licensing.services.letters import preview_letter, print_left_over, print_letter
from licensing.services.licences import draft_licence, expire_licences, publish_entry
from licensing.services.reopening import annul_decision, reopen_application
from licensing.services.review import (
    accept_application,
    add_note,
    ask_question,
    assign_application,
    judge_check,
    record_opinion,
    refuse_consideration,
    register_application,
    request_opinion,
)

__all__ = [
    "accept_application",
    "add_note",
    "annul_decision",
    "answer_question",
    "ask_archive",
    "ask_question",
    "assign_application",
    "attach_document",
    "countersign",
    "decide_application",
    "detach_document",
    "draft_licence",
    "edit_draft",
    "edit_letter",
    "expire_licences",
    "forget_archives",
    "judge_check",
    "make_archive",
    "make_left_over_archives",
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
    "return_to_review",
    "start_again",
    "submit_application",
    "withdraw_application",
]
