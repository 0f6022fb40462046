"""Machines pass to another owner with his consent: asked, given, declined, or recorded from a paper of both."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Event, Notification, Obligation
from core.workflow import TransitionRefused
from law.reporting import machines_due
from mining.models import Machine, MachineFiling
from mining.models.machines import EXCLUDE, TRANSFER
from mining.services import confirm_transfer, decide_machines, decline_transfer, record_consent
from tests import factories as make
from tests.api.conftest import Caller
from tests.mining import world

pytestmark = pytest.mark.django_db


def test_the_new_owner_is_asked_before_the_register_changes_hands() -> None:
    owner, heir, officer = make.make_applicant(), make.make_applicant(), make.make_user("officer")
    machine = world.registered(owner, 1)[0]
    offer = world.change(owner, [machine], TRANSFER, to_owner=world.own(heir).identifier)
    assert (offer.state, offer.due_on, Obligation.objects.of(offer).count()) == ("offered", None, 0)
    assert list(MachineFiling.objects.visible_to(heir)) == [offer]
    assert Notification.objects.filter(template="machines_offered", recipient=heir).exists()
    assert not Notification.objects.filter(template="machines_filed", event__reference=offer.reference).exists()
    with pytest.raises(TransitionRefused):
        decide_machines(offer, "grant", actor=officer, at=world.LATER)
    done = confirm_transfer(offer, actor=heir, at=world.LATER)
    assert (done.state, done.consented_by, done.consented_on) == ("filed", heir, world.LATER.date())
    assert Obligation.objects.of(done).get().due_on == done.due_on == machines_due(world.LATER.date()).due_on
    event = Event.objects.of(done).get(verb="machinefiling.confirm")
    assert event.on_behalf_of == world.own(heir)
    assert Notification.objects.filter(template="machines_agreed", recipient=owner).exists()
    assert Notification.objects.filter(template="machines_filed", recipient=officer, event=event).exists()
    decide_machines(done, "grant", actor=officer, at=world.LATER)
    assert Machine.objects.get().owner == world.own(heir)


def test_a_new_owner_who_declines_ends_it_and_the_machines_are_free_again() -> None:
    owner, heir = make.make_applicant(), make.make_applicant()
    machine = world.registered(owner, 1)[0]
    offer = world.change(owner, [machine], TRANSFER, to_owner=world.own(heir).identifier)
    done = decline_transfer(offer, reason="Too old.", actor=heir, at=world.LATER)
    assert done.state == "declined"
    assert Event.objects.of(done).get(verb="machinefiling.decline").reason == "Too old."
    assert Notification.objects.filter(template="machines_declined", recipient=owner).exists()
    assert Machine.objects.get().owner == world.own(owner)
    assert world.change(owner, [machine], EXCLUDE, reason="Scrapped.").state == "filed"


def test_an_officer_records_a_paper_of_both_and_another_decides() -> None:
    owner, heir, officer = make.make_applicant(), make.make_applicant(), make.make_user("officer")
    machine = world.registered(owner, 1)[0]
    offer = world.change(owner, [machine], TRANSFER, to_owner=world.own(heir).identifier)
    with pytest.raises(TransitionRefused) as refused:
        record_consent(offer, paper=" ", actor=officer, at=world.LATER)
    assert {one.code for one in refused.value.problems} == {"paper-missing"}
    done = record_consent(offer, paper="Deed 7 of both.", actor=officer, at=world.LATER)
    assert (done.state, done.consented_by, done.consent_paper) == ("filed", officer, "Deed 7 of both.")
    assert {n.recipient for n in Notification.objects.filter(template="machines_agreed")} == {owner, heir}
    assert "Deed 7" not in str(list(Event.objects.of(done).values()))
    with pytest.raises(PermissionDenied):
        decide_machines(done, "grant", actor=officer, at=world.LATER)
    decide_machines(done, "grant", actor=make.make_user("head"), at=world.LATER)
    assert Machine.objects.get().owner == world.own(heir)


def test_the_new_owner_answers_on_his_page_and_by_api() -> None:
    owner, heir = make.make_applicant(), make.make_applicant()
    first, second = world.registered(owner, 2)
    with time_machine.travel(world.LATER):
        offer = world.change(owner, [first], TRANSFER, to_owner=world.own(heir).identifier)
        path, client = f"/machine-filings/{offer.reference}/", Client(headers={"accept-language": "en"})
        client.force_login(owner)
        assert "These machines are offered to you" not in client.get(path).content.decode()
        assert client.post(f"{path}answer/", {"outcome": "confirm", "version": offer.version}).status_code == 403
        client.force_login(heir)
        page = client.get(path).content.decode()
        assert "These machines are offered to you" in page
        assert first.serial in page
        assert first.serial in b"".join(client.get(f"{path}machines.csv")).decode("utf-8-sig")
        assert client.post(f"{path}answer/", {"outcome": "confirm", "version": 1}).status_code == 412
        assert client.post(f"{path}answer/", {"outcome": "confirm", "version": offer.version}).status_code == 302
        assert MachineFiling.objects.get(pk=offer.pk).state == "filed"
        offer = world.change(owner, [second], TRANSFER, to_owner=world.own(heir).identifier)
        api, path = Caller(heir), f"/machine-filings/{offer.reference}/"
        told = api.get(f"{path}machines/").json()["results"]
        assert [one["serial"] for one in told] == [second.serial]
        assert Caller(make.make_applicant()).get(f"{path}machines/").status_code == 404
        tag = api.get(path)["ETag"]
        done = api.post(f"{path}answer/", {"outcome": "decline"}, If_Match=tag)
        assert (done.status_code, done.json()["state"]) == (200, "declined")
        offer = world.change(owner, [second], TRANSFER, to_owner=world.own(heir).identifier, reason="Again.")
        clerk = Caller(make.make_user("officer"))
        tag = clerk.get(f"/machine-filings/{offer.reference}/")["ETag"]
        done = clerk.post(f"/machine-filings/{offer.reference}/consent/", {"paper": "Deed 7."}, If_Match=tag)
        assert (done.status_code, done.json()["consent_paper"]) == (200, "Deed 7.")
