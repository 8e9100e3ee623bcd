"""Which categories a parallel pay system keeps from conversion (5 CFR 9701.374)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from pay.models import ParallelPaySystem


def parallel_categories(*, on: date) -> frozenset[str]:
    """The coverage categories of which nobody is converted on a date."""
    held = ParallelPaySystem.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return frozenset(held.values_list("category", flat=True))
