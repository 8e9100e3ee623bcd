"""The Django admin, for administrators alone: reference data and users, nothing of a person's file.

What a service must do (pay, ratings, cases, directives in force) is not written here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.models import Role, User
from accounts.queries.roles import roles_of
from regulation import clock


def administers(request: HttpRequest) -> bool:
    """Whether the user holds the administrator's role today; read once a request."""
    known = getattr(request, "administers", None)
    if known is None:
        user = request.user
        known = (
            isinstance(user, User)
            and user.is_active
            and Role.ADMINISTRATOR in roles_of(user, on=clock.today())
        )
        request.administers = known  # type: ignore[attr-defined]
    return bool(known)


class AdministrationSite(admin.AdminSite):
    """The admin, opened by the grant of a role and by no flag of the account."""

    site_header = "MaxHR administration"
    site_title = "MaxHR administration"
    index_title = "Reference data and users"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators alone."""
        return administers(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send strangers to the one log-in page; refuse everybody else."""
        if request.user.is_authenticated:
            raise PermissionDenied("This page is for administrators.")
        return redirect_to_login(reverse("admin:index"))


class Administered:
    """Permissions that follow from the administrator's role."""

    may_add = False
    may_change = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add and administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: it ends, or another row follows it."""
        return False


class ReadOnlyAdmin(Administered, admin.ModelAdmin):  # type: ignore[type-arg]
    """Shown, never written here: a service writes it."""


class AddOnlyAdmin(Administered, admin.ModelAdmin):  # type: ignore[type-arg]
    """Published facts: another row may follow, none is changed."""

    may_add = True


class ReferenceAdmin(Administered, admin.ModelAdmin):  # type: ignore[type-arg]
    """Reference data that administrators keep."""

    may_add = True
    may_change = True


class ReadOnlyInline(Administered, admin.TabularInline):  # type: ignore[type-arg]
    """Rows of another table, shown with the one they belong to."""

    extra = 0
