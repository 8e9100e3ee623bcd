"""What a run did, added up from its chunks."""

from __future__ import annotations

from typing import Any

from pay.models import PayRun, RunChunk, RunKind
from pay.services.runs.outcomes import add_counts, sum_of

#: Figures of a pool that certification fixed and that the run cannot change.
CERTIFIED = ("title", "amount", "points", "mode", "value", "left", "modal")


def totals_of(run: PayRun) -> dict[str, Any]:
    """The counts of every chunk, by band or pool and in all; for pools, what is left."""
    chunks = RunChunk.objects.filter(run=run).values_list("totals__groups", flat=True)
    groups: dict[str, dict[str, Any]] = dict(add_counts(chunks))
    if run.kind == RunKind.PAYOUT:
        for code, pool in run.preview.get("groups", {}).items():
            into = groups.setdefault(code, dict(add_counts([{code: {}}])[code]))
            into |= {name: pool[name] for name in CERTIFIED if name in pool}
    return {"groups": groups, "all": sum_of(groups)}
