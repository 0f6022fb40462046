"""Pages on what the house holds on people and how it keeps, erases and shows it."""

from django.urls import URLPattern, path

from core.views import breaches, house, openings, outbox, own_record

urlpatterns: list[URLPattern] = [
    path("account/record/", own_record.record, name="account-record"),
    path("account/record.json", own_record.download, name="account-record-json"),
    path("retention/", house.retention, name="retention"),
    path("automated-acts/", house.automated_acts, name="automated-acts"),
    path("house/", house.house, name="house"),
    path("house/erasures/", house.erasures, name="erasures"),
    path("house/erasures/<int:pk>/", house.erasure, name="erasure"),
    path("house/breaches/", breaches.breach_list, name="data-breaches"),
    path("house/breaches/<int:pk>/", breaches.breach, name="data-breach"),
    path("house/openings/", openings.openings, name="openings"),
    path("house/outbox/", outbox.outbox, name="outbox"),
    path("house/outbox/<slug:name>/", outbox.mail, name="outbox-mail"),
    path("house/holds/", house.holds, name="holds"),
    path("house/holds/<int:pk>/lift/", house.lift_hold, name="hold-lift"),
]
