"""R28 and R29: moves between bands and pay retention."""

from __future__ import annotations

import pytest

from pay.rules.movement import direction_of_move, lateral_rate
from pay.rules.retention import retained_or_in_range, retention_continues
from regulation.refusals import Refused

MOVEMENTS = {("BSS-FP", "IT-FP"): "lateral", ("BSS-FP", "IT-SE"): "up", ("IT-SE", "BSS-FP"): "down"}


def direction(
    from_band: str,
    to_band: str,
    *,
    from_rank: int = 2,
    to_rank: int = 2,
    movements: dict[tuple[str, str], str] = MOVEMENTS,
) -> str:
    return direction_of_move(
        from_band=from_band,
        to_band=to_band,
        from_cluster=from_band.split("-")[0],
        to_cluster=to_band.split("-")[0],
        from_rank=from_rank,
        to_rank=to_rank,
        movements=movements,
    )


@pytest.mark.paragraph("9701.304:promotion")
@pytest.mark.paragraph("9701.304:demotion")
@pytest.mark.parametrize(
    ("from_rank", "to_rank", "way"), [(2, 3, "up"), (3, 2, "down"), (2, 2, "lateral")]
)
def test_in_a_cluster_the_order_of_the_bands_decides(
    from_rank: int, to_rank: int, way: str
) -> None:
    assert direction("BSS-A", "BSS-B", from_rank=from_rank, to_rank=to_rank) == way


@pytest.mark.paragraph("9701.355")
@pytest.mark.parametrize(
    ("from_band", "to_band", "way"),
    [("BSS-FP", "IT-FP", "lateral"), ("BSS-FP", "IT-SE", "up"), ("IT-SE", "BSS-FP", "down")],
)
def test_between_clusters_the_directive_decides_whatever_the_ranks(
    from_band: str, to_band: str, way: str
) -> None:
    assert direction(from_band, to_band, from_rank=9, to_rank=1) == way
    assert direction(from_band, to_band, from_rank=1, to_rank=9) == way


@pytest.mark.paragraph("9701.355")
def test_a_pair_the_directive_lacks_is_refused_even_in_reverse() -> None:
    with pytest.raises(Refused) as refused:
        direction("IT-FP", "BSS-FP")
    assert refused.value.code == "movement_unmapped"


def test_a_mapping_to_nowhere_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        direction("A-1", "B-1", movements={("A-1", "B-1"): "sideways"})
    assert refused.value.code == "invalid_parameter"


@pytest.mark.paragraph("9701.355")
@pytest.mark.parametrize(
    ("minimum", "maximum", "eligible", "new", "retained"),
    [
        (50_000, 85_000, False, 55_000, False),
        (56_000, 85_000, False, 56_000, False),
        (40_000, 54_999, True, 55_000, True),
        (40_000, 54_999, False, 54_999, False),
        (40_000, 55_000, True, 55_000, False),
    ],
)
def test_a_lateral_move_keeps_the_rate_as_the_new_range_allows(
    minimum: int, maximum: int, eligible: bool, new: int, retained: bool
) -> None:
    result = lateral_rate(55_000, minimum=minimum, maximum=maximum, retention_eligible=eligible)
    assert (result.basic, result.retained) == (new, retained)


@pytest.mark.parametrize(("minimum", "new"), [(42_139, 41_111), (41_111, 41_111), (40_000, 41_111)])
def test_a_rate_a_denial_left_below_the_minimum_moves_as_it_is(minimum: int, new: int) -> None:
    result = lateral_rate(
        41_111,
        minimum=minimum,
        maximum=70_000,
        retention_eligible=False,
        below_minimum_by_denial=True,
    )
    assert (result.basic, result.retained) == (new, False)


@pytest.mark.paragraph("9701.356(a)")
@pytest.mark.paragraph("9701.356(b)")
@pytest.mark.parametrize(
    ("former", "eligible", "new", "retained"),
    [
        (66_000, True, 66_000, False),
        (74_000, True, 74_000, True),
        (70_000, True, 70_000, False),
        (70_001, True, 70_001, True),
        (40_000, True, 41_111, False),
        (74_000, False, 70_000, False),
        (66_000, False, 66_000, False),
    ],
)
def test_a_former_rate_is_kept_in_the_range_or_retained_above_it(
    former: int, eligible: bool, new: int, retained: bool
) -> None:
    result = retained_or_in_range(former, minimum=41_111, maximum=70_000, eligible=eligible)
    assert (result.basic, result.retained) == (new, retained)


@pytest.mark.paragraph("9701.356(b)")
@pytest.mark.parametrize(("maximum", "continues"), [(73_999, True), (74_000, False)])
def test_retention_ends_when_the_range_reaches_the_rate(maximum: int, continues: bool) -> None:
    assert retention_continues(74_000, maximum=maximum) is continues
