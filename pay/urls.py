from __future__ import annotations

from django.urls import URLPattern, path

from pay.views import (
    career_ladder,
    conversions,
    denials,
    history,
    personnel_actions,
    pools,
    rates,
    run_acts,
    run_drafts,
    run_pages,
    supplement_drafts,
)
from pay.views.personnel_action_pages import PAGES
from pay.views.what_if import what_if

app_name = "pay"
urlpatterns: list[URLPattern] = [
    path("clocks/", denials.clocks, name="clocks"),
    path("denied-increases/<int:pk>/", denials.denied_increase, name="denied_increase"),
    path("mine/", history.mine, name="mine"),
    path("people/<str:number>/", history.history, name="history"),
    path("people/<str:number>/actions/", personnel_actions.actions, name="actions"),
    *(
        path(f"people/<str:number>/actions/{slug}/", page, name=f"action_{slug.replace('-', '_')}")
        for slug, page in PAGES.items()
    ),
    path("pools/", pools.pools, name="pools"),
    path("pools/in-no-pool/", pools.in_no_pool, name="in_no_pool"),
    path("pools/<int:pk>/", pools.pool, name="pool"),
    path("rates/", rates.rates, name="rates"),
    path("rates.csv", rates.rates_csv, name="rates_csv"),
    path("people/<str:number>/career-ladder/", career_ladder.career_ladder, name="career_ladder"),
    path(
        "career-ladder/<int:pk>/certify/",
        career_ladder.certify_ladder_promotion,
        name="certify_ladder_promotion",
    ),
    path("what-if/", what_if, name="what_if"),
    path("runs/", run_pages.runs, name="runs"),
    path(
        "runs/new/range-adjustment/", run_drafts.new_range_adjustment, name="new_range_adjustment"
    ),
    path("runs/new/payout/", run_drafts.new_payout, name="new_payout"),
    path(
        "runs/new/supplement-adjustment/",
        supplement_drafts.new_supplement_adjustment,
        name="new_supplement_adjustment",
    ),
    path("runs/new/conversion/", conversions.new_conversion, name="new_conversion"),
    path("runs/<int:pk>/ledger/", conversions.conversion_ledger, name="conversion_ledger"),
    path(
        "runs/<int:pk>/ledger.csv", conversions.conversion_ledger_csv, name="conversion_ledger_csv"
    ),
    path("former-rates/", conversions.former_rates, name="former_rates"),
    path(
        "former-rates/template.csv", conversions.former_rates_template, name="former_rates_template"
    ),
    path("runs/<int:pk>/", run_pages.run, name="run"),
    path("runs/<int:pk>/progress/", run_pages.progress, name="run_progress"),
    path("runs/<int:pk>/lines/", run_pages.lines, name="run_lines"),
    path("runs/<int:pk>/lines.csv", run_pages.export, name="run_export"),
    path("runs/<int:pk>/change/", run_drafts.change, name="run_change"),
    path("runs/<int:pk>/preview/", run_acts.preview, name="run_preview"),
    path("runs/<int:pk>/approve/", run_acts.approve, name="run_approve"),
    path("runs/<int:pk>/start/", run_acts.start, name="run_start"),
    path("runs/<int:pk>/verify/", run_acts.verify, name="run_verify"),
    path("runs/<int:pk>/cancel/", run_acts.cancel, name="run_cancel"),
]
