"""Pages of the procedure: officers' and public ones."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
