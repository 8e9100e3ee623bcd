"""Publishing a supplement from a date on (5 CFR 9701.332(a), 9701.333, 9701.334)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from psycopg.types.range import DateRange

from classification.models import Band
from pay.models import LocalityArea, Supplement
from pay.models.supplement import SupplementKind
from regulation.refusals import Refused

CITATION = "9701.334(a)"
#: What the percentage's column holds.
MOST = Decimal(1000)
STEP = Decimal("0.0001")


@transaction.atomic
def set_supplement(
    kind: str,
    *,
    key: str,
    percent: Decimal,
    effective: date,
    bands: Sequence[str] = (),
) -> None:
    """Publish a percent of basic pay for an area or category, from a date on.

    5 CFR 9701.332(a), 9701.333, 9701.334(a). `bands` are codes; none means all, whatever was
    published for single bands before. Set again for the same date, the later percentage holds.
    Refused: `invalid_input` for an unknown kind, area or band or a percentage out of bounds, and
    `earlier_than_posted` where a later one is published already.
    """
    found = check_supplement(kind, key=key, percent=percent, effective=effective, bands=bands)
    published = Supplement.objects.select_for_update().filter(kind=kind, key=key)
    if bands:
        published = published.filter(band__in=found.values())
    for row in published.filter(period__contains=effective):
        _end(row, on=effective)
    Supplement.objects.bulk_create(
        Supplement(
            kind=kind,
            key=key,
            band=found[code] if code else None,
            percent=percent,
            period=DateRange(effective, None),
        )
        for code in (sorted(set(bands)) or [""])
    )


def check_supplement(
    kind: str, *, key: str, percent: Decimal, effective: date, bands: Sequence[str]
) -> dict[str, Band]:
    """The bands by code of a supplement that could be published from a date on.

    Refused: what `set_supplement` refuses.
    """
    if kind not in SupplementKind.values:
        raise Refused("invalid_input", CITATION, f"{kind} is no kind of supplement.")
    if not key:
        raise Refused("invalid_input", CITATION, "Name the locality area or special category.")
    if kind == SupplementKind.LOCALITY and not LocalityArea.objects.filter(code=key).exists():
        raise Refused("invalid_input", "9701.332(a)", f"There is no locality area {key}.")
    if not 0 <= percent < MOST or percent != percent.quantize(STEP):
        raise Refused(
            "invalid_input", CITATION, "A supplement is a percent from 0, to four decimal places."
        )
    found = {band.code: band for band in Band.objects.filter(code__in=list(bands))}
    unknown = sorted(set(bands) - found.keys())
    if unknown:
        raise Refused("invalid_input", CITATION, f"There is no band {', '.join(unknown)}.")
    later = Supplement.objects.filter(kind=kind, key=key, period__startswith__gt=effective)
    if bands:
        later = later.filter(band__in=found.values())
    if later.exists():
        raise Refused(
            "earlier_than_posted",
            CITATION,
            f"A {kind} supplement of {key} is published from a later date than {effective}.",
        )
    return found


def _end(row: Supplement, *, on: date) -> None:
    if row.period.lower == on:
        row.delete()
        return
    row.period = DateRange(row.period.lower, on)
    row.save(update_fields=["period"])
