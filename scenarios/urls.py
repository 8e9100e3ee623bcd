from __future__ import annotations

from django.urls import URLPattern, path

from scenarios import views

app_name = "scenarios"
urlpatterns: list[URLPattern] = [path("", views.lab, name="lab")]
