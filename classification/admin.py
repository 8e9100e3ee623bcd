"""Clusters, bands and series; positions and their decisions are written by services."""

from __future__ import annotations

from django.contrib import admin

from accounts.administration import ReadOnlyAdmin, ReferenceAdmin
from classification.models import (
    Band,
    MovementRule,
    OccupationalCluster,
    OccupationalSeries,
    Position,
)


@admin.register(OccupationalCluster)
class OccupationalClusterAdmin(ReferenceAdmin):
    list_display = ["code", "title"]
    search_fields = ["code", "title"]


@admin.register(OccupationalSeries)
class OccupationalSeriesAdmin(ReferenceAdmin):
    list_display = ["code", "title", "cluster"]
    list_filter = ["cluster"]
    search_fields = ["code", "title"]


@admin.register(Band)
class BandAdmin(ReferenceAdmin):
    list_display = ["code", "cluster", "level", "rank"]
    list_filter = ["cluster", "level"]
    search_fields = ["code"]


@admin.register(MovementRule)
class MovementRuleAdmin(ReferenceAdmin):
    list_display = ["from_band", "to_band", "direction", "starts"]
    list_filter = ["direction"]


@admin.register(Position)
class PositionAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "organization", "state"]
    search_fields = ["number", "title"]
    list_select_related = ["organization"]
    show_full_result_count = False
