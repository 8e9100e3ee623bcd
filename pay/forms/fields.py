"""Fields that several forms of pay share: amounts, and the look of a line of text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms


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


def text_input(*, wide: bool = False) -> forms.TextInput:
    """A line of text: of an amount, or as wide as the form."""
    return forms.TextInput(attrs={"class": "usa-input" + ("" if wide else " maxhr-amount")})
