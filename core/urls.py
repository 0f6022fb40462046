"""Pages that every app shares: start, account area, inbox, documents, law, health."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
