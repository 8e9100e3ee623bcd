"""A certified pool, its lines, and how they are kept (5 CFR 9701.342(d), R16-R18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from governance.queries.policy import Policy
from pay.models import PayoutLine, PayPool, PayRun
from pay.queries.people import PersonPay
from pay.rules.modal_rating import ModalResult
from pay.rules.payout import PayoutResult, payout, payout_at_retained_rate
from pay.rules.point_value import weight_of
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """What a pool is certified with: mode, its dollars, and in fixed modes the value of a point.

    `since` is the first day of the window between payouts; None prorates nobody.
    """

    mode: str
    amount: Decimal
    value: Decimal | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedLine:
    """One member: rating used, points, proration, the rate it starts from, and the result."""

    person: PersonPay
    level: str
    level_source: str
    rating_id: int | None
    points: Decimal
    proration: Fraction
    basic: int
    maximum: int
    result: PayoutResult

    @property
    def weight(self) -> Fraction:
        """Points times proration, exact."""
        return weight_of(self.points, self.proration)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedPool:
    """A pool's payout: value of a point, lines, what is paid and left, and who is left alone.

    `points` is the exact sum of points times proration; `value` None where nobody has points.
    """

    pool: PayPool
    funds: Funds
    value: Decimal | None
    points: Fraction
    paid: Decimal
    left: Decimal
    modal: ModalResult | None
    warnings: tuple[str, ...]
    lines: tuple[CertifiedLine, ...]
    exceptions: tuple[tuple[int, Refused], ...]


def payout_of(
    basic: int,
    *,
    retained: bool,
    mode: str,
    value: Decimal | None,
    points: Decimal,
    factor: Fraction,
    maximum: int,
    policy: Policy,
) -> PayoutResult:
    """The payout of one rate, retained or not (R17, R18)."""
    if retained:
        return payout_at_retained_rate(
            basic,
            mode=mode,
            value=value,
            points=points,
            proration=factor,
            maximum=maximum,
            excess_lump=policy["payout.excess_lump"] == "pay",
            retained_lump=policy["retained.lump"],
        )
    return payout(
        basic,
        mode=mode,
        value=value,
        points=points,
        proration=factor,
        maximum=maximum,
        excess_lump=policy["payout.excess_lump"] == "pay",
    )


def store_lines(run: PayRun, certified: CertifiedPool) -> list[PayoutLine]:
    """Freeze the lines of a pool with its run, in place of those there before."""
    PayoutLine.objects.filter(run=run, pool=certified.pool).delete()
    return PayoutLine.objects.bulk_create(
        PayoutLine(
            run=run,
            pool=certified.pool,
            employee_id=line.person.employee_id,
            level=line.level,
            level_source=line.level_source,
            rating_id=line.rating_id,
            points=line.points,
            proration=f"{line.proration.numerator}/{line.proration.denominator}",
            basic=line.basic,
            band_maximum=line.maximum,
            retained=line.person.retained,
            amount=line.result.amount,
            increase=line.result.increase,
            lump_sum=line.result.lump_sum,
        )
        for line in certified.lines
    )
