"""Setting the representative rate of a band rate range (5 CFR 9701.357(e); R38)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casework.actor import Actor
from casework.services.history import record
from classification.models import Band
from pay.models import RateRange
from pay.queries.ranges import missing_range
from pay.rules import representative_rate as rule
from pay.rules.representative_rate import representative_rate
from pay.services.runs.permissions import refuse_strangers


@transaction.atomic
def set_representative_rate(
    band: Band, *, rate: int, on: date, actor: Actor, authority: str
) -> RateRange:
    """Set what stands for a band in a reduction in force, for the range in force on a date.

    5 CFR 9701.357(e), 5 CFR 351. Whole dollars; one for each version of the range, so a new range
    asks for its own. Refused: `invalid_range` outside the range or where there is none,
    `not_authorized`.
    """
    refuse_strangers(actor, organizations=[None], on=on)
    row = RateRange.objects.select_for_update().filter(band=band, period__contains=on).first()
    if row is None:
        raise missing_range(str(band.code), on=on)
    before = row.representative_rate
    row.representative_rate = representative_rate(rate, minimum=row.minimum, maximum=row.maximum)
    row.save(update_fields=["representative_rate"])
    record(
        f"rate_range:{row.pk}",
        act="set_representative_rate",
        actor=actor,
        on=on,
        citation=rule.CITATION,
        detail={"band": band.code, "from": before, "to": rate, "authority": authority},
    )
    return row
