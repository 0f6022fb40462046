"""The tests by which a digital asset belongs to a class: seven parts, three kinds, fixed value, the rest."""

from law.problems import _
from law.provisions.base import D259, FIXED_VALUE_ORDER, LDA, LDA_START, REQUIRED, RULE, row

# fmt: off
# A table: one rule after another, a line or two each.
_ORDER = _("Order of 27.11.2025 on assets of fixed value")
_UNKNOWN_NOW = _("The ministry's power ended on 2026-05-01; validity after that is unknown.")
_REST = _("What is neither is unsecured")

_SECURED = (
    row("secured.test.rights", True, REQUIRED, LDA, "5(1)(1)", LDA_START, D259,
        title=_("Secured asset: right to services or assets, not to money or securities")),
    row("secured.test.decision", True, REQUIRED, LDA, "5(1)(2)", LDA_START, D259,
        title=_("Secured asset: decision on issue")),
    row("secured.test.no_money", True, REQUIRED, LDA, "5(1)(3)", LDA_START, D259,
        title=_("Secured asset: no unit of account, no legal tender")),
    row("secured.test.no_instrument", True, REQUIRED, LDA, "5(1)(4)", LDA_START, D259,
        title=_("Secured asset: no financial instrument or asset")),
    row("secured.test.issuer_data", True, REQUIRED, LDA, "5(1)(5)", LDA_START, D259,
        title=_("Secured asset: data on the issuer")),
    row("secured.test.property_proved", True, REQUIRED, LDA, "5(1)(6)", LDA_START, D259,
        title=_("Secured asset: property proved before creation")),
    row("secured.test.recorded", True, REQUIRED, LDA, "5(1)(7)", LDA_START, D259,
        title=_("Secured asset: movement recorded on a blockchain")),
)

_DFA = (
    row("dfa.kind.money", _("underlying is money"), RULE, LDA, "5", D259,
        title=_("Digital financial asset of the first kind")),
    row("dfa.kind.property", _("underlying is instruments, claims, goods or other property, not money"), RULE, LDA, "5",
        D259, title=_("Digital financial asset of the second kind")),
    row("dfa.kind.instrument", _("financial instrument issued in digital form on the platform"), RULE, LDA, "5", D259,
        title=_("Digital financial asset of the third kind")),
)

_FIXED = (
    row("fixed_value.public_value", True, REQUIRED, _ORDER, "", FIXED_VALUE_ORDER,
        title=_("Fixed value: public value against a national currency"), confidence="secondary", note=_UNKNOWN_NOW),
    row("fixed_value.disclosure", True, REQUIRED, _ORDER, "", FIXED_VALUE_ORDER,
        title=_("Fixed value: backing, issuer and mechanism disclosed"), confidence="secondary", note=_UNKNOWN_NOW),
    row("fixed_value.market_data", True, REQUIRED, _ORDER, "", FIXED_VALUE_ORDER,
        title=_("Fixed value: market data"), confidence="secondary", note=_UNKNOWN_NOW),
    row("fixed_value.no_act_against", True, REQUIRED, _ORDER, "", FIXED_VALUE_ORDER,
        title=_("Fixed value: no act against it"), confidence="secondary", note=_UNKNOWN_NOW),
)

_UNSECURED = (
    row("unsecured.rest", _("an asset that fails one test"), RULE, LDA, "5(2)", LDA_START, D259, title=_REST),
    row("unsecured.rest", _("every digital asset that is no digital financial asset"), RULE, LDA, "1(3), 12-1(2)", D259,
        title=_REST),
)

ROWS = _SECURED + _DFA + _FIXED + _UNSECURED
# fmt: on
