"""Every address of the program."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("portal.urls")),
    path("accounts/", include("accounts.urls")),
    path("performance/", include("performance.urls")),
    path("governance/", include("governance.urls")),
    path("pay/", include("pay.urls")),
    path("adverse-actions/", include("adverse_actions.urls")),
    path("lab/", include("scenarios.urls")),
    path("reconsideration/", include("reconsideration.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("demonstration.urls")))

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
