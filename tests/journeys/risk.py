"""Subjects of control and risk runs for the walks of pages: a snapshot, a trial, a person whose degree waits."""

from datetime import datetime

from django.utils import timezone

from inspections.models import RiskRun, Subject
from inspections.services import run_risk
from tests import factories as make
from tests.inspections.world import make_firm, make_joint_act


def build(now: datetime) -> None:
    firm, person = make_firm(at=now, staff=40, income=5, figures_on=now.date(), size="small"), make_firm(at=now)
    type(person.organisation).objects.filter(pk=person.organisation_id).update(form="sole_trader")
    Subject.objects.filter(pk=firm.pk).update(lowering=["insurance"], lowering_evidence="Contract 1")
    act, officer = make_joint_act("criteria", kinds=("mining-data-centre",)), make.make_user("officer")
    today = timezone.localdate(now)
    run_risk(act.authority, act, today, actor=officer, at=now)
    changes = {"+complaints": {"weight": "2"}}
    run_risk(act.authority, act, today, actor=officer, at=now, trial=True, changes=changes)


def person() -> Subject:
    return Subject.objects.to_confirm()[0]


def office_pages() -> list[str]:
    home = f"/subjects/{Subject.objects.get(staff=40).pk}/"
    thing = Subject.objects.get(staff=40).objects_of_control.get().pk
    runs = RiskRun.objects.filter(finished_at__isnull=False, subjects__gt=0).order_by("pk")
    return [
        *("/subjects/", "/subjects/?shown=confirm", "/subjects/?risk=high", home),
        *(f"{home}figures/", f"{home}lowering/", f"{home}objects/{thing}/distance/"),
        *("/risk-runs/", "/risk-runs/new/", "/risk-runs/trial/"),
        *(f"/risk-runs/{one.reference}/" for one in runs),
    ]


def head_pages() -> list[str]:
    home = f"/subjects/{person().pk}/"
    return [home, f"{home}confirm/", f"{home}keep/"]
