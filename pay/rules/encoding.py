"""How the arguments and results of a rule are kept as JSON, and read back exactly.

Whole numbers and strings stay as they are; a fraction is "n/d", a decimal its digits, a date ISO, a
dataclass an object by field. No float ever passes.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import orjson

_PLAIN = frozenset({int, str, bool, type(None)})


_EXACT: dict[type, Callable[[Any], str]] = {
    Fraction: lambda value: f"{value.numerator}/{value.denominator}",
    Decimal: lambda value: format(value, "f"),
}


class UnreadableInputs(ValueError):
    """Stored inputs that do not fit the arguments of their rule."""


def encode(value: Any) -> Any:
    """The value as JSON can hold it; a float, or anything a rule does not take, is a TypeError."""
    # A cycle encodes everybody's inputs, and most of them are these.
    if type(value) in _PLAIN:
        return value
    exact = _EXACT.get(type(value))
    if exact is not None:
        return exact(value)
    if type(value) is dict or isinstance(value, Mapping):
        return {str(key): encode(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Sequence):
        return [encode(each) for each in value]
    raise TypeError(f"{type(value).__name__} cannot be stored as an input of a rule")


class RowEncoder:
    """Makes the JSON text of `encode(values)` for the ledger's rows of many people.

    What several rows share, the same nested object, is encoded once.
    """

    def __init__(self) -> None:
        # With the object itself, which so stays alive and keeps its id.
        self._shared: dict[int, tuple[object, orjson.Fragment]] = {}

    def text(self, values: Mapping[str, Any]) -> str:
        """The text of one row's values; a TypeError where `encode` raises one, at any depth."""
        parts: dict[str, Any] = {}
        for name, value in values.items():
            kind = type(value)
            if kind in _PLAIN:
                parts[name] = value
            elif kind in _EXACT:
                parts[name] = _EXACT[kind](value)
            else:
                parts[name] = self._fragment(value)
        return orjson.dumps(parts).decode()

    def _fragment(self, value: object) -> orjson.Fragment:
        known = self._shared.get(id(value))
        if known is None:
            fragment = orjson.Fragment(orjson.dumps(encode(value)))
            known = self._shared[id(value)] = (value, fragment)
        return known[1]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def decode(value: Any, expected: Any) -> Any:
    """The stored value as the type a rule's argument declares, else `UnreadableInputs`."""
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _decode_union(value, get_args(expected))
    if origin is Literal:
        return _checked(value, value in get_args(expected), expected)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _checked(value, isinstance(value, dict), expected)
        return {key: decode(each, get_args(expected)[1]) for key, each in value.items()}
    if isinstance(origin, type):
        _checked(value, isinstance(value, list), expected)
        return tuple(decode(each, get_args(expected)[0]) for each in value)
    if is_dataclass(expected) and isinstance(expected, type):
        _checked(value, isinstance(value, dict), expected)
        return expected(**read_arguments(expected, value))
    return _decode_scalar(value, expected)


def read_arguments(rule: Callable[..., Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a rule, or the fields of a dataclass, from stored inputs and defaults."""
    hints, defaults = _declared(rule)
    unknown = sorted(set(inputs) - set(hints))
    missing = sorted(set(hints) - set(inputs) - set(defaults))
    if unknown or missing:
        raise UnreadableInputs(f"{rule.__name__}: missing {missing}, unknown {unknown}")
    return {
        name: decode(inputs[name], hint) if name in inputs else defaults[name]
        for name, hint in hints.items()
    }


@cache
def _declared(rule: Callable[..., Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    # A dataclass keeps its types on the class, a function on itself: get_type_hints reads both.
    hints = get_type_hints(rule)
    parameters = inspect.signature(rule).parameters
    defaults = {
        name: parameter.default
        for name, parameter in parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }
    return {name: hints[name] for name in parameters}, defaults


def _decode_union(value: Any, members: Sequence[Any]) -> Any:
    for member in members:
        try:
            return decode(value, member)
        except UnreadableInputs:
            continue
    raise UnreadableInputs(f"{value!r} is none of {members}")


def _decode_scalar(value: Any, expected: Any) -> Any:
    if expected in (None, types.NoneType):
        return _checked(value, value is None, expected)
    if expected is bool:
        return _checked(value, isinstance(value, bool), expected)
    if isinstance(value, bool):
        raise UnreadableInputs(f"{value!r} is not {expected}")
    if expected in (int, str):
        return _checked(value, isinstance(value, expected), expected)
    reader = {Fraction: _fraction, Decimal: _decimal, date: _date}.get(expected)
    if reader is None:
        raise UnreadableInputs(f"{expected} is no type of a rule's argument")
    try:
        return reader(value)
    except (ValueError, TypeError, InvalidOperation, ZeroDivisionError) as error:
        raise UnreadableInputs(f"{value!r} is not {expected}") from error


def _fraction(value: Any) -> Fraction:
    if isinstance(value, int):
        return Fraction(value)
    numerator, denominator = value.split("/") if isinstance(value, str) else ("", "")
    return Fraction(int(numerator), int(denominator))


def _decimal(value: Any) -> Decimal:
    if not isinstance(value, (int, str)):
        raise TypeError(value)
    return Decimal(value)


def _date(value: Any) -> date:
    return date.fromisoformat(value)


def _checked(value: Any, fits: bool, expected: Any) -> Any:
    if not fits:
        raise UnreadableInputs(f"{value!r} is not {expected}")
    return value
