"""What every page of the administration shares: sight, permission by role, bounded counts, acts on chosen rows."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from unfold.admin import ModelAdmin
from unfold.decorators import display as unfold_display
from unfold.views import ChangeList

from core.admin.acts import Act, reader, result_page, runner, well_formed
from core.services import allowed

F = TypeVar("F", bound=Callable[..., Any])

CAP = 1_000  # rows that a list counts and pages through; who needs more narrows it


class Tag(NamedTuple):
    """A code and its word: lists show it as a coloured label, pages as the word."""

    code: str
    text: Any

    def __str__(self) -> str:
        return str(self.text)


class HouseChangeList(ChangeList):  # type: ignore[misc]  # unfold ships no types
    """Offers to show all only where something is left out."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not (self.query or self.has_active_filters):
            self.full_result_count = self.result_count


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # not generic when it runs
    """Counts to CAP and no further, so that no list waits for a count nor pages by a deep OFFSET."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return int(rows.order_by()[:CAP].count())
        return min(len(rows), CAP)

    @property
    def is_capped(self) -> bool:
        return self.count >= CAP


class HouseAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Read-only, by visible_to(), for staff. A subclass says what more there is.

    `see` is asked of the reader himself; `group`, `place`, `title` and `icon` put the page in the sidebar; `acts` are
    what may be done to chosen rows, each through a service.
    """

    see: ClassVar[str] = "core.read_records"
    group: ClassVar[str] = "records"
    icon: ClassVar[str] = "description"
    place: ClassVar[int] = 50  # within its group
    title: ClassVar[Any] = ""  # where the model's own name is not what people say
    acts: ClassVar[tuple[Act, ...]] = ()

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    list_disable_select_all = True
    list_filter_submit = True
    list_filter_sheet = False
    list_fullwidth = True
    compressed_fields = True
    actions = ()
    save_as_continue = False

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """The rows that this reader sees."""
        return rows.visible_to(user)  # type: ignore[attr-defined,no-any-return]  # our own QuerySet

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(super().get_queryset(request), request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return allowed(request.user, self.see, request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The acts that this reader's role may take; each row is asked for itself by the service."""
        return {
            act.name: (runner(act), act.name, act.label)
            for act in self.acts
            if allowed(request.user, act.permission, request.user)
        }

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """A made-up key is no row: Django would fail on it."""
        if well_formed(self.opts.pk, request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)  # type: ignore[no-any-return]  # unfold ships no types
        self.message_user(request, gettext("Choose rows of the list."), level="warning")
        return None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return HouseChangeList

    def summary(self, row: Any) -> tuple[Any, ...]:
        """A chosen row as the page that confirms an act lists it, under `summary_heads`."""
        return (str(row),)

    @property
    def summary_heads(self) -> tuple[str, ...]:
        return (str(self.opts.verbose_name),)

    def act_url(self, token: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_act", args=[token])

    def act_view(self, request: HttpRequest, token: UUID) -> HttpResponse:
        return result_page(self, request, token)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        own = path("acts/<uuid:token>/", self.admin_site.admin_view(self.act_view), name=name)
        return [own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """What happened to a record stands in its events, not in the panel's own log."""
        from django.http import HttpResponseRedirect

        subject = f"{self.opts.app_label}.{self.opts.model_name}"
        address = reverse("admin:core_event_changelist")
        return HttpResponseRedirect(f"{address}?subject_type={subject}&subject_id={object_id}")


class Staff(HouseAdmin):
    """Pages of people and keys, where the reader's role decides how much is seen."""

    group = "people"


def display(**options: Any) -> Callable[[F], F]:
    """unfold's `display` with the type of what it decorates."""
    return unfold_display(**options)  # type: ignore[no-any-return]  # unfold ships no types


def plain_json(value: Any) -> SafeString:
    """A stored structure, as it lies in the table."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return format_html('<pre class="tz-pre">{}</pre>', text) if value else SafeString("—")


def hexadecimal(value: Any) -> SafeString:
    return format_html('<code class="tz-hash">{}</code>', bytes(value).hex()) if value else SafeString("—")


def lines(texts: list[str]) -> SafeString:
    """Texts one below the other."""
    from django.utils.html import format_html_join

    if not texts:
        return SafeString("—")
    return format_html('<ul class="tz-lines">{}</ul>', format_html_join("", "<li>{}</li>", ((text,) for text in texts)))


def word(msgid: str) -> str:
    """A msgid of `law/` or a workflow in the reader's language."""
    return gettext(msgid) if msgid else ""


__all__ = [
    "CAP",
    "CappedPaginator",
    "HouseAdmin",
    "Staff",
    "Tag",
    "display",
    "hexadecimal",
    "lines",
    "plain_json",
    "reader",
]
