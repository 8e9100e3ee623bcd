"""The hidden fields of a form that acts, and the box that shows a refusal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    """A key by which the same form, sent twice, acts once."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4())


@register.inclusion_tag("_partials/refusal.html")
def refusal_box(refusal: Any) -> dict[str, Any]:
    """What was refused, why, and the paragraph behind it."""
    return {"refusal": refusal}
