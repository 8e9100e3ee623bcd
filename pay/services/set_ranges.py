"""Setting band rate ranges from a date on (5 CFR 9701.321)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from psycopg.types.range import DateRange

from classification.models import Band
from pay.models import PayRun, RateRange
from pay.queries.maximum import cap_on
from pay.queries.ranges import missing_range
from pay.rules.range_change import RangeChange, check_range
from regulation.refusals import Refused


@transaction.atomic
def set_ranges(
    ranges: Mapping[str, tuple[int, int]], *, effective: date, run: PayRun | None = None
) -> dict[int, RangeChange]:
    """Set minimum and maximum of bands, by code, from a date on; what changed, by the band's id.

    5 CFR 9701.321(a), 9701.322, 9701.312(a). Set again for the same date, the later figures hold.
    Refused: `invalid_range`, `above_executive_level`, and `earlier_than_posted` where a later range
    of the band is set already.
    """
    cap = cap_on(effective)
    bands = {band.code: band for band in Band.objects.filter(code__in=list(ranges))}
    changes = {}
    for code, (minimum, maximum) in sorted(ranges.items()):
        if code not in bands:
            raise Refused("invalid_range", "9701.321(a)", f"There is no band {code}.")
        check_range(minimum, maximum=maximum, cap=cap)
        changes[bands[code].pk] = _set(
            bands[code], minimum=minimum, maximum=maximum, effective=effective, run=run
        )
    return changes


def _set(
    band: Band, *, minimum: int, maximum: int, effective: date, run: PayRun | None
) -> RangeChange:
    current = (
        RateRange.objects.select_for_update().filter(band=band, period__contains=effective).first()
    )
    if current is None:
        raise missing_range(str(band.code), on=effective)
    if RateRange.objects.filter(band=band, period__startswith__gt=effective).exists():
        raise Refused(
            "earlier_than_posted",
            "9701.321(a)",
            f"Band {band.code} has a range from a later date than {effective} already.",
        )
    change = RangeChange(
        old_minimum=current.minimum,
        old_maximum=current.maximum,
        new_minimum=minimum,
        new_maximum=maximum,
    )
    if current.period.lower == effective:
        current.minimum, current.maximum, current.run = minimum, maximum, run
        # Other figures are another range, which has its own (5 CFR 9701.357(e)).
        current.representative_rate = None
        current.save()
        return change
    current.period = DateRange(current.period.lower, effective)
    current.save(update_fields=["period"])
    RateRange.objects.create(
        band=band, minimum=minimum, maximum=maximum, period=DateRange(effective, None), run=run
    )
    return change
