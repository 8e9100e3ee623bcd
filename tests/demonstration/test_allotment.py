"""Drawing that keeps shares."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstration.rules.allotment import (
    apportion,
    choose_by_weight,
    draw_systematically,
    split,
    spread,
)

WEIGHTS = st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=40).filter(any)


@given(total=st.integers(min_value=0, max_value=5000), weights=WEIGHTS)
def test_apportioned_parts_add_up_and_each_is_within_one(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights=weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(
    total=st.integers(min_value=1, max_value=2000), weights=WEIGHTS, seed=st.integers(min_value=0)
)
def test_a_systematic_draw_is_within_one_of_every_share(
    total: int, weights: list[int], seed: int
) -> None:
    drawn = Counter(
        draw_systematically(range(len(weights)), weights=weights, total=total, rng=Random(seed))
    )
    assert drawn.total() == total
    for place, weight in enumerate(weights):
        assert abs(drawn[place] - Fraction(total * weight, sum(weights))) < 2
        assert weight or not drawn[place]


@given(
    weights=st.lists(st.sampled_from([0, 0.05, 0.5]), max_size=60),
    count=st.integers(min_value=0, max_value=60),
)
def test_a_choice_by_weight_never_takes_a_weightless_place(
    weights: list[float], count: int
) -> None:
    chosen = choose_by_weight(weights, count=count, rng=Random(1))
    assert all(weights[place] for place in chosen)
    assert len(chosen) == min(count, sum(1 for weight in weights if weight))


@given(data=st.data(), total=st.integers(min_value=1, max_value=500), seed=st.integers())
def test_marked_places_are_as_many_as_asked_and_all_different(
    data: st.DataObject, total: int, seed: int
) -> None:
    marked = data.draw(st.integers(min_value=1, max_value=total))
    places = spread(total, marked=marked, rng=Random(seed))
    assert len(places) == marked
    assert all(0 <= place < total for place in places)


@pytest.mark.parametrize(
    ("total", "parts", "sizes"), [(10, 3, [4, 3, 3]), (9, 3, [3, 3, 3]), (2, 3, [1, 1, 0])]
)
def test_a_split_differs_by_at_most_one(total: int, parts: int, sizes: list[int]) -> None:
    assert split(total, parts=parts) == sizes


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_nothing_to_draw_from_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weight is zero"):
        apportion(1, weights=weights)
    with pytest.raises(ValueError, match="weight is zero"):
        draw_systematically(list(weights), weights=weights, total=1, rng=Random(1))
