"""Systems, levels and cycles; ratings and plans are written by services alone."""

from __future__ import annotations

from django.contrib import admin

from accounts.administration import AddOnlyAdmin, ReadOnlyAdmin, ReadOnlyInline
from performance.models import Cycle, PerformanceSystem, RatingLevel


class LevelsInline(ReadOnlyInline):
    model = RatingLevel


@admin.register(PerformanceSystem)
class PerformanceSystemAdmin(ReadOnlyAdmin):
    list_display = ["code", "title", "directive"]
    inlines = [LevelsInline]


@admin.register(Cycle)
class CycleAdmin(AddOnlyAdmin):
    list_display = ["title", "system", "starts", "ends", "state"]
    list_filter = ["state"]
