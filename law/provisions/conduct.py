"""Conduct of providers, financial monitoring, personal data, and who controls whom."""

from datetime import date

from law.problems import _
from law.provisions.base import (
    AML_LAW,
    CODE,
    D71,
    D113,
    D254,
    D259,
    D259_FIRST,
    HOURS,
    LDA,
    LDA_START,
    PERSONAL_DATA_LAW,
    PREVENTIVE_TOO,
    REQUIRED,
    RULE,
    SUBJECT,
    TENGE,
    WORKING_DAYS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_FORM = _("Form of state control")
_SCOPE = _("Who is controlled under the Entrepreneurial Code")

_CONDUCT = (
    row("dfa.issuer_resident_entity", True, REQUIRED, LDA, "1(6-10)", D259,
        title=_("Issuer of digital financial assets: a resident legal entity")),
    row("dfa.issue_registered_by_operator", True, REQUIRED, LDA, "6(2)", D259,
        title=_("Registration of an issue by the operator")),
    row("dfa.underlying_verified_first", True, REQUIRED, LDA, "6(3)", D259,
        title=_("Check of the underlying before issue")),
    row("transfer.sender_receiver_data", True, REQUIRED, LDA, "6(26), 12-1(8)", D259,
        title=_("Data of sender and receiver of a transfer")),
    row("transfer.hold_min", 48, HOURS, LDA, "6(27), 12-1(9)", D259,
        title=_("Hold of a transfer without data, at least")),
    row("transfer.no_fee_to_state", True, REQUIRED, LDA, "12-1(10)", D259,
        title=_("Wallets and operations of state bodies without a fee")),
    row("exchanger.identify_client", True, REQUIRED, LDA, "12-1(6)", D259,
        title=_("Identification of an exchanger's client")),
    row("exchanger.analysis_system", True, REQUIRED, LDA, "12-1(1)(1)", D259,
        title=_("System of analysis and control of operations")),
    row("exchanger.client_limits", _("set by the National Bank, unknown"), RULE, LDA, "12-1(5)", D259,
        title=_("Limits for clients of an exchanger")),
    row("personal_data.breach_notice", 1, WORKING_DAYS, PERSONAL_DATA_LAW, _("Law 44-VIII"), date(2024, 7, 1),
        title=_("Notice of a breach of personal data"), confidence="secondary"),
)

_MONITORING = (
    row("afm.wallet_register", _("kept by the financial monitoring body"), RULE, LDA, "4(4)(1)", D259,
        title=_("Register of wallets used for crime")),
    row("aml.subject.secured_issuer", True, SUBJECT, AML_LAW, _("3(1)(20); Law 193-VII Art. 6(3)"), LDA_START, D259,
        title=_("Financial monitoring: issuers of secured assets")),
    row("aml.subject.exchanger", True, SUBJECT, AML_LAW, "3(1)(23)", D259, title=_("Financial monitoring: exchangers")),
    row("aml.subject.dfa_platform", True, SUBJECT, AML_LAW, "3(1)(24)", D259,
        title=_("Financial monitoring: platforms of digital financial assets")),
    row("aml.subject.trading_platform", True, SUBJECT, AML_LAW, "3(1)(25)", D259,
        title=_("Financial monitoring: trading platforms")),
    row("aml.subject.special_regime", True, SUBJECT, AML_LAW, "3(1)(27)", D259_FIRST,
        title=_("Financial monitoring: participants of the special regime")),
    row("aml.subject.dfa_issuer", True, SUBJECT, AML_LAW, "3(1)(26)", date(2027, 1, 1),
        title=_("Financial monitoring: issuers of digital financial assets")),
    row("aml.threshold.digital_assets", 5_000_000, TENGE, AML_LAW, "4(1)", D259_FIRST, D259, day="assumed",
        title=_("Threshold of monitoring before May 2026: money and digital assets"),
        note=_("Of issuers of secured assets and firms of the AIFC. Editions before 19.03.2026 were not read.")),
    row("aml.threshold.money", 5_000_000, TENGE, AML_LAW, "4(1)", D259, day="assumed",
        title=_("Threshold of monitoring: money of a provider or of its clients"),
        note=_("Of exchangers, trading platforms, participants of the special regime and firms of the AIFC.")),
    row("aml.threshold.unsecured", 5_000_000, TENGE, AML_LAW, "4(1)(2)", D259, day="assumed",
        title=_("Threshold of monitoring: unsecured assets")),
    row("aml.threshold.dfa_kind_1_2", 7_000_000, TENGE, AML_LAW, "4(1)(3)", D259, day="assumed",
        title=_("Threshold of monitoring: digital financial assets of kinds 1 and 2")),
    row("aml.threshold.dfa_kind_3_shares", 7_000_000, TENGE, AML_LAW, "4(1)(3)", D259, day="assumed",
        title=_("Threshold of monitoring: shares and fund units of kind 3")),
    row("aml.threshold.dfa_kind_3_other", 45_000_000, TENGE, AML_LAW, "4(1)(5)", D259, day="assumed",
        title=_("Threshold of monitoring: other assets of kind 3")),
    row("aml.reporting_order_22", _("suspicious activity, client file"), RULE, _("Order 22 of 23.12.2025"), "",
        date(2026, 4, 1), title=_("Reports to the financial monitoring body"), confidence="secondary"),
)

_CONTROL = (
    row("control.form", PREVENTIVE_TOO, RULE, LDA, "12", LDA_START, D71, title=_FORM),
    row("control.form", _("inspections"), RULE, LDA, "12", D71, title=_FORM),
    row("control.scope_entrepreneurial_code", _("all digital assets outside the AIFC"), RULE, LDA, "12",
        LDA_START, D259, title=_SCOPE),
    row("control.scope_entrepreneurial_code", _("digital mining"), RULE, LDA, "12", D259, title=_SCOPE),
    row("control.aml_secured_issuers", _("authorised body in digital assets"), RULE, LDA, "4(1)(9)", D113, D259,
        title=_("Who controls issuers of secured assets against laundering")),
    row("control.financial_supervision",
        _("National Bank: platforms, exchangers, issuers of kind 1; financial-market regulator: kinds 2 and 3"), RULE,
        LDA, "4(1)-(2), 7, 12-5", D259, title=_("Financial supervision")),
    row("inspection.ground-5-3", _("agreed plan of visits to a construction site"), RULE, CODE, "144(5)(5-3)",
        D254, title=_("Ground of an inspection: construction site"), day="text",
        note=_("Not for digital assets.")),
)

ROWS = _CONDUCT + _MONITORING + _CONTROL
# fmt: on
