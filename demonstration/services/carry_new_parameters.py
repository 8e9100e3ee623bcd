"""Keeps a demonstration made by an earlier version able to compute."""

from __future__ import annotations

from django.db import transaction

from demonstration.services.load_policy import PERFORMANCE_SINCE, SIGNED_BY
from governance.models import Directive, PolicyValue
from governance.parameters import PARAMETERS
from governance.services.directives import coordinated_directive


@transaction.atomic
def carry_new_parameters() -> list[str]:
    """Carry every parameter that no directive ever did, with its default; their keys.

    What a directive took away stays away. Only for a demonstration: elsewhere the Department
    decides.
    """
    known = set(PolicyValue.objects.values_list("key", flat=True))
    missing = {key: each.default for key, each in PARAMETERS.items() if key not in known}
    if missing:
        coordinated_directive(
            number=f"D-{Directive.objects.count() + 1}-NEW",
            title="Parameters that came with a later version of the program",
            effective=PERFORMANCE_SINCE,
            signed_by=SIGNED_BY,
            values=missing,
            text="Made for the demonstration.",
        )
    return sorted(missing)
