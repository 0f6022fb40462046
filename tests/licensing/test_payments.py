"""Fees of a case: declared, entered, confirmed, moved, struck out; what counts and what is missing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import Event
from core.workflow import StaleVersion, TransitionRefused
from licensing import services
from licensing.models import Application, Payment
from licensing.models.payments import settlement
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT.date()
LATER = make.AT + timedelta(hours=5)
FULL = Decimal("8650000.00")


def enter(case: Application, **fields: Any) -> Payment:
    values: dict[str, Any] = {"reference": "PAY-0001", "paid_on": date(2026, 6, 10), "amount": FULL}
    values |= {"payer": case.organisation.identifier, "actor": make.make_user("officer"), "at": LATER}
    return services.enter_payment(case, **(values | fields))


def fee_check(case: Application) -> tuple[str, list[str]]:
    fresh = Application.objects.get(pk=case.pk)
    finding = next(one for one in fresh.findings(DAY) if one.code == "fee")
    return finding.verdict, [problem.code for problem in finding.problems]


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_confirmed_payment_outranks_the_declaration() -> None:
    """The filing declares the whole; the bank has seen less."""
    case = make.make_submitted()
    assert fee_check(case) == ("met", [])
    enter(case, amount=Decimal("8649999.99"))
    assert fee_check(case) == ("not_met", ["fee-missing"])
    enter(case, reference="PAY-0002", amount=Decimal("0.01"), paid_on=date(2026, 6, 12))
    assert fee_check(case) == ("met", [])
    found = settlement(Application.objects.get(pk=case.pk), DAY)
    assert found is not None
    assert (found.paid, found.missing, found.over) == (FULL, Decimal(0), Decimal(0))


def test_the_declaration_is_confirmed_as_it_stands() -> None:
    case = make.make_submitted()
    row = services.confirm_declaration(case, actor=make.make_user("officer"), at=LATER)
    assert (row.source, row.reference, row.amount) == ("declared", "PAY-0001", FULL)
    with pytest.raises(TransitionRefused) as refused:
        services.confirm_declaration(case, actor=make.make_user("officer"), at=LATER)
    assert codes(refused) == {"payment-known"}
    assert Event.objects.of(case).filter(verb="application.confirm_payment").count() == 1


def test_a_later_payment_is_declared_and_counts_when_confirmed() -> None:
    case = make.make_submitted()
    enter(case, amount=Decimal("8000000"))
    row = services.declare_payment(
        case, reference="PAY-2", paid_on=DAY, amount=Decimal("650000"), actor=make.party_of(case), at=LATER
    )
    assert fee_check(case)[0] == "not_met"
    services.confirm_payment(row, actor=make.make_user("officer"), at=LATER)
    assert fee_check(case) == ("met", [])
    row.refresh_from_db()
    assert (row.source, row.confirmed_at) == ("declared", LATER)
    with pytest.raises(TransitionRefused) as refused:
        services.confirm_payment(row, actor=make.make_user("officer"), at=LATER)
    assert codes(refused) == {"payment-settled"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reference": "  "}, {"payment-reference"}),
        ({"paid_on": DAY + timedelta(days=1)}, {"payment-to-come"}),
        ({"paid_on": date(2023, 3, 31)}, {"payment-too-early"}),
        ({"amount": Decimal(0)}, {"payment-amount"}),
        ({"amount": Decimal(-5)}, {"payment-amount"}),
        ({"amount": Decimal("1.001")}, {"payment-digits"}),
        ({"amount": Decimal("1e15")}, {"payment-digits"}),
        ({"payer": "123"}, {"payer-number", "payer-other"}),
        ({"reference": "", "amount": Decimal(-1)}, {"payment-reference", "payment-amount"}),
    ],
)
def test_every_fault_is_named_at_once(fields: dict[str, Any], expected: set[str]) -> None:
    case = make.make_submitted()
    with pytest.raises(TransitionRefused) as refused:
        enter(case, **fields)
    assert codes(refused) == expected
    assert not Payment.objects.exists()


def test_another_payer_needs_a_reason() -> None:
    case, other = make.make_submitted(), make.make_organisation()
    with pytest.raises(TransitionRefused) as refused:
        enter(case, payer=other.identifier)
    assert codes(refused) == {"payer-other"}
    assert enter(case, payer=other.identifier, note="Its branch pays.").organisation is None


def test_a_draft_and_strangers() -> None:
    draft, case = make.make_draft(), make.make_submitted()
    with pytest.raises(PermissionDenied):
        enter(draft)
    for actor in (
        make.party_of(case),
        make.make_user("auditor"),
        make.make_user("head", authority=make.make_authority("nbk")),
    ):
        with pytest.raises(PermissionDenied):
            enter(case, actor=actor)
    with pytest.raises(PermissionDenied):
        services.declare_payment(case, reference="A", paid_on=DAY, amount=FULL, actor=make.make_applicant(), at=LATER)
    with pytest.raises(StaleVersion):
        enter(case, version=case.version - 1)


def test_struck_out_it_counts_no_more_and_may_be_entered_again() -> None:
    case = make.make_submitted()
    row = enter(case, amount=Decimal(1))
    with pytest.raises(TransitionRefused):
        services.void_payment(row, reason=" ", actor=make.make_user("officer"), at=LATER)
    services.void_payment(row, reason="A slip of the pen.", actor=make.make_user("officer"), at=LATER)
    assert fee_check(case) == ("met", [])  # the declaration speaks again
    enter(case)
    with pytest.raises(TransitionRefused) as refused:
        services.void_payment(row, reason="Again.", actor=make.make_user("officer"), at=LATER)
    assert codes(refused) == {"payment-voided"}


def test_money_moves_to_the_right_case() -> None:
    actor = make.make_applicant()
    wrong, right = make.make_submitted(actor=actor), make.make_submitted(actor=actor)
    row = enter(wrong)
    services.match_payment(row, application=right, actor=make.make_user("officer"), at=LATER)
    assert [one.pk for one in Payment.objects.filter(application=right)] == [row.pk]
    assert Event.objects.of(wrong).filter(verb="application.lose_payment").exists()
    with pytest.raises(TransitionRefused) as refused:
        services.match_payment(row, application=right, actor=make.make_user("officer"), at=LATER)
    assert codes(refused) == {"payment-matched"}
    other = make.make_submitted()
    with pytest.raises(TransitionRefused) as refused:
        services.match_payment(row, application=other, actor=make.make_user("officer"), at=LATER)
    assert codes(refused) == {"payer-other"}


def test_money_in_tenge_settles_no_fee_in_dollars() -> None:
    """Neither from a bank file, which is in tenge, nor moved from another case by hand."""
    officer = make.make_user("officer", authority=make.make_authority("afsa"))
    case = make.make_submitted(kind="aifc-exchange")
    row = enter(case, amount=Decimal(70_000), actor=officer)
    assert row.currency == "USD"
    file = make.make_bank_file(f"B;2026-06-10;70000;{{payer}};{case.reference}", payer=case, actor=officer)
    look = services.look_at_bank_file(file, at=LATER)
    assert [problem.code for one in look.wrong for problem in one.problems] == ["payment-currency"]
    loose = make.make_bank_file("C;2026-06-10;70000;{payer};", payer=case, actor=officer)
    services.import_bank_file(loose, actor=officer, at=LATER)
    tenge = Payment.objects.get(bank_file=loose)
    with pytest.raises(TransitionRefused) as refused:
        services.match_payment(tenge, application=case, actor=officer, at=LATER)
    assert (tenge.currency, codes(refused)) == ("KZT", {"payment-currency"})


def test_non_payment_is_the_ground_of_the_law() -> None:
    """The kind names it; a refusal on it runs the usual way."""
    case = make.make_in_review()
    enter(case, amount=Decimal(1))
    ground = case.permit.procedure.fee_ground
    listed = {one.code: one for one in case.form.refusal_grounds(DAY)}
    assert listed[ground].source.article == "32(1)(2)"
    services.recommend(
        case, outcome="refuse", reasons=[ground], text="One tenge.", actor=make.make_user("officer"), at=LATER
    )


def test_who_sees_payments() -> None:
    case = make.make_submitted()
    row = enter(case)
    sees = {make.party_of(case): True, make.make_user("auditor"): True, make.make_applicant(): False}
    sees[make.make_user("officer", authority=make.make_authority("nbk"))] = False
    for person, expected in sees.items():
        assert Payment.objects.visible_to(person).filter(pk=row.pk).exists() == expected
    assert timezone.localdate(LATER) == DAY
