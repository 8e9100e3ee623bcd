"""The form of a range adjustment: new minimum and maximum of every band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.forms import BoundField

from pay.forms.fields import Cents, Dollars, text_input
from pay.forms.runs import RunForm
from pay.models import RateRange
from pay.services.runs.plans import RangePlan
from regulation.money import half_up_dollar


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band in the table: its present range, the two fields, and the rise they make."""

    current: RateRange
    minimum: BoundField
    maximum: BoundField
    minimum_rise: Fraction | None
    maximum_rise: Fraction | None

    @property
    def lags(self) -> bool:
        """Whether the maximum rises by less than the minimum (5 CFR 9701.322(d))."""
        return (
            self.minimum_rise is not None
            and self.maximum_rise is not None
            and self.maximum_rise < self.minimum_rise
        )


class RangeRunForm(RunForm):
    """New minimum and maximum of every band; a band left as it is takes no part."""

    reason = forms.CharField(
        label="Operational reason for another date",
        help_text="Only where it is not the first pay period beginning on or after January 1.",
        required=False,
        max_length=300,
        widget=text_input(wide=True),
    )
    raise_minimums = Cents(
        label="Raise every minimum by (percent)", required=False, widget=text_input()
    )
    raise_maximums = Cents(
        label="Raise every maximum by (percent)", required=False, widget=text_input()
    )

    def __init__(self, *args: Any, ranges: Sequence[RateRange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranges = ranges
        for each in ranges:
            for end in ("minimum", "maximum"):
                field = Dollars(
                    label=f"New {end} of {each.band}",
                    initial=f"{getattr(each, end):,}",
                    widget=text_input(),
                )
                field.widget.attrs["inputmode"] = "numeric"
                self.fields[f"{end}_{each.band_id}"] = field

    def rows(self) -> Iterator[BandRow]:
        """The table, a band a row."""
        for each in self.ranges:
            minimum = self[f"minimum_{each.band_id}"]
            maximum = self[f"maximum_{each.band_id}"]
            yield BandRow(
                current=each,
                minimum=minimum,
                maximum=maximum,
                minimum_rise=rise(each.minimum, minimum.value()),
                maximum_rise=rise(each.maximum, maximum.value()),
            )

    def plan(self) -> RangePlan:
        """The bands whose range changes."""
        ranges = {}
        for each in self.ranges:
            new = (
                self.cleaned_data[f"minimum_{each.band_id}"],
                self.cleaned_data[f"maximum_{each.band_id}"],
            )
            if new != (each.minimum, each.maximum):
                ranges[each.band.code] = new
        return RangePlan(ranges=ranges, reason=self.cleaned_data["reason"].strip())

    def filled(self) -> dict[str, str]:
        """What was typed, with every range raised by the percentages given, half up."""
        typed = {name: str(value) for name, value in self.data.items()}
        for end, key in (("minimum", "raise_minimums"), ("maximum", "raise_maximums")):
            try:
                percent = self.fields[key].clean(typed.get(key, ""))
            except forms.ValidationError:
                continue
            if percent is not None:
                for each in self.ranges:
                    raised = half_up_dollar(getattr(each, end) * (1 + Fraction(percent) / 100))
                    typed[f"{end}_{each.band_id}"] = f"{raised:,}"
        return typed

    @staticmethod
    def initial_of(plan: RangePlan, *, ranges: Sequence[RateRange]) -> dict[str, str]:
        """The fields as a plan fills them."""
        initial = {"reason": plan.reason}
        for each in ranges:
            pair = plan.ranges.get(each.band.code, (each.minimum, each.maximum))
            initial |= {
                f"minimum_{each.band_id}": f"{pair[0]:,}",
                f"maximum_{each.band_id}": f"{pair[1]:,}",
            }
        return initial


def rise(old: int, typed: Any) -> Fraction | None:
    """By which part of one a figure rises from the old one; None while it is no figure."""
    try:
        new = Dollars().clean(typed)
    except forms.ValidationError:
        return None
    return None if new is None else Fraction(new - old, old)
