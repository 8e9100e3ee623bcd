"""The form of a performance payout: period, mode, fund, and the dollars of each pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField

from pay.forms.fields import Cents, text_input
from pay.forms.runs import RunForm
from pay.models import PayPool
from pay.queries.pools import PoolFacts
from pay.rules.point_pattern import divide_fund
from pay.rules.point_value import FIXED_MODES, MODES
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds

MODE_TITLES = {
    "share_dollar": "Share of the pool in dollars: pool ÷ points",
    "share_percent": "Share of the pool in percent of basic pay: pool ÷ (points × basic pay)",
    "fixed_dollar": "Fixed dollars a point",
    "fixed_percent": "Fixed percent of basic pay a point",
}


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
    fund = Cents(label="Performance fund (dollars)", widget=text_input())
    official = forms.CharField(
        label="Authorized official", max_length=160, widget=text_input(wide=True)
    )
    within_grade = Cents(
        label="Average of within-grade and quality step increases weighed (dollars)",
        widget=text_input(),
    )
    promotions = Cents(label="Promotions inside one band weighed (dollars)", widget=text_input())
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
                label=f"Dollars of {each.pool}", required=False, widget=text_input()
            )
            self.fields[f"value_{each.pool.pk}"] = Cents(
                label=f"Value of a point in {each.pool}", required=False, widget=text_input()
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
