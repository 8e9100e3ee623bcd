"""Carrying a run out chunk by chunk, so that no death of a process matters (rule 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import orjson
import structlog
from celery import current_app
from django.db import transaction

from casework.actor import Actor
from casework.services.act import act
from pay.models import ChunkState, PayRun, RunChunk, RunKind, RunState
from pay.services.runs.chunks import write_chunks
from pay.services.runs.inbox import done_with
from pay.services.runs.order_of_runs import refuse_early_start, refuse_out_of_order
from pay.services.runs.permissions import may_work_on
from pay.services.runs.plans import RangePlan
from pay.services.runs.posting import post_chunk
from pay.services.runs.snapshot import uncollected
from pay.services.runs.supplement_posting import begin_supplement
from pay.services.runs.totals import totals_of
from pay.services.runs.verification import verify_run
from pay.services.set_ranges import set_ranges
from regulation import clock
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused

log = structlog.get_logger(__name__)
CHUNK_TASK = "pay.tasks.run_chunk"
SYSTEM = Actor.system("carrying out a pay run")


@dataclass(frozen=True, slots=True)
class Begin:
    """What a run of a kind does once, before its chunks, and the paragraph that says when."""

    citation: str
    do: Callable[[PayRun, date], object]


def _set_ranges(run: PayRun, on: date) -> None:
    set_ranges(RangePlan.from_json(run.plan).ranges, effective=run.effective, run=run)


def _nothing(run: PayRun, on: date) -> None:
    """Everything was frozen when the run was approved."""


BEGIN: dict[str, Begin] = {
    RunKind.RANGE_ADJUSTMENT: Begin("9701.322(b)", _set_ranges),
    RunKind.SUPPLEMENT_ADJUSTMENT: Begin("9701.334(b)", begin_supplement),
    RunKind.PAYOUT: Begin("9701.342(d)(4)", _nothing),
    RunKind.CONVERSION: Begin("9701.373(a)", _nothing),
}


def start_run(run: PayRun, *, actor: Actor, on: date, version: int | None = None) -> PayRun:
    """Commit the chunks, and for a range adjustment the new ranges; then hurry the workers.

    5 CFR 9701.322(b), 9701.342(d)(4). Refused: `not_authorized`, `invalid_transition`,
    `too_early` before the effective date, `run_locked` out of order, and what `set_ranges` refuses.
    """

    def start(fresh: PayRun) -> None:
        fresh.start()
        refuse_early_start(fresh, on=on)
        refuse_out_of_order(fresh)
        write_chunks(fresh)
        BEGIN[fresh.kind].do(fresh, on)

    with transaction.atomic():
        saved = act(
            run,
            name="start",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_work_on(who, fresh, on=on),
            do=start,
            citation=BEGIN[run.kind].citation,
        )
        done_with(saved, on=on)
        # The rows are the promise: a broker that is down delays the run to the next pick-up.
        transaction.on_commit(lambda: hurry(saved.pk), robust=True)
    return saved


def hurry(run_id: int) -> int:
    """Tell the workers of every chunk that waits; how many."""
    waiting = list(
        RunChunk.objects.filter(
            run_id=run_id, run__state=RunState.RUNNING, state=ChunkState.WAITING
        )
        .order_by("ordinal")
        .values_list("pk", flat=True)
    )
    for chunk_id in waiting:
        current_app.send_task(CHUNK_TASK, args=[chunk_id])
    return len(waiting)


def run_chunk(chunk_id: int, *, on: date) -> bool:
    """Carry out one chunk in one commit, unless it is done or another worker holds it.

    Results, projection and "done" share the commit; whoever dies before it has done nothing.
    """
    try:
        done = carry_out_chunk(chunk_id, on=on)
    except Exception as error:
        log.exception("chunk_failed", chunk=chunk_id)
        RunChunk.objects.filter(pk=chunk_id, state=ChunkState.WAITING).update(
            totals={"error": f"{type(error).__name__}: {error}"[:500]}
        )
        raise
    if done is not None:
        finish_run(done, on=on)
    return done is not None


@uncollected()
@transaction.atomic
def carry_out_chunk(chunk_id: int, *, on: date) -> PayRun | None:
    """Claim, post (which locks the people in id order and settles what lapsed), mark done."""
    chunk = (
        RunChunk.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("run", "pool")
        .filter(pk=chunk_id, state=ChunkState.WAITING, run__state=RunState.RUNNING)
        .first()
    )
    if chunk is None:
        return None
    binary_rows(
        _DONE,
        {
            "chunk": chunk.pk,
            "state": ChunkState.DONE.value,
            "at": clock.now(),
            "totals": orjson.dumps(post_chunk(chunk, on=on)).decode(),
        },
    )
    return chunk.run


#: Everybody's outcome is much text: bound by the server, it is neither quoted nor searched.
_DONE = """
UPDATE pay_runchunk SET state = %(state)s, done_at = %(at)s::timestamptz, totals = %(totals)s::jsonb
 WHERE id = %(chunk)s::bigint
RETURNING id
"""


def finish_run(run: PayRun, *, on: date) -> bool:
    """Mark a run done when its last chunk is, and prove its totals; whether it was."""
    unfinished = RunChunk.objects.filter(run=run).exclude(state=ChunkState.DONE)
    if unfinished.exists():
        return False

    def finish(fresh: PayRun) -> None:
        fresh.finish(at=clock.now(), totals=totals_of(fresh))

    try:
        done = act(run, name="finish", actor=SYSTEM, on=on, do=finish)
    except Refused as refusal:
        # Two workers finished the last two chunks at once, and the other was first.
        if refusal.code != "invalid_transition":
            raise
        return False
    _verify(done, on=on)
    return True


def _verify(run: PayRun, *, on: date) -> None:
    """Prove the run, unless another process was first."""
    try:
        verify_run(run, actor=SYSTEM, on=on)
    except Refused as refusal:
        if refusal.code != "invalid_transition":
            raise


def pick_up_runs(*, on: date) -> int:
    """Hurry what waits, finish what is finished and verify what is done; how many chunks waited."""
    waiting = 0
    for run in PayRun.objects.filter(state=RunState.RUNNING).order_by("pk"):
        if not finish_run(run, on=on):
            waiting += hurry(run.pk)
    for run in PayRun.objects.filter(state=RunState.DONE).order_by("pk"):
        if "proof" not in run.totals:
            _verify(run, on=on)
    return waiting


def carry_on(*, on: date) -> int:
    """Do in this process what the workers would: every waiting chunk of every running run."""
    done = 0
    for run in PayRun.objects.filter(state=RunState.RUNNING).order_by("pk"):
        chunks = RunChunk.objects.filter(run=run, state=ChunkState.WAITING).order_by("ordinal")
        for chunk_id in list(chunks.values_list("pk", flat=True)):
            done += run_chunk(chunk_id, on=on)
        finish_run(run, on=on)
    return done
