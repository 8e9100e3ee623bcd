"""The test of initial ranges for law enforcement officers, over a population (R36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pay.models import FormerRate, FormerSystem
from pay.pricing import supplement_of
from pay.queries.conversions import in_place
from pay.queries.former_rates import total_the_day_before
from pay.queries.people import load
from pay.queries.terms import Terms
from pay.rules.law_enforcement_range import check_law_enforcement_range
from pay.services.conversions import in_position_of_record
from regulation.refusals import Refused

SHARE = 2_000


def ranges_below_officers(
    employee_ids: Sequence[int], *, on: date, terms: Terms, bands: Mapping[int, str]
) -> list[Refused]:
    """Each band and supplement whose maximum does not reach its officers' former totals.

    5 CFR 9701.372(b), for the General Schedule's officers of 5 U.S.C. 5541(3) in the population, at
    their rates on the day before conversion. Who has no classified position is left out here, and
    is an exception of the run.
    """
    refusals = []
    for (band_id, percent), totals in sorted(_totals(employee_ids, on=on, terms=terms).items()):
        try:
            check_law_enforcement_range(
                totals, maximum=terms.range_of(band_id).maximum, percent=percent
            )
        except Refused as refusal:
            message = f"{bands.get(band_id, band_id)}: {refusal.message}"
            refusals.append(Refused(refusal.code, refusal.citation, message))
    return refusals


def _totals(
    employee_ids: Sequence[int], *, on: date, terms: Terms
) -> dict[tuple[int, Decimal], list[int]]:
    found: dict[tuple[int, Decimal], list[int]] = defaultdict(list)
    population = set(employee_ids)
    officers = FormerRate.objects.filter(
        converts_on=on, law_enforcement=True, system=FormerSystem.GS
    ).order_by("employee_id")
    rows = {row.employee_id: row for row in officers if row.employee_id in population}
    ids = list(rows)
    for start in range(0, len(ids), SHARE):
        people = load(ids[start : start + SHARE], on=on)
        places = in_place(people.values(), on=on)
        for pk, person in people.items():
            place = places.get(pk)
            if place is None or place.band_id is None:
                continue
            moved = in_position_of_record(person, place)
            percent = supplement_of(moved, band_id=place.band_id, terms=terms).percent
            found[place.band_id, percent].append(total_the_day_before(rows[pk]))
    return found
