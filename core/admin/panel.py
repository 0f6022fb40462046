"""The frame of the administration: the sidebar, and what every page of it knows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext

from core.admin.base import HouseAdmin


def groups() -> dict[str, str]:
    """Groups of the sidebar in their order."""
    return {
        "cases": gettext("Cases"),
        "register": gettext("Licences and register"),
        "inspections": gettext("Inspections"),
        "people": gettext("People and organisations"),
        "records": gettext("Records"),
        "system": gettext("System"),
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Every page that the reader may open, by group."""
    pages: dict[str, list[dict[str, Any]]] = {}
    panels = {model: panel for model, panel in admin.site._registry.items() if isinstance(panel, HouseAdmin)}
    for model, panel in sorted(panels.items(), key=lambda pair: pair[1].place):
        if panel.has_view_permission(request):
            pages.setdefault(panel.group, []).append(
                {
                    "title": capfirst(panel.title or model._meta.verbose_name_plural),
                    "icon": panel.icon,
                    "link": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
                }
            )
    start = {"title": "", "items": [{"title": gettext("Overview"), "icon": "home", "link": reverse("admin:index")}]}
    return [start, *({"title": title, "items": pages[code]} for code, title in groups().items() if code in pages)]


def applications(request: HttpRequest, app_label: str | None = None) -> Any:
    """Made when it is read: no page but that of an app reads it, and sorting it took a third of the time of each."""
    return SimpleLazyObject(lambda: AdminSite.get_app_list(admin.site, request, app_label))


def context(request: HttpRequest) -> dict[str, Any]:
    """Colours come from css/admin.css: an inline style would need a hole in the content security policy."""
    return {"colors": None, "border_radius": None, "redirect_to": request.get_full_path()}
