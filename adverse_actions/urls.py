from __future__ import annotations

from django.urls import URLPattern

app_name = "adverse_actions"
urlpatterns: list[URLPattern] = []
