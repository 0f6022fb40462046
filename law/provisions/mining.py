"""Digital mining: who, how, for what fee; centres and pools; the monthly calculation index."""

from datetime import date
from decimal import Decimal

from law.problems import _
from law.provisions.base import (
    ACT,
    BUDGET_LAW,
    D44,
    D231,
    D256,
    D259,
    GROUNDS,
    LDA,
    LDA_START,
    MCI,
    OF_FEE,
    REQUIRED,
    RULE,
    SHARE,
    TAX_CODE,
    TENGE,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_START_2026 = date(2026, 1, 1)
_SALE = _("Share of sold mined assets that goes through exchanges of the AIFC")
_LAST_DAY = _("Repealed by Law 231-VIII; the day of the repeal is assumed.")
_TURNOVER = _("What mining is not")
_AUTHORITY = _("Authority for digital mining")
_TEST = _("Security tests of a mining pool")
_POOL_TURNOVER = _("What distribution to miners is not")

_MINERS = (
    row("mining.sale_share", Decimal("0.50"), SHARE, LDA, "8(4), 14", date(2024, 1, 1), date(2025, 1, 1), title=_SALE),
    row("mining.sale_share", Decimal("0.75"), SHARE, LDA, "8(4)", date(2025, 1, 1), D231, title=_SALE, note=_LAST_DAY),
    row("mining.holder", _("sole trader or legal entity of Kazakhstan"), RULE, LDA, "1(7), 8(5)", LDA_START,
        title=_("Who may mine")),
    row("mining.through_pool_and_centre", True, REQUIRED, LDA, "8(1)", LDA_START,
        title=_("Mining through an accredited pool and in a data centre")),
    row("mining.exclusive_activity", True, REQUIRED, LDA, "8(6)", LDA_START, D231,
        title=_("Mining as the only activity"), note=_LAST_DAY),
    row("mining.licence.suspension_grounds", 6, GROUNDS, LDA, "9(4)(1)-(6)", D44,
        title=_("Grounds to suspend a mining licence")),
    row("mining.not_turnover", _("issue and turnover of unsecured assets"), RULE, LDA, "8(5)", LDA_START, D231,
        title=_TURNOVER),
    row("mining.not_turnover", _("organisation of turnover"), RULE, LDA, "8(5)", D231, title=_TURNOVER),
    row("mining.authority", _("authorised body in digital assets"), RULE, LDA, "1(6), 4(1)", LDA_START, D259,
        title=_AUTHORITY),
    row("mining.authority", _("authorised body in digital mining"), RULE, LDA, "4(3)", D259, title=_AUTHORITY),
)

_FEES = (
    row("mining.licence_1.fee", 2000, MCI, TAX_CODE, _("616(4), row 1.78"), _START_2026,
        title=_("Fee of a mining licence, subtype I"), note=_("MCI of the day of payment (Art. 616(1)).")),
    row("mining.licence_2.fee", 5, MCI, TAX_CODE, _("616(4), row 1.79"), _START_2026,
        title=_("Fee of a mining licence, subtype II"), note=_("MCI of the day of payment (Art. 616(1)).")),
    row("mining.licence.reissue_fee", Decimal("0.10"), OF_FEE, TAX_CODE, _("616(4), row 3.1"), _START_2026,
        title=_("Fee of re-issue of a mining licence")),
    row("mining.licence.duplicate_fee", Decimal("1.00"), OF_FEE, TAX_CODE, _("616(4), row 2.1"), _START_2026,
        title=_("Fee of a duplicate of a mining licence"),
        note=_("An electronic licence has no duplicate, so the rate stays unused.")),
    row("mci", 3932, TENGE, BUDGET_LAW, "", date(2025, 1, 1), _START_2026,
        title=_("Monthly calculation index (MCI)"), confidence="assumed"),
    row("mci", 4325, TENGE, BUDGET_LAW, "", _START_2026, date(2027, 1, 1),
        title=_("Monthly calculation index (MCI)"), confidence="secondary"),
)

_CENTRES_AND_POOLS = (
    row("centre.building_required", True, REQUIRED, LDA, "1(9)", LDA_START, D231,
        title=_("Production building of a mining data centre")),
    row("centre.outside_residential_zone", True, REQUIRED, LDA, "1(9)", LDA_START,
        title=_("Mining data centre outside a residential zone"),
        note=_("A commentary of 2025 says that Law 231-VIII dropped it; the text keeps these words.")),
    row("centre.keeps_capacity_working", True, REQUIRED, LDA, "1(9)", D231,
        title=_("Mining data centre keeps computing capacity working")),
    row("pool.hardware_in_kazakhstan", True, REQUIRED, LDA, "10(2)(1)", LDA_START,
        title=_("Equipment of a mining pool in Kazakhstan")),
    row("pool.security_test", _("test act, information security"), RULE, LDA, "10(2)(2)", LDA_START, D44, title=_TEST),
    row("pool.security_test", _("test protocols, information security"), RULE, LDA, "10(2)(2)", D44, D256,
        title=_TEST),
    row("pool.security_test", _("test protocols, cybersecurity"), RULE, LDA, "10(2)(2)", D256, title=_TEST),
    row("pool.distribution_not_turnover", _("issue and turnover"), RULE, LDA, "10(4)", LDA_START, D231,
        title=_POOL_TURNOVER),
    row("pool.distribution_not_turnover", _("organisation of turnover"), RULE, LDA, "10(4)", D231,
        title=_POOL_TURNOVER),
    row("checklist.digital-assets", _("164/НҚ and 49 in the wording of 662/НҚ and 184"), ACT,
        _("Joint orders on the checklist"), "", date(2024, 1, 14),
        title=_("Checklist for digital assets"), confidence="secondary"),
)

ROWS = _MINERS + _FEES + _CENTRES_AND_POOLS
# fmt: on
