"""The bank's list: looked at first, every fault by its row; imported once, whole or not at all."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import BankFile, Payment
from licensing.services.bankfile import read_amount, read_bank_text, read_day
from tests import factories as make

LATER = make.AT + timedelta(hours=5)
HEAD = "reference;paid_on;amount;payer;application"


def keep(text: str, *, encoding: str = "utf-8", **fields: object) -> BankFile:
    actor = fields.pop("actor", None) or make.make_user("officer")
    return services.keep_bank_file("june.csv", text.encode(encoding), actor=actor, at=LATER)  # type: ignore[arg-type]


def row(reference: str, payer: str, *, day: str = "2026-06-10", amount: str = "8650000.00", case: str = "") -> str:
    return ";".join((reference, day, amount, payer, case))


def faults(file: BankFile) -> dict[int, set[str]]:
    look = services.look_at_bank_file(file, at=LATER)
    return {one.number: {problem.code for problem in one.problems} for one in look.rows if one.problems}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8650000", "8650000.00"),
        ("8 650 000,00", "8650000.00"),
        ("8\u00a0650\u00a0000,5", "8650000.50"),
        ("8650000.01", "8650000.01"),
        ("8,650,000.00", "8650000.00"),
        ("8,650,000", "8650000.00"),
        ("-5", "-5.00"),
        ("8.650.000,00", None),
        ("12,345,6", None),
        ("1.234", None),
        ("1e5", None),
        ("NaN", None),
        ("٣", None),
        ("", None),
    ],
)
def test_amounts(text: str, expected: str | None) -> None:
    assert read_amount(text) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-28", "2026-02-28"),
        ("28.02.2026", "2026-02-28"),
        ("29.02.2026", None),
        ("06/16/2026", None),
        ("", None),
    ],
)
def test_days(text: str, expected: str | None) -> None:
    found = read_day(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bank-file-empty"),
        (HEAD, "bank-file-empty"),
        ("reference;day;amount;payer\n1;2;3;4", "bank-columns"),
        ("hello", "bank-columns"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole(text: str, code: str) -> None:
    assert [problem.code for problem in read_bank_text(text).problems] == [code]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00r", b"\x98\x98"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(TransitionRefused, match="bank-file-text"):
        services.keep_bank_file("x.csv", content, actor=make.make_user("officer"), at=LATER)
    assert not BankFile.objects.exists()


@pytest.mark.django_db
def test_every_fault_of_every_row_in_one_look() -> None:
    case, other = make.make_submitted(), make.make_organisation()
    own = case.organisation.identifier
    services.enter_payment(
        case,
        reference="OLD",
        paid_on=make.AT.date(),
        amount=Decimal(5),
        payer=own,
        actor=make.make_user("officer"),
        at=LATER,
    )
    lines = [
        HEAD,
        row("GOOD", own, case=case.reference),
        row("DAY", own, day="31.06.2026"),
        row("MINUS", own, amount="-1"),
        row("WORDS", own, amount="a lot"),
        row("GOOD", own, case=case.reference),
        row("OLD", own, day="2026-06-16", case=case.reference),
        row("OTHER", other.identifier, case=case.reference),
        row("NOCASE", own, case="APP-2026-999999"),
        row("NOBIN", "123456789012"),
        row("", own, day="2099-01-01"),
        "SHORT;2026-06-10",
        row("", "123", day="x", amount="-1", case="APP-1"),
    ]
    assert faults(keep("\n".join(lines))) == {
        3: {"bank-day"},
        4: {"payment-amount"},
        5: {"bank-amount"},
        6: {"bank-doubled"},
        7: {"payment-known"},
        8: {"bank-other-payer"},
        9: {"bank-case"},
        10: {"payer-number"},
        11: {"payment-reference", "payment-to-come"},
        12: {"bank-row-short"},
        13: {"bank-day", "payment-reference", "payment-amount", "payer-number", "bank-case"},
    }
    assert Payment.objects.count() == 1  # to look changes nothing


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("separator", [";", ","])
def test_imported_in_every_writing(encoding: str, separator: str) -> None:
    case = make.make_submitted()
    heading = separator.join(("Номер платежа", "Дата платежа", "Сумма", "БИН/ИИН плательщика", "Назначение"))
    line = separator.join(
        ("PAY-0001", "10.06.2026", '"8 650 000,00"', case.organisation.identifier, "Лицензионный сбор")
    )
    file = services.import_bank_file(
        keep(f"{heading}\r\n{line}\r\n", encoding=encoding), actor=make.make_user("officer"), at=LATER
    )
    payment = Payment.objects.get()
    assert (payment.application, payment.amount, payment.source) == (case, Decimal("8650000.00"), "imported")
    assert (payment.bank_file, payment.row, payment.organisation) == (file, 2, case.organisation)


@pytest.mark.django_db
def test_the_same_file_twice_imports_nothing_twice() -> None:
    case = make.make_submitted()
    text = "\n".join([HEAD, row("A", case.organisation.identifier), row("B", case.organisation.identifier, amount="x")])
    officer = make.make_user("officer")
    file = services.import_bank_file(keep(text), actor=officer, at=LATER)
    assert (file.taken, file.left_out, file.content) == (1, 1, "")
    with pytest.raises(TransitionRefused, match="bank-imported"):
        services.import_bank_file(file, actor=officer, at=LATER)
    with pytest.raises(TransitionRefused, match="bank-nothing"):
        services.import_bank_file(keep(text), actor=officer, at=LATER)
    assert Payment.objects.get().application is None  # it names no case and none declares it
    event = Event.objects.get(verb="bank_file.import")
    assert event.data == {"rows": 1, "left_out": 1, "digest": file.digest, "sha256": file.sha256}


@pytest.mark.django_db
def test_a_declared_payment_is_confirmed_with_the_banks_figures() -> None:
    case = make.make_submitted()
    declared = services.declare_payment(
        case, reference="P-7", paid_on=make.AT.date(), amount=Decimal(700), actor=make.party_of(case), at=LATER
    )
    text = f"{HEAD}\n{row('P-7', case.organisation.identifier, amount='650')}"
    services.import_bank_file(keep(text), actor=make.make_user("officer"), at=LATER)
    declared.refresh_from_db()
    assert (declared.amount, declared.source, declared.row) == (Decimal("650.00"), "declared", 2)
    assert declared.confirmed_at == LATER
    assert Payment.objects.count() == 1


@pytest.mark.django_db
def test_who_may_import() -> None:
    text = f"{HEAD}\n{row('A', make.make_bin())}"
    body = make.make_authority("energy", decides=False)
    for actor in (make.make_user("auditor"), make.make_user("officer", authority=body), make.make_applicant()):
        with pytest.raises(PermissionDenied):
            keep(text, actor=actor)


@pytest.mark.django_db
def test_a_look_runs_the_same_queries_at_ten_and_a_thousand_rows() -> None:
    payer, counts = make.make_organisation().identifier, []
    for size in (10, 400):
        file = keep("\n".join([HEAD, *(row(f"{size}-{n}", payer) for n in range(size))]))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            services.look_at_bank_file(file, at=LATER)
        counts.append(len(caught))
    assert counts[0] == counts[1] < 10


@pytest.mark.django_db
def test_files_that_nobody_imported_are_forgotten() -> None:
    file = keep(f"{HEAD}\n{row('A', make.make_bin())}")
    assert services.forget_bank_files(at=LATER + timedelta(days=7)) == 0
    assert services.forget_bank_files(at=LATER + timedelta(days=8)) == 1
    assert not BankFile.objects.filter(pk=file.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_import_the_same_payments_at_once() -> None:
    payer = make.make_organisation().identifier
    text = "\n".join([HEAD, *(row(f"R-{n}", payer) for n in range(20))])
    officers = [make.make_user("officer"), make.make_user("officer")]
    files = [keep(text, actor=officer) for officer in officers]
    barrier, outcomes = Barrier(2), []

    def run(place: int) -> None:
        barrier.wait()
        try:
            services.import_bank_file(files[place], actor=officers[place], at=LATER)
            outcomes.append("imported")
        except TransitionRefused as refused:
            outcomes.append(refused.problems[0].code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["bank-nothing", "imported"]
    assert Payment.objects.count() == 20
