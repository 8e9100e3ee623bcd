"""Posting one chunk of a conversion, in the caller's commit."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from pay.models import PayRun
from pay.queries.former_rates import former_pay, former_rates
from pay.services.convert import convert_share
from pay.services.orders import Decision
from pay.services.runs.conversion_plan import batch_of
from pay.services.runs.conversion_preview import band_codes, conversion_outcomes
from pay.services.runs.outcomes import Outcome


def post_conversions(run: PayRun, *, ids: list[int], actor: Actor, on: date) -> list[Outcome]:
    """Convert a share on the former rates that are on record; everybody in one of the outcomes."""
    rows = former_rates(ids, converts_on=run.effective)
    found, refused = convert_share(
        ids,
        formers={pk: former_pay(row) for pk, row in rows.items()},
        batch=batch_of(run),
        effective=run.effective,
        decision=Decision(actor=actor, authority=run.title, run_id=run.pk),
        on=on,
    )
    return conversion_outcomes(found, refused, ids=ids, bands=band_codes())
