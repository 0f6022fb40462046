"""What is told to webhooks: rows in the transaction of the event itself, sent afterwards by core.services.calling."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from core.models import Event
from core.models.base import INTERNAL
from core.services.publishing import publish

_ANNOUNCED: dict[str, str] = {}
#: The hooks are held against being removed meanwhile: an act never fails because somebody deletes a webhook.
QUEUE = """
WITH hooks AS (
    SELECT id FROM core_webhook
    WHERE organisation_id = %(organisation)s AND active AND (verbs = '{}' OR %(verb)s = ANY(verbs))
    ORDER BY id FOR KEY SHARE
)
INSERT INTO core_webhookdelivery (webhook_id, event_id, message_id, created_at, attempts, next_try_at, error, answer)
SELECT id, %(event)s, gen_random_uuid(), %(at)s, 0, %(at)s, '', '' FROM hooks
"""


def register_announced(verbs: Mapping[str, str]) -> None:
    """Declare acts that a party may be told by webhook, with their names (English msgids); from AppConfig.ready()."""
    _ANNOUNCED.update(verbs)


def announced() -> Mapping[str, str]:
    return _ANNOUNCED


def queue_deliveries(event: Event) -> None:
    """Write down whom an event is to be told: the webhooks of the organisation that sees it. One query."""
    if event.organisation_id is None or event.audience == INTERNAL or event.verb not in _ANNOUNCED:
        return
    facts: dict[str, Any] = {
        "organisation": event.organisation_id,
        "verb": event.verb,
        "event": event.pk,
        "at": event.at,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, facts)
        found = cursor.rowcount
    if found:
        pk = event.pk
        transaction.on_commit(lambda: publish("core.call_webhooks", [pk]), robust=True)
