"""Which run comes before which, and from when on a run may start (R4, R39)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pay.models import PayRun, RunKind, RunState
from regulation.refusals import Refused

UNDER_WAY = (RunState.APPROVED, RunState.RUNNING)
BEGUN = (RunState.RUNNING, RunState.DONE, RunState.VERIFIED)
CERTIFIED = (*UNDER_WAY, RunState.DONE, RunState.VERIFIED)


_RATINGS = ("ratings issued by that day still count.", "9701.323(a)")
_WHY_NOT_EARLIER: dict[str, tuple[str, str]] = {
    RunKind.RANGE_ADJUSTMENT: _RATINGS,
    RunKind.SUPPLEMENT_ADJUSTMENT: ("ratings issued by that day still count.", "9701.335(a)"),
    RunKind.PAYOUT: _RATINGS,
    RunKind.CONVERSION: (
        "the former system’s actions of that day come first.",
        "9701.373(c)",
    ),
}


def refuse_early_start(run: PayRun, *, on: date) -> None:
    """Refuse, as `too_early`, a start before the effective date.

    5 CFR 9701.323(a)-(c): whoever is rated by that day is decided on that rating, so nobody can be
    decided before it. 9701.373(c): whom a conversion converts is under the former system until
    then.
    """
    if on < run.effective:
        why, citation = _WHY_NOT_EARLIER[run.kind]
        raise Refused("too_early", citation, f"The run starts on {run.effective} or later: {why}")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Runs of a kind, in some states, beside which another run is refused, and why."""

    kind: RunKind
    states: Collection[RunState]
    why: str
    #: Whether those of earlier dates count as well.
    earlier: bool = False


_ON_THE_RATES = "A payout is certified on the rates that it makes."
#: R39 and payout.basis. Who is converted has no rate before, so no run of that date has him in it.
CONFLICTS: dict[str, tuple[Conflict, ...]] = {
    RunKind.RANGE_ADJUSTMENT: (
        Conflict(
            RunKind.SUPPLEMENT_ADJUSTMENT,
            BEGUN,
            "has adjusted supplements of this date. Ranges of one date are adjusted before them.",
        ),
        Conflict(
            RunKind.PAYOUT,
            CERTIFIED,
            "is certified on the rates as they are. Ranges of one date are adjusted before it.",
        ),
    ),
    RunKind.SUPPLEMENT_ADJUSTMENT: (
        Conflict(
            RunKind.RANGE_ADJUSTMENT,
            UNDER_WAY,
            "is not finished. Supplements are adjusted on the rates that it makes.",
            earlier=True,
        ),
        Conflict(
            RunKind.PAYOUT,
            CERTIFIED,
            "is certified. Supplements of one date are adjusted before it.",
        ),
    ),
    RunKind.PAYOUT: (
        Conflict(
            RunKind.RANGE_ADJUSTMENT,
            UNDER_WAY,
            f"is not finished. {_ON_THE_RATES}",
            earlier=True,
        ),
        Conflict(
            RunKind.SUPPLEMENT_ADJUSTMENT,
            UNDER_WAY,
            "is not finished. Supplements are adjusted before a payout.",
            earlier=True,
        ),
    ),
    RunKind.CONVERSION: (),
}


def refuse_out_of_order(run: PayRun) -> None:
    """Refuse, as `run_locked`, a run beside another that comes first or is too far already.

    R39 and payout.basis: on one date ranges rise first, supplements after them, and a payout comes
    last and is certified on the rates that they make.
    """
    for conflict in CONFLICTS[run.kind]:
        others = PayRun.objects.filter(kind=conflict.kind, state__in=conflict.states)
        dates = {"effective__lte" if conflict.earlier else "effective": run.effective}
        for other in others.filter(**dates).exclude(pk=run.pk):
            raise Refused("run_locked", "9701.342(d)(3)", f"“{other.title}” {conflict.why}")
