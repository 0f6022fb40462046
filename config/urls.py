"""The addresses of the product: the API, the officers' pages, the account area, the public pages, the admin panel."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from core.admin.panel import applications

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it
admin.site.get_app_list = applications  # type: ignore[method-assign]  # its class comes from unfold

urlpatterns = [
    path("", include("inspections.urls")),
    path("", include("mining.urls")),
    path("", include("licensing.urls")),
    path("", include("exchanges.urls")),
    path("", include("core.urls")),
    path("", include("core.house_urls")),
    path("api/v1/", include("config.api")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "core.http.unreadable"
handler403 = "core.http.denied"
handler404 = "core.api.problems.missing"
