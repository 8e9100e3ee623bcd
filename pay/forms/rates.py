"""What is asked of the list of rates: two dates and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms


class RatesForm(forms.Form):
    """As effective on one date, as known on another; everybody, or those of one group."""

    on = forms.DateField(
        label="As effective on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, such as 2007-01-07."},
    )
    known = forms.DateField(
        label="As known at the end of",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, such as 2007-01-07."},
    )
    organization = forms.ChoiceField(
        required=False, widget=forms.Select(attrs={"class": "usa-select"})
    )
    band = forms.ChoiceField(required=False, widget=forms.Select(attrs={"class": "usa-select"}))
    pool = forms.ChoiceField(
        label="Pay pool", required=False, widget=forms.Select(attrs={"class": "usa-select"})
    )

    def __init__(
        self,
        *args: Any,
        organizations: Sequence[tuple[str, str]],
        bands: Sequence[tuple[int, str]],
        pools: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("organization", organizations), ("band", bands), ("pool", pools)):
            offered = [("", "All"), *((str(value), label) for value, label in choices)]
            cast(forms.ChoiceField, self.fields[name]).choices = offered
