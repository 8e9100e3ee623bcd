"""How the pages of pools write points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def points_of(points: Mapping[str, Any], level: str) -> str:
    """The points of a level in a pattern; a dash where it has none."""
    return str(points.get(level, "–"))
