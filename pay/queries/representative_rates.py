"""Representative rates of all bands, as a reduction in force asks for them (5 CFR 9701.357(e))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pay.models import RateRange
from pay.rules.representative_rate import representative_rate


@dataclass(frozen=True, slots=True)
class RepresentativeRate:
    """What stands for one band on a date; whole dollars a year."""

    cluster: str
    band: str
    minimum: int
    maximum: int
    rate: int


def representative_rates(*, on: date) -> list[RepresentativeRate]:
    """The rate of every band with a range on a date, for 5 CFR part 351; one query.

    All or nothing: a retention register cannot do with some. Refused: `parameter_missing` where one
    range has none.
    """
    rows = (
        RateRange.objects.filter(period__contains=on)
        .select_related("band__cluster")
        .order_by("band__cluster__code", "band__rank")
    )
    return [
        RepresentativeRate(
            cluster=row.band.cluster.code,
            band=row.band.code,
            minimum=row.minimum,
            maximum=row.maximum,
            rate=representative_rate(
                row.representative_rate,
                minimum=row.minimum,
                maximum=row.maximum,
                band=row.band.code,
            ),
        )
        for row in rows
    ]
