"""The table ISSUE: the operator of a platform registers an issue, then notes its placement and redemption."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import APPLICANT, REPRESENTATIVE, State, Transition, Workflow
from law.issues import CHECK, OPERATOR, PAPERS, REGISTERED_BY, TERMS, issue_problems
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision

if TYPE_CHECKING:
    from exchanges.models import AssetIssue

PARTY = (APPLICANT, REPRESENTATIVE)


def rule(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


def platform_in_force(issue: "AssetIssue", on: date) -> list[Problem]:
    """Only an operator in the register of platforms of digital financial assets registers and places."""
    held = issue.licence
    if held.kind == OPERATOR and held.state == "in_force" and held.valid_from <= on:
        return []
    message = _("The operator stands in no register of platforms of digital financial assets on this day.")
    return [Problem("issue-operator", message, field="licence", provision=rule("nbk.platform.registration_needed", on))]


def lawful(issue: "AssetIssue", on: date) -> list[Problem]:
    return issue_problems(issue.stated(), on)


def papers_there(issue: "AssetIssue", on: date) -> list[Problem]:
    """The terms, the disclosure of risks and, where there is an underlying, its check are there as files."""
    there = set(issue.documents().values_list("kind", flat=True))
    rules = {TERMS: "dfa.terms_of_issue", CHECK: "dfa.underlying_verified_first"}
    message = _("A file is missing: %(paper)s.")
    return [
        Problem(
            "issue-paper",
            message,
            {"paper": PAPERS[code]},
            field="documents",
            provision=rule(rules.get(code, "dfa.risk_disclosure"), on),
        )
        for code in issue.needed_papers
        if code not in there
    ]


def placed_in_order(issue: "AssetIssue", on: date) -> list[Problem]:
    day, first = issue.placed_on, issue.registered_on
    if day is not None and first is not None and first <= day <= on:
        return []
    message = _("The day of placement lies between the registration and today.")
    return [Problem("placed-day", message, field="placed_on", provision=rule("dfa.placement", on))]


def redeemed_in_order(issue: "AssetIssue", on: date) -> list[Problem]:
    day, first = issue.redeemed_on, issue.placed_on
    if day is not None and first is not None and first <= day <= on:
        return []
    message = _("The day of redemption lies between the placement and today.")
    return [Problem("redeemed-day", message, field="redeemed_on", provision=rule("dfa.redemption", on))]


def ended_in_order(issue: "AssetIssue", on: date) -> list[Problem]:
    day, first = issue.ended_on, issue.registered_on
    if day is not None and first is not None and first <= day <= on:
        return []
    message = _("The day of the end lies between the registration and today.")
    return [Problem("ended-day", message, field="ended_on", provision=rule(REGISTERED_BY, on))]


def reason_told(issue: "AssetIssue", on: date) -> list[Problem]:
    return [] if issue.ending_reason else [Problem("issue-reason", _("Write why."), field="reason")]


ISSUE = Workflow(
    "issue",
    (
        State("draft", _("Draft"), _("Draft"), "neutral"),
        State("registered", _("Registered"), _("Registered"), "active"),
        State("placed", _("Placed"), _("Placed"), "good"),
        State("redeemed", _("Redeemed"), _("Redeemed"), "neutral", final=True),
        State("ended", _("Ended without placement"), _("Ended without placement"), "neutral", final=True),
        State("dropped", _("Not registered"), _("Not registered"), "neutral", final=True),
    ),
    (
        Transition(
            "register",
            ("draft",),
            "registered",
            "exchanges.keep_issue",
            _("Register the issue"),
            PARTY,
            (platform_in_force, lawful, papers_there),
            _("Everybody reads it from now on, with its terms; it is corrected with a reason, and the history stays."),
        ),
        Transition("drop", ("draft",), "dropped", "exchanges.keep_issue", _("Drop the draft"), PARTY, (reason_told,)),
        Transition(
            "place",
            ("registered",),
            "placed",
            "exchanges.keep_issue",
            _("Note the placement"),
            PARTY,
            (platform_in_force, placed_in_order),
        ),
        Transition(
            "redeem",
            ("placed",),
            "redeemed",
            "exchanges.keep_issue",
            _("Note the redemption"),
            PARTY,
            (redeemed_in_order,),
        ),
        Transition(
            "end",
            ("registered",),
            "ended",
            "exchanges.keep_issue",
            _("End it without placement"),
            PARTY,
            (ended_in_order, reason_told),
        ),
    ),
)
