"""Published tables; orders, the ledger, rates and runs are written by services alone."""

from __future__ import annotations

from django.contrib import admin

from accounts.administration import AddOnlyAdmin, ReadOnlyAdmin, ReferenceAdmin
from pay.models import (
    ExecutiveSchedule,
    InterestRate,
    LocalityArea,
    PayPool,
    RateRange,
    SpecialRate,
    Supplement,
)


@admin.register(LocalityArea)
class LocalityAreaAdmin(ReferenceAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


@admin.register(PayPool)
class PayPoolAdmin(ReferenceAdmin):
    list_display = ["code", "title", "organization"]
    search_fields = ["code", "title"]


@admin.register(ExecutiveSchedule)
class ExecutiveScheduleAdmin(AddOnlyAdmin):
    list_display = ["level", "rate", "starts", "certified"]


@admin.register(InterestRate)
class InterestRateAdmin(AddOnlyAdmin):
    list_display = ["starts", "percent"]


@admin.register(RateRange)
class RateRangeAdmin(ReadOnlyAdmin):
    """Ranges change by a run, which carries everybody's pay along."""

    list_display = ["band", "minimum", "maximum", "period"]
    list_select_related = ["band__cluster"]


@admin.register(Supplement)
class SupplementAdmin(ReadOnlyAdmin):
    """Supplements change with everybody's pay, by a run."""

    list_display = ["kind", "key", "band", "percent", "period"]
    list_filter = ["kind"]
    list_select_related = ["band__cluster"]


@admin.register(SpecialRate)
class SpecialRateAdmin(AddOnlyAdmin):
    """What a directive says of a category; a run then publishes the supplement."""

    list_display = ["category", "title", "percent", "need", "directive"]
    list_select_related = ["directive"]
