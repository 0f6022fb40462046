"""Joint acts with their rows in the administration: to read, and the acts of the table through the services."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.acts import Act
from core.admin.base import HouseAdmin
from inspections import services
from inspections.models import Criterion, JointAct, Requirement
from inspections.workflow import JOINT_ACT


def act(step: str, permission: str, service: Any) -> Act:
    """A transition as its table has it; the service asks for each row."""
    taken = JOINT_ACT[step]
    return Act(step, _(taken.label), _(taken.consequence), permission, service, versioned=True)


@admin.register(JointAct)
class JointActAdmin(HouseAdmin):
    see = "inspections.keep"
    group = "inspections"
    icon = "checklist"
    list_display = ("reference", "kind", "number", "name", "state_label", "in_force", "repealed")
    list_display_links = ("reference",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("=reference", "=number")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("authority", "kind", "number", "signed_on"),
        "name",
        "kinds_of_permit",
        ("in_force", "repealed"),
        ("entered_by", "created_at"),
        ("confirmed_by", "confirmed_at"),
        "remark",
    )
    acts: ClassVar[tuple[Act, ...]] = (
        act("propose", "inspections.enter_joint_act", services.propose_act),
        act("confirm", "inspections.judge_joint_acts", services.confirm_act),
        act("drop", "inspections.enter_joint_act", services.drop_act),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of one's own authority; of others what the public reads is on the public list."""
        return rows.filter(authority=user.authority_id)

    def view_on_site(self, obj: JointAct) -> str:
        return f"/joint-acts/{obj.reference}/"


class RowAdmin(HouseAdmin):
    """Rows of joint acts of one's own authority."""

    see = "inspections.keep"
    group = "inspections"
    list_select_related = ("act",)
    list_display_links = ("code",)
    search_fields = ("=act__reference",)
    ordering = ("-act_id", "place")
    sortable_by = ()

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(act__authority=user.authority_id)


@admin.register(Requirement)
class RequirementAdmin(RowAdmin):
    icon = "fact_check"
    list_display = ("code", "act", "severity", "article", "method")
    fields = (("act", "place", "code", "severity"), "text_kk", "text_ru", "text_en", "article", "method", "tests")


@admin.register(Criterion)
class CriterionAdmin(RowAdmin):
    icon = "rule"
    list_display = ("code", "act", "kind", "least", "degree", "weight", "greatest")
    fields = (("act", "place", "kind", "code"), ("least", "degree"), ("weight", "greatest"))
