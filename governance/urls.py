from __future__ import annotations

from django.urls import URLPattern, path

from governance.views import directives, parameters

app_name = "governance"
urlpatterns: list[URLPattern] = [
    path("parameters/", parameters.parameters, name="parameters"),
    path("directives/", directives.directives, name="directives"),
    path("directives/new/", directives.new_directive, name="new_directive"),
    path("directives/<int:pk>/", directives.directive, name="directive"),
    path("directives/<int:pk>/change/", directives.change_directive, name="change_directive"),
    path("directives/<int:pk>/notify/", directives.notify, name="notify"),
    path("directives/<int:pk>/issue/", directives.issue, name="issue"),
    path("directives/<int:pk>/give-up/", directives.give_up, name="give_up"),
]
