"""A performance payout computed pool by pool on people as they are, writing nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from pay.models import PayPool, PayRun
from pay.queries.members import members_on
from pay.queries.people import PersonPay
from pay.queries.terms import Terms, terms_on
from pay.services.certify_pool import CertifiedLine, CertifiedPool, Funds, certified_pool
from pay.services.runs.checks import check_payout_plan, people_in_no_pool
from pay.services.runs.outcomes import Mark, Outcome
from pay.services.runs.plans import PayoutPlan
from regulation.money import half_up_dollar

BATCH = 2_000


@dataclass
class PayoutComputation:
    """What a payout rests on; each pool is certified when it is asked for, one at a time.

    Of those before the last only the figures and warnings are kept, so that memory stays flat.
    `cutoff` is the day by which a rating must be issued to count (pool.rating_cutoff).
    """

    run: PayRun
    plan: PayoutPlan
    pools: Sequence[PayPool]
    terms: Terms
    cutoff: date
    #: Called once with each pool, when it has been certified.
    each: Callable[[CertifiedPool], None] | None = None
    _last: CertifiedPool | None = None
    _told: dict[str, tuple[dict[str, Any], list[str]]] = field(default_factory=dict)

    @cached_property
    def members(self) -> dict[str, list[int]]:
        """Ids of the members of each pool on the last day of the period."""
        return {pool.code: members_on(pool, snapshot=self.plan.period_end) for pool in self.pools}

    @property
    def employee_ids(self) -> list[int]:
        """Everybody, pool by pool."""
        return [pk for pool in self.pools for pk in self.members[pool.code]]

    def certified(self, pool: PayPool) -> CertifiedPool:
        """One pool's payout. Refused: what `certified_pool` refuses."""
        if self._last is None or self._last.pool.code != pool.code:
            funds = self.plan.pools[pool.code]
            self._last = certified_pool(
                pool,
                funds=Funds(
                    mode=self.plan.mode,
                    amount=funds.amount,
                    value=funds.value,
                    since=self.plan.since,
                ),
                period_end=self.plan.period_end,
                cutoff=self.cutoff,
                terms=self.terms,
                members=self.members[pool.code],
            )
            if pool.code not in self._told:
                self._told[pool.code] = (pool_figures(self._last), _warnings_of(self._last))
                if self.each is not None:
                    self.each(self._last)
        return self._last

    def _told_of(self, pool: PayPool) -> tuple[dict[str, Any], list[str]]:
        if pool.code not in self._told:
            self.certified(pool)
        return self._told[pool.code]

    def shares(
        self, ids: Sequence[int] | None = None, *, size: int = BATCH
    ) -> Iterator[tuple[list[int], dict[int, PersonPay]]]:
        """Ids of one pool and the people behind them, some at a time."""
        wanted = None if ids is None else set(ids)
        for pool in self.pools:
            members = [pk for pk in self.members[pool.code] if wanted is None or pk in wanted]
            if not members:
                continue
            people = {line.person.employee_id: line.person for line in self.certified(pool).lines}
            for start in range(0, len(members), size):
                share = members[start : start + size]
                yield share, {pk: people[pk] for pk in share if pk in people}

    def _pools_of(self, share: Sequence[int]) -> list[CertifiedPool]:
        """The certified pools of a share, usually one."""
        codes = {self._pool_of[employee_id] for employee_id in share}
        return [self.certified(pool) for pool in self.pools if pool.code in codes]

    @cached_property
    def _pool_of(self) -> dict[int, str]:
        return {pk: code for code, members in self.members.items() for pk in members}

    def outcomes(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> list[Outcome]:
        """What the payout is for each of a share; who has left the Department is no part of it."""
        wanted = set(share)
        found: dict[int, Outcome] = {}
        for certified in self._pools_of(share):
            for line in certified.lines:
                if line.person.employee_id in wanted:
                    found[line.person.employee_id] = line_outcome(line, pool=certified.pool)
            for employee_id, refusal in certified.exceptions:
                if employee_id in wanted:
                    found[employee_id] = Outcome(
                        employee_id=employee_id,
                        group=certified.pool.code,
                        marks=(Mark.EXCEPTION,),
                        code=refusal.code,
                        message=str(refusal)[:300],
                    )
        return [found[employee_id] for employee_id in share if employee_id in found]

    def basis(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> Iterator[Any]:
        """What the outcomes of a share rest on: rating, points, proration and rate of each."""
        wanted = set(share)
        for certified in self._pools_of(share):
            yield certified.value
            for line in certified.lines:
                if line.person.employee_id in wanted:
                    yield facts_of_line(line)
            yield [(pk, refusal.code) for pk, refusal in certified.exceptions if pk in wanted]

    def rests_on(self) -> tuple[Any, ...]:
        """What beside plan, terms and people the outcomes depend on: who is a member."""
        return (sorted(self.members.items()),)

    def figures(self) -> dict[str, dict[str, Any]]:
        """Money, points and value of each pool, as strings that lose nothing."""
        return {pool.code: self._told_of(pool)[0] for pool in self.pools}

    def warnings(self) -> list[str]:
        """What a pay specialist should look at before approving."""
        found = []
        for pool in self.pools:
            found += self._told_of(pool)[1]
        alone = people_in_no_pool(self.plan, effective=self.run.effective)
        if alone:
            found.append(
                f"{len(alone):,} eligible employee{'s' if len(alone) > 1 else ''} were in no pay "
                f"pool on {self.plan.period_end}: {', '.join(alone[:5])}"
                f"{' and others' if len(alone) > 5 else ''}. The run is not approved before that "
                "is settled (5 CFR 9701.342(b)(2))."
            )
        return found


def _warnings_of(certified: CertifiedPool) -> list[str]:
    title = certified.pool.title
    found = [f"{title}: {warning}" for warning in certified.warnings]
    if certified.modal is not None and certified.modal.tied:
        found.append(f"{title}: ratings tied for the modal one; {certified.modal.level} is taken.")
    if certified.value is None:
        found.append(f"{title}: nobody has points, so the whole pool is returned.")
    return found


def facts_of_line(line: CertifiedLine) -> tuple[Any, ...]:
    """Everything of a member that a payout reads and makes, flat, so that it is quickly hashed."""
    result = line.result
    return (
        *(line.person.employee_id, line.level, line.level_source, line.rating_id),
        *(str(line.points), line.proration.numerator, line.proration.denominator),
        *(line.basic, line.maximum, line.person.retained, line.person.last_posted),
        *(result.amount, result.increase, result.lump_sum),
    )


def payout_computation(run: PayRun, *, on: date) -> PayoutComputation:
    """Read what a payout rests on, with ratings issued by `on`.

    Refused: what `check_payout_plan` refuses, and `parameter_missing`.
    """
    plan = PayoutPlan.from_json(run.plan)
    pools = check_payout_plan(plan, effective=run.effective, run=run)
    return PayoutComputation(
        run=run,
        plan=plan,
        pools=sorted(pools, key=lambda pool: pool.code),
        terms=terms_on(run.effective),
        cutoff=on,
    )


def line_outcome(line: CertifiedLine, *, pool: PayPool) -> Outcome:
    """What a line pays."""
    marks = [Mark.INCREASE] * (line.result.increase > 0)
    marks += [Mark.LUMP_SUM] * (line.result.lump_sum > 0)
    return Outcome(
        employee_id=line.person.employee_id,
        group=pool.code,
        marks=tuple(marks) or (Mark.UNCHANGED,),
        before=line.basic,
        after=line.result.basic,
        lump_sum=line.result.lump_sum,
        level=level_text(line.level, line.level_source),
        posted=bool(marks),
    )


def level_text(level: str, source: str) -> str:
    """A level, said to be the pool's where it is not the person's own."""
    return f"{level} (modal)" if source == "modal" else level


def pool_figures(certified: CertifiedPool) -> dict[str, Any]:
    """What the summary says of a pool."""
    return {
        "mode": certified.funds.mode,
        "amount": f"{certified.funds.amount:.2f}",
        "points": points_text(certified.points),
        "value": None if certified.value is None else str(certified.value),
        "left": f"{certified.left:.2f}",
        "modal": certified.modal.level if certified.modal else "",
    }


def points_text(points: Fraction) -> str:
    """A sum of points times proration, to four places and without idle zeros."""
    text = f"{Decimal(half_up_dollar(points * 10_000)).scaleb(-4):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
