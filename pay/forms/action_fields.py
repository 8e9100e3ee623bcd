"""Fields of personnel actions: days, choices, and a position by its number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from classification.models import Position
from pay.forms.fields import Cents, Dollars, text_input

Choice: TypeAlias = tuple[str, str]
#: Days that a calendar of pay periods can still be asked about.
_EARLIEST, _LATEST = date(1950, 1, 1), date(2199, 12, 31)


def day(**fields: Any) -> forms.DateField:
    """A date."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, such as 2025-01-12."},
        validators=[
            MinValueValidator(_EARLIEST, "No personnel action is as old as that."),
            MaxValueValidator(_LATEST, "That is too far ahead."),
        ],
        **fields,
    )


def choice(choices: Iterable[Choice], *, blank: str = "Choose one", **fields: Any) -> Any:
    """One of several, none of them chosen yet."""
    return forms.ChoiceField(
        choices=[("", blank), *choices],
        widget=forms.Select(attrs={"class": "usa-select"}),
        **fields,
    )


def words(*, most: int, **fields: Any) -> forms.CharField:
    """A line of words."""
    return forms.CharField(max_length=most, widget=text_input(wide=True), **fields)


def dollars(**fields: Any) -> Dollars:
    """Whole dollars a year."""
    return Dollars(widget=_numeric(), **fields)


def percent(**fields: Any) -> Cents:
    """A percentage, 8 for 8 %, below 1,000."""
    return _Percent(widget=_numeric(), **fields)


def tick(**fields: Any) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "usa-checkbox__input"}),
        **fields,
    )


def _numeric() -> forms.TextInput:
    widget = text_input()
    widget.attrs["inputmode"] = "decimal"
    return widget


class _Percent(Cents):
    """A percentage with at most four places."""

    default_error_messages = {"invalid": "Write a percentage such as 8 or 8.5."}

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        exponent = found.as_tuple().exponent if found is not None else 0
        if found is not None and (found >= 1_000 or not isinstance(exponent, int) or exponent < -4):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class PositionField(forms.CharField):
    """A position by its number; the page beside it searches."""

    default_error_messages = {
        "unknown": "No position has this number. Search by number or title, and choose one.",
    }

    def __init__(self, **fields: Any) -> None:
        widget = text_input(wide=True)
        widget.attrs["autocomplete"] = "off"
        super().__init__(max_length=80, widget=widget, **fields)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        position = Position.objects.filter(number__iexact=number).first()
        if position is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return position
