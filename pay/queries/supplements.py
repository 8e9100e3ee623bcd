"""The supplements that are published on a date (5 CFR 9701.331-333)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pay.models import Supplement
from pay.models.supplement import SupplementKind
from pay.rules.supplement import SelectedSupplement, select_supplement


@dataclass(frozen=True, slots=True)
class Published:
    """Percents of basic pay by kind, key and band; a band's own goes before that of all bands."""

    percents: Mapping[tuple[str, str, int | None], Decimal]
    #: What was selected already, by area, category, band and parameter supp.tie.
    _selected: dict[tuple[str, str, int | None, str], SelectedSupplement] = field(
        default_factory=dict, compare=False, repr=False
    )

    def select(
        self, area: str, category: str, *, band_id: int | None, tie: str
    ) -> SelectedSupplement:
        """The one supplement of an area, category and band (R9, 5 CFR 9701.304)."""
        key = (area, category, band_id, tie)
        found = self._selected.get(key)
        if found is None:
            found = self._selected[key] = select_supplement(
                locality=self.locality(area, band_id=band_id),
                special=self.special(category, band_id=band_id),
                tie=tie,
            )
        return found

    def locality(self, area: str, *, band_id: int | None) -> Decimal:
        """The locality percentage of an area for a band; 0 where none is published."""
        return self._percent(SupplementKind.LOCALITY, area, band_id) or Decimal(0)

    def special(self, category: str, *, band_id: int | None) -> tuple[Decimal, ...]:
        """The special percentages that apply to a category and band."""
        found = self._percent(SupplementKind.SPECIAL, category, band_id)
        return () if found is None else (found,)

    def _percent(self, kind: str, key: str, band_id: int | None) -> Decimal | None:
        if not key:
            return None
        own = self.percents.get((kind, key, band_id))
        return own if own is not None else self.percents.get((kind, key, None))


def published(*, on: date) -> Published:
    """Every supplement in force on the date; one query."""
    rows = Supplement.objects.filter(period__contains=on).values_list(
        "kind", "key", "band_id", "percent"
    )
    return Published({(kind, key, band_id): percent for kind, key, band_id, percent in rows})
