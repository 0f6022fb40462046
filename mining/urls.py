"""Pages of mining: officers' and public ones. Included before those of licensing, whose register takes any number."""

from django.urls import URLPattern, path

from licensing.views.access import View, kept_by
from licensing.views.acts.page import act_page
from mining.views import (
    assessments,
    centres,
    hash_rate,
    indicators,
    machine_filings,
    machines,
    pools,
    power,
    power_months,
    public,
    quota,
    realised,
    reports,
)
from mining.views.acts import assessment, centre

kept = kept_by("mining.keep_registers")


def page(route: str, view: View, name: str) -> URLPattern:
    """A page of parties and of officials of mining's authority."""
    return path(route, kept(view), name=name)


urlpatterns: list[URLPattern] = [
    page("centres/", centres.centres, name="centres"),
    page("centres/centres.csv", centres.centres_csv, name="centres-csv"),
    page("centres/new/", centres.new_centre, name="centre-new"),
    page("centres/<str:reference>/", centres.centre, name="centre"),
    page("centres/<str:reference>/compare/", assessments.compare, name="centre-compare"),
    page("centres/<str:reference>/<slug:name>/", act_page(centre.ACTS), name="centre-act"),
    page("assessments/<str:reference>/", assessments.assessment, name="assessment"),
    page(
        "assessments/<str:reference>/documents/<int:pk>/remove/", assessments.remove_evidence, name="assessment-remove"
    ),
    page("assessments/<str:reference>/<slug:name>/", act_page(assessment.ACTS), name="assessment-act"),
    page("power/", power.power, name="power"),
    page("power/limits/new/", power.new_limit, name="power-limit-new"),
    page("power/limits/<int:pk>/end/", power.limit_end, name="power-limit-end"),
    page("power/months/", power_months.months, name="power-months"),
    page("power/months.csv", power_months.months_csv, name="power-months-csv"),
    page("power/hash-rate/", hash_rate.hash_rate, name="hash-rate"),
    page("power/hash-rate.csv", hash_rate.hash_rate_csv, name="hash-rate-csv"),
    page("power/hash-rate/new/", hash_rate.new_world, name="world-hash-rate-new"),
    page("power/hash-rate/<int:pk>/correct/", hash_rate.correct_world, name="world-hash-rate-correct"),
    page("power/jobs/", realised.jobs, name="jobs"),
    page("power/jobs.csv", realised.jobs_csv, name="jobs-csv"),
    page("jobs-reports/", realised.reports, name="jobs-reports"),
    page("jobs-reports/new/", realised.new_report, name="jobs-report-new"),
    page("jobs-reports/<str:reference>/", realised.report, name="jobs-report"),
    path("register/centres/", public.centres, name="register-centres"),
    path("register/centres.csv", public.centres_csv, name="register-centres-csv"),
    path("register/machines.csv", public.machines_csv, name="register-machines-csv"),
    path("register/centres/<str:reference>/", public.centre, name="register-centre"),
    page("machines/", machines.machines, name="machines"),
    page("machines/machines.csv", machines.machines_csv, name="machines-csv"),
    page("machines/new/", machines.new_machines, name="machines-new"),
    page("machines/change/", machines.change_machines, name="machines-change"),
    page("machines/<str:number>/", machines.machine, name="machine"),
    page("machine-filings/", machine_filings.filings, name="machine-filings"),
    page("machine-filings/<str:reference>/", machine_filings.filing, name="machine-filing"),
    page("machine-filings/<str:reference>/machines.csv", machine_filings.filing_csv, name="machine-filing-csv"),
    page("machine-filings/<str:reference>/answer/", machine_filings.answer, name="machine-filing-answer"),
    page("machine-filings/<str:reference>/withdraw/", machine_filings.withdraw, name="machine-filing-withdraw"),
    page("machine-filings/<str:reference>/<slug:name>/", act_page(machine_filings.ACTS), name="machine-filing-act"),
    page("pool-reports/", reports.pool_reports, name="pool-reports"),
    page("pool-reports/new/", reports.new_pool_report, name="pool-report-new"),
    page("pool-reports/<str:reference>/", reports.pool_report, name="pool-report"),
    page("pool-reports/<str:reference>/lines.csv", reports.pool_report_csv, name="pool-report-csv"),
    page("miner-reports/", reports.miner_reports, name="miner-reports"),
    page("miner-reports/new/", reports.new_miner_report, name="miner-report-new"),
    page("miner-reports/<str:reference>/", reports.miner_report, name="miner-report"),
    page("indicators/", indicators.indicators, name="indicators"),
    page("indicators/indicators.csv", indicators.indicators_csv, name="indicators-csv"),
    page("differences/", reports.all_differences, name="differences"),
    page("differences/<str:identifier>/<str:period>/", reports.one_difference, name="difference"),
    page("pools/", pools.pools, name="pools"),
    page("pools/<str:number>/", pools.pool, name="pool"),
    page("quota/", quota.assessments, name="quota"),
    page("quota/<str:reference>/", quota.assessment, name="quota-assessment"),
    page("quota/<str:reference>/<slug:name>/", act_page(quota.ACTS), name="quota-assessment-act"),
    page("miners/<str:number>/", quota.miner, name="miner"),
    page("miners/<str:number>/trade/", quota.trade, name="miner-trade"),
    page("miners/<str:number>/other-activity/", quota.other_activity, name="miner-activity"),
]
