"""When the daily sweep ran, and the deadlines that failed in it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.administration import ReadOnlyAdmin
from casework.models import Deadline, Sweep


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin):
    list_display = ["on", "started_at", "finished_at", "counts"]


@admin.register(Deadline)
class FailedDeadlineAdmin(ReadOnlyAdmin):
    """Only those that the sweep could not settle, each with its error."""

    list_display = ["kind", "subject", "due_on", "error"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deadline]:
        return super().get_queryset(request).exclude(error="")
