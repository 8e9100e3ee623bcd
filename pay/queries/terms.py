"""What pay is set by on one date: policy, ranges, supplements, cap and calendar, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.queries.policy import Policy, policy_on
from pay.queries.maximum import Schedule, schedule_on
from pay.queries.ranges import BandRange, missing_range, ranges_on
from pay.queries.supplements import Published, published
from regulation.pay_periods import PayCalendar, pay_calendar


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one date, the same for everybody."""

    on: date
    policy: Policy
    ranges: Mapping[int, BandRange]
    supplements: Published
    schedule: Schedule
    calendar: PayCalendar
    #: What `pay.pricing` found already of people alike; of other terms, `replace` too, others.
    tariffs: dict[tuple[Any, ...], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def for_one(self) -> Terms:
        """The same with a policy that remembers only what is read for one person's step."""
        one = Terms(
            self.on,
            self.policy.for_one(),
            self.ranges,
            self.supplements,
            self.schedule,
            self.calendar,
        )
        object.__setattr__(one, "tariffs", self.tariffs)
        return one

    def range_of(self, band_id: int | None) -> BandRange:
        """The range of a band. Raises Refused invalid_range where it has none."""
        found = self.ranges.get(band_id) if band_id is not None else None
        if found is None:
            raise missing_range(str(band_id or "?"), on=self.on)
        return found


def terms_on(on: date) -> Terms:
    """The terms in force on a date; four queries however many people they are used for."""
    return Terms(
        on=on,
        policy=policy_on(on),
        ranges=ranges_on(on),
        supplements=published(on=on),
        schedule=schedule_on(on),
        calendar=pay_calendar(),
    )
