"""Digital mining: who may mine, what must be sold where, what a centre and a pool must be.

Public API
----------
- `required_sale_share(sold_on) -> Decimal`
- `may_mine(holder_form, registered_in, on) -> list[Problem]`
- `exclusive_activity(on) -> bool`; `exclusive_activity_problems(has_other_activity, on) -> list[Problem]`
- `centre_problems(on, *, outside_residential_zone, production_building=None, keeps_capacity_working=None)`
- `pool_problems(on, *, hardware_in, tests_passed)`; `security_test(on) -> Provision`
- `subtype_problems(kind, on, *, holds_centre, owns_equipment)`
- `HOLDER_FORMS`

A fact that is None is not known: it gives a warning, not an error.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from law.problems import Problem, _, as_day, problem
from law.provisions import LDA_START, NotInForce, Provision, provision

LEGAL_ENTITY: Final = "legal_entity"
SOLE_TRADER: Final = "sole_trader"
PERSON: Final = "person"
HOLDER_FORMS: Final = (LEGAL_ENTITY, SOLE_TRADER, PERSON)
KAZAKHSTAN: Final = "KZ"


def required_sale_share(sold_on: date) -> Decimal:
    """The share of mined assets sold on that day that must go through exchanges licensed in the AIFC; 0 where no duty.

    The day of sale picks the version: 0.50 for 2024, 0.75 from 2025-01-01, none before and after (LDA 8(4), repealed by
    Law 231-VIII; that day is assumed)."""
    try:
        return provision("mining.sale_share", sold_on).amount
    except NotInForce:
        return Decimal(0)


def may_mine(holder_form: str, registered_in: str, on: date) -> list[Problem]:
    """Why this holder may not mine on that day (filing or mining, as the caller asks); empty when it may.

    holder_form: legal_entity | sole_trader | person; registered_in: ISO 3166 alpha-2 of the registration record.
    LDA 1(7), 8(5): sole traders and legal entities registered in Kazakhstan. Before 2023-04-01 there was no licence but
    a notice, so a Problem says that. ValueError for another holder form."""
    if holder_form not in HOLDER_FORMS:
        raise ValueError(f"unknown holder form: {holder_form!r}")
    if as_day(on) < LDA_START:
        return [_before_licences(on)]
    rule = provision("mining.holder", on)
    found = []
    if holder_form == PERSON:
        message = _("A natural person may mine only when registered as a sole trader in Kazakhstan.")
        found.append(problem("holder_form", message, field="holder_form", provision=rule))
    if registered_in != KAZAKHSTAN:
        message = _(
            "Mining is open only to sole traders and legal entities registered in Kazakhstan; this one is registered in"
            " %(country)s. Form a legal entity in Kazakhstan, or partner with one that holds the licence."
        )
        found.append(
            problem("foreign_holder", message, field="registered_in", provision=rule, country=registered_in or "?")
        )
    return found


def _before_licences(on: date) -> Problem:
    start = LDA_START
    try:
        rule = provision("mining-notice.regime", on)
    except NotInForce:
        message = _("Mining licences exist from %(start)s only; what stood on %(on)s is not entered.")
        return problem("before_licences", message, on=on, start=start)
    message = _("Mining licences exist from %(start)s; on %(on)s a notice 30 calendar days before the start was due.")
    return problem("notice_regime", message, provision=rule, on=on, start=start)


def exclusive_activity(on: date) -> bool:
    """Whether mining must be the miner's only activity on that day (LDA 8(6); repealed by Law 231-VIII)."""
    try:
        return bool(provision("mining.exclusive_activity", on).value)
    except NotInForce:
        return False


def exclusive_activity_problems(has_other_activity: bool | None, on: date) -> list[Problem]:
    """Other business, stakes or membership of a miner on that day, while LDA 8(6) forbids them; empty after its repeal.

    Membership in a self-regulating organisation and in the National Chamber of Entrepreneurs does not count."""
    if not exclusive_activity(on) or has_other_activity is False:
        return []
    rule = provision("mining.exclusive_activity", on)
    if has_other_activity is None:
        return [_unknown("exclusive_activity", "has_other_activity", rule)]
    message = _("On %(on)s a miner may have no other activity and no stakes in other organisations.")
    return [problem("exclusive_activity", message, field="has_other_activity", provision=rule, on=on)]


def _unknown(code: str, field: str, rule: Provision) -> Problem:
    message = _("Not known, so not checked: %(rule)s.")
    return Problem(f"{code}_unknown", message, {"rule": rule.title}, field, rule, "warning")


def _required(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


def centre_problems(
    on: date,
    *,
    outside_residential_zone: bool | None,
    production_building: bool | None = None,
    keeps_capacity_working: bool | None = None,
) -> list[Problem]:
    """What a mining data centre lacks on that day (LDA 1(9)); a fact that is None gives a warning.

    Outside a residential zone under every edition; a production building to 2026-01-17; keeping computing capacity
    working from 2026-01-18 (day assumed). A duty that is not in force on the day is not checked."""
    checks = (
        (
            "centre.outside_residential_zone",
            "outside_residential_zone",
            outside_residential_zone,
            _("A mining data centre must lie outside a residential zone."),
        ),
        (
            "centre.building_required",
            "production_building",
            production_building,
            _("On that day a mining data centre needed a production building."),
        ),
        (
            "centre.keeps_capacity_working",
            "keeps_capacity_working",
            keeps_capacity_working,
            _("A mining data centre must keep its computing capacity working."),
        ),
    )
    found = []
    for code, field, fact, message in checks:
        rule = _required(code, as_day(on))
        if rule is None or fact:
            continue
        name = code.replace(".", "_")
        found.append(
            _unknown(name, field, rule) if fact is None else problem(name, message, field=field, provision=rule)
        )
    return found


def security_test(on: date) -> Provision:
    """Which test of a pool counts on that day: act or protocols of information security, then of cybersecurity
    (LDA 10(2)(2)). NotInForce before 2023-04-01."""
    return provision("pool.security_test", on)


def pool_problems(on: date, *, hardware_in: str | None, tests_passed: bool | None) -> list[Problem]:
    """What a mining pool lacks on that day (LDA 10(2)): its equipment in Kazakhstan (ISO code) and passed tests of the
    kind that `security_test(on)` names. None gives a warning. NotInForce before 2023-04-01."""
    place, test = provision("pool.hardware_in_kazakhstan", on), security_test(on)
    found = []
    if hardware_in is None:
        found.append(_unknown("pool_hardware", "hardware_in", place))
    elif hardware_in != KAZAKHSTAN:
        message = _("The equipment of a mining pool must be in Kazakhstan.")
        found.append(problem("pool_hardware", message, field="hardware_in", provision=place))
    if tests_passed is None:
        found.append(_unknown("pool_tests", "tests_passed", test))
    elif not tests_passed:
        message = _("A positive result is missing: %(test)s.")
        found.append(problem("pool_tests", message, field="tests_passed", provision=test, test=test.value))
    return found


def subtype_problems(kind: str, on: date, *, holds_centre: bool | None, owns_equipment: bool | None) -> list[Problem]:
    """What does not fit the subtype of licence (LDA 9(1)); on = the day of filing.

    Subtype I (`mining-licence-1`): the data centre is the miner's by ownership or another lawful ground. Subtype II
    (`mining-licence-2`): the equipment is the miner's own and stands in another's centre. ValueError for other kinds,
    NotInForce before 2023-04-01."""
    rule = provision("mining.through_pool_and_centre", on)
    if kind == "mining-licence-1":
        field, fact = "holds_centre", holds_centre
        message = _("Subtype I needs a data centre of the miner's own or held on another lawful ground.")
    elif kind == "mining-licence-2":
        field, fact = "owns_equipment", owns_equipment
        message = _("Subtype II needs mining equipment that the miner owns.")
    else:
        raise ValueError(f"not a mining licence: {kind!r}")
    if fact:
        return []
    if fact is None:
        return [_unknown(f"subtype_{field}", field, rule)]
    return [problem(f"subtype_{field}", message, field=field, provision=rule)]
