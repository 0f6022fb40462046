"""Pages of the procedure: officers' and public ones."""

from django.urls import URLPattern, path

from licensing.views import account, public, register

urlpatterns: list[URLPattern] = [
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
