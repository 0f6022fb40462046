"""The timed work, as the scheduler keeps it. It is declared in the settings and only read here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule

from core.admin.base import HouseAdmin, display
from core.days import datetimeshort

for _model in (PeriodicTask, IntervalSchedule, CrontabSchedule, ClockedSchedule, SolarSchedule):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


class Timed(HouseAdmin):
    group = "system"

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows  # no case and no person in it


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(Timed):
    icon = "schedule"
    list_display = ("name", "task", "shown_when", "shown_enabled", "shown_last", "total_run_count")
    list_display_links = ("name",)
    list_select_related = ("interval", "crontab", "solar", "clocked")
    search_fields = ("name", "task")
    ordering = ("name",)
    fields = (("name", "task"), ("shown_when", "enabled"), ("shown_last", "total_run_count"), "args", "kwargs")
    readonly_fields = ("shown_when", "shown_last")

    @display(description=_("when"))
    def shown_when(self, task: Any) -> str:
        return str(task.interval or task.crontab or task.solar or task.clocked or "—")

    @display(description=_("enabled"), boolean=True)
    def shown_enabled(self, task: Any) -> bool:
        return bool(task.enabled)

    @display(description=_("last run"))
    def shown_last(self, task: Any) -> str:
        return datetimeshort(task.last_run_at) if task.last_run_at else "—"


@admin.register(IntervalSchedule)
class IntervalAdmin(Timed):
    icon = "timer"
    list_display = ("__str__", "every", "period")


@admin.register(CrontabSchedule)
class CrontabAdmin(Timed):
    icon = "calendar_clock"
    list_display = ("__str__", "timezone")
    fields = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")
