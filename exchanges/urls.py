"""Pages of exchanges and of reports on sales."""

from django.urls import URLPattern, path

from exchanges import views

urlpatterns: list[URLPattern] = [
    path("exchanges/", views.exchanges, name="exchanges"),
    path("exchanges/<slug:code>/end/", views.end_exchange, name="exchange-end"),
    path("sale-reports/", views.reports, name="sale-reports"),
    path("sale-reports/sale-reports.csv", views.reports_csv, name="sale-reports-csv"),
    path("sale-reports/<str:reference>/", views.report, name="sale-report"),
    path("sale-reports/<str:reference>/rows.csv", views.report_csv, name="sale-report-csv"),
]
