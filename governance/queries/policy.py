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
    #: What was parsed already, for this policy and those that remember for one person.
    _parsed: dict[str, tuple[Any, dict[str, Any]]] = field(default_factory=dict, compare=False)

    def __getitem__(self, key: str) -> Any:
        """The parsed value. Raises Refused parameter_missing where no directive carries it."""
        parsed = self._parsed.get(key)
        if parsed is None:
            parsed = self._parsed[key] = self._parse(key)
        self.read[key] = parsed[1]
        return parsed[0]

    def _parse(self, key: str) -> tuple[Any, dict[str, Any]]:
        known = parameter(key)
        raw, directive = self.values.get(key, (None, ""))
        if raw is None:
            raise Refused(
                "parameter_missing",
                known.citation,
                f"No directive in force on {self.on} carries “{key}” ({known.meaning})",
            )
        return known.parse(raw), {"value": raw, "directive": directive}

    def for_one(self) -> Policy:
        """The same policy, which remembers only what is read of it from now on."""
        return Policy(self.on, self.values, {}, self._parsed)

    def forget(self) -> None:
        """Remember nothing, as for the next person; what was kept of the last is a copy."""
        self.read.clear()

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
