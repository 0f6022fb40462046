"""Classes of digital assets, their turnover, exchanges, and who services them in money."""

from decimal import Decimal

from law.problems import _
from law.provisions.base import (
    ALLOWED,
    D115,
    D205,
    D231,
    D259,
    FIXED_VALUE_ORDER,
    HOUSE,
    LDA,
    LDA_START,
    PROHIBITED,
    REQUIRED,
    RULE,
    SHARE,
    YEARS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_SECURED = _("Secured digital asset")
_CLASSES = _("Classes of digital assets")
_INSTRUMENT = _("Unsecured assets as a financial instrument")
_BAN = _("Issue and turnover of unsecured assets outside the AIFC")
_EXCHANGE = _("What an exchange of digital assets is")

_SECURED_ROWS = (
    row("law.digital_assets", _("in force"), RULE, LDA, "14", LDA_START, title=_("Law on Digital Assets")),
    row("secured.test", _("7 tests, all"), RULE, LDA, "5(1)", LDA_START, D259, title=_("Test of a secured asset")),
    row("secured.definition", _("rights to services or assets, no money or securities"), RULE, LDA, "1(1)",
        LDA_START, D115, title=_SECURED),
    row("secured.definition", _("meets Art. 5; unsecured is the rest"), RULE, LDA, "1(1), 1(3)", D115, D259,
        title=_SECURED),
    row("secured.permit.open", True, ALLOWED, LDA, "6(1)-(2)", LDA_START, D259,
        title=_("Applications for a permit for secured assets")),
    row("secured.permit.validity", 3, YEARS, LDA, "", LDA_START, D259,
        title=_("Validity of a permit for secured assets"), confidence="secondary"),
    row("secured.risk_warning", True, REQUIRED, LDA, "6(4)", LDA_START, D259,
        title=_("Warning of the risks of secured assets")),
    row("secured.decision_published", _("until the obligations are met"), RULE, LDA, "7(1)", LDA_START, D259,
        title=_("Publication of the decision on issue")),
    row("secured.backing_checked_first", True, REQUIRED, LDA, "6(8)", LDA_START, D259,
        title=_("Check of the backing before issue")),
    row("asset.classes", _("secured, unsecured"), RULE, LDA, "1", LDA_START, D259, title=_CLASSES),
    row("asset.classes", _("digital financial assets, unsecured"), RULE, LDA, "1(4)", D259, title=_CLASSES),
)

_TURNOVER_ROWS = (
    row("unsecured.issue_and_turnover_ban", True, PROHIBITED, LDA, "11(5)", LDA_START, D205, title=_BAN),
    row("unsecured.issue_and_turnover_ban", True, PROHIBITED, LDA, "11(5)", D205, D231, title=_BAN,
        confidence="assumed",
        note=_("The text of these months was not read; the special regime of the National Bank is excepted.")),
    row("turnover.organising_needs_licence", _("licence or permit of AIFC law or the laws of Kazakhstan"), RULE,
        LDA, "11(5)", D231, D259, title=_("Organising turnover of digital assets")),
    row("turnover.organised_by_exchanges", True, REQUIRED, LDA, "11(1)", D231, D259,
        title=_("Turnover organised by exchanges")),
    row("unsecured.closed_list_of_cases", _("6 cases"), RULE, LDA, "12-1(1)", D259,
        title=_("Cases in which unsecured assets may be issued and turned over")),
    row("market.warning_list", True, ALLOWED, HOUSE, _("on warnings"), LDA_START,
        title=_("Public list of warnings of the unlicensed market"), confidence="assumed",
        note=_("No act that was read provides for such a list; the law on advertising was not read.")),
    row("market.tip_receiver", True, ALLOWED, HOUSE, _("on tips"), LDA_START,
        title=_("Tips go to the authority whose permit the activity needs, else to the authorised body"),
        confidence="assumed", note=_("No act that was read says who receives tips of the unlicensed market.")),
    row("unsecured.not_payment", _("no means of payment"), RULE, LDA, "12-1(2)", D259,
        title=_("Unsecured assets as a means of payment")),
    row("unsecured.not_financial_instrument", _("unless laws say otherwise"), RULE, LDA, "11(4)", LDA_START, D259,
        title=_INSTRUMENT),
    row("unsecured.not_financial_instrument", _("without exception"), RULE, LDA, "12-1(2)", D259, title=_INSTRUMENT),
    row("exchange.definition", _("platform"), RULE, LDA, "1(5)", LDA_START, D231, title=_EXCHANGE),
    row("exchange.definition", _("legal entity, with settlement"), RULE, LDA, "1(5)", D231, title=_EXCHANGE),
    row("exchange.risk_warning", _("unsecured assets"), RULE, LDA, "11(3)", LDA_START, D259,
        title=_("Warning of the risks by an exchange")),
    row("provider.risk_information", _("exchanger, trading platform, AIFC firms"), RULE, LDA, "12-1(4)", D259,
        title=_("Information on the risks of unsecured assets")),
    row("rails.bank", True, ALLOWED, LDA, "11(2); 12-1(3)", LDA_START,
        title=_("Accounts at second-tier banks")),
    row("rails.postal_operator", True, ALLOWED, LDA, "11(2); 12-1(3)", D231,
        title=_("Accounts at the National Postal Operator")),
    row("rails.client_must_be_licensed", True, REQUIRED, LDA, "12-1(3)", D259,
        title=_("Accounts for licensed clients only")),
    row("fixed_value.deviation_max", Decimal("0.01"), SHARE, _("Order of 27.11.2025 on assets of fixed value"), "",
        FIXED_VALUE_ORDER, title=_("Deviation of an asset of fixed value, at most"), confidence="secondary",
        note=_("Daily mean over 30 days. The ministry's power ended on 2026-05-01; validity after that is unknown.")),
)

ROWS = _SECURED_ROWS + _TURNOVER_ROWS
# fmt: on
