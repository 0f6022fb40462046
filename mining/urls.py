"""Pages of mining: officers' and public ones. Included before those of licensing, whose register takes any number."""

from django.urls import URLPattern, path

from licensing.views.acts.page import act_page
from mining.views import (
    assessments,
    centres,
    indicators,
    machine_filings,
    machines,
    pools,
    power,
    public,
    quota,
    reports,
)
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
    path("machines/", machines.machines, name="machines"),
    path("machines/machines.csv", machines.machines_csv, name="machines-csv"),
    path("machines/new/", machines.new_machines, name="machines-new"),
    path("machines/change/", machines.change_machines, name="machines-change"),
    path("machines/<str:number>/", machines.machine, name="machine"),
    path("machine-filings/", machine_filings.filings, name="machine-filings"),
    path("machine-filings/<str:reference>/", machine_filings.filing, name="machine-filing"),
    path("machine-filings/<str:reference>/withdraw/", machine_filings.withdraw, name="machine-filing-withdraw"),
    path("machine-filings/<str:reference>/<slug:name>/", act_page(machine_filings.ACTS), name="machine-filing-act"),
    path("pool-reports/", reports.pool_reports, name="pool-reports"),
    path("pool-reports/new/", reports.new_pool_report, name="pool-report-new"),
    path("pool-reports/<str:reference>/", reports.pool_report, name="pool-report"),
    path("pool-reports/<str:reference>/lines.csv", reports.pool_report_csv, name="pool-report-csv"),
    path("miner-reports/", reports.miner_reports, name="miner-reports"),
    path("miner-reports/new/", reports.new_miner_report, name="miner-report-new"),
    path("miner-reports/<str:reference>/", reports.miner_report, name="miner-report"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/indicators.csv", indicators.indicators_csv, name="indicators-csv"),
    path("differences/", reports.all_differences, name="differences"),
    path("differences/<str:identifier>/<str:period>/", reports.one_difference, name="difference"),
    path("pools/", pools.pools, name="pools"),
    path("pools/<str:number>/", pools.pool, name="pool"),
    path("quota/", quota.assessments, name="quota"),
    path("quota/<str:reference>/", quota.assessment, name="quota-assessment"),
    path("quota/<str:reference>/<slug:name>/", act_page(quota.ACTS), name="quota-assessment-act"),
    path("miners/<str:number>/", quota.miner, name="miner"),
    path("miners/<str:number>/trade/", quota.trade, name="miner-trade"),
    path("miners/<str:number>/other-activity/", quota.other_activity, name="miner-activity"),
]
