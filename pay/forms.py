"""The forms of a run: what it is called, when it counts, and what it is to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.forms import BoundField

from pay.models import PayPool, RateRange
from pay.queries.pools import PoolFacts
from pay.rules.point_pattern import divide_fund
from pay.rules.point_value import FIXED_MODES, MODES
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan
from regulation.money import half_up_dollar

MODE_TITLES = {
    "share_dollar": "Share of the pool in dollars: pool ÷ points",
    "share_percent": "Share of the pool in percent of basic pay: pool ÷ (points × basic pay)",
    "fixed_dollar": "Fixed dollars a point",
    "fixed_percent": "Fixed percent of basic pay a point",
}


class Dollars(forms.Field):
    """Whole dollars, written with or without commas and a dollar sign."""

    default_error_messages = {"invalid": "Write whole dollars, such as 42,139."}

    def to_python(self, value: Any) -> int | None:
        text = _plain(value)
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)


class Cents(forms.Field):
    """Dollars and cents, or a percentage: a number that is not negative."""

    default_error_messages = {"invalid": "Write a number such as 260,000.00."}

    def to_python(self, value: Any) -> Decimal | None:
        text = _plain(value)
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0 or amount >= 10**12:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return amount


def _plain(value: Any) -> str:
    return str(value or "").replace(",", "").replace("$", "").replace("%", "").strip()


def _text_input(*, wide: bool = False) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "usa-input" + ("" if wide else " maxhr-amount")})


class RunForm(forms.Form):
    """What every run has: a title and an effective date."""

    title = forms.CharField(max_length=160, widget=_text_input(wide=True))
    effective = forms.DateField(
        label="Effective date",
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )


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
        widget=_text_input(wide=True),
    )
    raise_minimums = Cents(
        label="Raise every minimum by (percent)", required=False, widget=_text_input()
    )
    raise_maximums = Cents(
        label="Raise every maximum by (percent)", required=False, widget=_text_input()
    )

    def __init__(self, *args: Any, ranges: Sequence[RateRange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranges = ranges
        for each in ranges:
            for end in ("minimum", "maximum"):
                field = Dollars(
                    label=f"New {end} of {each.band}",
                    initial=f"{getattr(each, end):,}",
                    widget=_text_input(),
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


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One pool in the table: who is in it, its pattern, and the fields."""

    pool: PayPool
    members: int
    pattern: str
    included: BoundField
    amount: BoundField
    value: BoundField


class PayoutRunForm(RunForm):
    """For which period, in which mode, from which fund, and what each pool has."""

    period_end = forms.TypedChoiceField(
        label="Appraisal period",
        coerce=date.fromisoformat,
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    mode = forms.ChoiceField(
        label="How a point is valued",
        choices=[(mode, MODE_TITLES[mode]) for mode in MODES],
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    since = forms.DateField(
        label="Date of the payout before",
        help_text="Where the time for proration begins. Empty: nobody is prorated.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
    )
    fund = Cents(label="Performance fund (dollars)", widget=_text_input())
    official = forms.CharField(
        label="Authorized official", max_length=160, widget=_text_input(wide=True)
    )
    within_grade = Cents(
        label="Average of within-grade and quality step increases weighed (dollars)",
        widget=_text_input(),
    )
    promotions = Cents(label="Promotions inside one band weighed (dollars)", widget=_text_input())
    note = forms.CharField(
        label="What was weighed",
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "usa-textarea", "rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        pools: Sequence[PoolFacts],
        periods: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pools = pools
        cast("forms.TypedChoiceField", self.fields["period_end"]).choices = list(periods)
        for each in pools:
            self.fields[f"included_{each.pool.pk}"] = forms.BooleanField(
                label=f"Pay out {each.pool}",
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "usa-checkbox__input"}),
            )
            self.fields[f"amount_{each.pool.pk}"] = Cents(
                label=f"Dollars of {each.pool}", required=False, widget=_text_input()
            )
            self.fields[f"value_{each.pool.pk}"] = Cents(
                label=f"Value of a point in {each.pool}", required=False, widget=_text_input()
            )

    def rows(self) -> Iterator[PoolRow]:
        """The table, a pool a row."""
        for each in self.pools:
            yield PoolRow(
                pool=each.pool,
                members=each.members,
                pattern=each.pattern,
                included=self[f"included_{each.pool.pk}"],
                amount=self[f"amount_{each.pool.pk}"],
                value=self[f"value_{each.pool.pk}"],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for each in self.pools:
            amount, value = f"amount_{each.pool.pk}", f"value_{each.pool.pk}"
            if not cleaned.get(f"included_{each.pool.pk}"):
                continue
            if cleaned.get(amount) is None and amount not in self.errors:
                self.add_error(amount, "Give the pool’s dollars.")
            fixed = cleaned.get("mode") in FIXED_MODES
            if fixed and cleaned.get(value) is None and value not in self.errors:
                self.add_error(value, "This mode needs the value of a point.")
        return cleaned

    def plan(self) -> PayoutPlan:
        """The pools that are ticked, with the fund they are paid from."""
        cleaned = self.cleaned_data
        fixed = cleaned["mode"] in FIXED_MODES
        return PayoutPlan(
            period_end=cleaned["period_end"],
            mode=cleaned["mode"],
            since=cleaned["since"],
            pools={
                each.pool.code: PoolFunds(
                    amount=cleaned[f"amount_{each.pool.pk}"],
                    value=cleaned[f"value_{each.pool.pk}"] if fixed else None,
                )
                for each in self.pools
                if cleaned[f"included_{each.pool.pk}"]
            },
            fund=Fund(
                amount=cleaned["fund"],
                official=cleaned["official"].strip(),
                within_grade=cleaned["within_grade"],
                promotions=cleaned["promotions"],
                note=cleaned["note"].strip(),
            ),
        )

    def filled(self) -> dict[str, str]:
        """What was typed, with the fund divided by the members' basic pay, cut to the dollar."""
        typed = {name: str(value) for name, value in self.data.items()}
        try:
            fund = self.fields["fund"].clean(typed.get("fund", ""))
        except forms.ValidationError:
            return typed
        ticked = [each for each in self.pools if typed.get(f"included_{each.pool.pk}")]
        if fund is None:
            return typed
        everything = {each.pool.code: each for each in ticked or self.pools}
        basic_pay = {code: each.basic_pay for code, each in everything.items()}
        for code, share in divide_fund(fund, basic_pay=basic_pay).items():
            typed[f"amount_{everything[code].pool.pk}"] = f"{share:,}.00"
            typed[f"included_{everything[code].pool.pk}"] = "on"
        return typed

    @staticmethod
    def initial_of(plan: PayoutPlan, *, pools: Sequence[PoolFacts]) -> Mapping[str, Any]:
        """The fields as a plan fills them."""
        initial: dict[str, Any] = {
            "period_end": plan.period_end.isoformat(),
            "mode": plan.mode,
            "since": plan.since,
        }
        if plan.fund is not None:
            initial |= {
                "fund": f"{plan.fund.amount:,}",
                "official": plan.fund.official,
                "within_grade": f"{plan.fund.within_grade:,}",
                "promotions": f"{plan.fund.promotions:,}",
                "note": plan.fund.note,
            }
        for each in pools:
            funds = plan.pools.get(each.pool.code)
            if funds is not None:
                initial |= {
                    f"included_{each.pool.pk}": True,
                    f"amount_{each.pool.pk}": f"{funds.amount:,}",
                    f"value_{each.pool.pk}": "" if funds.value is None else str(funds.value),
                }
        return initial


class CancelForm(forms.Form):
    """Why a run is given up."""

    reason = forms.CharField(
        label="Why it is given up", max_length=300, widget=_text_input(wide=True)
    )
