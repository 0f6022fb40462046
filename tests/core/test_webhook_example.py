"""The example of docs/how-to/receive-webhooks.md verifies what the product sends, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product

from core.services import call_left_over, make_webhook, rotate_secret, send_test
from tests import factories as make
from tests.core.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
PAGE = Path(product.BASE_DIR) / "docs/how-to/receive-webhooks.md"


@pytest.fixture
def server(settings: Any) -> Iterator[Receiver]:
    with receiver() as one:
        settings.WEBHOOK_ALLOWED_HOSTS = [one.host]
        yield one


def example() -> Any:
    found = re.search(r"<!-- verify -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found[1], names)  # noqa: S102  (our own page)
    return names["verified"]


def test_the_example_verifies(server: Receiver) -> None:
    verified, user = example(), make.make_applicant()
    organisation = user.organisations(make.AT.date()).get()
    hook, old = make_webhook(organisation=organisation, url=server.url, actor=user, at=make.AT)
    hook, new = rotate_secret(hook, actor=user, at=make.AT)
    send_test(hook, actor=user, at=make.AT)
    assert call_left_over(at=make.AT) == 1
    [(headers, body)] = server.got
    now = make.AT.timestamp()
    assert verified(headers, body, new, now)
    assert verified(headers, body, old, now)
    assert not verified(headers, body + b" ", new, now)
    assert not verified(headers, body, new, now + 301)
    assert not verified(headers | {"webhook-id": "msg_0"}, body, new, now)
