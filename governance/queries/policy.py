"""The policy in force on a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.models import Directive, PolicyValue
from governance.models.directive import ISSUED
from governance.parameters import parameter
from regulation.refusals import Refused


@dataclass(frozen=True)
class Policy:
    """Every parameter in force on one date; it remembers which were read, for the ledger."""

    on: date
    values: dict[str, tuple[Any, str]]
    read: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        """The parsed value. Raises Refused parameter_missing where no directive carries it."""
        known = parameter(key)
        raw, directive = self.values.get(key, (None, ""))
        if raw is None:
            raise Refused(
                "parameter_missing",
                known.citation,
                f"No directive in force on {self.on} carries “{key}” ({known.meaning})",
            )
        self.read[key] = {"value": raw, "directive": directive}
        return known.parse(raw)

    def require(self, *keys: str) -> None:
        """Refuse, as parameter_missing, where one of several that have a single reading is gone.

        They are not among what was read: no other value can have been in force.
        """
        for key in keys:
            if self.values.get(key, (None, ""))[0] is None:
                self[key]


def policy_on(on: date) -> Policy:
    """One query for all parameters; the latest value that has started wins."""
    rows = (
        PolicyValue.objects.filter(
            starts__lte=on,
            directive__state__in=ISSUED,
        )
        .order_by("key", "-starts", "-id")
        .distinct("key")
        .values_list("key", "value", "directive__number")
    )
    return Policy(on=on, values={key: (value, number) for key, value, number in rows})


def directive_carrying(key: str, *, on: date) -> Directive | None:
    """The directive whose value of a parameter is in force on a date, if there is one."""
    row = (
        PolicyValue.objects.filter(
            key=parameter(key).key,
            starts__lte=on,
            directive__state__in=ISSUED,
        )
        .select_related("directive__coordination")
        .order_by("-starts", "-id")
        .first()
    )
    return row.directive if row is not None and row.value is not None else None
