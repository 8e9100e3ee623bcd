"""Users, organizations, role grants and recusals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.administration import Administered, ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin
from accounts.models import Organization, ReadLog, Recusal, RoleGrant, User
from accounts.services.grants import refuse_grant
from regulation.refusals import Refused

admin.site.unregister(Group)


class GrantsInline(ReadOnlyInline):
    """The roles of a user, which are granted on a page of their own."""

    model = RoleGrant
    show_change_link = True


@admin.register(User)
class UserAdmin(Administered, DjangoUserAdmin):  # type: ignore[type-arg]
    """Log-ins. They are closed, not deleted; what they may do comes from grants."""

    may_add = True
    may_change = True
    list_display = ["username", "full_name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "full_name", "email"]
    filter_horizontal = ()
    inlines = [GrantsInline]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "full_name", "email", "is_active"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "full_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]


@admin.register(Organization)
class OrganizationAdmin(ReferenceAdmin):
    """The tree. Code and place stay: paths of what lies under it are built on them."""

    list_display = ["name", "code", "path"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code", "parent", "path"] if obj else ["path"]


class RoleGrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """A grant, checked against who grants it and what the user holds already."""

    by: User

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        grant = RoleGrant(pk=self.instance.pk)
        for name in ("user", "role", "organization", "starts", "ends"):
            setattr(grant, name, cleaned.get(name, getattr(self.instance, name, None)))
        try:
            refuse_grant(grant, by=self.by)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
        return cleaned


@admin.register(RoleGrant)
class RoleGrantAdmin(ReferenceAdmin):
    """Roles with their organization and dates; a grant ends, it is not deleted."""

    form = RoleGrantForm
    list_display = ["user", "role", "organization", "starts", "ends"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__full_name"]
    autocomplete_fields = ["user", "organization"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["user", "role", "organization", "starts"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})


class RecusalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A recusal, whose subject names an employee."""

    subject = forms.RegexField(
        regex=r"^employee:[0-9]{1,18}\Z",
        strip=True,
        error_messages={"invalid": "Write the subject as “employee:17”."},
    )


@admin.register(Recusal)
class RecusalAdmin(ReferenceAdmin):
    """Who is kept out of whose matters; the subject is written "employee:17"."""

    form = RecusalForm
    list_display = ["user", "subject", "starts", "ends", "reason"]
    search_fields = ["user__username", "user__full_name", "subject"]
    autocomplete_fields = ["user"]


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    """Who opened whose file."""

    list_display = ["read_at", "user", "subject", "page"]
    search_fields = ["user__username", "subject"]
    list_select_related = ["user"]
    show_full_result_count = False
