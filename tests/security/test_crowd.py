"""A crowd on few cases: nobody gets an error of the server, and afterwards everything agrees."""

import pytest

from tests.security import crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]


def test_a_crowd_breaks_nothing() -> None:
    here = crowd.gather()
    crowd.live(here, clients=7, acts=35)
    assert crowd.complaints(here) == []
    assert {200, 302, 409} <= set(here.answers)  # some read, some acted, some were refused
