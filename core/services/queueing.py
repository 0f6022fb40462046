"""What is told to webhooks: rows in the transaction of the event itself, sent afterwards by core.services.calling."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction

from core.models import Event
from core.models.base import INTERNAL
from core.services.publishing import publish

_ANNOUNCED: dict[str, str] = {}
PUBLISHED = 100  # events that a task is asked to tell of at once
#: The hooks are held against being removed meanwhile: an act never fails because somebody deletes a webhook.
QUEUE = """
WITH told AS (
    SELECT * FROM unnest(%(events)s::bigint[], %(organisations)s::bigint[]) AS told(event_id, organisation_id)
), hooks AS (
    SELECT id, organisation_id FROM core_webhook
    WHERE organisation_id = ANY(%(organisations)s) AND active AND (verbs = '{}' OR %(verb)s = ANY(verbs))
    ORDER BY id FOR KEY SHARE
)
INSERT INTO core_webhookdelivery (webhook_id, event_id, message_id, created_at, attempts, next_try_at, error, answer)
SELECT hooks.id, told.event_id, gen_random_uuid(), %(at)s, 0, %(at)s, '', ''
FROM told JOIN hooks USING (organisation_id) ORDER BY told.event_id, hooks.id
RETURNING event_id
"""


def register_announced(verbs: Mapping[str, str]) -> None:
    """Declare acts that a party may be told by webhook, with their names (English msgids); from AppConfig.ready()."""
    _ANNOUNCED.update(verbs)


def announced() -> Mapping[str, str]:
    return _ANNOUNCED


def queue_deliveries(events: Sequence[Event]) -> None:
    """Write down whom the events of one act are to be told: the webhooks of the organisations that see them.

    One query, however many there are; what is told is asked for after the commit, PUBLISHED events a task.
    """
    told = [event for event in events if event.organisation_id is not None and event.audience != INTERNAL]
    if not told or told[0].verb not in _ANNOUNCED:
        return
    facts: dict[str, Any] = {
        "events": [event.pk for event in told],
        "organisations": [event.organisation_id for event in told],
        "verb": told[0].verb,
        "at": told[0].at,
    }
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, facts)
        found = sorted({pk for (pk,) in cursor.fetchall()})
    for start in range(0, len(found), PUBLISHED):
        ask = partial(publish, "core.call_webhooks", found[start : start + PUBLISHED])
        transaction.on_commit(ask, robust=True)
