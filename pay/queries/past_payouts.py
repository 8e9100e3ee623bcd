"""What each payout of a pool came to, whether a run paid it or it was paid at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pay.models import PayPool, PayRun, PoolPayout, RunKind, RunState

PAID = (RunState.RUNNING, RunState.DONE, RunState.VERIFIED)


@dataclass(frozen=True, slots=True)
class PastPayout:
    """One payout of one pool: mode, value of a point, period, and the window of proration.

    `value` is dollars, or percent of basic pay; None where nobody had points.
    """

    pool: PayPool
    effective: date
    period_end: date
    mode: str
    value: Decimal | None
    since: date | None


def payouts_between(first: date, last: date) -> list[PastPayout]:
    """Every payout of every pool effective from one date through another, oldest first.

    5 CFR 9701.342(d)(1), (4).
    """
    window = (first, last)
    runs = PayRun.objects.filter(
        kind=RunKind.PAYOUT, state__in=PAID, effective__range=window
    ).order_by("pk")
    at_once = PoolPayout.objects.filter(effective__range=window).select_related("pool")
    found = [payout for run in runs for payout in _of_run(run)]
    found += [
        PastPayout(
            pool=row.pool,
            effective=row.effective,
            period_end=row.period_end,
            mode=row.mode,
            value=row.value,
            since=row.since,
        )
        for row in at_once.order_by("pk")
    ]
    return sorted(found, key=lambda payout: payout.effective)


def _of_run(run: PayRun) -> list[PastPayout]:
    plan, groups = run.plan, run.preview.get("groups", {})
    pools = PayPool.objects.filter(code__in=list(plan["pools"])).order_by("code")
    return [
        PastPayout(
            pool=pool,
            effective=run.effective,
            period_end=date.fromisoformat(plan["period_end"]),
            mode=plan["mode"],
            # Where every member was away a fixed value was of use to nobody, and stands only here.
            value=_decimal(groups.get(pool.code, {}).get("value"))
            or _decimal(plan["pools"][pool.code]["value"]),
            since=date.fromisoformat(plan["since"]) if plan["since"] else None,
        )
        for pool in pools
    ]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
