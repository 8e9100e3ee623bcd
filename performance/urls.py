from __future__ import annotations

from django.urls import URLPattern, path

from performance.views import (
    additional,
    detection,
    hr,
    issue,
    plan,
    rate,
    rating,
    review,
    season,
    team,
)

app_name = "performance"
urlpatterns: list[URLPattern] = [
    path("team/", team.team, name="team"),
    path("people/<int:pk>/start/", team.start, name="start"),
    path("people/<int:pk>/additional/", additional.additional, name="additional"),
    path("people/<int:pk>/plan/", plan.begin, name="begin_plan"),
    path("plans/<int:pk>/", plan.plan, name="plan"),
    path("plans/<int:pk>/expectations/new/", plan.new_expectation, name="new_expectation"),
    path("plans/<int:pk>/expectations/<int:expectation>/", plan.expectation, name="expectation"),
    path("plans/<int:pk>/expectations/<int:expectation>/drop/", plan.drop, name="drop_draft"),
    path(
        "plans/<int:pk>/expectations/<int:expectation>/withdraw/",
        plan.withdraw,
        name="withdraw_expectation",
    ),
    path("plans/<int:pk>/invite/", plan.invite, name="invite_input"),
    path("plans/<int:pk>/involvement/", plan.involve, name="record_involvement"),
    path("plans/<int:pk>/communicate/", plan.communicate, name="communicate"),
    path("plans/<int:pk>/say/", plan.say, name="say"),
    path("review/", review.queue, name="review_queue"),
    path("mine/", rating.mine, name="mine"),
    path("ratings/<int:pk>/", rating.rating, name="rating"),
    path("ratings/<int:pk>/evidence/<int:document>/", rating.evidence, name="evidence"),
    path("ratings/<int:pk>/rate/", rate.rate, name="rate"),
    path("ratings/<int:pk>/autosave/", rate.autosave, name="autosave"),
    path("ratings/<int:pk>/score/", rate.score, name="score"),
    path("ratings/<int:pk>/review/", review.review, name="review"),
    path("ratings/<int:pk>/issue/", issue.issue, name="issue"),
    path("ratings/<int:pk>/acknowledge/", rating.acknowledge, name="acknowledge"),
    path("ratings/<int:pk>/refusal/", rating.refusal, name="refusal"),
    path("ratings/<int:pk>/officials/", hr.officials, name="officials"),
    path("ratings/<int:pk>/interim-review/", hr.interim_exception, name="interim_exception"),
    path("season/", season.season_page, name="season"),
    path("season/<int:pk>/unrated.csv", season.unrated_csv, name="unrated_csv"),
    path("season/<int:pk>/close/", season.close, name="close_cycle"),
    path("season/<int:cycle>/not-rated/<int:pk>/", season.not_rated, name="not_rated"),
    path("season/<int:pk>/detection/", detection.detection, name="detection"),
    path("detection/<int:pk>/flags/<int:number>/", detection.flag, name="detection_flag"),
    path("detection/own-line/", detection.own_line, name="own_line"),
]
