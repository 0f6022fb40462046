"""Webhooks: told in the act's transaction, signed, retried, bounded, and never called where they should not be."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core import webhooks
from core.models import Event, Notification, User, Webhook, WebhookDelivery
from core.services import (
    announced,
    call_left_over,
    call_webhooks,
    edit_webhook,
    erase_due,
    make_webhook,
    record_each,
    remove_webhook,
    rotate_secret,
    send_delivery_again,
    send_test,
)
from core.services.calling import ATTEMPTS, DISABLE_AFTER, LEASE, call_one
from core.webhooks import is_public, literal, url_problems
from core.workflow import StaleVersion, TransitionRefused
from licensing.services import accept_application, add_note, submit_application
from tests import factories as make
from tests.background.test_sweeps import together
from tests.core.receiver import Receiver, is_signed, receiver
from tests.names import ASKED, TURNS

pytestmark = pytest.mark.django_db
AT = make.AT
SOON = timedelta(minutes=10)


@pytest.fixture
def server(settings: Any) -> Iterator[Receiver]:
    with receiver() as one:
        settings.WEBHOOK_ALLOWED_HOSTS = [one.host]
        yield one


def hook_of(user: User, url: str, verbs: tuple[str, ...] = ()) -> tuple[Webhook, str]:
    organisation = user.organisations(AT.date()).get()
    return make_webhook(organisation=organisation, url=url, verbs=verbs, actor=user, at=AT)


# --- what is told --------------------------------------------------------------------------------------------------


def test_a_whole_call(server: Receiver) -> None:
    user = make.make_applicant()
    hook, secret = hook_of(user, server.url, ("application.submit", "application.accept"))
    case = make.make_in_review(actor=user)
    assert call_left_over(at=AT + timedelta(hours=2)) == 2
    assert [one["type"] for one in server.contents()] == ["application.submit", "application.accept"]
    headers, body = server.got[0]
    assert is_signed(headers, body, secret)
    assert not is_signed(headers, body + b" ", secret)
    assert not is_signed(headers | {"webhook-timestamp": "0"}, body, secret)
    assert abs(int(headers["webhook-timestamp"]) - (AT + timedelta(hours=2)).timestamp()) < 60
    first = json.loads(body)
    assert first["data"] == {"reference": case.reference, "from_state": "draft", "to_state": "submitted"}
    row = hook.deliveries.order_by("id")[0]
    assert (row.state, row.attempts, row.status_code, row.error) == ("delivered", 1, 204, "")
    assert headers["webhook-id"] == f"msg_{row.message_id.hex}"
    assert call_left_over(at=AT + timedelta(hours=3)) == 0


def test_nothing_internal_and_nothing_of_others(server: Receiver) -> None:
    user, stranger = make.make_applicant(), make.make_applicant()
    hook_of(stranger, server.url)
    hook, _secret = hook_of(user, server.url)
    case = make.make_recommended(actor=user)
    add_note(case, text="Call them.", actor=make.make_user("officer"), at=AT)
    told = set(hook.deliveries.values_list("event__verb", flat=True))
    assert {"application.submit", "application.accept"} <= told
    assert not told & {"application.note", "application.recommend", "application.countersign", "webhook.make"}
    assert Webhook.objects.get(made_by=stranger).deliveries.count() == 0


def test_no_personal_data(server: Receiver) -> None:
    user = make.make_applicant(full_name="Very Personal")
    hook_of(user, server.url)
    make.make_decided(actor=user)
    call_left_over(at=AT + timedelta(days=1))
    texts = b"".join(body for _headers, body in server.got).decode()
    assert len(server.got) >= 5
    organisation = user.organisations(AT.date()).get()
    for secret in ("Very Personal", user.email, organisation.identifier, organisation.name_en, "Test officer"):
        assert secret not in texts


def test_an_act_that_is_undone_tells_nobody() -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, "https://hooks.example.org/")
    draft = make.make_draft(actor=user)
    before = hook.deliveries.count()
    with pytest.raises(RuntimeError):
        submit_and_fail(draft, user)
    assert hook.deliveries.count() == before


@transaction.atomic
def submit_and_fail(draft: Any, user: User) -> None:
    submit_application(draft, actor=user, at=AT)
    raise RuntimeError


def test_a_bulk_act_is_queued_by_one_statement_for_all(server: Receiver) -> None:
    """And each party is told of its own event alone."""
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url, ("licence.abolish",))
    off, _secret = hook_of(make.make_applicant(), server.url, ("application.submit",))
    rows = [hook.organisation, off.organisation, *(make.make_organisation(checked=False) for _each in range(98))]
    said: dict[str, Any] = {"actor": make.make_user("head"), "at": AT}
    with CaptureQueriesContext(connection) as few:
        record_each(rows[:10], "licence.abolish", **said)
    with CaptureQueriesContext(connection) as many:
        events = record_each(rows, "licence.abolish", **said)
    assert len(few) == len(many) == 2
    assert off.deliveries.count() == 0
    assert hook.deliveries.order_by("-id")[0].event_id == events[0].pk
    assert hook.deliveries.filter(event__verb="licence.abolish").count() == 2
    assert call_webhooks(*(event.pk for event in events), at=AT) == 1
    record_each(rows, "licence.abolish", audience="internal", **said)
    assert hook.deliveries.filter(event__verb="licence.abolish").count() == 2


def test_every_act_that_is_told_has_words() -> None:
    assert {"application.grant", "application.refuse", "licence.issue", "letter.send"} <= set(announced())
    assert all(announced().values())


# --- what comes back -----------------------------------------------------------------------------------------------


def drip(visit: Any) -> None:
    """Headers, and then a byte now and again, for ever."""
    visit.wfile.write(b"HTTP/1.1 500 No\r\nContent-Length: 100000000\r\n\r\n")
    while not visit.server.released.wait(0.05):
        visit.wfile.write(b"x")
        visit.wfile.flush()


def flood(visit: Any) -> None:
    visit.wfile.write(b"HTTP/1.1 500 No\r\nContent-Length: 50000000\r\n\r\n<b>Secret\x00\x1b" + b"y" * 50_000_000)


def endless_headers(visit: Any) -> None:
    visit.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n")


def silent(visit: Any) -> None:
    visit.server.released.wait()


def rubbish(visit: Any) -> None:
    visit.wfile.write(b"SSH-2.0-OpenSSH\r\n")


@pytest.mark.parametrize(
    ("answer", "error", "status"),
    [
        (302, "redirect", 302),
        (308, "redirect", 308),
        (500, "status", 500),
        (404, "status", 404),
        (flood, "status", 500),
        (drip, "status", 500),
        (silent, "timeout", None),
        (rubbish, "protocol", None),
        (endless_headers, "protocol", None),
    ],
)
def test_a_refusal_is_named_and_bounded(
    server: Receiver, monkeypatch: pytest.MonkeyPatch, answer: Any, error: str, status: int | None
) -> None:
    if answer is silent:
        monkeypatch.setattr(webhooks, "CALL", 1.0)
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    send_test(hook, actor=user, at=AT)
    server.answers = [answer]
    assert call_left_over(at=AT) == 0
    row = hook.deliveries.get()
    assert (row.error, row.status_code, row.state, row.attempts) == (error, status, "waiting", 1)
    assert len(row.answer) <= webhooks.PREFIX
    assert row.answer.isprintable()
    assert server.paths == ["/hook"]  # nobody followed a redirect
    hook.refresh_from_db()
    assert (hook.state, hook.failures) == ("failing", 1)


def test_refused_until_it_is_taken(server: Receiver) -> None:
    user = make.make_applicant()
    hook, secret = hook_of(user, server.url)
    delivery = send_test(hook, actor=user, at=AT)
    server.answers = [500, 503, 200]
    assert call_webhooks(delivery.event_id, at=AT) == 0
    assert call_left_over(at=AT + timedelta(seconds=1)) == 0  # not before its time
    assert len(server.got) == 1
    assert call_left_over(at=AT + SOON) == 0
    assert call_left_over(at=AT + 10 * SOON) == 1
    assert len({headers["webhook-id"] for headers, _body in server.got}) == 1
    assert len({body for _headers, body in server.got}) == 1
    assert all(is_signed(headers, body, secret) for headers, body in server.got)
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since, hook.paused_until) == (0, None, None)


def test_a_failing_webhook_is_asked_once_for_all(server: Receiver) -> None:
    user, other = make.make_applicant(), make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    hook_of(other, server.url)
    for _number in range(5):
        send_test(hook, actor=user, at=AT)
    server.answers = [500]
    call_left_over(at=AT)
    assert len(server.got) == 1  # the other four were not tried
    assert sorted(hook.deliveries.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]


def test_after_days_it_is_turned_off_and_its_people_are_told(server: Receiver) -> None:
    user = make.make_applicant()
    colleague = make.make_user()
    hook, _secret = hook_of(user, server.url)
    make.make_membership(colleague, hook.organisation)
    send_test(hook, actor=user, at=AT)
    server.answers = [500]
    at = AT
    for _hour in range(80):
        call_left_over(at=at)
        at += timedelta(hours=1)
    hook.refresh_from_db()
    assert hook.state == "disabled"
    assert hook.disabled_at is not None
    assert hook.disabled_at - AT >= DISABLE_AFTER
    told = Notification.objects.filter(template="webhook_disabled", channel=Notification.INBOX)
    assert set(told.values_list("recipient", flat=True)) == {user.pk, colleague.pk}
    assert Event.objects.filter(verb="webhook.disable").count() == 1
    waiting = hook.deliveries.get()
    server.answers = [200]
    assert call_left_over(at=at) == 0  # it is off
    if waiting.given_up_at is None:  # what waited is kept, and goes when it is turned on again
        edit_webhook(hook, actor=user, at=at, active=True)
        assert call_left_over(at=at + timedelta(days=2)) == 1


def test_given_up_and_sent_again(server: Receiver) -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    delivery = send_test(hook, actor=user, at=AT)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(attempts=ATTEMPTS - 1)
    server.answers = [500, 200]
    call_left_over(at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("given_up", ATTEMPTS)
    assert call_left_over(at=AT + timedelta(days=30)) == 0
    again = send_delivery_again(delivery, actor=user, at=AT + timedelta(days=30))
    assert call_left_over(at=AT + timedelta(days=30)) == 1
    again.refresh_from_db()
    assert again.state == "delivered"
    assert len({headers["webhook-id"] for headers, _body in server.got}) == 1


def test_gone_is_not_called_again(server: Receiver) -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    send_test(hook, actor=user, at=AT)
    server.answers = [410]
    call_left_over(at=AT)
    hook.refresh_from_db()
    assert hook.state == "disabled"
    with pytest.raises(TransitionRefused, match="webhook-off"):
        send_test(hook, actor=user, at=AT)


def test_nobody_listens(server: Receiver, settings: Any) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1:1"]
    user = make.make_applicant()
    hook, _secret = hook_of(user, "http://127.0.0.1:1/")
    send_test(hook, actor=user, at=AT)
    call_left_over(at=AT)
    assert hook.deliveries.get().error == "connect"


def test_a_certificate_that_nobody_signed(server: Receiver, settings: Any) -> None:
    """https to a server that speaks no TLS, by a named host."""
    user = make.make_applicant()
    hook, _secret = hook_of(user, f"https://{server.host}/")
    send_test(hook, actor=user, at=AT)
    call_left_over(at=AT)
    assert hook.deliveries.get().error == "tls"


# --- two secrets for a day -----------------------------------------------------------------------------------------


def test_both_secrets_hold_for_a_day(server: Receiver) -> None:
    user = make.make_applicant()
    hook, old = hook_of(user, server.url)
    hook, new = rotate_secret(hook, actor=user, at=AT)
    assert old != new
    for hours in (1, 23, 24, 25):
        send_test(hook, actor=user, at=AT + timedelta(hours=hours))
        call_left_over(at=AT + timedelta(hours=hours))
    assert [is_signed(headers, body, new) for headers, body in server.got] == [True] * 4
    assert [is_signed(headers, body, old) for headers, body in server.got] == [True, True, False, False]
    assert old not in str(list(Webhook.objects.values()))
    assert new not in str(list(Webhook.objects.values()))


def test_a_changed_secret_key_is_named(server: Receiver, settings: Any) -> None:
    user = make.make_applicant()
    hook, secret = hook_of(user, server.url)
    send_test(hook, actor=user, at=AT)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-the-operator"
    call_left_over(at=AT)
    assert hook.deliveries.get().error == "secret"
    assert server.got == []
    settings.SECRET_KEY_FALLBACKS = [before]
    assert call_left_over(at=AT + SOON) == 1
    assert is_signed(*server.got[0], secret)


# --- at once, and dead in the middle -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_once(server: Receiver) -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    for _number in range(8):
        send_test(hook, actor=user, at=AT)
    assert sum(together(*[lambda: call_left_over(at=AT)] * 4)) == 8
    assert len({headers["webhook-id"] for headers, _body in server.got}) == len(server.got) == 8


@pytest.mark.django_db(transaction=True)
def test_acts_go_on_while_webhooks_come_and_go() -> None:
    user = make.make_applicant()
    officer = make.make_user("officer")
    cases = [make.make_submitted(actor=user) for _number in range(4)]

    def come_and_go() -> None:
        for _turn in range(6):
            hook, _secret = hook_of(user, "https://hooks.example.org/")
            remove_webhook(hook, actor=user, at=AT)

    together(
        come_and_go,
        lambda: [accept_application(case, actor=officer, at=AT) for case in cases],
        come_and_go,
    )
    assert {case.__class__.objects.get(pk=case.pk).state for case in cases} == {"in_review"}


def test_who_dies_between_call_and_mark_sends_it_again(server: Receiver) -> None:
    """The claim runs out, and the receiver knows the second by its webhook-id."""
    user = make.make_applicant()
    hook, _secret = hook_of(user, server.url)
    delivery = send_test(hook, actor=user, at=AT)

    def dies(*_words: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.services.calling.noted", lambda *_row, **_more: dies())
        with pytest.raises(KeyboardInterrupt):
            call_one(delivery.pk, at=AT)
    assert call_left_over(at=AT + LEASE - timedelta(seconds=1)) == 0
    assert call_left_over(at=AT + LEASE) == 1
    assert len(server.got) == 2
    assert len({headers["webhook-id"] for headers, _body in server.got}) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


# --- addresses -----------------------------------------------------------------------------------------------------

PRIVATE = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://10.0.0.1/",
    "https://172.16.5.5/",
    "https://192.168.1.1:8443/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://192.0.2.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::7f00:1]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[ff02::1]/",
    "https://localhost/",
    "https://localhost./",
    "https://db.internal/",
    "https://printer.local/",
    "https://intranet/",
    "https://metadata.google.internal/",
    "https://localtest.example.org/",
    "https://metadata.example.org/",
    "https://mapped.example.org/",
    "https://mixed.example.org/",
    "https://nat64.example.org/",
    "https://six.example.org/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_when_entered_and_when_called(url: str, server: Receiver) -> None:
    assert {problem.code for problem in url_problems(url)} & {"webhook-private"}, url
    user = make.make_applicant()
    with pytest.raises(TransitionRefused, match="webhook-private"):
        hook_of(user, url)
    hook, _secret = hook_of(user, "https://hooks.example.org/")
    send_test(hook, actor=user, at=AT)
    Webhook.objects.update(url=url)  # as if it had been entered before the name led there
    call_left_over(at=AT)
    assert hook.deliveries.get().error == "address"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "webhook-url"),
        ("hooks.example.org", "webhook-url"),
        ("ftp://hooks.example.org/", "webhook-url"),
        ("javascript:alert(1)", "webhook-url"),
        ("https://user:word@hooks.example.org/", "webhook-url"),
        ("https://user@hooks.example.org/", "webhook-url"),
        ("https://hooks.example.org/#part", "webhook-url"),
        ("https://hooks.example.org/a b", "webhook-url"),
        ("https://hooks.example.org\\@127.0.0.1/", "webhook-url"),
        ("https://hooks.example.org\r\nX: y/", "webhook-url"),
        ("https://сынақ.example.org/", "webhook-url"),
        ("https://[fe80::1%25eth0]/", "webhook-url"),
        ("https://hooks.example.org:99999/", "webhook-url"),
        ("https://hooks.example.org:0/", "webhook-url"),
        ("https:///path", "webhook-url"),
        ("https://" + "a" * 600 + ".org/", "webhook-url"),
        ("http://hooks.example.org/", "webhook-https"),
        ("https://nowhere.example.org/", "webhook-name"),
    ],
)
def test_addresses_that_are_none(url: str, code: str) -> None:
    assert [problem.code for problem in url_problems(url)] == [code]


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org/",
        "https://hooks.example.org:8443/a/b?c=d&e=%2F",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "https://slow.example.org/",  # asked again before each call
    ],
)
def test_addresses_that_are_good(url: str) -> None:
    assert url_problems(url) == []


def test_a_name_that_turns_inside_is_not_called(server: Receiver, settings: Any) -> None:
    """Public when it is entered, the loopback of this machine when it is called: judged again, and never connected."""
    settings.WEBHOOK_ALLOWED_HOSTS = []
    port = server.server_port
    TURNS["turning.example.org"] = [["93.184.215.14"], ["127.0.0.1"]]
    user = make.make_applicant()
    hook, _secret = hook_of(user, f"https://turning.example.org:{port}/")
    send_test(hook, actor=user, at=AT)
    ASKED.clear()
    call_left_over(at=AT)
    assert hook.deliveries.get().error == "address"
    assert ASKED == ["turning.example.org"]  # once for the call
    assert server.got == []


def test_the_call_goes_to_the_address_that_was_judged(server: Receiver, settings: Any) -> None:
    """The name is asked for once: a second answer would lead elsewhere, and is not asked for."""
    host = f"pinned.example.org:{server.server_port}"
    settings.WEBHOOK_ALLOWED_HOSTS = [host]
    TURNS["pinned.example.org"] = [["127.0.0.1"], ["127.0.0.1"], ["203.0.113.1"]]
    user = make.make_applicant()
    hook, _secret = hook_of(user, f"http://{host}/")
    send_test(hook, actor=user, at=AT)
    ASKED.clear()
    assert call_left_over(at=AT) == 1
    assert ASKED == ["pinned.example.org"]
    assert server.got[0][0]["host"] == host


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.1:{port}"])
def test_named_hosts_are_called_where_they_are(entry: str, server: Receiver, settings: Any) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = [entry.format(port=server.server_port)]
    assert url_problems(server.url) == []
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1:1"]
    assert [problem.code for problem in url_problems(server.url)] == ["webhook-https"]


@pytest.mark.parametrize("text", ["93.184.215.14", "8.8.8.8", "2a00:1450:4001:82f::200e", "1.1.1.1"])
def test_the_open_internet_is_public(text: str) -> None:
    address = literal(text)
    assert address is not None
    assert is_public(address)


# --- whose it is ---------------------------------------------------------------------------------------------------


def everything(hook: Webhook, actor: User) -> list[Callable[[], Any]]:
    delivery = hook.deliveries.first()
    assert delivery is not None
    organisation = hook.organisation
    return [
        lambda: make_webhook(organisation=organisation, url="https://hooks.example.org/", actor=actor, at=AT),
        lambda: edit_webhook(hook, actor=actor, at=AT, active=False),
        lambda: rotate_secret(hook, actor=actor, at=AT),
        lambda: send_test(hook, actor=actor, at=AT),
        lambda: send_delivery_again(delivery, actor=actor, at=AT),
        lambda: remove_webhook(hook, actor=actor, at=AT),
    ]


def test_only_members_reach_it() -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, "https://hooks.example.org/")
    send_test(hook, actor=user, at=AT)
    lawyer, firm = make.make_user(), make.make_organisation()
    make.make_membership(lawyer, firm)
    make.make_power_of_attorney(firm, hook.organisation, user)
    roles = [make.make_user(role) for role in ("officer", "head", "administrator", "auditor")]
    for stranger in [make.make_applicant(), lawyer, User.objects.system(), *roles]:
        assert not Webhook.objects.visible_to(stranger).exists()
        assert not WebhookDelivery.objects.visible_to(stranger).exists()
        for act in everything(hook, stranger):
            with pytest.raises(PermissionDenied):
                act()
    assert Webhook.objects.visible_to(user).get() == hook
    for act in everything(hook, user):
        if hook.active:
            Webhook.objects.update(active=True)
        act()
    assert not Webhook.objects.filter(pk=hook.pk).exists()


def test_versions_limits_and_unknown_acts() -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, "https://hooks.example.org/")
    changed = edit_webhook(hook, actor=user, at=AT, verbs=["application.grant"], version=1)
    assert (changed.version, changed.verbs) == (2, ["application.grant"])
    assert edit_webhook(changed, actor=user, at=AT, verbs=["application.grant"]).version == 2
    for act in (edit_webhook, rotate_secret, remove_webhook):
        with pytest.raises(StaleVersion):
            act(hook, actor=user, at=AT, version=1)
    with pytest.raises(TransitionRefused) as refused:
        hook_of(user, "https://localhost/", ("application.grant", "application.dance"))
    assert [problem.code for problem in refused.value.problems] == ["webhook-private", "webhook-act"]
    for _number in range(9):
        hook_of(user, "https://hooks.example.org/")
    with pytest.raises(TransitionRefused, match="webhook-limit"):
        hook_of(user, "https://hooks.example.org/")


def test_old_deliveries_are_forgotten_and_waiting_ones_kept() -> None:
    user = make.make_applicant()
    hook, _secret = hook_of(user, "https://hooks.example.org/")
    done, waits = (send_test(hook, actor=user, at=AT) for _number in range(2))
    WebhookDelivery.objects.filter(pk=done.pk).update(next_try_at=None, delivered_at=AT)
    erase_due(at=AT + timedelta(days=89))
    assert hook.deliveries.count() == 2
    erase_due(at=AT + timedelta(days=92))
    assert hook.deliveries.get() == waits
