"""Sending what is told to webhooks: at least once, under the same webhook-id, outside every transaction.

A delivery is claimed for LEASE before the call and noted after it: who dies between the two leaves it to be sent again.
A webhook that fails is left alone for longer and longer, and is turned off after DISABLE_AFTER.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core import webhooks
from core.models import Membership, User, Webhook, WebhookDelivery
from core.services.acts import record
from core.services.letters import notify
from core.webhooks import Answer

log = structlog.get_logger(__name__)
BATCH = 200
BUDGET = 60.0  # seconds that one run calls; what is left is the next run's
LEASE = timedelta(minutes=2)  # longer than any call
DISABLE_AFTER = timedelta(days=3)
#: Before the next attempt of a delivery: ten attempts in three days and some hours.
PAUSES = tuple(timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
ATTEMPTS = len(PAUSES) + 1
#: Before a failing webhook is called with anything again.
RESTS = tuple(timedelta(seconds=s) for s in (5, 60, 300, 900, 1800))
GONE = 410  # "do not call again": what this status means


def call_webhooks(*event_ids: int, at: datetime) -> int:
    """Send what the events of one act are told to. Returns how many took it."""
    rows = WebhookDelivery.objects.due(at).filter(event__in=event_ids)
    return call_each(rows.order_by("id").values_list("pk", flat=True), at=at)


def call_left_over(*, at: datetime) -> int:
    """Send what is due and no worker heard of, the longest waiting first, one batch. Returns how many took it."""
    rows = WebhookDelivery.objects.due(at).order_by("next_try_at", "id")
    return call_each(rows.values_list("pk", flat=True)[:BATCH], at=at)


def call_each(ids: Iterable[int], *, at: datetime) -> int:
    taken, started = 0, time.monotonic()
    for pk in list(ids):
        spent = time.monotonic() - started
        if spent > BUDGET:
            break
        taken += call_one(pk, at=at + timedelta(seconds=int(spent)))
    return taken


def call_one(pk: int, *, at: datetime) -> bool:
    """Claim a delivery, call, note what came of it. False where somebody else has it, or it was not taken."""
    row = claimed(pk, at=at)
    if row is None:
        return False
    answer = answer_of(row, at=at)
    noted(row, answer, at=at)
    return answer.taken


def claimed(pk: int, *, at: datetime) -> WebhookDelivery | None:
    """Take a delivery for LEASE: of two who try, one gets it. An attempt counts from here on."""
    due = WebhookDelivery.objects.due(at).filter(pk=pk).values("pk")
    won = WebhookDelivery.objects.filter(pk__in=due, next_try_at__lte=at).update(
        next_try_at=at + LEASE, attempts=F("attempts") + 1, tried_at=at
    )
    return WebhookDelivery.objects.select_related("webhook", "event").filter(pk=pk).first() if won else None


def answer_of(row: WebhookDelivery, *, at: datetime) -> Answer:
    """Sign and call."""
    keys = keys_of(row.webhook, at=at)
    if not keys:
        return Answer(error="secret")
    body, name = webhooks.packed(row.content()), f"msg_{row.message_id.hex}"
    return webhooks.call(row.webhook.url, body, webhooks.signed_headers(keys, name, at, body))


def keys_of(webhook: Webhook, *, at: datetime) -> list[str]:
    """The secrets that sign now: its own, and for a day after a change the one before."""
    kept = [webhook.secret]
    if webhook.previous_until and at < webhook.previous_until:
        kept.append(webhook.previous_secret)
    return [secret for secret in map(webhooks.unseal, kept) if secret]


@transaction.atomic
def noted(row: WebhookDelivery, answer: Answer, *, at: datetime) -> None:
    """Keep what came of a call, with the delivery and with the webhook."""
    hook = Webhook.objects.select_for_update(no_key=True).filter(pk=row.webhook_id).first()
    fresh = WebhookDelivery.objects.select_for_update().filter(pk=row.pk, attempts=row.attempts).first()
    if hook is None or fresh is None or fresh.tried_at != at:
        return  # removed meanwhile, or sent again by somebody
    fresh.status_code, fresh.milliseconds = answer.status, answer.milliseconds
    fresh.error, fresh.answer = answer.error, answer.text
    if answer.taken:
        fresh.delivered_at, fresh.next_try_at = at, None
    elif fresh.attempts >= ATTEMPTS:
        fresh.given_up_at, fresh.next_try_at = at, None
    else:
        fresh.next_try_at = at + PAUSES[fresh.attempts - 1]
    fresh.save()
    note_on_webhook(hook, answer, at=at)
    if not answer.taken:
        log.warning("webhook not taken", webhook=hook.pk, error=answer.error, status=answer.status)


def note_on_webhook(hook: Webhook, answer: Answer, *, at: datetime) -> None:
    if answer.taken:
        if hook.failures:
            hook.failures, hook.failing_since, hook.paused_until = 0, None, None
            hook.save(update_fields=["failures", "failing_since", "paused_until"])
        return
    hook.failures += 1
    hook.failing_since = hook.failing_since or at
    hook.paused_until = at + RESTS[min(hook.failures, len(RESTS)) - 1]
    hook.save(update_fields=["failures", "failing_since", "paused_until"])
    if hook.active and (answer.status == GONE or at - hook.failing_since >= DISABLE_AFTER):
        disable(hook, answer, at=at)


def disable(hook: Webhook, answer: Answer, *, at: datetime) -> None:
    """Turn a webhook off that took nothing for days, and tell the organisation's people."""
    hook.active, hook.disabled_at = False, at
    hook.version += 1
    hook.save(update_fields=["active", "disabled_at", "version"])
    system = User.objects.system()
    event = record(hook, "webhook.disable", actor=system, at=at, data={"error": answer.error, "status": answer.status})
    members = Membership.objects.valid(timezone.localdate(at)).filter(organisation=hook.organisation_id)
    people = User.objects.filter(pk__in=members.filter(user__isnull=False).values("user"))
    notify(event, people, "webhook_disabled", {"host": str(hook)}, path=reverse("webhook", args=[hook.pk]), at=at)
