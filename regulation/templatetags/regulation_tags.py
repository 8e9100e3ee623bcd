"""How pages write a citation, a sum and a percentage."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from regulation.citations import citations_in, page_of

register = template.Library()

DASH = "–"


@register.simple_tag
def citation(text: str) -> SafeString:
    """A citation with each paragraph of part 9701 linked to what it asks.

    "9701.342(d)(3)" is written "5 CFR 9701.342(d)(3)"; other law ("5 U.S.C. 5504(b)") stays text.
    """
    text = str(text or "").strip()
    if not text:
        return SafeString("")
    if re.match(r"9701\.\d", text):
        text = f"5 CFR {text}"
    parts: list[tuple[str, str, str]] = []
    done = 0
    for found in citations_in(text):
        start = found.start
        if text[:start].endswith("5 CFR "):
            start -= len("5 CFR ")
        parts.append((text[done:start], page_of(found.paragraph), text[start : found.end]))
        done = found.end
    links = format_html_join("", '{}<a class="citation" href="{}">{}</a>', parts)
    return (
        links + format_html("{}", text[done:])
        if parts
        else format_html('<span class="citation">{}</span>', text)
    )


@register.filter
def dollars(amount: object) -> SafeString | str:
    """Whole dollars: 61234 is $61,234."""
    return _money(amount, places=0)


@register.filter
def cents(amount: object) -> SafeString | str:
    """Dollars and cents: 1234.5 is $1,234.50."""
    return _money(amount, places=2)


@register.filter
def percent(share: object, places: int = 2) -> str:
    """A percentage as it is stored: 17.06 is 17.06%; zeros at the end fall away."""
    figure = _decimal(share)
    if figure is None:
        return DASH
    text = f"{figure.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def _money(amount: object, *, places: int) -> str:
    figure = _decimal(amount)
    if figure is None:
        return DASH
    figure = figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "−" if figure < 0 else ""
    return f"{sign}${abs(figure):,.{places}f}"


def _decimal(value: object) -> Decimal | None:
    """The figure, or None where there is none; a float is not a sum of money."""
    if value is None or value == "" or isinstance(value, (bool, float)):
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))
