"""The API's table of contents."""

from django.urls import URLPattern, path, re_path

from core.api import docs, law, people, webhooks
from core.api.openings import Openings
from core.api.own_record import OwnErasure, OwnRecord
from licensing.api import applications, archives, fees, kinds, licences, papers, requests

CASE = "applications/<slug:reference>/"

urlpatterns: list[URLPattern] = [
    path("schema/", docs.SchemaView.as_view(), name="api-schema"),
    path("docs/", docs.DocsView.as_view(url_name="api-schema"), name="api-docs"),
    path("me/", people.Me.as_view()),
    path("me/record/", OwnRecord.as_view()),
    path("me/erasure/", OwnErasure.as_view()),
    path("organisations/", people.Organisations.as_view()),
    path("organisations/<str:identifier>/openings/", Openings.as_view()),
    path("kinds/", kinds.Kinds.as_view()),
    path("kinds/<slug:code>/", kinds.OneKind.as_view()),
    path("applications/", applications.Applications.as_view()),
    path(CASE, applications.OneApplication.as_view()),
    path(f"{CASE}problems/", applications.ApplicationProblems.as_view()),
    path(f"{CASE}submit/", applications.Submission.as_view()),
    path(f"{CASE}withdraw/", applications.Withdrawal.as_view()),
    path(f"{CASE}start-again/", applications.NewStart.as_view()),
    path(f"{CASE}questions/", applications.Questions.as_view()),
    path(f"{CASE}questions/<int:pk>/answer/", applications.Answer.as_view()),
    path(f"{CASE}fee/", fees.CaseFee.as_view()),
    path(f"{CASE}payments/", fees.Payments.as_view()),
    path(f"{CASE}documents/", papers.Documents.as_view()),
    path(f"{CASE}documents/<int:pk>/", papers.OneDocument.as_view()),
    path(f"{CASE}documents/<int:pk>/content/", papers.DocumentContent.as_view(), name="api-document-content"),
    path(f"{CASE}terms/", papers.Terms.as_view()),
    path(f"{CASE}letters/", papers.Letters.as_view()),
    path(f"{CASE}letters/<int:pk>/content/", papers.LetterContent.as_view(), name="api-letter-content"),
    path(f"{CASE}events/", papers.Events.as_view()),
    path(f"{CASE}archives/", archives.Archives.as_view()),
    path(f"{CASE}archives/<int:pk>/", archives.OneArchive.as_view()),
    path(f"{CASE}archives/<int:pk>/content/", archives.ArchiveContent.as_view(), name="api-archive-content"),
    path("seal-key/", archives.SealKey.as_view()),
    path("licences/", licences.Licences.as_view()),
    path("licences/<slug:number>/", licences.OneLicence.as_view()),
    path("licences/<slug:number>/requests/", requests.LicenceRequests.as_view()),
    path("licences/<slug:number>/renewal/", requests.Renewal.as_view()),
    path("requests/<slug:reference>/", requests.OneRequest.as_view()),
    path("licences/<slug:number>/pdf/", licences.LicencePdf.as_view(), name="api-licence-pdf"),
    path("register/", licences.Register.as_view()),
    path("register/<slug:number>/", licences.OneEntry.as_view()),
    path("verify/", licences.PaperVerification.as_view()),
    path("verify/<slug:code>/", licences.Verification.as_view()),
    path("provisions/", law.Provisions.as_view()),
    path("provisions/<str:code>/", law.OneProvision.as_view()),
    path("definitions/", law.Definitions.as_view()),
    path("webhooks/", webhooks.Webhooks.as_view()),
    path("webhooks/<int:pk>/", webhooks.OneWebhook.as_view()),
    path("webhooks/<int:pk>/secret/", webhooks.WebhookSecret.as_view()),
    path("webhooks/<int:pk>/test/", webhooks.WebhookTest.as_view()),
    path("webhooks/<int:pk>/deliveries/", webhooks.Deliveries.as_view()),
    path("webhooks/<int:pk>/deliveries/<int:delivery>/again/", webhooks.DeliveryAgain.as_view()),
    re_path(r"^.*$", docs.Nowhere.as_view()),
]
