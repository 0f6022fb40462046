"""Rows read together are the rows that each queryset would have read alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from core.models import Authority, Document, Obligation, User
from core.together import prefetched, read_together, share
from core.workflow import HEAD
from licensing.models import Dissent, Payment
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_rows_come_as_if_asked_alone_in_two_statements() -> None:
    case = make.make_countersigned()
    asked: list[Callable[[], QuerySet[Any]]] = [
        lambda: Obligation.objects.of(case).order_by("-due_on", "id"),
        lambda: Document.objects.of(case).current(),
        lambda: case.recommendations.all(),
        lambda: case.payments.all(),
        lambda: Authority.objects.order_by("-code")[:2],
        lambda: User.objects.none(),
    ]
    together = [rows() for rows in asked]
    with CaptureQueriesContext(connection) as told:
        read_together(*together)
        people = [row.made_by.email for row in together[2]]
    assert len(told) == 2
    assert people == [row.made_by.email for row in asked[2]()]
    for found, alone in zip(together, asked, strict=True):
        assert [row.__class__ for row in found] == [row.__class__ for row in alone()]
        for row, same in zip(found, alone(), strict=True):
            for field in row._meta.concrete_fields:
                read, stored = getattr(row, field.attname), getattr(same, field.attname)
                assert (read, type(read)) == (stored, type(stored)), (row, field.name)


def test_amounts_stay_exact_and_json_stays_json() -> None:
    case = make.make_submitted()
    row = Payment.objects.create(
        authority=case.authority,
        application=case,
        payer=case.organisation.identifier,
        reference="P-1",
        paid_on=make.AT.date(),
        amount="99999999999999.99",
        source="declared",
        created_by=case.created_by,
        created_at=make.AT,
    )
    term = Obligation.objects.of(case).earliest("id")
    Obligation.objects.filter(pk=term.pk).update(ground={"share": 0.1, "list": [1, None, "a"]})
    payments, terms = case.payments.all(), Obligation.objects.filter(pk=term.pk)
    read_together(payments, terms)
    row.refresh_from_db()
    assert payments[0].amount == row.amount
    assert payments[0].application is case
    assert terms[0].ground == {"share": 0.1, "list": [1, None, "a"]}
    assert isinstance(terms[0].ground["share"], float)


def test_what_was_read_answers_for_the_relation() -> None:
    case = make.make_recommended()
    one = case.recommendations.get()
    Dissent.objects.create(recommendation=one, text="Not so", made_by=make.make_user(HEAD), made_at=make.AT)
    rows, dissents = case.recommendations.all(), Dissent.objects.filter(recommendation__application=case)
    read_together(rows, dissents)
    prefetched(case, recommendations=rows)
    share(rows, "dissents", dissents, "recommendation_id")
    with CaptureQueriesContext(connection) as told:
        assert [d.text for r in case.recommendations.all() for d in r.dissents.all()] == ["Not so"]
    assert not told
