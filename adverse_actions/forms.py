"""The form of a delivered proposal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from adverse_actions.models import ActionKind


def _date(**fields: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}),
        error_messages={"invalid": "Enter a date, such as 2025-04-07."},
        **fields,
    )


class ProposalForm(forms.Form):
    """What the notice says, and when it was delivered to the employee."""

    kind = forms.ChoiceField(
        label="Proposed action",
        choices=[("", "Choose one"), *ActionKind.choices],
        widget=forms.Select(attrs={"class": "usa-select"}),
    )
    delivered_on = _date(
        label="Delivered to the employee on",
        help_text="The day of delivery counts for the 90 days, not the date of the letter.",
    )
    delivery = forms.CharField(
        label="How it was delivered",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "usa-input"}),
    )
    reply_by = _date(label="Reply due by", required=False)
    effective = _date(label="Proposed effective date", required=False)
    reasons = forms.CharField(
        label="Reasons given",
        required=False,
        widget=forms.Textarea(attrs={"class": "usa-textarea", "rows": 5}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_delivered_on(self) -> date:
        """What is recorded here has been delivered."""
        delivered: date = self.cleaned_data["delivered_on"]
        if delivered > self.on:
            raise forms.ValidationError(f"It is not delivered yet; today is {self.on}.")
        return delivered
