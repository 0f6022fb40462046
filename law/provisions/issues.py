"""Issues of digital financial assets: who keeps the underlying, who decides, and what is said to investors."""

from law.problems import _
from law.provisions.base import ALLOWED, D259, HOUSE, LDA, REQUIRED, RULE, row

# fmt: off
# A table: one rule after another, a line or two each.
_OURS = _("No act at hand says it; it is ours.")

ROWS = (
    row("dfa.keeper_resident_entity", True, REQUIRED, LDA, "1(6-9)", D259,
        title=_("Keeper of the underlying: a resident legal entity")),
    row("dfa.issue_decision", True, REQUIRED, LDA, "6(1)", D259, title=_("Decision of the issuer on the issue")),
    row("dfa.terms_of_issue", True, REQUIRED, LDA, "6(1)", D259, title=_("Terms of issue"),
        note=_("Their contents stand in acts that were not read; that they are published is assumed.")),
    row("dfa.placement", _("first offer to investors through the operator's platform"), RULE, LDA, "1(6-2)", D259,
        title=_("Placement of a digital financial asset")),
    row("dfa.redemption", _("withdrawal when obligations are met or by its terms"), RULE, LDA, "1(6-7)", D259,
        title=_("Redemption of a digital financial asset")),
    row("dfa.risk_disclosure", True, REQUIRED, HOUSE, _("on issues"), D259, confidence="assumed",
        title=_("Disclosure of the risks of an issue"), note=_OURS),
    row("dfa.issue_correction", True, ALLOWED, HOUSE, _("on issues"), D259, confidence="assumed",
        title=_("Correction of a registered issue by the operator, with its reason and history"), note=_OURS),
    row("dfa.issue_supervisor", _("National Bank: the first kind; financial-market regulator: the others"), RULE, LDA,
        "4(1)(1), 4(2)(1)", D259, title=_("Who supervises issuers of digital financial assets")),
)
# fmt: on
