"""How the pages of governance name what was done."""

from __future__ import annotations

from django import template

register = template.Library()

_DONE = {
    "draft": "Drafted",
    "change_draft": "Draft changed",
    "notify_opm": "Notice given to OPM",
    "issue": "Issued",
    "give_up": "Given up",
}


@register.filter
def directive_act(act: str) -> str:
    """What was done with a directive, in words."""
    return _DONE.get(act, act)
