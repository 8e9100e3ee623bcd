"""A parameter's value as the database keeps it, as a form writes it, and as a page tells it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from governance.parameters.parameter import Parameter
from regulation.refusals import Refused

#: What takes a parameter away.
TAKEN_AWAY = "none"
_TRUTH = {"yes": True, "no": False, "true": True, "false": False}


def as_stored(value: Any) -> Any:
    """JSON keeps decimals as text, so that nothing passes through a float."""
    if isinstance(value, (Decimal, float)):
        return str(value)
    if isinstance(value, dict):
        return {key: as_stored(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return value


def as_typed(value: Any) -> str:
    """A stored value as one would type it: a list and a mapping have one item a line."""
    if value is None:
        return TAKEN_AWAY
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    if isinstance(value, dict):
        return "\n".join(f"{key} = {item}" for key, item in value.items())
    return str(value)


def from_typed(text: str, *, known: Parameter) -> Any:
    """What was typed, as the database keeps it; "none" takes the parameter away.

    Raises Refused invalid_parameter.
    """
    text = text.strip()
    if text == TAKEN_AWAY and TAKEN_AWAY not in known.choices:
        return None
    return as_stored(known.parse(_read(text, known=known)))


def _read(text: str, *, known: Parameter) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if known.kind == "true or false":
        return _TRUTH.get(text.lower(), text)
    if known.kind == "list":
        return lines
    if known.kind == "mapping":
        if not all("=" in line for line in lines):
            message = f"{known.key} has one item a line, such as “ME = 3”."
            raise Refused("invalid_parameter", known.citation, message)
        pairs = (line.partition("=") for line in lines)
        return {name.strip(): item.strip() for name, _, item in pairs}
    return text
