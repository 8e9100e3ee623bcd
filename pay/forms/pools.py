"""Forms of pay pools: a date to look at, and a new point pattern."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from pay.forms.fields import Cents, text_input

DATE = {"type": "date", "class": "usa-input"}


class SnapshotForm(forms.Form):
    """On which day membership is read."""

    on = forms.DateField(
        label="Members on",
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, such as 2006-09-30."},
    )


class PatternForm(forms.Form):
    """What each level is worth, and from when."""

    starts = forms.DateField(label="From", widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = [code for code, _ in levels]
        for code, title in levels:
            self.fields[f"points_{code}"] = Cents(
                label=f"Points of {title} ({code})",
                widget=text_input(),
                error_messages={"invalid": "Write a number of points such as 4 or 2.5."},
            )

    def points(self) -> dict[str, Decimal]:
        """Points by level, once valid."""
        return {code: self.cleaned_data[f"points_{code}"] for code in self.levels}
