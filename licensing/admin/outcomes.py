"""What came of the cases: recommendations, decisions, letters, licences, the register. Only publication is an act."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.acts import Act
from core.admin.base import HouseAdmin, Tag, display, lines, plain_json, word
from core.admin.people import organisations_by
from core.days import dateshort, datetimeshort
from core.models import Organisation, User
from core.templatetags.tizilim import cite
from licensing import services
from licensing.admin.applications import LABELS, KindFilter
from licensing.admin.forms import PublicationForm
from licensing.models import Application, Decision, Letter, Licence, Measure, Recommendation, RegisterEntry
from licensing.permits import kinds
from licensing.register_types import entry_kinds, entry_states, entry_types
from licensing.workflow import LICENCE

LICENCE_LABELS = {state.name: LABELS.get(state.tone, "default") for state in LICENCE.states}


def kind_name(code: str) -> str:
    return word(kinds()[code].name) if code in kinds() else code


class CaseRow(HouseAdmin):
    """Rows that hang on an application are seen by who sees it."""

    group = "cases"
    search_fields = ("=application__reference",)
    search_help_text = _("Number of the application")
    ordering = ("-id",)
    sortable_by = ()

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(application__in=Application.objects.visible_to(user))

    @display(description=_("outcome"), label={"grant": "success", "refuse": "danger"})
    def shown_outcome(self, row: Any) -> Tag:
        return Tag(row.outcome, row.get_outcome_display())

    @display(description=_("at"))
    def shown_at(self, row: Any) -> str:
        return datetimeshort(row.made_at)


@admin.register(Recommendation)
class RecommendationAdmin(CaseRow):
    icon = "thumb_up"
    list_display = ("application", "shown_outcome", "made_by", "shown_at", "countersigned_by", "shown_holds")
    list_display_links = ("application",)
    list_filter = (("outcome", ChoicesDropdownFilter), ("made_at", RangeDateFilter))
    list_select_related = ("application", "made_by", "countersigned_by")
    fields = (
        ("application", "shown_outcome"),
        "shown_reasons",
        "text",
        "shown_conditions",
        ("made_by", "made_at"),
        ("countersigned_by", "countersigned_at", "withdrawn_at"),
    )
    readonly_fields = ("shown_outcome", "shown_reasons", "shown_conditions")

    @display(description=_("holds"), boolean=True)
    def shown_holds(self, row: Recommendation) -> bool:
        return row.withdrawn_at is None

    @display(description=_("reasons"))
    def shown_reasons(self, row: Recommendation) -> SafeString:
        return lines(list(row.reasons))

    @display(description=_("conditions"))
    def shown_conditions(self, row: Recommendation) -> SafeString:
        return lines(row.worded_conditions)


@admin.register(Decision)
class DecisionAdmin(CaseRow):
    icon = "gavel"
    list_display = ("shown_case", "shown_outcome", "made_by", "shown_at")
    list_display_links = ("shown_case",)
    list_filter = (("outcome", ChoicesDropdownFilter), ("made_at", RangeDateFilter))
    list_select_related = ("application", "measure", "made_by")
    fields = (
        ("application", "measure", "shown_outcome"),
        "shown_grounds",
        "text",
        "confirmation",
        ("made_by", "made_at"),
        "recommendation",
    )
    readonly_fields = ("shown_outcome", "shown_grounds")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        cases, measures = Application.objects.visible_to(user), Measure.objects.visible_to(user)
        return rows.filter(Q(application__in=cases) | Q(measure__in=measures))

    @display(description=_("case"))
    def shown_case(self, row: Decision) -> str:
        return str(row.application or row.measure)

    @display(description=_("grounds"))
    def shown_grounds(self, row: Decision) -> SafeString:
        return lines([cite(ground) for ground in row.grounds])


@admin.register(Letter)
class LetterAdmin(CaseRow):
    icon = "forward_to_inbox"
    list_display = ("reference", "kind", "shown_at", "shown_printed")
    list_display_links = ("reference",)
    search_fields = ("=reference",)
    search_help_text = _("Number of the case")
    list_filter = (("kind", ChoicesDropdownFilter), ("document", admin.EmptyFieldListFilter))
    fields = (("reference", "kind"), ("made_at", "document"), ("shown_held", "held_at"), "shown_data")
    readonly_fields = ("shown_held", "shown_data")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return HouseAdmin.visible(self, rows, user)  # a letter says itself who may see it

    @display(description=_("printed"), boolean=True)
    def shown_printed(self, row: Letter) -> bool:
        return row.document_id is not None

    @display(description=_("why not printed"))
    def shown_held(self, row: Letter) -> str:
        return row.held_label or "—"

    @display(description=_("facts"))
    def shown_data(self, row: Letter) -> SafeString:
        return plain_json(row.data)


class LicenceStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.name, word(state.label)) for state in LICENCE.states]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Licence)
class LicenceAdmin(HouseAdmin):
    group = "register"
    icon = "workspace_premium"
    list_display = ("number", "organisation", "shown_kind", "shown_state", "shown_from", "shown_to")
    list_display_links = ("number",)
    list_filter = (LicenceStateFilter, KindFilter, ("valid_to", RangeDateFilter))
    list_select_related = ("organisation",)
    search_fields = ("number",)
    search_help_text = _("Number, BIN or name of the holder")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("number", "shown_state", "version"),
        ("shown_kind", "authority"),
        ("organisation", "application"),
        ("granted_on", "valid_from", "valid_to", "ended_on"),
        "shown_particulars",
        "shown_conditions",
        "shown_grounds",
        "code",
    )
    readonly_fields = ("shown_state", "shown_kind", "shown_particulars", "shown_conditions", "shown_grounds")

    def view_on_site(self, obj: Licence) -> str:
        return f"/licences/{obj.number}/"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        text = search_term.strip()
        if not text:
            return queryset, False
        by_number = queryset.filter(number__startswith=text.upper())
        if "-" in text and by_number.exists():
            return by_number, False
        found = organisations_by(Organisation.objects.visible_to(request.user), text).order_by().values("pk")[:500]
        return queryset.filter(organisation__in=[row["pk"] for row in found]), False

    @display(description=_("kind"))
    def shown_kind(self, row: Licence) -> str:
        return kind_name(row.kind)

    @display(description=_("state"), label=LICENCE_LABELS)
    def shown_state(self, row: Licence) -> Tag:
        return Tag(row.state, word(LICENCE.state(row.state).label))

    @display(description=_("valid from"))
    def shown_from(self, row: Licence) -> str:
        return dateshort(row.valid_from)

    @display(description=_("last day"))
    def shown_to(self, row: Licence) -> str:
        return dateshort(row.valid_to)

    @display(description=_("particulars"))
    def shown_particulars(self, row: Licence) -> SafeString:
        return lines([f"{word(fact['label'])}: {word(str(fact['value']))}" for fact in row.particulars])

    @display(description=_("conditions"))
    def shown_conditions(self, row: Licence) -> SafeString:
        return lines(row.worded_conditions)

    @display(description=_("grounds"))
    def shown_grounds(self, row: Licence) -> SafeString:
        return lines([cite(ground) for ground in row.grounds])


class TypeFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, word(one.name)) for code, one in entry_types().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(type=self.value()) if self.value() else queryset


def publish(entry: RegisterEntry, *, reason: str, actor: User, at: Any) -> RegisterEntry:
    return services.publish_entry(entry, published=True, reason=reason, actor=actor, at=at)


def withhold(entry: RegisterEntry, *, reason: str, actor: User, at: Any) -> RegisterEntry:
    return services.publish_entry(entry, published=False, reason=reason, actor=actor, at=at)


@admin.register(RegisterEntry)
class RegisterEntryAdmin(HouseAdmin):
    group = "register"
    icon = "menu_book"
    list_display = ("number", "name", "identifier", "shown_kind", "shown_standing", "shown_published")
    list_display_links = ("number",)
    list_filter = ("published", TypeFilter, KindFilter)
    search_fields = ("number",)
    search_help_text = _("Number, BIN or name")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("number", "shown_type", "shown_kind", "shown_standing"),
        ("name_kk", "name_ru", "name_en"),
        ("identifier", "region", "authority"),
        ("since", "until"),
        ("published", "decided_by", "decided_at"),
        "shown_reason",
        "licence",
    )
    readonly_fields = ("shown_type", "shown_kind", "shown_standing", "shown_reason")
    acts = (
        Act(
            "withhold",
            _("Withhold from the public"),
            _("The public register no longer shows the entries; the licences stand as they are."),
            "licensing.publish",
            withhold,
            PublicationForm,
            adverse=True,
        ),
        Act(
            "publish",
            _("Publish"),
            _("The public register shows the entries again."),
            "licensing.publish",
            publish,
            PublicationForm,
        ),
    )

    def view_on_site(self, obj: RegisterEntry) -> str:
        return f"/register/{obj.number}/"

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Their own authority's: another's stand in the public register."""
        seen = rows.visible_to(user)  # type: ignore[attr-defined]  # our own QuerySet
        return seen if user.authority_id is None else seen.filter(authority=user.authority_id)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return (queryset.found_by(search_term) if search_term.strip() else queryset), False

    @display(description=_("standing"), label=LICENCE_LABELS)
    def shown_standing(self, row: RegisterEntry) -> Tag:
        return Tag(row.standing, word(entry_states()[row.standing].label))

    @display(description=_("kind"))
    def shown_kind(self, row: RegisterEntry) -> str:
        return word(entry_kinds().get(row.kind, row.kind))

    @display(description=_("type"))
    def shown_type(self, row: RegisterEntry) -> str:
        return word(entry_types()[row.type].name)

    @display(description=_("why published or withheld"))
    def shown_reason(self, row: RegisterEntry) -> str:
        return word(row.publication_reason)

    @display(description=_("published"), boolean=True)
    def shown_published(self, row: RegisterEntry) -> bool:
        return row.published

    def summary(self, row: RegisterEntry) -> tuple[Any, ...]:
        return row.number, row.name, self.shown_kind(row), gettext("Yes") if row.published else gettext("No")

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return gettext("Number"), gettext("Name"), gettext("Kind"), gettext("Published")
