"""Previewing a run on the real workforce: the pure rules on one snapshot, writing nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from pay.models import PayRun, RunKind
from pay.queries.terms import Terms
from pay.services.certify_pool import CertifiedPool
from pay.services.runs.conversion_preview import (
    ConversionComputation,
    conversion_computation,
)
from pay.services.runs.inbox import APPROVE, ask_for
from pay.services.runs.outcomes import Mark, Outcome, add_counts, count, sum_of
from pay.services.runs.payout_preview import PayoutComputation, payout_computation
from pay.services.runs.permissions import may_work_on
from pay.services.runs.range_preview import RangeComputation, range_computation
from pay.services.runs.snapshot import read_only_snapshot, uncollected
from pay.services.runs.supplement_preview import (
    SupplementComputation,
    supplement_computation,
)
from regulation.refusals import Refused

Computation: TypeAlias = (
    RangeComputation | SupplementComputation | PayoutComputation | ConversionComputation
)

#: How each kind of run is computed, with ratings issued by a date.
COMPUTATIONS: dict[str, Callable[[PayRun, date], Computation]] = {
    RunKind.RANGE_ADJUSTMENT: lambda run, on: range_computation(run),
    RunKind.PAYOUT: lambda run, on: payout_computation(run, on=on),
    RunKind.SUPPLEMENT_ADJUSTMENT: lambda run, on: supplement_computation(run),
    RunKind.CONVERSION: lambda run, on: conversion_computation(run),
}

#: The paragraph by which each kind of run is computed.
CITATIONS: dict[str, str] = {
    RunKind.RANGE_ADJUSTMENT: "9701.323(a)",
    RunKind.PAYOUT: "9701.342(a)(1)",
    RunKind.SUPPLEMENT_ADJUSTMENT: "9701.335(a)",
    RunKind.CONVERSION: "9701.373(a)",
}

#: Ids of marks that no more people than this hold are kept, so that rare lines are found at once.
MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run comes to, and the fingerprint of what that rests on."""

    summary: dict[str, Any]
    fingerprint: str


def computation_of(run: PayRun, *, on: date) -> Computation:
    """Read what the run rests on; refused where nobody at all could be computed."""
    return COMPUTATIONS[run.kind](run, on)


@uncollected()
def read_preview(run: PayRun, *, on: date) -> Preview:
    """Compute everybody on one snapshot that cannot write.

    Refused: what the plan's checks refuse, and `parameter_missing`, which names the parameter.
    """
    with read_only_snapshot():
        computation = computation_of(run, on=on)
        seen = _fingerprint_of(computation)
        counts = []
        marked: dict[str, list[int]] = {mark.value: [] for mark in Mark}
        codes: dict[str, int] = {}
        refusals: dict[str, str] = {}
        for share, people in computation.shares():
            for part in computation.basis(share, people):
                seen.update(repr(part).encode())
            outcomes = computation.outcomes(share, people)
            counts.append(count(outcomes))
            _note(outcomes, marked=marked, codes=codes)
            refusals |= {each.code: each.message for each in outcomes if each.code}
        groups: dict[str, dict[str, Any]] = dict(add_counts(counts))
        _refuse_nobody(sum_of(groups), refusals=refusals)
        for code, figures in computation.figures().items():
            groups.setdefault(code, dict(add_counts([{code: {}}])[code])).update(figures)
        summary = {
            "groups": groups,
            "all": sum_of(groups),
            "warnings": computation.warnings(),
            "codes": codes,
            "ids": {mark: ids for mark, ids in marked.items() if len(ids) <= MOST_IDS},
        }
    return Preview(summary=summary, fingerprint=seen.hexdigest())


def record_preview(
    run: PayRun, *, preview: Preview, actor: Actor, on: date, version: int | None = None
) -> PayRun:
    """Keep a preview with its run, in place of the one before. Refused: `invalid_transition`."""
    citation = CITATIONS[run.kind]
    with transaction.atomic():
        saved = act(
            run,
            name="preview",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_work_on(who, fresh, on=on),
            do=lambda fresh: fresh.record_preview(
                preview=preview.summary, fingerprint=preview.fingerprint
            ),
            citation=citation,
        )
        ask_for(saved, APPROVE, on=on, citation=citation)
    return saved


def preview_run(run: PayRun, *, actor: Actor, on: date, version: int | None = None) -> PayRun:
    """Compute and keep a preview. See `read_preview` and `record_preview`."""
    return record_preview(
        run, preview=read_preview(run, on=on), actor=actor, on=on, version=version
    )


@uncollected()
def read_basis(
    run: PayRun, *, on: date, each: Callable[[CertifiedPool], None] | None = None
) -> tuple[Computation, str]:
    """What the run would rest on now, and its fingerprint.

    `each` is handed each pool of a payout once it is certified, and may write.
    """
    with read_only_snapshot() if each is None else nullcontext():
        computation = computation_of(run, on=on)
        if isinstance(computation, PayoutComputation):
            computation.each = each
        seen = _fingerprint_of(computation)
        for share, people in computation.shares():
            for part in computation.basis(share, people):
                seen.update(repr(part).encode())
    return computation, str(seen.hexdigest())


def _fingerprint_of(computation: Computation) -> hashlib._Hash:
    seen = hashlib.sha256()
    plan = json.dumps(computation.run.plan, sort_keys=True)
    for part in (plan, computation.run.effective, *_terms(computation.terms)):
        seen.update(repr(part).encode())
    for part in computation.rests_on():
        seen.update(repr(part).encode())
    return seen


def _terms(terms: Terms) -> Iterator[Any]:
    yield sorted(terms.policy.values.items())
    yield sorted(terms.ranges.items())
    yield sorted(terms.supplements.percents.items(), key=repr)
    yield terms.schedule
    yield terms.calendar


def _refuse_nobody(total: Mapping[str, int], *, refusals: Mapping[str, str]) -> None:
    """What keeps everybody from being computed is the run's own matter, as a missing parameter."""
    if refusals and total["people"] == total[Mark.EXCEPTION]:
        code, message = next(iter(refusals.items()))
        raise Refused(code, "", message)


def _note(outcomes: list[Outcome], *, marked: dict[str, list[int]], codes: dict[str, int]) -> None:
    for outcome in outcomes:
        for mark in outcome.marks:
            if len(marked[mark]) <= MOST_IDS:
                marked[mark].append(outcome.employee_id)
        if outcome.code:
            codes[outcome.code] = codes.get(outcome.code, 0) + 1
