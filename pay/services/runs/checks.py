"""What a plan must satisfy before it is kept, and again before it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Min

from classification.models import Band, BandLevel
from governance.models import Coverage
from governance.queries.policy import policy_on
from pay.models import PayPool, PayRun, RateRange, RunKind, RunState
from pay.queries.maximum import cap_on
from pay.queries.members import pattern_on
from pay.rules import payout_calendar
from pay.rules.point_pattern import check_fund
from pay.rules.point_value import FIXED_MODES, MODES
from pay.rules.range_change import RangeChange, check_range, default_effective_date
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan, cents
from performance.models import Cycle
from regulation.pay_periods import pay_calendar
from regulation.refusals import Refused

UNFINISHED = (RunState.DRAFT, RunState.PREVIEWED, RunState.APPROVED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class BandChange:
    """A band and its range before and after, as the pages and the rules want it."""

    band: Band
    change: RangeChange


def ranges_before(effective: date, *, bands: Sequence[str] | None = None) -> dict[str, RateRange]:
    """The ranges in force the day before a date, by band code."""
    found = RateRange.objects.filter(period__contains=effective - timedelta(days=1))
    if bands is not None:
        found = found.filter(band__code__in=bands)
    return {each.band.code: each for each in found.select_related("band__cluster")}


def check_range_plan(plan: RangePlan, *, effective: date, run: PayRun | None) -> list[BandChange]:
    """The changes of a range plan; an unlawful one is refused.

    5 CFR 9701.321(a), (b), 9701.322(b)-(d), 9701.312(a). Refused: `invalid_input` for no band or an
    unknown one, `invalid_range`, `above_executive_level`, `reason_required` for another date than
    the default without its operational reason, `duplicate_open` beside another unfinished run.
    """
    if not plan.ranges:
        raise Refused("invalid_input", "9701.322(c)", "Choose at least one band to adjust.")
    _check_date(plan, effective=effective)
    before = ranges_before(effective, bands=list(plan.ranges))
    cap = cap_on(effective)
    changes = []
    for code, (minimum, maximum) in plan.ranges.items():
        if code not in before:
            message = f"{code} has no band rate range on the day before {effective}."
            raise Refused("invalid_input", "9701.321(a)", message)
        check_range(minimum, maximum=maximum, cap=cap)
        old = before[code]
        changes.append(
            BandChange(
                band=old.band,
                change=RangeChange(
                    old_minimum=old.minimum,
                    old_maximum=old.maximum,
                    new_minimum=minimum,
                    new_maximum=maximum,
                ),
            )
        )
    _check_one_range(plan, effective=effective, run=run)
    return sorted(changes, key=lambda each: (each.band.cluster.code, each.band.rank))


def _check_date(plan: RangePlan, *, effective: date) -> None:
    default = default_effective_date(effective.year, calendar=pay_calendar())
    if effective != default and not plan.reason.strip():
        message = (
            f"Ranges are adjusted on {default}, the first pay period on or after January 1; "
            "another date needs its operational reason."
        )
        raise Refused("reason_required", "9701.322(b)", message)


def _check_one_range(plan: RangePlan, *, effective: date, run: PayRun | None) -> None:
    """Only one range of a band on a date (5 CFR 9701.321(b))."""
    taken = RateRange.objects.filter(
        band__code__in=list(plan.ranges), period__startswith=effective
    ).values_list("band__code", flat=True)
    if taken:
        message = f"A range of {', '.join(sorted(taken))} already begins on {effective}."
        raise Refused("invalid_range", "9701.321(b)", message)
    others = PayRun.objects.filter(
        kind=RunKind.RANGE_ADJUSTMENT, state__in=UNFINISHED, effective=effective
    ).exclude(pk=run.pk if run else 0)
    for other in others:
        shared = sorted(set(plan.ranges) & set(RangePlan.from_json(other.plan).ranges))
        if shared:
            message = f"“{other.title}” already adjusts {', '.join(shared)} on {effective}."
            raise Refused("duplicate_open", "9701.321(b)", message)


def check_payout_plan(plan: PayoutPlan, *, effective: date, run: PayRun | None) -> list[PayPool]:
    """The pools of a payout plan; an unlawful one is refused.

    5 CFR 9701.342(b)-(d). Refused: `invalid_input`, `invalid_parameter` (mode),
    `period_not_complete`, `too_early` before the system's month, `record_incomplete` without a
    fund, `fund_exceeded`, `zero_points_required`, `parameter_missing` for a pool without a pattern
    or a fixed mode without its value, `duplicate_open` beside another payout of the pool.
    """
    if plan.mode not in MODES:
        raise Refused("invalid_parameter", "9701.342(d)(1)", f"{plan.mode} is no mode of a payout.")
    _check_period(plan, effective=effective)
    pools = list(PayPool.objects.filter(code__in=list(plan.pools)))
    unknown = sorted(set(plan.pools) - {pool.code for pool in pools})
    if unknown or not pools:
        named = f" There is no pay pool {', '.join(unknown)}." if unknown else ""
        raise Refused("invalid_input", "9701.342(b)(1)", f"Choose at least one pay pool.{named}")
    for pool in pools:
        _check_funds(pool, plan.pools[pool.code], mode=plan.mode)
        pattern_on(pool, on=effective)
    if plan.fund is None:
        message = "The pools' money comes from a performance fund that an official has set."
        raise Refused("record_incomplete", "9701.342(b)(3)", message)
    _check_fund(plan.fund, plan)
    _check_one_payout(plan, effective=effective, run=run)
    return pools


def _check_period(plan: PayoutPlan, *, effective: date) -> None:
    if not Cycle.objects.filter(ends=plan.period_end).exists():
        message = f"No appraisal period ends on {plan.period_end}."
        raise Refused("invalid_input", "9701.342(a)(2)", message)
    if plan.period_end >= effective:
        message = f"The appraisal period that ends on {plan.period_end} is not completed yet."
        raise Refused("period_not_complete", "9701.342(a)(2)", message)
    if plan.since is not None and plan.since >= effective:
        message = "The time between payouts must begin before the payout."
        raise Refused("invalid_input", "9701.342(e)(1)", message)
    earliest = _earliest(plan.period_end, effective=effective)
    if effective < earliest:
        message = f"Payouts of the period that ends on {plan.period_end} begin on {earliest}."
        raise Refused("too_early", payout_calendar.CITATION, message)


def _earliest(period_end: date, *, effective: date) -> date:
    """By the calendar of the systems whose period ends on the day."""
    months = policy_on(effective)["payout.month"]
    codes = Cycle.objects.filter(ends=period_end).values_list("system__code", flat=True)
    covered = Coverage.objects.filter(subpart="C").aggregate(since=Min("effective"))["since"]
    found = [
        payout_calendar.earliest_payout(
            period_end,
            month=int(months[code]),
            covered_since=covered or period_end,
            calendar=pay_calendar(),
        )
        for code in codes
        if code in months
    ]
    if not found:
        message = f"“payout.month” names no month for {', '.join(sorted(codes))}."
        raise Refused("parameter_missing", payout_calendar.CITATION, message)
    return min(found)


def _check_funds(pool: PayPool, funds: PoolFunds, *, mode: str) -> None:
    cents(funds.amount, citation="9701.342(b)(3)")
    if mode in FIXED_MODES and funds.value is None:
        message = f"{pool.title} needs the value of a point in this mode."
        raise Refused("parameter_missing", "9701.342(d)(1)", message)
    if funds.value is not None and (not funds.value.is_finite() or funds.value < 0):
        raise Refused("invalid_input", "9701.342(d)(1)", "The value of a point is not negative.")


_ALONE = """
SELECT employee.number
  FROM workforce_employee AS employee
  JOIN LATERAL (SELECT basic, band_id FROM pay_payrate
                 WHERE employee_id = employee.id AND starts <= %(effective)s
                 ORDER BY starts DESC LIMIT 1) AS rate ON true
  JOIN classification_band AS band ON band.id = rate.band_id
 WHERE rate.basic IS NOT NULL AND band.level <> %(entry)s AND employee.hired <= %(snapshot)s
   AND NOT EXISTS (SELECT FROM pay_poolmembership AS member
                    WHERE member.employee_id = employee.id AND member.period @> %(snapshot)s)
 ORDER BY employee.number
"""


def people_in_no_pool(plan: PayoutPlan, *, effective: date) -> list[str]:
    """Numbers of eligible employees who were in no pool on the snapshot date.

    5 CFR 9701.342(b)(2): everybody in a Full Performance or higher band belongs to one. That nobody
    belongs to two, the database itself sees to.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _ALONE,
            {
                "effective": effective,
                "snapshot": plan.period_end,
                "entry": BandLevel.ENTRY_DEVELOPMENTAL,
            },
        )
        return [str(number) for (number,) in cursor.fetchall()]


def _check_fund(fund: Fund, plan: PayoutPlan) -> None:
    if not fund.official.strip() or not fund.note.strip():
        message = "The performance fund names the official who set it and what was weighed."
        raise Refused("reason_required", "9701.342(b)(4)", message)
    for amount in (fund.amount, fund.within_grade, fund.promotions):
        cents(amount, citation="9701.342(b)(4)")
    check_fund({code: funds.amount for code, funds in plan.pools.items()}, fund=fund.amount)


def _check_one_payout(plan: PayoutPlan, *, effective: date, run: PayRun | None) -> None:
    others = PayRun.objects.filter(kind=RunKind.PAYOUT).exclude(state=RunState.CANCELLED)
    for other in others.exclude(pk=run.pk if run else 0):
        theirs = PayoutPlan.from_json(other.plan)
        shared = sorted(set(plan.pools) & set(theirs.pools))
        if shared and (other.effective == effective or theirs.period_end == plan.period_end):
            message = f"“{other.title}” already pays out {', '.join(shared)} for this period."
            raise Refused("duplicate_open", "9701.342(b)(2)", message)
