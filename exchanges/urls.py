"""Pages of exchanges, of reports on sales, of the perimeter and of notes of its answers, of warnings and tips."""

from django.urls import URLPattern, path

from exchanges.views import (
    classes,
    complaints,
    exchanges,
    filing,
    incidents,
    notes,
    open_tips,
    open_warnings,
    perimeter,
    rails,
    records,
    reports,
    tips,
    transfers,
    warnings,
)
from exchanges.views.acts import tip, warning
from exchanges.views.acts.classes import ACTS
from licensing.views.access import kept_by
from licensing.views.acts.page import act_page

kept = kept_by("exchanges.keep_reports")
warned = kept_by("exchanges.keep_warnings")
classed = kept_by("exchanges.keep_classes")
provided = kept_by("exchanges.keep_duties")

urlpatterns: list[URLPattern] = [
    path("perimeter/", perimeter.perimeter_page, name="perimeter"),
    path("account/notes/", notes.notes, name="perimeter-notes"),
    path("account/notes/<str:reference>/", notes.note, name="perimeter-note"),
    path("account/notes/<str:reference>/take-off/", notes.take_off, name="perimeter-note-take-off"),
    path("account/notes/<str:reference>/note.pdf", notes.note_pdf, name="perimeter-note-pdf"),
    path("asset-classes/", classed(classes.asset_classes), name="asset-classes"),
    path("asset-classes/<str:reference>/", classes.asset_class, name="asset-class"),
    path("asset-classes/<str:reference>/documents/<int:pk>/remove/", classes.remove_file, name="asset-class-remove"),
    path("asset-classes/<str:reference>/<slug:name>/", act_page(ACTS), name="asset-class-act"),
    path("warnings/", open_warnings.open_warnings, name="open-warnings"),
    path("warnings/warnings.csv", open_warnings.warnings_csv, name="open-warnings-csv"),
    path("warnings/warnings.json", open_warnings.warnings_json, name="open-warnings-json"),
    path("warnings/<str:reference>/", open_warnings.open_warning, name="open-warning"),
    path("tips/", open_tips.new_tip, name="open-tips"),
    path("tips/<str:code>/", open_tips.open_tip, name="open-tip"),
    path("market-tips/", warned(tips.tips), name="tips"),
    path("market-tips/<str:reference>/", warned(tips.tip), name="tip"),
    path("market-tips/<str:reference>/<slug:name>/", warned(act_page(tip.ACTS)), name="tip-act"),
    path("market-warnings/", warned(warnings.warnings), name="warnings"),
    path("market-warnings/new/", warned(warnings.new_warning), name="warning-new"),
    path("market-warnings/<str:reference>/", warned(warnings.warning), name="warning"),
    path("market-warnings/<str:reference>/<slug:name>/", warned(act_page(warning.ACTS)), name="warning-act"),
    path("complaints/", provided(complaints.complaints), name="complaints"),
    path("complaints/new/", complaints.new_complaint, name="complaint-new"),
    path("complaints/state/", complaints.complaint_state, name="complaint-state"),
    path("complaints/<str:reference>/", provided(complaints.complaint), name="complaint"),
    path("complaints/<str:reference>/<slug:name>/", provided(complaints.DESK.view()), name="complaint-deed"),
    path("incidents/", provided(incidents.incidents), name="incidents"),
    path("incidents/new/", provided(incidents.new_incident), name="incident-new"),
    path("incidents/<str:reference>/", provided(incidents.incident), name="incident"),
    path("incidents/<str:reference>/<slug:name>/", provided(incidents.DESK.view()), name="incident-deed"),
    path("transfers/", provided(transfers.transfers), name="transfers"),
    path("transfers/new/", provided(transfers.new_transfer), name="transfer-new"),
    path("transfers/<str:reference>/", provided(transfers.transfer), name="transfer"),
    path("transfers/<str:reference>/<slug:name>/", provided(transfers.DESK.view()), name="transfer-deed"),
    path("provider-records/", provided(records.records), name="provider-records"),
    path("provider-records/new/", provided(records.new_record), name="provider-record-new"),
    path("provider-records/<str:reference>/", provided(records.provider_record), name="provider-record"),
    path("provider-records/<str:reference>/<slug:name>/", provided(records.DESK.view()), name="provider-record-deed"),
    path("rails/", provided(rails.rails), name="rails"),
    path("rails/new/", provided(rails.new_rail), name="rail-new"),
    path("rails/servicers/", provided(rails.servicers), name="servicers"),
    path("rails/<str:reference>/", provided(rails.rail), name="rail"),
    path("rails/<str:reference>/<slug:name>/", provided(rails.DESK.view()), name="rail-deed"),
    path("exchanges/", kept(exchanges.exchanges), name="exchanges"),
    path("exchanges/<slug:code>/end/", kept(exchanges.end_exchange), name="exchange-end"),
    path("sale-reports/", kept(reports.reports), name="sale-reports"),
    path("sale-reports/sale-reports.csv", kept(reports.reports_csv), name="sale-reports-csv"),
    path("sale-reports/new/<slug:source>/", kept(filing.new_report), name="sale-report-new"),
    path("sale-reports/files/<slug:source>/", kept(filing.new_file), name="sale-report-file"),
    path("sale-reports/<str:reference>/", kept(reports.report), name="sale-report"),
    path("sale-reports/<str:reference>/rows.csv", kept(reports.report_csv), name="sale-report-csv"),
    path("sale-reports/<str:reference>/correct/", kept(filing.correct), name="sale-report-correct"),
    path("sale-reports/<str:reference>/correct/file/", kept(filing.correct_file), name="sale-report-correct-file"),
]
