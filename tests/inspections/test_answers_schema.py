"""Every call of subjects as the schema has it, and against it: no fault of the server, no answer it does not name."""

from typing import Any

import pytest
import schemathesis

from core.services import make_key
from tests import factories as make
from tests.api.test_schema import closing, probe
from tests.inspections import answers

pytestmark = pytest.mark.django_db(transaction=True)
INSPECTIONS, FILINGS, APPLICATIONS = "inspections", "inspection-filings", "annulment-applications"


def test_the_calls_of_subjects_answer_as_their_schema_says(settings: Any) -> None:
    row = answers.make_curing()
    user = answers.subject_of(row)
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": dict.fromkeys(("public", "read", "write", "upload"), "100000/min"),
    }
    filing = answers.make_filing("objection", row, actor=user, files=[make.paper()])
    annulment = answers.make_annulment(row, actor=user)
    headers = {"Authorization": f"Token {make_key(user, actor=user, at=make.AT)[1]}"}
    known: dict[str, str] = {
        INSPECTIONS: row.reference,
        FILINGS: filing.reference,
        APPLICATIONS: annulment.reference,
    }
    paper = filing.documents().get().pk
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", closing)
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # a faulty schema fails here
        place = operation.path.removeprefix("/api/v1/").split("/")[0]
        if place in known:
            values: dict[str, Any] = {"reference": known[place], "id": paper}
            probe(operation, headers, {one.name: values[one.name] for one in operation.path_parameters})
