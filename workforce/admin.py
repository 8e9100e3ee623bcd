"""Joining a log-in to an employee; everything else about people is written by services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.administration import ReadOnlyAdmin
from workforce.models import Employee


@admin.register(Employee)
class EmployeeAdmin(ReadOnlyAdmin):
    """Only the log-in can be set, and only where the record has none."""

    may_change = True
    fields = ["number", "given_name", "family_name", "state", "user"]
    list_display = ["number", "family_name", "given_name", "state", "user"]
    search_fields = ["number", "family_name", "given_name"]
    autocomplete_fields = ["user"]
    list_select_related = ["user"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        kept = ["number", "given_name", "family_name", "state"]
        return [*kept, "user"] if obj and obj.user_id else kept
