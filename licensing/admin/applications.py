"""Applications for reviewers: lists, filters, and acts on many at once. A state is editable nowhere."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin.acts import Act
from core.admin.base import HouseAdmin, Tag, display, lines, reader, word
from core.admin.people import organisations_by
from core.days import dateshort, datetimeshort
from core.models import User
from core.workflow import HEAD, OFFICER
from licensing import services
from licensing.admin import forms
from licensing.models import Application
from licensing.permits import kinds
from licensing.workflow import APPLICATION

#: Tones of the workflow tables as unfold's labels know them.
LABELS = {"good": "success", "bad": "danger", "active": "info", "waiting": "warning", "neutral": "default"}
STATE_LABELS = {state.name: LABELS.get(state.tone, "default") for state in APPLICATION.states}


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(permit.code, word(permit.name)) for permit in kinds().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        filed = [state for state in APPLICATION.states if state.name != APPLICATION.initial]
        return [("open", _("Every open one")), *((state.name, word(state.label)) for state in filed)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "open":
            return queryset.open()  # type: ignore[attr-defined]  # our own QuerySet
        return queryset.filter(state=self.value()) if self.value() else queryset


class DueFilter(admin.SimpleListFilter):
    """By the authority's next open term."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("Overdue")),
            ("today", _("Today")),
            ("week", _("Within seven days")),
            ("later", _("Later")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        week = today + timedelta(days=7)
        terms: dict[str, dict[str, Any]] = {
            "overdue": {"due_on__lt": today},
            "today": {"due_on": today},
            "week": {"due_on__range": (today, week)},
            "later": {"due_on__gt": week},
        }
        chosen = terms.get(self.value() or "")
        return queryset.open().filter(**chosen) if chosen else queryset  # type: ignore[attr-defined]  # ours


class OfficerFilter(admin.SimpleListFilter):
    title = _("officer")
    parameter_name = "officer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        people = User.objects.filter(authority=reader(request).authority_id, role__in=(OFFICER, HEAD)).order_by(
            "full_name"
        )
        return [
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            *((str(person.pk), str(person)) for person in people if person != request.user),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "me":
            return queryset.filter(assigned_to=request.user)
        if value == "nobody":
            return queryset.filter(assigned_to__isnull=True)
        return queryset.filter(assigned_to=int(value)) if value and value.isdecimal() else queryset


def take_case(application: Application, *, actor: User, at: Any) -> Application:
    return services.assign_application(application, to=actor, actor=actor, at=at)


ACTS = (
    Act(
        "take",
        _("Take"),
        _("The cases become yours; who had them before no longer has them."),
        "licensing.review",
        take_case,
    ),
    Act(
        "assign",
        _("Assign"),
        _("The officer is told of each case."),
        "licensing.review",
        services.assign_application,
        forms.AssignForm,
    ),
    Act(
        "apply_rules",
        _("Assign by the rules"),
        _("Each open case that nobody has goes to whom the rules of today pick."),
        "licensing.manage_rules",
        services.apply_rules,
    ),
    Act(
        "ask",
        _("Ask the applicant"),
        _("Each applicant gets the question by letter. The term of a mining licence runs on."),
        "licensing.review",
        services.ask_question,
        forms.AskForm,
    ),
    Act(
        "refuse_consideration",
        _("Refuse consideration"),
        _("Each case ends and its applicant gets a reasoned letter; he may file again at once."),
        "licensing.review",
        services.refuse_consideration,
        forms.RefuseConsiderationForm,
        adverse=True,
        versioned=True,
    ),
    Act(
        "recommend",
        _("Recommend"),
        _("Each case goes to a second person; you will not be able to decide it."),
        "licensing.review",
        services.recommend,
        forms.RecommendForm,
        versioned=True,
    ),
)


@admin.register(Application)
class ApplicationAdmin(HouseAdmin):
    group = "cases"
    icon = "folder_open"
    place = 1
    acts = ACTS
    list_display = (
        "shown_reference",
        "applicant",
        "shown_kind",
        "shown_state",
        "shown_due",
        "assigned_to",
        "shown_filed",
    )
    list_display_links = ("shown_reference",)
    list_filter = (StateFilter, KindFilter, DueFilter, OfficerFilter)
    list_select_related = ("organisation", "assigned_to", "authority")
    search_fields = ("reference",)
    search_help_text = _("Number, BIN or name of the applicant")
    ordering = ("-id",)
    sortable_by = ("shown_reference", "shown_due")
    readonly_fields = (
        "applicant",
        "shown_kind",
        "shown_state",
        "shown_due",
        "shown_reasons",
        "shown_particulars",
        "shown_terms",
    )
    fields = (
        ("reference", "shown_state", "version"),
        ("shown_kind", "authority"),
        ("organisation", "assigned_to"),
        ("shown_due", "filed_on", "submitted_at"),
        ("registered_at", "accepted_at", "closed_at"),
        "shown_terms",
        "shown_particulars",
        ("fee_amount", "fee_paid_on", "fee_reference"),
        "shown_reasons",
        "reason_text",
        "started_from",
    )

    def view_on_site(self, obj: Application) -> str:
        """The case file, where a case is worked on one by one."""
        return f"/cases/{obj.reference}/"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By number, or by the applicant's BIN or name: a look-up of ids first, never OR across a join."""
        text = search_term.strip()
        if not text:
            return queryset, False
        if text.upper().startswith("APP-"):
            return queryset.filter(reference__startswith=text.upper()), False
        from core.models import Organisation

        found = organisations_by(Organisation.objects.visible_to(request.user), text).order_by().values("pk")[:500]
        return queryset.filter(organisation__in=[row["pk"] for row in found]), False

    @display(description=_("number"), ordering="reference")
    def shown_reference(self, row: Application) -> SafeString:
        return format_html('<span class="tz-number">{}</span>', row.reference)

    @display(description=_("applicant"))
    def applicant(self, row: Application) -> SafeString:
        return format_html('{}<br><span class="tz-soft">{}</span>', row.organisation.name, row.organisation.identifier)

    @display(description=_("kind"))
    def shown_kind(self, row: Application) -> str:
        return word(row.permit.name)

    @display(description=_("state"), label=STATE_LABELS)
    def shown_state(self, row: Application) -> Tag:
        return Tag(row.state, word(APPLICATION.state(row.state).label))

    @display(description=_("due"), ordering="due_on")
    def shown_due(self, row: Application) -> SafeString | str:
        if row.due_on is None:
            return "—"
        if row.due_on < timezone.localdate():
            return format_html('<span class="tz-late">{} · {}</span>', dateshort(row.due_on), gettext("overdue"))
        return dateshort(row.due_on)

    @display(description=_("filed"))
    def shown_filed(self, row: Application) -> str:
        return dateshort(row.filed_on)

    @display(description=_("reasons"))
    def shown_reasons(self, row: Application) -> SafeString:
        day = timezone.localdate(row.closed_at) if row.closed_at else timezone.localdate()
        texts = {g.code: g for g in (*row.form.incompleteness_reasons(day), *row.form.refusal_grounds(day))}
        return lines([word(texts[code].text) if code in texts else code for code in row.reasons])

    @display(description=_("particulars"))
    def shown_particulars(self, row: Application) -> SafeString:
        return lines([f"{word(fact['label'])}: {word(str(fact['value']))}" for fact in row.particulars.printed()])

    @display(description=_("terms"))
    def shown_terms(self, row: Application) -> SafeString:
        from core.services import duty_label

        texts = []
        for term in row.obligations():
            met = gettext("met on %(day)s") % {"day": datetimeshort(term.met_at)} if term.met_at else ""
            texts.append(
                " · ".join(part for part in (word(duty_label(term.code)), dateshort(term.due_on), met) if part)
            )
        return lines(texts)

    def summary(self, row: Application) -> tuple[Any, ...]:
        officer = str(row.assigned_to) if row.assigned_to else "—"
        state = word(APPLICATION.state(row.state).label)
        return row.reference, row.organisation.name, word(row.permit.name), state, dateshort(row.due_on), officer

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return (
            gettext("Number"),
            gettext("Applicant"),
            gettext("Kind"),
            gettext("State"),
            gettext("Due"),
            gettext("Officer"),
        )
