"""Patterns of summary levels (5 CFR 9701.409(a))."""

from __future__ import annotations

from typing import Any

import pytest

from performance.rules.level_pattern import LevelShape, check_levels
from regulation.refusals import Refused

ABOVE = LevelShape("AE")
MORE = LevelShape("EE")
FULL = LevelShape("ME", fully_successful=True)
MIDDLE = LevelShape("MS")
FAILED = LevelShape("U", unacceptable=True)


@pytest.mark.paragraph("9701.409(a)(1)")
@pytest.mark.parametrize("levels", [[ABOVE, FULL, FAILED], [ABOVE, MORE, FULL, FAILED]])
def test_unacceptable_fully_successful_and_above_is_a_pattern(levels: list[LevelShape]) -> None:
    check_levels(levels)


@pytest.mark.paragraph("9701.409(a)(1)")
@pytest.mark.parametrize(
    "levels",
    [
        [],
        [FAILED],
        [ABOVE, MORE, FULL, MIDDLE, FAILED],
        [ABOVE, MORE, FAILED],
        [ABOVE, MORE, FULL],
        [ABOVE, FULL, FULL, FAILED],
        [ABOVE, FULL, FAILED, FAILED],
        [FAILED, FULL, ABOVE],
        [ABOVE, LevelShape("X", unacceptable=True, fully_successful=True)],
    ],
)
def test_any_other_pattern_is_refused(levels: list[LevelShape]) -> None:
    with pytest.raises(Refused, match="none between") as refusal:
        check_levels(levels)
    assert refusal.value.code == "levels_invalid"


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        pytest.param(
            {"only_entry_developmental": True},
            True,
            marks=pytest.mark.paragraph("9701.409(a)(2)"),
        ),
        pytest.param({}, False, marks=pytest.mark.paragraph("9701.409(a)(3)")),
        pytest.param({"determination": " "}, False),
        pytest.param(
            {"determination": "CHCO memorandum of 2006-03-01"},
            True,
            marks=pytest.mark.paragraph("9701.409(a)(3)"),
        ),
    ],
)
def test_two_levels_stand_for_entry_bands_or_on_a_determination(
    fields: dict[str, Any], allowed: bool
) -> None:
    if allowed:
        check_levels([FULL, FAILED], **fields)
        return
    with pytest.raises(Refused) as refusal:
        check_levels([FULL, FAILED], **fields)
    assert refusal.value.code == "two_level_needs_determination"
