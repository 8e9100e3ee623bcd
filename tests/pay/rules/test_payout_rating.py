"""R13 and R14: the modal rating and the rating of a payout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from pay.rules.eligibility import RatingFact
from pay.rules.modal_rating import ModalResult, modal_rating
from pay.rules.payout_rating import rating_for_payout
from regulation.refusals import Refused

BEST_FIRST = ("AE", "EE", "ME", "U")
PERIOD = date(2006, 9, 30)
CUTOFF = date(2006, 12, 1)


def levels(counts: Mapping[str, int]) -> list[str]:
    return [level for level, count in counts.items() for _ in range(count)]


@pytest.mark.paragraph("9701.304:modal-rating")
@pytest.mark.paragraph("9701.342(a)(2)#2")
@pytest.mark.parametrize(
    ("counts", "tie", "level", "tied"),
    [
        ({"AE": 4, "EE": 9, "ME": 12, "U": 1}, "highest", "ME", False),
        ({"AE": 2, "EE": 6, "ME": 6}, "highest", "EE", True),
        ({"AE": 2, "EE": 6, "ME": 6}, "lowest", "ME", True),
        ({"AE": 2, "EE": 6, "ME": 6}, "nearest_fully_successful", "ME", True),
        ({"AE": 6, "U": 6}, "nearest_fully_successful", "U", True),
        ({"EE": 6, "U": 6}, "nearest_fully_successful", "EE", True),
        ({"ME": 2, "EE": 1, "U": 3}, "highest", "U", False),
        ({"ME": 3, "EE": 1, "U": 2}, "highest", "ME", False),
        ({"ME": 1, "EE": 1, "AE": 1}, "highest", "AE", True),
        ({"U": 1}, "lowest", "U", False),
    ],
)
def test_the_modal_rating_is_the_level_most_members_hold(
    counts: dict[str, int], tie: str, level: str, tied: bool
) -> None:
    result = modal_rating(levels(counts), best_first=BEST_FIRST, tie=tie, none_rated="block")
    assert (result.level, result.tied) == (level, tied)
    assert result.counts == {each: counts.get(each, 0) for each in BEST_FIRST}


@pytest.mark.paragraph("9701.342(a)(2)#2")
@pytest.mark.parametrize("none_rated", ["block", "parent_pool"])
def test_a_pool_in_which_nobody_is_rated_has_no_modal_rating(none_rated: str) -> None:
    with pytest.raises(Refused) as refused:
        modal_rating([], best_first=BEST_FIRST, tie="highest", none_rated=none_rated)
    assert refused.value.code == "no_ratings_in_pool"


def test_the_directive_may_give_an_unrated_pool_the_fully_successful_level() -> None:
    result = modal_rating([], best_first=BEST_FIRST, tie="highest", none_rated="fully_successful")
    assert (result.level, result.tied) == ("ME", False)


@pytest.mark.parametrize(
    ("tie", "none_rated", "key"),
    [("best", "block", r"modal\.tie"), ("highest", "guess", r"modal\.no_ratings")],
)
def test_an_unknown_modal_parameter_is_refused_by_name(tie: str, none_rated: str, key: str) -> None:
    with pytest.raises(Refused, match=key):
        modal_rating(["ME"], best_first=BEST_FIRST, tie=tie, none_rated=none_rated)


def test_a_level_of_another_system_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        modal_rating(["PASS"], best_first=BEST_FIRST, tie="highest", none_rated="block")
    assert refused.value.code == "level_not_in_system"


def rating(level: str, issued: date, *, additional: bool = False) -> RatingFact:
    return RatingFact(level, level == "U", "additional" if additional else "annual", PERIOD, issued)


MODAL_ME = ModalResult(level="ME", counts={"ME": 1}, tied=False)


@pytest.mark.paragraph("9701.342(a)(2)#1")
@pytest.mark.parametrize(
    ("issued", "level"),
    [(date(2006, 11, 30), "EE"), (date(2006, 12, 1), "EE"), (date(2006, 12, 2), "ME")],
)
def test_an_additional_rating_counts_if_issued_by_the_cutoff(issued: date, level: str) -> None:
    ratings = [rating("ME", date(2006, 10, 20)), rating("EE", issued, additional=True)]
    result = rating_for_payout(ratings, period_end=PERIOD, cutoff=CUTOFF, modal=None)
    assert (result.level, result.source) == (level, "rating")


@pytest.mark.paragraph("9701.342(a)(2)#1")
def test_an_additional_rating_counts_even_without_an_annual_one() -> None:
    own = rating("EE", date(2006, 11, 30), additional=True)
    result = rating_for_payout([own], period_end=PERIOD, cutoff=CUTOFF, modal=MODAL_ME)
    assert (result.level, result.source, result.rating) == ("EE", "rating", own)


@pytest.mark.paragraph("9701.342(a)(2)#2")
@pytest.mark.parametrize(
    "ratings",
    [
        [],
        [rating("EE", date(2006, 12, 2))],
        [RatingFact("AE", False, "annual", date(2005, 9, 30), date(2005, 10, 20))],
    ],
)
def test_without_a_rating_for_the_period_the_modal_one_is_used(ratings: list[RatingFact]) -> None:
    result = rating_for_payout(ratings, period_end=PERIOD, cutoff=CUTOFF, modal=MODAL_ME)
    assert (result.level, result.source, result.rating) == ("ME", "modal", None)


def test_without_any_rating_the_payout_is_blocked() -> None:
    with pytest.raises(Refused) as refused:
        rating_for_payout([], period_end=PERIOD, cutoff=CUTOFF, modal=None)
    assert refused.value.code == "no_ratings_in_pool"
