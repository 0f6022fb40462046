"""What happens in mining, one module a subject."""

from mining.services.assessments import (
    answer_assessment,
    attach_evidence,
    drop_assessment,
    open_assessment,
    propose_assessment,
    remove_evidence,
    send_back_assessment,
    sign_assessment,
)
from mining.services.centres import change_centre, close_centre, enter_centre, particulars_of, publish_centre
from mining.services.distributions import differences, differing, report_distribution, report_output
from mining.services.hash_rate import enter_world_hash_rate, shares_of_world
from mining.services.hosting import end_letting, let_capacity
from mining.services.machines import (
    change_machines,
    decide_machines,
    enter_machines,
    history_of,
    machines_of,
    withdraw_machines,
)
from mining.services.pools import enter_protocol, follow_accreditation
from mining.services.power import end_limit, enter_limit
from mining.services.quota import (
    act_on_finding,
    assess_quota,
    judge_finding,
    report_other_activity,
    report_trade,
)
from mining.services.realised import report_realised
from mining.services.transfers import confirm_transfer, decline_transfer, record_consent

__all__ = [
    "act_on_finding",
    "answer_assessment",
    "assess_quota",
    "attach_evidence",
    "change_centre",
    "change_machines",
    "close_centre",
    "confirm_transfer",
    "decide_machines",
    "decline_transfer",
    "differences",
    "differing",
    "drop_assessment",
    "end_letting",
    "end_limit",
    "enter_centre",
    "enter_limit",
    "enter_machines",
    "enter_protocol",
    "enter_world_hash_rate",
    "follow_accreditation",
    "history_of",
    "judge_finding",
    "let_capacity",
    "machines_of",
    "open_assessment",
    "particulars_of",
    "propose_assessment",
    "publish_centre",
    "record_consent",
    "remove_evidence",
    "report_distribution",
    "report_other_activity",
    "report_output",
    "report_realised",
    "report_trade",
    "send_back_assessment",
    "shares_of_world",
    "sign_assessment",
    "withdraw_machines",
]
