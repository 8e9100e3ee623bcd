"""A policy parameter is handed to a rule, and refused by name when its value is not a known one."""

from __future__ import annotations

from collections.abc import Collection

from regulation.refusals import Refused


def require_choice(value: str, *, key: str, choices: Collection[str], citation: str) -> str:
    """The value, if it is one the parameter `key` can have; else `invalid_parameter`."""
    if value not in choices:
        allowed = ", ".join(sorted(choices))
        message = f"{key} is {value!r}; it must be one of: {allowed}."
        raise Refused("invalid_parameter", citation, message)
    return value
