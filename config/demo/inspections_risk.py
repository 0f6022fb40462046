"""Subjects of control in the demo: figures of some, what lowers the risk of one, a risk run and a trial of today."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from core.models import User
from inspections import services
from inspections.models import JointAct, Subject
from inspections.models.acts import CRITERIA, INDICATOR
from law.provisions import provisions

#: Average staff and income in millions of tenge: micro, small, medium, large by turns.
FIGURES = ((9, 85), (46, 640), (140, 2_900), (310, 15_400), (22, 260), (95, 1_150), (12, 40))
STATED = 5  # of every six subjects the figures are known
KEPT = "Көрсеткіштері өткен жылдікі. / Показатели прошлого года."
PAPER = "Сақтандыру шарты № 17 (мысал) / Договор страхования № 17 (пример)"


def control(people: Mapping[str, User], *, now: datetime) -> None:
    """Everything by the services of the office, an hour before now."""
    at = now - timedelta(hours=1)
    officer, head = people["officer@maidd.example"], people["head@maidd.example"]
    services.sync_all_subjects(at=at)
    subjects = list(Subject.objects.standing().filter(authority=officer.authority).order_by("pk"))
    for number, subject in enumerate(subjects):
        if number % 6 < STATED:
            state(subject, number, officer, at)
    for subject in subjects[2:3]:
        until = timezone.localdate(at) + timedelta(days=200)
        services.set_lowering(subject, reasons=["insurance"], evidence=PAPER, until=until, actor=officer, at=at)
    for subject in subjects[:3]:
        for thing in subject.objects_of_control.all():
            services.set_distance(thing, distance_km=60 + 25 * thing.pk % 180, actor=officer, at=at)
    judge(officer, at)
    waiting = list(Subject.objects.to_confirm().order_by("pk"))
    if len(waiting) > 1:
        services.confirm_risk(waiting[0], actor=head, at=at)
    if len(waiting) > 2:
        services.keep_risk(waiting[1], reason=KEPT, actor=head, at=at)


def state(subject: Subject, number: int, officer: User, at: datetime) -> None:
    staff, millions = FIGURES[number % len(FIGURES)]
    day = indexed(timezone.localdate(at))
    services.state_figures(
        subject,
        staff=staff + number % 4,
        income=Decimal(millions + number) * 1_000_000,
        figures_on=day,
        successor=number % 11 == 10,
        actor=officer,
        at=at,
    )


def indexed(today: date) -> date:
    """The first day of the last year whose index is entered: by it a size is reckoned."""
    day = today.replace(month=1, day=1)
    while not any(one.code == "mci" for one in provisions(day)):
        day = day.replace(year=day.year - 1)
    return day


def judge(officer: User, at: datetime) -> None:
    """The snapshot of today, and a trial in which complaints and late reports weigh twice as much."""
    today = timezone.localdate(at)
    acts = JointAct.objects.in_force(today).filter(kind=CRITERIA, authority=officer.authority)
    act = acts.select_related("authority").first()
    if act is None:
        return
    services.run_risk(act.authority, act, today, actor=officer, at=at)
    weighed = act.criteria.filter(kind=INDICATOR, code__in=("complaints", "late_reports"))
    changes = {str(row.pk): {"weight": f"{(row.weight or 0) * 2:f}"} for row in weighed}
    services.run_risk(act.authority, act, today, actor=officer, at=at, trial=True, changes=changes)
