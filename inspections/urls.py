"""Pages of inspections: subjects, risk, plans, inspections, the subject's own."""

from django.urls import URLPattern, path

from inspections.views import (
    acts,
    acts_desk,
    board,
    calendar,
    filed,
    inspections,
    inspectors,
    open_plans,
    opening,
    own,
    plans,
    registrations,
    results,
    risk,
    routes,
    site,
    statistics,
    steps,
    subjects,
    visits,
)
from licensing.views.access import View, kept_by
from licensing.views.acts.page import act_page

kept = kept_by("inspections.keep")
supervised = kept_by("inspections.keep_visits")
counted = kept_by("inspections.read_figures")


def page(route: str, view: View, name: str) -> URLPattern:
    """A page of officials whose authority inspects."""
    return path(route, kept(view), name=name)


urlpatterns: list[URLPattern] = [
    # before `inspections/<reference>/<name>/`, the acts on the file
    path("inspections/<str:reference>/site/", kept(site.site), name="inspection-site"),
    path("inspections/<str:reference>/site/state/", kept(site.site_state), name="inspection-site-state"),
    path("inspections/<str:reference>/site/entries/", kept(site.site_entries), name="inspection-site-entries"),
    path("inspections/<str:reference>/site/photos/", kept(site.site_photos), name="inspection-site-photos"),
    path("inspections/<str:reference>/site/worker.js", kept(site.site_worker), name="inspection-site-worker"),
    path("inspections/<str:reference>/results/", kept(results.results), name="inspection-results"),
    path("inspections/<str:reference>/results/hand/", kept(results.hand_result), name="inspection-result"),
    path("inspections/<str:reference>/results/<slug:name>/", kept(results.deed_page), name="inspection-results-deed"),
    page("inspections/", inspections.inspections, name="inspections"),
    page("inspections/new/", opening.new_inspection, name="inspection-new"),
    page("inspections/places/<int:pk>/open/", opening.open_place, name="inspection-place"),
    page("inspections/registrations/", registrations.registrations, name="registrations"),
    page("inspections/<str:reference>/", inspections.inspection, name="inspection"),
    page("inspections/<str:reference>/papers/", inspections.all_papers, name="inspection-papers"),
    page("inspections/<str:reference>/papers/<slug:kind>.pdf", inspections.paper, name="inspection-paper"),
    page("inspections/<str:reference>/packages/<slug:part>/", registrations.package, name="inspection-package"),
    page("inspections/<str:reference>/<slug:name>/", act_page(steps.TABLE), name="inspection-act"),
    path("inspectors/", kept(inspectors.inspectors), name="inspectors"),
    path("inspectors/new/", kept(inspectors.new_inspector), name="inspector-new"),
    path("inspectors/<int:pk>/", kept(inspectors.change_inspector), name="inspector-change"),
    path("inspection-plans/", kept(plans.control_plans), name="inspection-plans"),
    path("inspection-plans/new/", kept(plans.new_plan), name="inspection-plan-new"),
    path("inspection-plans/<str:reference>/", kept(plans.control_plan), name="inspection-plan"),
    path("inspection-plans/<str:reference>/why/", kept(plans.why), name="inspection-plan-why"),
    path("inspection-plans/<str:reference>/board/", kept(board.board), name="inspection-plan-board"),
    path("inspection-plans/<str:reference>/changes/", kept(board.changes), name="inspection-plan-changes"),
    path("inspection-plans/<str:reference>/entries/<int:pk>/move/", kept(board.move), name="inspection-plan-move"),
    path("inspection-plans/<str:reference>/entries/<int:pk>/take-out/", kept(board.out), name="inspection-plan-out"),
    path("inspection-plans/<str:reference>/<slug:name>/", kept(plans.DESK.view()), name="inspection-plan-deed"),
    path("inspection-calendar/", kept(calendar.inspection_calendar), name="inspection-calendar"),
    path("inspection-routes/", kept(routes.inspection_routes), name="inspection-routes"),
    path("control-plans/", open_plans.control_plans, name="control-plans"),
    path("control-plans/<str:reference>/", open_plans.control_plan, name="control-plan"),
    path("control-plans/<str:reference>/plan.csv", open_plans.control_plan_csv, name="control-plan-csv"),
    path("account/control-plans/", open_plans.own_plans, name="own-plans"),
    path("account/inspections/", own.own_inspections, name="own-inspections"),
    path("account/inspections/<str:reference>/", own.own_inspection, name="own-inspection"),
    path("account/inspections/<str:reference>/<slug:name>/", own.OWN_DESK.view(), name="own-inspection-deed"),
    path("inspection-filings/", kept(filed.filings), name="inspection-filings"),
    path("inspection-filings/<str:reference>/", kept(filed.filing), name="inspection-filing"),
    path(
        "inspection-filings/<str:reference>/<slug:name>/",
        kept(filed.FILING_DESK.view()),
        name="inspection-filing-deed",
    ),
    path("annulments/", kept(filed.annulments), name="annulments"),
    path("annulments/<str:reference>/", kept(filed.annulment), name="annulment"),
    path("annulments/<str:reference>/<slug:name>/", kept(filed.ANNULMENT_DESK.view()), name="annulment-deed"),
    path("subjects/", kept(subjects.subjects), name="subjects"),
    path("subjects/<int:pk>/", kept(subjects.subject), name="subject"),
    path("subjects/<int:pk>/objects/<int:thing>/distance/", kept(subjects.distance), name="subject-distance"),
    path("subjects/<int:pk>/<slug:name>/", kept(subjects.act), name="subject-act"),
    path("risk-runs/", kept(risk.runs), name="risk-runs"),
    path("risk-runs/new/", kept(risk.new_run), name="risk-new"),
    path("risk-runs/trial/", kept(risk.trial), name="risk-trial"),
    path("risk-runs/<str:reference>/", kept(risk.run), name="risk-run"),
]

ACTS: list[URLPattern] = [
    path("joint-acts/", acts.joint_acts, name="joint-acts"),
    path("joint-acts/joint-acts.csv", acts.acts_csv, name="joint-acts-csv"),
    path("joint-acts/new/", kept(acts_desk.new_act), name="joint-act-new"),
    path("joint-acts/<str:reference>/", acts.joint_act, name="joint-act"),
    path("joint-acts/<str:reference>/rows.csv", acts.act_csv, name="joint-act-csv"),
    path("joint-acts/<str:reference>/edit/", kept(acts_desk.edit_act), name="joint-act-edit"),
    path("joint-acts/<str:reference>/rows/", kept(acts_desk.act_rows), name="joint-act-rows"),
    path("joint-acts/<str:reference>/rows/new/", kept(acts_desk.act_row), name="joint-act-row-new"),
    path("joint-acts/<str:reference>/rows/<int:place>/", kept(acts_desk.act_row), name="joint-act-row"),
    path("joint-acts/<str:reference>/compare/<str:other>/", acts.compare_acts, name="joint-act-compare"),
    path("joint-acts/<str:reference>/acts/<slug:name>/", acts_desk.DESK.view(), name="joint-act-deed"),
]
VISITS: list[URLPattern] = [
    path("supervisory-visits/", supervised(visits.visits), name="supervisory-visits"),
    path("supervisory-visits/new/", supervised(visits.new_visit), name="supervisory-visit-new"),
    path("supervisory-visits/<str:reference>/", supervised(visits.visit), name="supervisory-visit"),
    path(
        "supervisory-visits/<str:reference>/<slug:name>/",
        supervised(visits.DESK.view()),
        name="supervisory-visit-deed",
    ),
]
FIGURES: list[URLPattern] = [
    path("inspections/statistics/", counted(statistics.statistics_page), name="inspection-statistics"),
    path(
        "inspections/statistics/<slug:table>.csv", counted(statistics.statistics_csv), name="inspection-statistics-csv"
    ),
    path("inspections/reporting-day/<int:year>/", kept(statistics.reporting_day_page), name="reporting-day"),
    path(
        "inspections/reporting-day/<int:year>/<slug:table>.csv",
        kept(statistics.reporting_day_csv),
        name="reporting-day-csv",
    ),
]
# before `inspections/<reference>/`
urlpatterns = [*FIGURES, *ACTS, *VISITS, *urlpatterns]
