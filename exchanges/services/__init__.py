"""What can be done with what stands in exchanges.models. Views and API call these, nothing below."""

from exchanges.services.approved import (
    drop_asset,
    keep_asset,
    propose_asset,
    propose_withdrawal,
    publish_asset,
    withdraw_asset,
)
from exchanges.services.classes import (
    answer_class,
    attach_to_class,
    drop_class,
    open_class,
    propose_class,
    remove_from_class,
    send_back_class,
    sign_class,
)
from exchanges.services.complaints import (
    answer_complaint,
    end_complaint,
    file_complaint,
    forward_complaint,
    send_back_complaint,
)
from exchanges.services.differences import check_offers
from exchanges.services.incidents import close_incident, describe_incident, report_incident, send_back_incident
from exchanges.services.issues import (
    attach_to_issue,
    correct_issue,
    draft_issue,
    drop_issue,
    edit_issue,
    note_issue,
    platforms_of,
    register_issue,
    remove_from_issue,
)
from exchanges.services.listing import end_exchange, enter_exchange, follow_licence
from exchanges.services.notes import keep_note, print_note, take_off_note
from exchanges.services.offers import (
    AssetNamed,
    declare_offer,
    end_offer,
    lapse_offers,
    observe_offer,
    offering_licences,
)
from exchanges.services.proof import Compared, compared, sales_of
from exchanges.services.rails import end_rail, enter_rail, enter_servicer, rate_rail, tell_servicers
from exchanges.services.records import check_record, end_record, file_record
from exchanges.services.reporters import exchanges_of, keeper, miners_of
from exchanges.services.reports import SaleLine, correct_sale_report, file_sale_report
from exchanges.services.sale_rows import send_sales
from exchanges.services.tips import receive_tip, tip_by
from exchanges.services.transfers import end_transfer, report_transfer
from exchanges.services.triage import (
    alike_tips,
    alike_warnings,
    close_tip,
    open_breach_of_tip,
    refer_tip,
    repeat_tip,
    take_tip,
    warn_of_tip,
)
from exchanges.services.warnings import ask_withdrawal, end_warning, propose_warning, publish_warning

__all__ = [
    "AssetNamed",
    "Compared",
    "SaleLine",
    "alike_tips",
    "alike_warnings",
    "answer_class",
    "answer_complaint",
    "ask_withdrawal",
    "attach_to_class",
    "attach_to_issue",
    "check_offers",
    "check_record",
    "close_incident",
    "close_tip",
    "compared",
    "correct_issue",
    "correct_sale_report",
    "declare_offer",
    "describe_incident",
    "draft_issue",
    "drop_asset",
    "drop_class",
    "drop_issue",
    "edit_issue",
    "end_complaint",
    "end_exchange",
    "end_offer",
    "end_rail",
    "end_record",
    "end_transfer",
    "end_warning",
    "enter_exchange",
    "enter_rail",
    "enter_servicer",
    "exchanges_of",
    "file_complaint",
    "file_record",
    "file_sale_report",
    "follow_licence",
    "forward_complaint",
    "keep_asset",
    "keep_note",
    "keeper",
    "lapse_offers",
    "miners_of",
    "note_issue",
    "observe_offer",
    "offering_licences",
    "open_breach_of_tip",
    "open_class",
    "platforms_of",
    "print_note",
    "propose_asset",
    "propose_class",
    "propose_warning",
    "propose_withdrawal",
    "publish_asset",
    "publish_warning",
    "rate_rail",
    "receive_tip",
    "refer_tip",
    "register_issue",
    "remove_from_class",
    "remove_from_issue",
    "repeat_tip",
    "report_incident",
    "report_transfer",
    "sales_of",
    "send_back_class",
    "send_back_complaint",
    "send_back_incident",
    "send_sales",
    "sign_class",
    "take_off_note",
    "take_tip",
    "tell_servicers",
    "tip_by",
    "warn_of_tip",
    "withdraw_asset",
]
