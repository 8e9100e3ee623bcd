"""Payouts summed up by rating, and the groups that are too small to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.payout_summary import Payment, Summary, summaries_by_level, summary_of, withheld


def test_a_group_has_its_mean_rounded_half_up_and_its_ends() -> None:
    paid = [
        Payment(level="EE", paid=1_000, lump_sum=0, at_maximum=False),
        Payment(level="EE", paid=2_001, lump_sum=501, at_maximum=True),
    ]
    assert summary_of(paid) == Summary(
        people=2, total=3_001, lump_sums=501, at_maximum=1, least=1_000, most=2_001, mean=1_501
    )


def test_a_level_without_a_member_stands_there_without_figures() -> None:
    found = summaries_by_level(
        [Payment(level="U", paid=0, lump_sum=0, at_maximum=False)], levels=("ME", "U")
    )
    assert list(found) == ["ME", "U"]
    assert (found["ME"].people, found["ME"].mean, found["ME"].total) == (0, None, 0)
    assert (found["U"].people, found["U"].mean, found["U"].total) == (1, 0, 0)


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"AE": 5, "EE": 6}, set()),
        ({"AE": 4, "EE": 6, "ME": 9}, {"AE", "EE"}),
        ({"AE": 4, "EE": 1, "ME": 9}, {"AE", "EE"}),
        ({"AE": 3, "EE": 1, "ME": 9, "U": 0}, {"AE", "EE", "ME"}),
        ({"AE": 0, "EE": 6}, set()),
        ({"AE": 4}, {"AE"}),
        ({}, set()),
    ],
)
def test_what_a_total_would_give_away_is_left_out_with_it(
    people: dict[str, int], hidden: set[str]
) -> None:
    assert withheld(people, smallest=5) == hidden


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)),
    st.integers(1, 12),
)
def test_what_is_left_out_is_nobody_or_a_group_large_enough(
    people: dict[str, int], smallest: int
) -> None:
    hidden = withheld(people, smallest=smallest)
    apart = sum(people[name] for name in hidden)
    assert all(people[name] == 0 or people[name] >= smallest for name in people.keys() - hidden)
    assert (
        apart == 0 or apart >= smallest or not any(people[name] for name in people.keys() - hidden)
    )
