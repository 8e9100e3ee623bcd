"""Stored inputs come back exactly as they went in, or are refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.encoding import RowEncoder, UnreadableInputs, decode, encode, read_arguments
from pay.rules.pay_state import PayState
from pay.rules.promotion import promote
from pay.rules.proration import Span
from pay.rules.range_increase import RangeChange, range_increase

FP = RangeChange(41_111, 70_000, 42_139, 71_750)


@pytest.mark.parametrize(
    ("value", "expected", "stored"),
    [
        (None, Decimal | None, None),
        (True, bool, True),
        (55_000, int, 55_000),
        ("share_dollar", str, "share_dollar"),
        (Fraction(1, 30), Fraction, "1/30"),
        (Fraction(1), Fraction, "1/1"),
        (Decimal("2272.72"), Decimal | None, "2272.72"),
        (Decimal("1E+2"), Decimal, "100"),
        (date(2007, 1, 7), date | None, "2007-01-07"),
        (Decimal("0.08"), Fraction | Decimal, "0.08"),
        (Fraction(2, 25), Fraction | Decimal, "2/25"),
        (2_100, str | int, 2_100),
        ("equal_to_bound", str | int, "equal_to_bound"),
        ("annual", Literal["annual", "additional"], "annual"),
        ((Decimal(1), Decimal("2.5")), Sequence[Decimal], ["1", "2.5"]),
        ({"AE": Decimal(4)}, Mapping[str, Decimal], {"AE": "4"}),
        (
            (Span(date(2007, 1, 7), date(2007, 1, 9), "uniformed_service"),),
            Sequence[Span],
            [{"start": "2007-01-07", "end": "2007-01-09", "kind": "uniformed_service"}],
        ),
        (
            FP,
            RangeChange,
            {
                "old_minimum": 41_111,
                "old_maximum": 70_000,
                "new_minimum": 42_139,
                "new_maximum": 71_750,
            },
        ),
    ],
)
def test_a_value_is_stored_as_json_and_read_back_the_same(
    value: Any, expected: Any, stored: Any
) -> None:
    assert encode(value) == stored
    found = decode(json.loads(json.dumps(encode(value))), expected)
    assert found == value
    assert type(found) is type(value)


def test_an_enumeration_is_stored_by_its_value() -> None:
    assert type(encode(PayState.RETAINED)) is str


@pytest.mark.parametrize("value", [0.1, {"a": 0.1}, [0.1], {1, 2}, object()])
def test_a_float_or_a_stranger_is_never_stored(value: Any) -> None:
    with pytest.raises(TypeError):
        encode(value)
    for nested in (value, {"payable": value}, [{"rate": (value,)}]):
        with pytest.raises(TypeError):
            RowEncoder().text({"basic": 55_000, "inside": nested})


def test_a_row_is_encoded_as_its_values_are_one_by_one() -> None:
    encoder = RowEncoder()
    shared = {"percent": Decimal("12.50"), "cap": 150_000, "critical_pay": False}
    for basic, payable in ((55_000, shared), (56_000, shared), (57_000, {**shared, "cap": 1})):
        row = {
            "basic": basic,
            "change": FP,
            "value": Decimal("345.10"),
            "proration": Fraction(280, 364),
            "since": date(2007, 1, 7),
            "state": PayState.RETAINED,
            "payable": payable,
        }
        assert json.loads(encoder.text(row)) == encode(row)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (0.1, Decimal),
        (0.1, int),
        (True, int),
        (1, bool),
        ("55000", int),
        (55_000, str),
        ("0.5", Fraction),
        ("1/0", Fraction),
        (0.5, Fraction),
        ("x", Decimal),
        ("2007-13-01", date),
        (5, date),
        (5, None),
        ("never", Literal["annual"]),
        ({"a": 1}, Sequence[int]),
        ([1], Mapping[str, int]),
        ([1], RangeChange),
        ({"old_minimum": 1}, RangeChange),
        ("x", int | Decimal),
        (b"x", bytes),
    ],
)
def test_a_stored_value_of_another_type_is_unreadable(stored: Any, expected: Any) -> None:
    with pytest.raises(UnreadableInputs):
        decode(stored, expected)


def test_arguments_are_read_by_name_with_the_defaults_of_the_rule() -> None:
    stored = {
        "basic": 62_000,
        "minimum": 64_500,
        "maximum": 98_400,
        "percent": "0.08",
        "current_maximum": 70_000,
        "retained": False,
    }
    arguments = read_arguments(promote, stored)
    assert arguments["percent"] == Decimal("0.08")
    assert arguments["listed_circumstance"] is False


@pytest.mark.parametrize(
    "stored",
    [
        {"basic": 55_000},
        {"basic": 1, "change": encode(FP), "retained": False, "denied": False, "colour": "blue"},
    ],
)
def test_missing_and_unknown_arguments_are_unreadable(stored: dict[str, Any]) -> None:
    with pytest.raises(UnreadableInputs):
        read_arguments(range_increase, stored)


@given(st.fractions())
def test_every_fraction_survives(value: Fraction) -> None:
    assert decode(encode(value), Fraction) == value


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_survives(value: Decimal) -> None:
    assert decode(encode(value), Decimal) == value
