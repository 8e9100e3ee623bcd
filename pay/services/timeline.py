"""A person's steps of pay from a place on, which are to be taken again on what comes before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from pay.kinds import Kind, step_of
from pay.models import (
    DeniedIncrease,
    ExecutiveSchedule,
    PayAction,
    RateRange,
    Supplement,
)
from pay.pricing import Source
from pay.queries.history import standing_actions
from pay.queries.standing import FullPlace, Standing, place_of
from pay.queries.terms import terms_on
from pay.rules import payout as payout_rule
from pay.services.wrong_payouts import WrongPayout
from workforce.models import Employee

PAYOUTS = (payout_rule.RULE, payout_rule.RETAINED_RULE)
RANGES = ("R5", "R6")
SUPPLEMENTS = ("R11",)


@dataclass(frozen=True, slots=True)
class Unposted:
    """An adjustment that was not posted to the person, and may be due on the new ground."""

    kind: Kind
    effective: date


Event: TypeAlias = PayAction | WrongPayout | Unposted


@dataclass(slots=True)
class Timeline:
    """The steps that stand, and from where on they are taken again, for what reason.

    With `after`, an order landed there and what follows it is replayed; else a rating was wrong,
    and `denials` and `payouts` are what it decided since `since`.
    """

    employee_id: int
    actions: Sequence[PayAction]
    since: date
    source: Source
    denials: Sequence[DeniedIncrease] = ()
    payouts: Sequence[WrongPayout] = ()
    #: Denials of other ratings that stand, by their step.
    others: Mapping[int, DeniedIncrease] = field(default_factory=dict)
    after: FullPlace | None = None
    origins: Mapping[int, PayAction] = field(default_factory=dict)
    #: Whether what landed may bring in adjustments that were not posted, as a move may.
    brings_in: bool = True

    def __post_init__(self) -> None:
        places = [action.place for action in self.actions]
        self.origins = PayAction.objects.select_related("order").in_bulk(places)

    @property
    def undone(self) -> frozenset[date]:
        """The dates of the range increases that were to be paid after all."""
        return frozenset(each.adjusted_on for each in self.denials if each.kind == "range")

    @property
    def unfrozen(self) -> date | None:
        """From when a frozen supplement was to be the published one."""
        dates = [each.adjusted_on for each in self.denials if each.kind == "supplement"]
        return min(dates, default=None)

    def before(self) -> Standing:
        """What the steps leave that are not taken again."""
        earlier = [each for each in self.actions if not self._again(each)]
        return Standing.after(earlier[-1]) if earlier else Standing()

    def origin(self, action: PayAction) -> PayAction:
        """A step as it was first posted."""
        return self.origins.get(action.place, action)

    def chosen(self, action: PayAction) -> Mapping[str, Any]:
        """What the order behind a step chose; nothing where a run or an import made it."""
        order = self.origin(action).order
        return order.chosen if order is not None else {}

    def events(self) -> list[Event]:
        """The steps to be taken again in their order, with those in place that were not posted."""
        ordered: list[tuple[FullPlace, Event]] = [
            (place_of(each), each) for each in self.actions if self._again(each)
        ]
        last = max((each.pk for each in self.actions), default=0) + 1
        posted = {each.effective for each in self.actions if each.rule in PAYOUTS}
        ordered += [
            ((each.effective, _rank(Kind.PERFORMANCE_PAYOUT, each.effective), last), each)
            for each in self.payouts
            if each.effective not in posted
        ]
        if self.after is not None and self.brings_in:
            ordered += [
                (place, each)
                for each in self._unposted()
                if (place := (each.effective, _rank(each.kind, each.effective), last)) > self.after
            ]
        return [each for _, each in sorted(ordered, key=lambda each: each[0])]

    def _again(self, action: PayAction) -> bool:
        if self.after is None:
            return action.effective >= self.since
        return place_of(action) > self.after

    def _unposted(self) -> Iterator[Unposted]:
        rules = {
            Kind.RANGE_INCREASE: RANGES,
            Kind.SUPPLEMENT_CHANGE: SUPPLEMENTS,
            Kind.CAP_CHANGE: ("R10",),
        }
        began = {
            Kind.RANGE_INCREASE: RateRange.objects.filter(
                period__startswith__gte=self.since
            ).values_list("period__startswith", flat=True),
            Kind.SUPPLEMENT_CHANGE: Supplement.objects.filter(
                period__startswith__gte=self.since
            ).values_list("period__startswith", flat=True),
            Kind.CAP_CHANGE: ExecutiveSchedule.objects.filter(starts__gte=self.since).values_list(
                "starts", flat=True
            ),
        }
        for kind, dates in began.items():
            posted = {each.effective for each in self.actions if each.rule in rules[kind]}
            for effective in sorted(set(dates) - posted):
                yield Unposted(kind, effective)


def _rank(kind: Kind, effective: date) -> int:
    return step_of(kind, policy=terms_on(effective).policy)


def timeline_after(
    employee_id: int, *, after: FullPlace, source: Source, brings_in: bool = True
) -> Timeline:
    """What stands after a place, to be taken again since something landed there."""
    return Timeline(
        employee_id=employee_id,
        actions=standing_actions(Employee.objects.get(pk=employee_id)),
        since=after[0],
        source=source,
        after=after,
        brings_in=brings_in,
    )
