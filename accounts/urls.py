from __future__ import annotations

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("session/", views.session, name="session"),
    path("password/", views.password_change, name="password_change"),
    path("password/forgotten/", views.password_reset, name="password_reset"),
    path("password/sent/", views.password_reset_sent, name="password_reset_done"),
    path(
        "password/new/<uidb64>/<token>/",
        views.password_reset_confirm,
        name="password_reset_confirm",
    ),
    path("password/set/", views.password_set, name="password_reset_complete"),
]
