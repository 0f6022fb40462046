"""The tables of acts: every row fits its service, its transition and its page."""

import inspect

import pytest
import rules

from core.models import Stateful
from exchanges.models import ApprovedAsset, MarketTip, MarketWarning
from exchanges.views.acts import approved, tip, warning
from licensing.forms.clarification import TEXTS, DraftForm
from licensing.models import Appeal, Application, Breach, Clarification, Licence, Measure, Objection, Referral
from licensing.views.acts import (
    Act,
    Table,
    appeal,
    application,
    breach,
    clarification,
    licence,
    measure,
    objection,
    referral,
)
from mining.forms.centres import AnswersForm, ChangeCentreForm
from mining.models import Assessment, DataCentre
from mining.views.acts import assessment, centre

TABLES = {
    Application: application.ACTS,
    Licence: licence.ACTS,
    Breach: breach.ACTS,
    Measure: measure.ACTS,
    Appeal: appeal.ACTS,
    Clarification: clarification.ACTS,
    DataCentre: centre.ACTS,
    Assessment: assessment.ACTS,
    Objection: objection.ACTS,
    MarketWarning: warning.ACTS,
    MarketTip: tip.ACTS,
    Referral: referral.ACTS,
    ApprovedAsset: approved.ACTS,
}
#: What forms with fields of their own making give.
MADE = {DraftForm: set(TEXTS), ChangeCentreForm: {"values"}, AnswersForm: {"answers", "evidence"}}
ROWS = [(model, act) for model, table in TABLES.items() for act in table.acts]
each_row = pytest.mark.parametrize(("model", "act"), ROWS, ids=[f"{one.__name__}-{act.name}" for one, act in ROWS])


def given_by(act: Act) -> set[str]:
    """The arguments that the form and the row give."""
    made = MADE.get(act.form, set())
    return (set(act.form.base_fields) - {"version", act.of}) | set(act.given) | made | {"actor", "at"}


@each_row
def test_the_form_gives_what_the_service_takes(model: type[Stateful], act: Act) -> None:
    _case, *takes = inspect.signature(act.service).parameters.values()
    open_ended = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in takes)
    needed = {one.name for one in takes if one.default is one.empty and one.kind is not one.VAR_KEYWORD}
    assert needed <= given_by(act)
    assert open_ended or given_by(act) <= {one.name for one in takes}
    assert not act.of or act.of in act.form.base_fields


@each_row
def test_a_row_names_a_transition_or_a_permission(model: type[Stateful], act: Act) -> None:
    table: Table = TABLES[model]
    if act.step:
        step = model.WORKFLOW[act.step]
        assert not act.permission  # the transition's own
        assert act.label != step.label  # said once, in the table of states
    else:
        assert rules.perm_exists(act.permission or table.permission)
        assert act.label


def test_names_are_addresses_of_their_own() -> None:
    for table in TABLES.values():
        names = [act.name for act in table.acts]
        assert len(names) == len(set(names))
