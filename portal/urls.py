from __future__ import annotations

from django.urls import path

from portal.views import errors, health, home, notices, people, regulation

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("notices/read/", home.notices_read, name="notices_read"),
    path("notices/preferences/", notices.preferences, name="preferences"),
    path("people/", people.people, name="people"),
    path("people/<str:number>/", people.person, name="person"),
    path("my-file/", people.my_file, name="my_file"),
    path("regulation/", regulation.regulation, name="regulation"),
    path("regulation/<str:paragraph>/", regulation.paragraph, name="paragraph"),
    path("healthz", health.healthz, name="healthz"),
    path("favicon.ico", errors.favicon, name="favicon"),
]
