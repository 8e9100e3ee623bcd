"""One policy parameter: what it is called, what it means, and what may be typed for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its key, kind, default, unit, paragraph and meaning."""

    key: str
    kind: str
    default: Any
    unit: str
    citation: str
    meaning: str
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    #: What OPM must have been told of first: a subject of R40, or nothing.
    coordinated: str = ""
    #: Whether a published source gives the default; otherwise pages say "illustrative".
    verified: bool = False
    source: str = "our reading; the rule is silent"

    def parse(self, raw: Any) -> Any:
        """The value as the rules want it. Raises Refused invalid_parameter."""
        try:
            value = _PARSERS[self.kind](raw)
        except (ValueError, TypeError, InvalidOperation):
            raise self._refusal(raw) from None
        named = self.choices and isinstance(value, str)
        if named and value not in self.choices:
            raise self._refusal(raw)
        if not named and not self._within(value):
            raise self._refusal(raw)
        return value

    @property
    def allowed(self) -> str:
        """What may be typed, in words."""
        wanted = " or ".join(self.choices) if self.choices else self.kind
        if self.choices and self.minimum is not None:
            wanted += " or whole dollars"
        if self.minimum is not None:
            wanted += f", at least {self.minimum}"
        if self.maximum is not None:
            wanted += f", at most {self.maximum}"
        return wanted

    def _within(self, value: Any) -> bool:
        if self.minimum is not None and value < self.minimum:
            return False
        return self.maximum is None or bool(value <= self.maximum)

    def _refusal(self, raw: Any) -> Refused:
        message = f"{self.key} is {self.allowed}, not “{_written(raw)}”."
        return Refused("invalid_parameter", self.citation, message)


def _written(raw: Any) -> str:
    """What was given, as a person would write it."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, (list, tuple)):
        return ", ".join(str(item) for item in raw)
    if isinstance(raw, dict):
        return ", ".join(f"{name} = {item}" for name, item in raw.items())
    return str(raw)


def _number(raw: Any) -> Decimal:
    if isinstance(raw, bool):
        raise TypeError
    value = Decimal(str(raw))
    if not value.is_finite():
        raise ValueError
    return value


def _whole(raw: Any) -> int:
    value = _number(raw)
    if value != value.to_integral_value():
        raise ValueError
    return int(value)


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _text_or_dollars(raw: Any) -> str | int:
    # Stored as JSON, a decimal is a text of digits.
    if isinstance(raw, str) and not raw.lstrip("-").isdigit():
        return raw
    return _whole(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(item, str) for item in raw):
        raise TypeError
    return tuple(raw)


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not all(isinstance(name, str) for name in raw):
        raise TypeError
    for number in raw.values():
        _number(number)
    return raw


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "fraction": _number,
    "whole number": _whole,
    "true or false": _truth,
    "text": _text,
    "text or dollars": _text_or_dollars,
    "list": _texts,
    "mapping": _mapping,
}
