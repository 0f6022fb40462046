"""What an organisation's people do with its webhooks. Every act is an event; a secret is told once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from core.models import Organisation, User, Webhook, WebhookDelivery
from core.services.acts import locked, record, require
from core.services.publishing import publish
from core.services.queueing import announced
from core.webhooks import new_secret, seal, url_problems
from core.workflow import StaleVersion, TransitionRefused
from law.problems import Problem, _

LIMIT = 10  # of an organisation
OVERLAP = timedelta(days=1)  # how long the secret before still signs


def verb_problems(verbs: Sequence[str]) -> list[Problem]:
    """Acts that nobody is told of."""
    return [
        Problem("webhook-act", _("“%(verb)s” is no act that is told."), {"verb": verb}, field="events")
        for verb in verbs
        if verb not in announced()
    ]


def make_webhook(
    *, organisation: Organisation, url: str, verbs: Sequence[str] = (), actor: User, at: datetime
) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is not told again.

    Args:
        verbs: the acts told; all of them where none is named.

    Raises:
        TransitionRefused: the address is none, or private; an act is unknown; the organisation has LIMIT already.
    """
    require(actor, "core.manage_webhooks", organisation)
    problems = url_problems(url) + verb_problems(verbs)  # names are looked up before the transaction
    with transaction.atomic():
        locked(organisation)  # two at once: the second counts the first
        if Webhook.objects.filter(organisation=organisation).count() >= LIMIT:
            message = _("An organisation has at most %(limit)s webhooks.")
            problems.append(Problem("webhook-limit", message, {"limit": LIMIT}))
        if problems:
            raise TransitionRefused(problems)
        secret = new_secret()
        row = Webhook.objects.create(
            organisation=organisation,
            url=url,
            verbs=sorted(set(verbs)),
            secret=seal(secret),
            made_by=actor,
            made_at=at,
        )
        record(row, "webhook.make", actor=actor, at=at)
    return row, secret


def edit_webhook(
    webhook: Webhook,
    *,
    actor: User,
    at: datetime,
    url: str | None = None,
    verbs: Sequence[str] | None = None,
    active: bool | None = None,
    version: int | None = None,
) -> Webhook:
    """Change the address or the acts, turn it on or off; what is None stays. It starts without its old failures."""
    require(actor, "core.manage_webhooks", webhook)
    problems = url_problems(url) if url not in (None, webhook.url) else []
    problems += verb_problems(verbs or ())
    with transaction.atomic():
        row = fresh(webhook, version)
        if problems:
            raise TransitionRefused(problems)
        given = {"url": url, "verbs": None if verbs is None else sorted(set(verbs)), "active": active}
        changed = [name for name, value in given.items() if value is not None and getattr(row, name) != value]
        if not changed:
            return row
        for name in changed:
            setattr(row, name, given[name])
        if row.active:
            row.disabled_at = row.failing_since = row.paused_until = None
            row.failures = 0
        save(row, *changed, "disabled_at", "failing_since", "paused_until", "failures")
        record(row, "webhook.edit", actor=actor, at=at, data={"fields": changed})
    return row


@transaction.atomic
def rotate_secret(webhook: Webhook, *, actor: User, at: datetime, version: int | None = None) -> tuple[Webhook, str]:
    """A new secret, told once. For OVERLAP every call is signed by the one before too."""
    require(actor, "core.manage_webhooks", webhook)
    row, secret = fresh(webhook, version), new_secret()
    row.previous_secret, row.previous_until, row.secret = row.secret, at + OVERLAP, seal(secret)
    save(row, "previous_secret", "previous_until", "secret")
    record(row, "webhook.rotate", actor=actor, at=at)
    return row, secret


@transaction.atomic
def remove_webhook(webhook: Webhook, *, actor: User, at: datetime, version: int | None = None) -> None:
    """End a webhook and forget its deliveries; that it was there stays in the events."""
    require(actor, "core.manage_webhooks", webhook)
    row = fresh(webhook, version, whole=True)
    record(row, "webhook.remove", actor=actor, at=at)
    row.delete()


@transaction.atomic
def send_test(webhook: Webhook, *, actor: User, at: datetime) -> WebhookDelivery:
    """Tell a webhook of a test, which is signed and kept like everything else.

    Raises:
        TransitionRefused: it is turned off.
    """
    require(actor, "core.manage_webhooks", webhook)
    row = fresh(webhook, None)
    if not row.active:
        raise TransitionRefused([OFF])
    event = record(row, "webhook.test", actor=actor, at=at)
    delivery = WebhookDelivery.objects.create(webhook=row, event=event, created_at=at, next_try_at=at)
    transaction.on_commit(lambda: publish("core.call_webhooks", [event.pk]), robust=True)
    return delivery


@transaction.atomic
def send_delivery_again(delivery: WebhookDelivery, *, actor: User, at: datetime) -> WebhookDelivery:
    """Send what was given up, or was taken and lost by the receiver, once more under the same webhook-id.

    Raises:
        TransitionRefused: the webhook is turned off.
    """
    require(actor, "core.manage_webhooks", delivery)
    hook = fresh(delivery.webhook, None)  # before the delivery, as those who note an answer do
    row = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    if not hook.active:
        raise TransitionRefused([OFF])
    hook.paused_until = None
    hook.save(update_fields=["paused_until"])
    row.attempts, row.tried_at, row.delivered_at, row.given_up_at, row.next_try_at = 0, None, None, None, at
    row.save(update_fields=["attempts", "tried_at", "delivered_at", "given_up_at", "next_try_at"])
    record(hook, "webhook.again", actor=actor, at=at, data={"message": row.message_id.hex})
    event = row.event_id
    transaction.on_commit(lambda: publish("core.call_webhooks", [event]), robust=True)
    return row


OFF = Problem("webhook-off", _("The webhook is turned off; turn it on first."))


def fresh(webhook: Webhook, version: int | None, *, whole: bool = False) -> Webhook:
    """The webhook under its lock; where it is `whole`, acts that would tell it something wait too.

    Raises:
        StaleVersion: somebody changed it since `version`.
        TransitionRefused: somebody removed it meanwhile.
    """
    row = Webhook.objects.select_for_update(no_key=not whole).filter(pk=webhook.pk).first()
    if row is None:
        raise TransitionRefused([Problem("webhook-removed", _("The webhook has been removed."))])
    if version is not None and row.version != version:
        raise StaleVersion(row.version, version)
    return row


def save(row: Webhook, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])
