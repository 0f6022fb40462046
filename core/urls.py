"""Pages that every app shares: start, account area, inbox, documents, law, health."""

from django.urls import URLPattern, path

from core.views import absences, account, claims, files, health, inbox, law, rowfiles, start, teams, webhooks

urlpatterns: list[URLPattern] = [
    path("start/", start.start, name="start"),
    path("theme/", start.set_theme, name="set-theme"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("law/", law.law, name="law"),
    path("law/terms/<slug:code>/", law.term, name="law-term"),
    path("law/<str:code>/", law.provision, name="law-provision"),
    path("documents/<int:pk>/", files.document, name="document"),
    path("signatures/<int:pk>/", files.signature, name="signature"),
    path("signatures/<int:pk>/signed/", files.signed_content, name="signed-content"),
    path("row-files/<int:pk>/", rowfiles.row_file, name="row-file"),
    path("row-files/<int:pk>/faults.csv", rowfiles.row_file_faults, name="row-file-faults"),
    path("work/absences/", absences.absences, name="absences"),
    path("work/absences/<int:pk>/end/", absences.end, name="absence-end"),
    path("work/teams/", teams.teams, name="teams"),
    path("work/teams/<int:pk>/", teams.team, name="team"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.open_message, name="inbox-open"),
    path("account/organisations/", account.organisations, name="account-organisations"),
    path("account/organisations/claim/", account.claim, name="account-claim"),
    path("account/organisations/<int:pk>/", account.organisation, name="account-organisation"),
    path("account/organisations/<int:pk>/checked/", claims.check_registration, name="organisation-checked"),
    path("account/memberships/<int:pk>/end/", account.end_membership, name="account-membership-end"),
    path("account/keys/", account.keys, name="account-keys"),
    path("account/keys/<str:key>/end/", account.end_key, name="account-key-end"),
    path("account/webhooks/", webhooks.hooks, name="webhooks"),
    path("account/webhooks/<int:pk>/", webhooks.hook, name="webhook"),
    path("account/webhooks/<int:pk>/secret/", webhooks.new_secret, name="webhook-secret"),
    path("account/webhooks/<int:pk>/test/", webhooks.test, name="webhook-test"),
    path("account/webhooks/<int:pk>/turn/", webhooks.turn, name="webhook-turn"),
    path("account/webhooks/<int:pk>/remove/", webhooks.remove, name="webhook-remove"),
    path("account/webhooks/<int:pk>/deliveries/<int:delivery>/again/", webhooks.again, name="webhook-again"),
    path("account/profile/", account.profile, name="account-profile"),
    path("account/claims/", claims.claims, name="claims"),
    path("account/claims/<int:pk>/", claims.answer, name="claim-answer"),
]
