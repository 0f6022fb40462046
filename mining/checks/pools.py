"""What a filing for the accreditation of a pool must meet, and whether the pools that a miner names are accredited."""

from datetime import date

from law.mining import LEGAL_ENTITY, pool_problems
from law.pools import protocol_problems
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Application
from licensing.stated import not_stated
from mining.models.pools import accredited_keys, pool_key

REQUIRED = (
    "pool_name",
    "hardware_in",
    "equipment_address",
    "region",
    "equipment",
    "assets",
    "commission",
    "protocols",
)


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    return not_stated(application.particulars, REQUIRED)


def holder(application: Application, on: date) -> list[Problem]:
    """A legal entity: no sole trader and no person (LDA 1(10), 10(1))."""
    if application.organisation.form == LEGAL_ENTITY:
        return []
    message = _("Only a legal entity can have a mining pool accredited.")
    return [Problem("pool-holder", message, field="holder_form", provision=provision("pool.holder", on))]


def equipment_place(application: Application, on: date) -> list[Problem]:
    """The equipment is physically in Kazakhstan."""
    stated = application.particulars.hardware_in or None
    return pool_problems(on, hardware_in=stated, tests_passed=True)


def protocols(application: Application, on: date) -> list[Problem]:
    """Positive results of the kind of test that the law of the day of filing asks for; none given is told elsewhere."""
    stated = application.particulars.stated_protocols()
    return protocol_problems(stated, on) if stated else []


def name_is_free(application: Application, on: date) -> list[Problem]:
    """No other accredited pool goes by this name: miners name their pool by it."""
    name = pool_key(application.particulars.pool_name)
    own = application.state == "granted"
    if not name or own or name not in accredited_keys(on):
        return []
    message = _("Another accredited pool, or its operator, goes by this name.")
    return [Problem("pool-name-taken", message, field="pool_name", severity="warning")]


def named_pools(application: Application, on: date) -> list[Problem]:
    """The pools that a miner names are accredited on the day, as far as this register shows (LDA 8(1))."""
    named = application.particulars.pools
    if not named:
        return []
    known = accredited_keys(on)
    strangers = [name for name in named if pool_key(name) not in known]
    if not strangers:
        return []
    message = _("Not in the register of accredited pools on %(on)s: %(pools)s.")
    params = {"on": on, "pools": ", ".join(strangers)}
    rule = provision("mining.through_pool_and_centre", on)
    return [Problem("pool-not-accredited", message, params, "pools", rule, "warning")]
