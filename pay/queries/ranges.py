"""Band rate ranges in force on a date (5 CFR 9701.321)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from classification.models import Band
from pay.models import RateRange
from pay.rules.range_change import RangeChange
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class BandRange:
    """Minimum and maximum annual rates of basic pay of a band; whole dollars."""

    band_id: int
    minimum: int
    maximum: int


def ranges_on(on: date) -> dict[int, BandRange]:
    """The range of every band that has one on the date, by the band's id; one query."""
    rows = RateRange.objects.filter(period__contains=on).values_list(
        "band_id", "minimum", "maximum"
    )
    return {band_id: BandRange(band_id, low, high) for band_id, low, high in rows}


def range_on(band: Band, *, on: date) -> BandRange:
    """The range of one band. Raises Refused invalid_range where it has none on the date."""
    row = RateRange.objects.filter(band=band, period__contains=on).first()
    if row is None:
        raise missing_range(str(band.code), on=on)
    return BandRange(band.pk, row.minimum, row.maximum)


def missing_range(band: str, *, on: date) -> Refused:
    """The refusal of a band without a range."""
    return Refused("invalid_range", "9701.321(a)", f"Band {band} has no rate range on {on}.")


def changes_on(effective: date, *, band_ids: Iterable[int]) -> dict[int, RangeChange]:
    """What changed on a date: each band's range of the day before and its range of that day.

    Bands without a range the day before are left out; they are new, and raise nobody.
    """
    wanted = set(band_ids)
    before, after = ranges_on(effective - timedelta(days=1)), ranges_on(effective)
    return {
        band_id: RangeChange(
            old_minimum=before[band_id].minimum,
            old_maximum=before[band_id].maximum,
            new_minimum=after[band_id].minimum,
            new_maximum=after[band_id].maximum,
        )
        for band_id in wanted & before.keys() & after.keys()
    }
