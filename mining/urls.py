"""Pages of mining: officers' and public ones. Included before those of licensing, whose register takes any number."""

from django.urls import URLPattern, path

from licensing.views.acts.page import act_page
from mining.views import assessments, centres, power, public
from mining.views.acts import assessment, centre

urlpatterns: list[URLPattern] = [
    path("centres/", centres.centres, name="centres"),
    path("centres/centres.csv", centres.centres_csv, name="centres-csv"),
    path("centres/new/", centres.new_centre, name="centre-new"),
    path("centres/<str:reference>/", centres.centre, name="centre"),
    path("centres/<str:reference>/compare/", assessments.compare, name="centre-compare"),
    path("centres/<str:reference>/<slug:name>/", act_page(centre.ACTS), name="centre-act"),
    path("assessments/<str:reference>/", assessments.assessment, name="assessment"),
    path(
        "assessments/<str:reference>/documents/<int:pk>/remove/", assessments.remove_evidence, name="assessment-remove"
    ),
    path("assessments/<str:reference>/<slug:name>/", act_page(assessment.ACTS), name="assessment-act"),
    path("power/", power.power, name="power"),
    path("power/limits/new/", power.new_limit, name="power-limit-new"),
    path("power/limits/<int:pk>/end/", power.limit_end, name="power-limit-end"),
    path("register/centres/", public.centres, name="register-centres"),
    path("register/centres.csv", public.centres_csv, name="register-centres-csv"),
    path("register/centres/<str:reference>/", public.centre, name="register-centre"),
]
