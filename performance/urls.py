from __future__ import annotations

from django.urls import URLPattern, path

from performance.views import additional, hr, issue, rate, rating, review, team

app_name = "performance"
urlpatterns: list[URLPattern] = [
    path("team/", team.team, name="team"),
    path("people/<int:pk>/start/", team.start, name="start"),
    path("people/<int:pk>/additional/", additional.additional, name="additional"),
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
]
