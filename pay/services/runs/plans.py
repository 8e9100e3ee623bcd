"""What a run is to do, as plain values; kept in `PayRun.plan` as JSON without a float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class RangePlan:
    """New band rate ranges: minimum and maximum of each band, in whole dollars a year.

    `reason` is the operational reason for a date that is not the default one (5 CFR 9701.322(b)).
    """

    ranges: Mapping[str, tuple[int, int]]
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `PayRun.plan` holds it."""
        return {
            "ranges": {band: list(pair) for band, pair in sorted(self.ranges.items())},
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> RangePlan:
        """Read back from `PayRun.plan`."""
        return cls(
            ranges={band: (pair[0], pair[1]) for band, pair in plan["ranges"].items()},
            reason=plan.get("reason", ""),
        )


@dataclass(frozen=True, slots=True)
class PoolFunds:
    """What one pool has, in dollars and cents, and in the fixed modes the value of a point."""

    amount: Decimal
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """The performance fund and what was weighed in setting it (5 CFR 9701.342(b)(3), (4)).

    `within_grade` is the average of within-grade and quality step increases, and `promotions` the
    promotions inside what is now one band, that would have been spent; dollars and cents.
    """

    amount: Decimal
    official: str
    within_grade: Decimal
    promotions: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class PayoutPlan:
    """A performance payout: for which period, in which mode, and what each pool has.

    `since` is the first day of the proration window, the prior payout's date; None prorates nobody.
    """

    period_end: date
    mode: str
    since: date | None
    pools: Mapping[str, PoolFunds]
    fund: Fund | None = field(default=None)

    def as_json(self) -> dict[str, Any]:
        """As `PayRun.plan` holds it."""
        plan: dict[str, Any] = {
            "period_end": self.period_end.isoformat(),
            "mode": self.mode,
            "since": self.since.isoformat() if self.since else None,
            "pools": {
                code: {
                    "amount": str(funds.amount),
                    "value": None if funds.value is None else str(funds.value),
                }
                for code, funds in sorted(self.pools.items())
            },
        }
        if self.fund is not None:
            plan["fund"] = {
                "amount": str(self.fund.amount),
                "official": self.fund.official,
                "within_grade": str(self.fund.within_grade),
                "promotions": str(self.fund.promotions),
                "note": self.fund.note,
            }
        return plan

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> PayoutPlan:
        """Read back from `PayRun.plan`."""
        fund = plan.get("fund")
        return cls(
            period_end=date.fromisoformat(plan["period_end"]),
            mode=plan["mode"],
            since=date.fromisoformat(plan["since"]) if plan["since"] else None,
            pools={
                code: PoolFunds(
                    amount=Decimal(each["amount"]),
                    value=None if each["value"] is None else Decimal(each["value"]),
                )
                for code, each in plan["pools"].items()
            },
            fund=None
            if fund is None
            else Fund(
                amount=Decimal(fund["amount"]),
                official=fund["official"],
                within_grade=Decimal(fund["within_grade"]),
                promotions=Decimal(fund["promotions"]),
                note=fund["note"],
            ),
        )


def cents(value: Decimal, *, citation: str) -> Decimal:
    """The amount in dollars and cents; a finer, endless or negative one is `invalid_input`."""
    try:
        amount = value.quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not value.is_finite() or amount != value or amount < 0:
        raise Refused("invalid_input", citation, f"{value} is not an amount in dollars and cents.")
    return amount
