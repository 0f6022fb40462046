"""Pages of the procedure: officers' and public ones."""

from django.urls import URLPattern, path

from licensing.views import account, archives, case, caseload, licences, payments, public, queue, register, rules, work

urlpatterns: list[URLPattern] = [
    # officers' pages
    path("work/", work.my_work, name="my-work"),
    path("work/house.csv", work.house_csv, name="house-csv"),
    path("work/caseload/", caseload.move, name="caseload"),
    path("work/caseload/<uuid:key>/", caseload.moved, name="caseload-moved"),
    path("work/rules/", rules.rules, name="rules"),
    path("work/rules/<int:pk>/", rules.rule, name="rule"),
    path("work/rules/<int:pk>/end/", rules.end_rule, name="rule-end"),
    path("queue/", queue.queue, name="queue"),
    path("queue/queue.csv", queue.queue_csv, name="queue-csv"),
    path("queue/columns/", queue.columns, name="queue-columns"),
    path("queue/assign/", queue.bulk_assign, name="queue-assign"),
    path("queue/tabs/", queue.save_filter, name="queue-save-filter"),
    path("queue/tabs/<int:pk>/delete/", queue.delete_filter, name="queue-delete-filter"),
    path("cases/<str:reference>/", case.case, name="case"),
    path("cases/<str:reference>/check-registration/", case.check_registration, name="case-check-registration"),
    path("cases/<str:reference>/<slug:name>/", case.act, name="case-act"),
    path("cases/<str:reference>/<slug:name>/<slug:kind>.pdf", case.preview, name="case-preview"),
    path("archives/<str:reference>/", archives.archives, name="archives"),
    path("archives/<str:reference>/<int:pk>/", archives.archive, name="archive"),
    path("archives/<str:reference>/<int:pk>/content/", archives.archive_content, name="archive-content"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<int:pk>/", payments.payment, name="payment"),
    path("payments/files/", payments.bank_files, name="bank-files"),
    path("payments/files/<int:pk>/", payments.bank_file, name="bank-file"),
    path("licences/", licences.licences, name="licences"),
    path("licences/<str:number>/", licences.licence, name="licence"),
    path("search/", licences.search, name="search"),
    # public pages and what applicants see of their cases
    path("", public.home, name="home"),
    path("register/", register.register, name="register"),
    path("register.csv", register.register_csv, name="register-csv"),
    path("register.json", register.register_bulk, name="register-json"),
    path("register/<str:number>/", register.register_entry, name="register-entry"),
    path("verify/", public.verify_form, name="verify-form"),
    path("verify/<str:code>/", public.verify, name="verify"),
    path("account/", account.account, name="account"),
    path("inbox/letters/<int:pk>/", account.letter, name="inbox-letter"),
]
