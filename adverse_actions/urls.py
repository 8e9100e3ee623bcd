from __future__ import annotations

from django.urls import URLPattern, path

from adverse_actions.views import proposals

app_name = "adverse_actions"
urlpatterns: list[URLPattern] = [
    path("proposals/new/<str:number>/", proposals.new_proposal, name="new_proposal"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw_proposal, name="withdraw_proposal"),
]
