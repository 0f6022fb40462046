"""Pages of inspections: subjects, risk, plans, inspections, the subject's own."""

from django.urls import URLPattern, path

from inspections.views import inspectors
from licensing.views.access import kept_by

kept = kept_by("inspections.keep")

urlpatterns: list[URLPattern] = [
    path("inspectors/", kept(inspectors.inspectors), name="inspectors"),
    path("inspectors/new/", kept(inspectors.new_inspector), name="inspector-new"),
    path("inspectors/<int:pk>/", kept(inspectors.change_inspector), name="inspector-change"),
]
