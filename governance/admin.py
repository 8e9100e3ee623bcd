"""Directives, their parameters, coverage and coordination: shown here, written by services."""

from __future__ import annotations

from django.contrib import admin

from accounts.administration import ReadOnlyAdmin, ReadOnlyInline
from governance.models import Coordination, Coverage, Directive, PolicyValue


class PolicyValuesInline(ReadOnlyInline):
    model = PolicyValue
    fields = ["key", "value", "starts", "note"]


@admin.register(Directive)
class DirectiveAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "state", "effective"]
    inlines = [PolicyValuesInline]


@admin.register(PolicyValue)
class PolicyValueAdmin(ReadOnlyAdmin):
    list_display = ["key", "value", "starts", "directive"]
    search_fields = ["key"]
    list_select_related = ["directive"]


@admin.register(Coverage)
class CoverageAdmin(ReadOnlyAdmin):
    list_display = ["category", "subpart", "effective", "rescinded"]
    list_filter = ["subpart"]


@admin.register(Coordination)
class CoordinationAdmin(ReadOnlyAdmin):
    list_display = ["paragraph", "action", "noticed_on", "state"]
