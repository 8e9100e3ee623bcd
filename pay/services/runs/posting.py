"""Posting one chunk: results, projection, cases and exceptions, in the caller's commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from casework.actor import Actor
from classification.models import Band
from pay.models import PayRun, RunChunk, RunException, RunKind
from pay.queries.people import load
from pay.queries.ranges import changes_on
from pay.services.adjust_ranges import apply_range_adjustment
from pay.services.runs.conversion_posting import post_conversions
from pay.services.runs.outcomes import Mark, Outcome, count
from pay.services.runs.payout_posting import post_payout
from pay.services.runs.plans import RangePlan
from pay.services.runs.range_preview import range_outcomes
from pay.services.runs.supplement_posting import post_supplement

#: What carries out a chunk of a run of each kind, by its people: everybody's outcome by id.
Post: TypeAlias = Callable[[RunChunk, date], list[Outcome]]


def post_chunk(chunk: RunChunk, *, on: date) -> dict[str, Any]:
    """Carry out one claimed chunk; its counts by band or pool, and each outcome for the pages."""
    outcomes = POSTS[chunk.run.kind](chunk, on)
    _write_exceptions(chunk.run, outcomes)
    return {
        "people": len(outcomes),
        "groups": count(outcomes),
        "outcomes": [outcome.as_json() for outcome in outcomes],
    }


def _adjust(chunk: RunChunk, on: date) -> list[Outcome]:
    run, ids = chunk.run, chunk.employee_ids
    bands = Band.objects.filter(code__in=list(RangePlan.from_json(run.plan).ranges))
    band_ids = list(bands.values_list("pk", flat=True))
    found = apply_range_adjustment(
        ids,
        changes=changes_on(run.effective, band_ids=band_ids),
        effective=run.effective,
        actor=actor_of_run(run),
        authority=run.title,
        on=on,
        run=run,
    )
    known = {each.person.employee_id for each in found.outcomes}
    left = [pk for pk in ids if pk not in known]
    others = load(left, on=run.effective) if left else {}
    return range_outcomes(found, people=others, ids=ids)


def _adjust_supplement(chunk: RunChunk, on: date) -> list[Outcome]:
    run = chunk.run
    return post_supplement(run, ids=chunk.employee_ids, actor=actor_of_run(run), on=on)


def _pay(chunk: RunChunk, on: date) -> list[Outcome]:
    if chunk.pool is None:
        raise ValueError(f"chunk {chunk.pk} of a payout has no pool")
    run, ids = chunk.run, chunk.employee_ids
    return post_payout(run, pool=chunk.pool, ids=ids, actor=actor_of_run(run), on=on)


def _convert(chunk: RunChunk, on: date) -> list[Outcome]:
    run = chunk.run
    return post_conversions(run, ids=chunk.employee_ids, actor=actor_of_run(run), on=on)


POSTS: dict[str, Post] = {
    RunKind.RANGE_ADJUSTMENT: _adjust,
    RunKind.SUPPLEMENT_ADJUSTMENT: _adjust_supplement,
    RunKind.PAYOUT: _pay,
    RunKind.CONVERSION: _convert,
}


def actor_of_run(run: PayRun) -> Actor:
    """The system, carrying out what the run's two people decided."""
    return Actor.system(f"carrying out pay run {run.pk}")


def _write_exceptions(run: PayRun, outcomes: Iterable[Outcome]) -> None:
    RunException.objects.bulk_create(
        (
            RunException(
                run=run,
                employee_id=outcome.employee_id,
                code=outcome.code,
                message=outcome.message[:300],
            )
            for outcome in outcomes
            if Mark.EXCEPTION in outcome.marks
        ),
        ignore_conflicts=True,
    )
