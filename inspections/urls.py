"""Pages of inspections: subjects, risk, plans, inspections, the subject's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
