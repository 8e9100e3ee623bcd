"""Detectors of forced distributions: what each finds, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.rules.detection.chi_square import lower_tail
from performance.rules.detection.facts import Change, Detector, Fact, Group, counts_of
from performance.rules.detection.report import detect
from performance.rules.detection.same_text import copied, similarity
from performance.rules.detection.shares import round_shares_of
from performance.rules.detection.spread import under_dispersion

LEVELS = (("AE", 1), ("EE", 2), ("ME", 3), ("U", 4))
RANK = dict(LEVELS)
CLOSES = date(2007, 10, 30)
NOON = datetime(2007, 10, 20, 16, tzinfo=UTC)


def facts(levels: str, *, supervisor: int = 1, reviewer: int = 9, first: int = 1) -> list[Fact]:
    return [
        Fact(
            rating=first + at,
            supervisor=supervisor,
            reviewer=reviewer,
            level=level,
            rank=RANK[level],
            sent_rank=RANK[level],
        )
        for at, level in enumerate(levels.split())
    ]


def changed(fact: Fact, *, sent: str, on: date, at: datetime = NOON, by: int = 7) -> Fact:
    return Fact(
        rating=fact.rating,
        supervisor=fact.supervisor,
        reviewer=fact.reviewer,
        level=fact.level,
        rank=fact.rank,
        sent_rank=RANK[sent],
        changes=(Change(on=on, at=at, by=by),),
    )


def found(
    group: Group, *, earlier: dict[str, int] | None = None, closes: date = CLOSES
) -> set[str]:
    before = {group.name: earlier} if earlier else {}
    return {
        flag.detector.value
        for flag in detect([group], earlier=before, levels=LEVELS, closes=closes)
    }


TEN = "AE AE EE EE EE EE ME ME ME ME"
ODD = "AE AE AE EE EE EE EE EE EE EE ME ME ME"


@pytest.mark.parametrize(
    ("statistic", "degrees", "chance"),
    [
        (3.841458820694124, 1, 0.95),
        (0.00393214, 1, 0.05),
        (18.30703805327515, 10, 0.95),
        (3.940299136, 10, 0.05),
        (2.0, 2, 0.6321205588285577),
        (77.92946517, 100, 0.05),
        (0.0, 5, 0.0),
    ],
)
def test_the_lower_tail_of_chi_square_is_that_of_the_tables(
    statistic: float, degrees: int, chance: float
) -> None:
    assert lower_tail(statistic, degrees=degrees) == pytest.approx(chance, abs=1e-6)


@given(st.floats(0, 500), st.integers(1, 300))
def test_the_lower_tail_is_a_chance_and_grows(statistic: float, degrees: int) -> None:
    here, beyond = (lower_tail(at, degrees=degrees) for at in (statistic, statistic + 1))
    assert 0 <= here <= beyond + 1e-12 <= 1 + 1e-12


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ({"AE": 1, "EE": 9}, {"AE": 10}),
        ({"AE": 4, "EE": 8}, {"AE": 33}),
        ({"AE": 2, "EE": 11}, {"AE": 15}),
        ({"AE": 0, "EE": 10}, {}),
        ({"AE": 10, "EE": 10}, {"AE": 50, "EE": 50}),
        ({"AE": 3, "EE": 10}, {}),
    ],
)
def test_a_share_is_round_in_whole_percent(counts: dict[str, int], shares: dict[str, int]) -> None:
    assert round_shares_of(counts) == shares


def test_a_round_share_twice_running_is_flagged_and_once_is_not() -> None:
    group = Group("supervisor", "1", facts(TEN))
    assert found(group) == set()
    earlier = {"AE": 4, "EE": 9, "ME": 7}
    assert found(group, earlier=earlier) == {"round_share"}
    assert found(group, earlier={"AE": 2, "EE": 9, "ME": 9}) == set()


@pytest.mark.parametrize(("like", "flagged"), [(2, True), (1, False)])
def test_a_round_share_in_most_teams_of_a_reviewer_is_flagged(like: int, flagged: bool) -> None:
    teams = [
        *(facts(TEN, supervisor=n, first=100 * n) for n in range(1, like + 1)),
        *(facts(ODD, supervisor=n, first=100 * n) for n in range(like + 1, 4)),
    ]
    group = Group("reviewer", "9", [fact for team in teams for fact in team])
    flags = [
        flag
        for flag in detect([group], earlier={}, levels=LEVELS, closes=CLOSES)
        if flag.detector == Detector.ROUND_SHARE and flag.figures["level"] == "AE"
    ]
    assert bool(flags) is flagged


@pytest.mark.parametrize(
    ("earlier", "flagged"),
    [
        ({"AE": 3, "EE": 7, "ME": 3}, True),
        ({"AE": 3, "EE": 7, "ME": 3, "U": 0}, True),
        ({"AE": 3, "EE": 7, "ME": 4}, False),
        ({"AE": 4, "EE": 6, "ME": 3}, False),
    ],
)
def test_the_same_counts_again_are_flagged(earlier: dict[str, int], flagged: bool) -> None:
    assert ("repeat" in found(Group("unit", "A", facts(ODD)), earlier=earlier)) is flagged


@pytest.mark.parametrize(("lowered", "flagged"), [(3, True), (2, False)])
def test_lowering_three_on_balance_to_equal_tops_is_flagged(lowered: int, flagged: bool) -> None:
    team = facts(ODD) + facts(ODD, supervisor=2, first=50)
    early = date(2007, 10, 10)
    team = [
        changed(fact, sent="AE", on=early, at=NOON + timedelta(hours=at)) if at < lowered else fact
        for at, fact in enumerate(sorted(team, key=lambda fact: fact.level != "EE"))
    ]
    assert ("review_shift" in found(Group("reviewer", "9", team))) is flagged
    assert "review_shift" not in found(Group("supervisor", "1", team))


def test_lowering_that_leaves_unequal_tops_is_no_review_shift() -> None:
    team = facts(ODD) + facts(f"AE {ODD}", supervisor=2, first=50)
    team = [
        changed(fact, sent="AE", on=date(2007, 10, 10), at=NOON + timedelta(hours=fact.rating))
        if fact.level == "EE"
        else fact
        for fact in team
    ]
    assert "review_shift" not in found(Group("reviewer", "9", team))


@pytest.mark.parametrize(
    ("on", "flagged"),
    [
        (date(2007, 10, 25), False),
        (date(2007, 10, 26), True),
        (date(2007, 10, 30), True),
        (date(2007, 10, 31), False),
    ],
)
def test_a_change_in_the_last_five_days_is_late(on: date, flagged: bool) -> None:
    first, *rest = facts(ODD)
    team = [changed(first, sent="EE", on=on), *rest]
    assert ("late_shift" in found(Group("supervisor", "1", team))) is flagged


@pytest.mark.parametrize(("minutes", "flagged"), [(2, True), (3, False)])
def test_five_changes_within_ten_minutes_are_bulk(minutes: int, flagged: bool) -> None:
    team = [
        changed(fact, sent="AE", on=NOON.date(), at=NOON + timedelta(minutes=minutes * at))
        if at < 5
        else fact
        for at, fact in enumerate(facts(ODD))
    ]
    assert ("bulk_change" in found(Group("reviewer", "9", team))) is flagged


TEXT = "{name} closed nine of ten cases in time and trained two new colleagues in the spring."
OTHER = "{name} wrote the manual of the port and led the exercise in June without any help."


def told(rating: int, name: str, text: str) -> Fact:
    return Fact(
        rating=rating,
        supervisor=1,
        reviewer=9,
        level="EE",
        rank=2,
        sent_rank=2,
        text=text.format(name=name),
        names=(name, "Diaz"),
    )


def test_a_text_with_only_the_name_changed_is_copied() -> None:
    team = [told(1, "Ana", TEXT), told(2, "Ben", TEXT), told(3, "Cy", OTHER)]
    assert copied(team) == (1, 2)
    assert copied(team, word_for_word=True) == (1, 2)


def test_a_text_with_one_word_changed_is_copied_within_a_team_only() -> None:
    longer = f"{TEXT} {OTHER}"
    team = [told(1, "Ana", longer), told(2, "Ben", longer.replace("spring", "autumn"))]
    assert copied(team) == (1, 2)
    assert copied(team, word_for_word=True) == ()


def test_short_texts_and_different_ones_are_not_copied() -> None:
    assert copied([told(1, "Ana", "A good year."), told(2, "Ben", "A good year.")]) == ()
    assert copied([told(1, "Ana", TEXT), told(2, "Ben", OTHER)]) == ()


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd")))
def test_similarity_is_a_share_the_same_both_ways(one: list[str], other: list[str]) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
    if len(one) >= 3:
        assert similarity(one, one) == 1


def dealt(rng: Random, sizes: Sequence[int], weights: Sequence[float]) -> Group:
    """Teams whose every rating is drawn by itself."""
    team = []
    for supervisor, size in enumerate(sizes, start=1):
        levels = rng.choices([code for code, _ in LEVELS], weights, k=size)
        team += facts(" ".join(levels), supervisor=supervisor, first=1000 * supervisor)
    return Group("reviewer", "9", team)


RANKS = [rank for _, rank in LEVELS]


def test_teams_that_are_alike_to_the_last_rating_are_flagged() -> None:
    teams = [facts(ODD, supervisor=n, first=100 * n) for n in range(1, 7)]
    group = Group("reviewer", "9", [fact for team in teams for fact in team])
    (flag,) = under_dispersion(group, ranks=RANKS)
    assert flag.figures["statistic"] == 0
    assert flag.figures["teams"] == 6


@pytest.mark.paragraph("9701.409(d)", "9701.405(c)(2)")
def test_everybody_at_one_level_is_no_flag_of_any_kind() -> None:
    teams = [facts("EE " * 12, supervisor=n, first=100 * n) for n in range(1, 7)]
    group = Group("reviewer", "9", [fact for team in teams for fact in team])
    assert found(group) == set()


@pytest.mark.parametrize("weights", [(25, 40, 34, 1), (10, 60, 29, 1), (45, 45, 9, 1)])
def test_an_honest_department_is_called_too_alike_in_about_one_of_twenty_groups(
    weights: tuple[int, ...],
) -> None:
    rng = Random(20)
    groups = [
        dealt(rng, [rng.randint(10, 24) for _ in range(rng.randint(3, 12))], weights)
        for _ in range(600)
    ]
    flagged = sum(bool(under_dispersion(group, ranks=RANKS)) for group in groups)
    # Three standard errors over one of twenty.
    assert 0 < flagged <= 600 * 0.05 + 3 * (600 * 0.05 * 0.95) ** 0.5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([code for code, _ in LEVELS]),
            st.sampled_from([code for code, _ in LEVELS]),
            st.integers(1, 3),
            st.integers(0, 12),
        ),
        min_size=10,
        max_size=50,
    ),
    st.randoms(),
)
def test_the_order_of_ratings_changes_nothing(
    drawn: list[tuple[str, str, int, int]], shuffle: Random
) -> None:
    team = []
    for at, (level, sent, supervisor, day) in enumerate(drawn):
        (fact,) = facts(level, supervisor=supervisor, first=at)
        on = CLOSES - timedelta(days=day)
        team.append(changed(fact, sent=sent, on=on, at=NOON + timedelta(minutes=day)))
    mixed = list(team)
    shuffle.shuffle(mixed)
    earlier = {("reviewer", "9"): counts_of(team)}
    one, other = (
        detect([Group("reviewer", "9", each)], earlier=earlier, levels=LEVELS, closes=CLOSES)
        for each in (team, mixed)
    )
    assert one == other


@pytest.mark.parametrize("number", [9, 10])
def test_fewer_than_ten_ratings_are_not_looked_at(number: int) -> None:
    team = facts("AE " * number)
    assert bool(found(Group("unit", "A", team), earlier={"AE": number})) is (number == 10)
