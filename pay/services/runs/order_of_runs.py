"""Which run comes before which, and from when on a run may start (R4, R39)."""

from __future__ import annotations

from datetime import date

from pay.models import PayRun, RunKind, RunState
from regulation.refusals import Refused

UNDER_WAY = (RunState.APPROVED, RunState.RUNNING)
CERTIFIED = (*UNDER_WAY, RunState.DONE, RunState.VERIFIED)


_RATINGS = ("ratings issued by that day still count.", "9701.323(a)")
_WHY_NOT_EARLIER: dict[str, tuple[str, str]] = {
    RunKind.RANGE_ADJUSTMENT: _RATINGS,
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


def refuse_out_of_order(run: PayRun) -> None:
    """Refuse, as `run_locked`, a payout before a range adjustment that comes first, or after it.

    R39 and payout.basis: on one date the ranges rise first, and a payout is certified on the rates
    that this makes.
    """
    if run.kind == RunKind.PAYOUT:
        others = PayRun.objects.filter(
            kind=RunKind.RANGE_ADJUSTMENT, effective__lte=run.effective, state__in=UNDER_WAY
        )
        why = "is not finished. A payout is certified on the rates that it makes."
    elif run.kind == RunKind.CONVERSION:
        # Who is converted has no rate before it, so no run of that date has him in it.
        return
    else:
        others = PayRun.objects.filter(
            kind=RunKind.PAYOUT, effective=run.effective, state__in=CERTIFIED
        )
        why = "is certified on the rates as they are. Ranges of one date are adjusted before it."
    for other in others.exclude(pk=run.pk):
        raise Refused("run_locked", "9701.342(d)(3)", f"“{other.title}” {why}")
