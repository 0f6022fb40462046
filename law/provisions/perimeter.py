"""What needs a permit, and the cases that the law allows by name: what the perimeter stands on beside other rows."""

from law.problems import _
from law.provisions.base import AIFC_RULES, ALLOWED, D205, D259, LDA, LDA_START, NBK_LAW, REQUIRED, RULE, row

# fmt: off
# A table: one rule after another, a line or two each.
_EXCHANGES = _("Licence of exchanges in the AIFC")

_PERMITS = (
    row("mining.licence_needed", True, REQUIRED, LDA, "8(2), 9(1)", LDA_START, title=_("Licence for digital mining")),
    row("secured.permit_needed", True, REQUIRED, LDA, "6(1)-(2)", LDA_START, D259,
        title=_("Permit for issue and turnover of secured assets")),
    row("exchange.aifc_licence", _("licensed by the law of the AIFC"), RULE, LDA, "11(1)", LDA_START, D259,
        title=_EXCHANGES),
    row("exchange.aifc_licence", _("licensed by the law of the AIFC"), RULE, LDA, "12-1(1)(2)", D259,
        title=_EXCHANGES),
    row("aifc.provider_licence", True, REQUIRED, AIFC_RULES, "", LDA_START,
        title=_("AIFC licence for services with digital assets"), confidence="official", day="assumed",
        note=_("Custody, dealing, advising and managing; the rules are of 2023 and were not read article by article.")),
    row("nbk.platform.registration_needed", True, REQUIRED, LDA, "6(7)", D259,
        title=_("No service of a platform without its registration")),
    row("nbk.platform.without_registration", _("stock exchange and central depository"), RULE, LDA, "6(24)", D259,
        title=_("Who acts as operator of a platform without registration"),
        note=_("They must meet the qualification requirements.")),
    row("nbk-exchanger.licence_needed", True, REQUIRED, LDA, "12-2(1)-(2)", D259,
        title=_("No exchange of unsecured assets without a licence")),
    row("nbk-special-regime.participants",
        _("payment-service providers and other legal entities that are no financial organisations"), RULE, NBK_LAW,
        "51-4", D205, title=_("Who may take part in the special regime")),
)

_CASES = (
    row("unsecured.case.providers", _("exchangers and operators of trading platforms"), RULE, LDA, "12-1(1)(1)", D259,
        title=_("Unsecured assets: at providers of the National Bank")),
    row("unsecured.case.aifc", _("exchanges and other licence holders of the AIFC"), RULE, LDA, "12-1(1)(2)", D259,
        title=_("Unsecured assets: in the AIFC")),
    row("unsecured.case.special_regime", _("participants of the special regulatory regime"), RULE, LDA, "12-1(1)(3)",
        D259, title=_("Unsecured assets: in the special regime")),
    row("unsecured.case.seized", True, ALLOWED, LDA, "12-1(1)(4)", D259,
        title=_("Unsecured assets arrested, seized or confiscated: turnover by state bodies")),
    row("unsecured.case.national_bank", True, ALLOWED, LDA, "12-1(1)(6)", D259,
        title=_("Unsecured assets: turnover by the National Bank and its subsidiaries")),
    row("exchanger.client_wallets", _("by rules of the National Bank"), RULE, LDA, "12-1(7)", D259,
        title=_("Wallets of the clients of an exchanger")),
)

_DFA = (
    row("dfa.issued_on_platform", True, REQUIRED, LDA, "6(1)", D259,
        title=_("Issue of digital financial assets on the platform of a registered operator")),
    row("dfa.traded_on_platforms", True, REQUIRED, LDA, "6(5)", D259,
        title=_("Trading of digital financial assets on platforms of registered operators alone")),
    row("dfa.admission_to_aifc", _("by a joint act"), RULE, LDA, "6(22), 6(25)", D259,
        title=_("Issue of digital financial assets in the AIFC by organisations of Kazakhstan"),
        note=_("The joint acts were not read.")),
    row("dfa.admission_from_aifc", _("by a joint act"), RULE, LDA, "6(23), 6(25)", D259,
        title=_("Issue of digital financial assets by AIFC participants on platforms of the National Bank"),
        note=_("The joint acts were not read.")),
)

ROWS = _PERMITS + _CASES + _DFA
# fmt: on
