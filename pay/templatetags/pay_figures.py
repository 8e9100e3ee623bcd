"""How the pages of pay write a rise."""

from __future__ import annotations

from fractions import Fraction

from django import template

from regulation.money import half_up_dollar

register = template.Library()


_DONE = {
    "draft": "Drafted",
    "change_plan": "Plan changed",
    "preview": "Previewed",
    "approve": "Approved",
    "start": "Started",
    "finish": "Every chunk done",
    "verify": "Verified",
    "fail_verification": "Totals did not prove themselves",
    "cancel": "Given up",
}


@register.filter
def done(act: str) -> str:
    """What was done with a run, in words."""
    return _DONE.get(act, act)


@register.filter
def rise(part: Fraction | None) -> str:
    """A part of one in percent, to four places at most: 257/41111 is 0.6251%; none is a dash."""
    if part is None:
        return "–"
    ten_thousandths = half_up_dollar(abs(part) * 1_000_000)
    whole, rest = divmod(ten_thousandths, 10_000)
    text = f"{whole}.{rest:04}".rstrip("0").rstrip(".")
    return f"{'−' if part < 0 else ''}{text}%"
