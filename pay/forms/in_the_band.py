"""Forms of what changes basic pay in the position held: increase, step, reduction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from pay.forms.action_fields import choice, day, dollars, percent, tick, words
from pay.forms.fields import text_input
from pay.forms.moves import decision_of
from pay.forms.personnel_action import By, OrderForm
from pay.rules.developmental import Pace
from pay.services.developmental_step import developmental_step
from pay.services.increase_within_band import increase_within_band
from pay.services.reduce_within_band import reduce_within_band
from workforce.models import Employee

#: Rows of the table of points of a developmental step.
POINTS = 6


class RaiseForm(OrderForm):
    """An increase in dollars or in percent; which of them, and whether, the rule says."""

    amount = dollars(label="In dollars a year", required=False)
    percent = percent(label="Or in percent", required=False)

    def raised_by(self) -> dict[str, Any]:
        """The amount and the percentage as the services take them."""
        return {name: self.cleaned_data[name] for name in ("amount", "percent")}


class SpecialIncreaseForm(RaiseForm):
    """A special increase within the band (5 CFR 9701.344)."""

    layout = (
        "reason",
        ("Increase", ("amount", "percent"), "One of the two."),
        "effective",
        "authority",
    )

    reason = choice(
        [
            ("exceptional_skills", "Exceptional skills"),
            ("exceptional_contributions", "Exceptional contributions"),
            ("other", "Other circumstances that a directive sets"),
        ],
        label="Reason",
    )

    def carry_out(self, employee: Employee, by: By) -> None:
        increase_within_band(
            employee, reason=self.cleaned_data["reason"], **self.raised_by(), **self.common(by)
        )


class DevelopmentalStepForm(RaiseForm):
    """A step of the progression plan, its points certified (5 CFR 9701.345)."""

    layout = (
        ("Step", ("amount", "percent"), "Dollars or percent, as the plan says."),
        "effective",
        (
            "Earlier or later than the standard time",
            ("months_served", "standard_months", "pace_reason"),
            "Only where the plan has a standard time.",
        ),
        "authority",
    )

    months_served = forms.IntegerField(
        label="Months served", min_value=0, max_value=600, required=False, widget=text_input()
    )
    standard_months = forms.IntegerField(
        label="Standard time in months",
        min_value=0,
        max_value=600,
        required=False,
        widget=text_input(),
    )
    pace_reason = words(label="Why early or late", most=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, POINTS + 1):
            self.fields[f"point_{row}"] = words(label=f"Point {row}", most=120, required=row == 1)
            self.fields[f"certified_{row}"] = tick(label=f"Point {row} is certified")

    def point_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The points of the step, each with its box."""
        for row in range(1, POINTS + 1):
            yield self[f"point_{row}"], self[f"certified_{row}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        served, standard = cleaned.get("months_served"), cleaned.get("standard_months")
        if (served is None) != (standard is None):
            missing = "months_served" if served is None else "standard_months"
            if missing not in self.errors:
                self.add_error(missing, "Give both times, or neither.")
        return cleaned

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        rows = [row for row in range(1, POINTS + 1) if cleaned[f"point_{row}"]]
        served = cleaned["months_served"]
        developmental_step(
            employee,
            points=[cleaned[f"point_{row}"] for row in rows],
            certified=[cleaned[f"point_{row}"] for row in rows if cleaned[f"certified_{row}"]],
            pace=None
            if served is None
            else Pace(served, cleaned["standard_months"], cleaned["pace_reason"]),
            **self.raised_by(),
            **self.common(by),
        )


class ReductionForm(OrderForm):
    """A reduction within the band by a decision that was delivered (5 CFR 9701.343)."""

    layout = (
        "basic",
        "reason",
        (
            "The decision",
            ("decision", "delivered_on"),
            "Its number or date, and the day on which the employee received it.",
        ),
        "effective",
        "authority",
    )

    basic = dollars(
        label="New basic pay (dollars a year)",
        help_text="At most 10 percent less, and not below the minimum of the band.",
    )
    reason = choice(
        [("unacceptable_performance", "Unacceptable performance"), ("conduct", "Conduct")],
        label="Reason",
    )
    decision = words(label="Decision", most=120)
    delivered_on = day(label="Delivered on")

    def carry_out(self, employee: Employee, by: By) -> None:
        reduce_within_band(
            employee,
            basic=self.cleaned_data["basic"],
            reason=self.cleaned_data["reason"],
            decision=decision_of(self),
            **self.common(by),
        )
