"""The schema says what the API does: no server error and no undocumented answer, whatever is sent."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from drf_spectacular import validation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import spectacular_settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as quick
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application as wsgi
from core.services import make_key, make_webhook, send_test
from licensing import services
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("schemathesis")]
EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_the_schema_is_valid_and_silent() -> None:
    """As `spectacular --validate --fail-on-warn` of `make check`, with a validator that takes no seconds."""
    GENERATOR_STATS.reset()
    made = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(request=None, public=True)
    told = GENERATOR_STATS._warn_cache | GENERATOR_STATS._error_cache
    assert not told, "\n".join(told)
    specification = json.loads((Path(validation.__file__).parent / "openapi_3_1_schema.json").read_text())
    validator = jsonschema_rs.validator_for(specification)
    assert [str(error) for error in validator.iter_errors(json.loads(OpenApiJsonRenderer().render(made)))] == []


def test_the_schema_and_its_page_come_from_this_server_alone() -> None:
    client = Client()
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"//cdn" not in page.content
    assert b"<script>" not in page.content  # the policy lets no inline script run
    assert b"nonce-" in page["Content-Security-Policy"].encode()


def test_no_server_error_and_no_undocumented_answer(settings: object) -> None:
    settings.REST_FRAMEWORK = {  # type: ignore[attr-defined]  # pytest-django sets any name
        **settings.REST_FRAMEWORK,  # type: ignore[attr-defined]  # pytest-django sets any name
        "DEFAULT_THROTTLE_RATES": dict.fromkeys(("public", "read", "write", "upload"), "100000/min"),
    }
    make.make_authority()
    user = make.make_applicant()
    draft = make.make_draft(actor=user)
    granted = make.make_decided(actor=user)
    services.print_left_over(at=make.AT)
    url, organisation = "https://hooks.example.org/", granted.organisation
    hook, _secret = make_webhook(organisation=organisation, url=url, actor=user, at=make.AT)
    delivery = send_test(hook, actor=user, at=make.AT)
    key = make_key(user, actor=user, at=make.AT)[1]
    headers = {"Authorization": f"Token {key}"}
    officer = make.make_user("officer")
    breach = make.make_breach(granted.licence, officer=officer)
    measure = make.make_measure(granted.licence, officer=officer, breach=breach)
    services.announce_measure(measure, actor=officer, at=make.AT + timedelta(hours=6), **make.hearing_set())
    known: dict[str, list[Any]] = {
        "reference": [draft.reference, granted.reference, breach.reference, measure.reference],
        "number": [granted.licence.number],
        "code": ["mining-licence-1", "mci", granted.licence.code],
        "id": [
            draft.documents().values_list("pk", flat=True)[0],
            granted.letters.values_list("pk", flat=True)[0],
            hook.pk,
        ],
        "delivery": [delivery.pk],
        "identifier": [organisation.identifier],
        "name": ["register-2026-06-15.1.csv"],
    }
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", closing)
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # a faulty schema fails here
        names = [parameter.name for parameter in operation.path_parameters]
        # What was made up is not found, whatever else is sent: said once as it should be, and once against the schema.
        probe(operation, headers, {}, examples=1 if names else EXAMPLES)
        for number in range(max((len(known[name]) for name in names), default=0)):
            path = {name: known[name][number % len(known[name])] for name in names}
            if knocks(operation, headers, path):
                probe(operation, headers, path)


def closing(environ: Any, start_response: Any) -> list[bytes]:
    """The product, with every answer read and closed as a server does."""
    answer = wsgi(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def knocks(operation: Any, headers: dict[str, str], path: dict[str, Any]) -> bool:
    """One bare call: is there anything behind this key? The number of a breach opens no address of applications."""
    case = operation.Case(path_parameters=path)
    response = case.call(headers=headers)
    case.validate_response(response, checks=CHECKS)
    return bool(response.status_code != 404)


def probe(operation: Any, headers: dict[str, str], path: dict[str, Any], *, examples: int = EXAMPLES) -> None:
    """Send a few requests as the schema has them, and a few against it; where nothing can be filled in, one of each."""
    fixed = {"path_parameters": path} if path else {}
    filled = operation.body or operation.query
    for mode in schemathesis.GenerationMode:

        @given(case=operation.as_strategy(generation_mode=mode, **fixed))
        @quick(
            max_examples=examples if filled else 1,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def send(case: Any) -> None:
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        with suppress(Unsatisfiable):  # nothing stands against a schema without fields
            send()
