"""The form of a first rate: on appointment, reappointment, transfer, or from a NAFI position."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from pay.forms.action_fields import choice, dollars
from pay.forms.fields import Cents, text_input
from pay.forms.personnel_action import By, OrderForm
from pay.queries.action_choices import ActionChoices
from pay.rules.starting_pay import WITH_PRIOR_RATE
from pay.services.start_pay import start_pay, start_pay_from_nafi
from workforce.models import Employee

#: A position of a Coast Guard nonappropriated fund instrumentality (5 CFR 9701.352).
NAFI = "nafi"

ENTRIES = [
    ("new_appointment", "New appointment"),
    ("reappointment", "Reappointment"),
    ("transfer", "Transfer from another agency"),
    ("from_noncovered", "From a position of the Department that is not covered"),
    (NAFI, "From a Coast Guard NAFI position that is converted"),
]


class StartingPayForm(OrderForm):
    """The first rate in the band of the position (5 CFR 9701.351, 352)."""

    layout = (
        "entry",
        "basic",
        "reason",
        ("What was paid before", ("prior_rate", "highest_previous_rate", "hourly"), ""),
        "effective",
        "authority",
    )

    entry = choice(ENTRIES, label="How the employee comes")
    basic = dollars(
        label="Basic pay (dollars a year)",
        help_text="Within the range of the band. Empty from a NAFI position, whose hourly rate "
        "gives it.",
        required=False,
    )
    reason = choice(
        [],
        blank="None",
        label="Reason for a rate above the minimum",
        help_text="Those that the directive lists.",
        required=False,
    )
    prior_rate = dollars(label="Rate left (a year)", required=False)
    highest_previous_rate = dollars(label="Highest previous rate", required=False)
    hourly = Cents(label="NAFI rate an hour", required=False, widget=text_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["reason"]).choices = [
            ("", "None"),
            *self.choices.listed("starting_pay.reasons"),
        ]

    @classmethod
    def proposed(cls, choices: ActionChoices) -> dict[str, Any]:
        """The day of hiring."""
        return {"effective": choices.employee.hired}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        entry = cleaned.get("entry")
        needed = {NAFI: "hourly"}.get(entry or "", "basic")
        if entry and cleaned.get(needed) is None and needed not in self.errors:
            self.add_error(needed, "Give this rate.")
        if entry in WITH_PRIOR_RATE and cleaned.get("prior_rate") is None:
            self.add_error("prior_rate", "Give the rate of pay that was left.")
        return cleaned

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned, told = self.cleaned_data, self.common(by)
        # A first rate has nothing before it that could have changed meanwhile.
        del told["version"]
        if cleaned["entry"] == NAFI:
            start_pay_from_nafi(employee, hourly=cleaned["hourly"], **told)
            return
        start_pay(
            employee,
            basic=cleaned["basic"],
            entry=cleaned["entry"],
            reason=cleaned["reason"],
            prior_rate=cleaned["prior_rate"],
            highest_previous_rate=cleaned["highest_previous_rate"],
            **told,
        )
