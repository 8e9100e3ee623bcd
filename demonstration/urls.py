"""Addresses of the demonstration; only a demonstration includes them."""

from __future__ import annotations

from django.urls import path

from demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("", views.clock_page, name="clock"),
    path("banner", views.banner, name="banner"),
    path("move", views.move, name="move"),
]
