"""R27: demotion, by adverse action and otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.demotion import DemotionResult, allowed_rates, demote
from regulation.refusals import Refused


@pytest.mark.paragraph("9701.354#2")
@pytest.mark.parametrize(
    ("basic", "minimum", "maximum", "lowest", "highest"),
    [
        (90_000, 41_111, 70_000, 70_000, 70_000),
        (72_000, 41_111, 70_000, 64_800, 70_000),
        (77_777, 41_111, 70_000, 70_000, 70_000),
        (77_778, 41_111, 70_000, 70_000, 70_000),
        (41_111, 31_000, 45_500, 37_000, 41_111),
        (41_111, 45_000, 50_000, 45_000, 45_000),
    ],
)
def test_an_adverse_demotion_takes_ten_percent_or_goes_to_the_maximum(
    basic: int, minimum: int, maximum: int, lowest: int, highest: int
) -> None:
    allowed = allowed_rates(basic, minimum=minimum, maximum=maximum)
    assert (allowed.lowest, allowed.highest) == (lowest, highest)


def to_full_performance(
    basic: int, *, basis: str, proposed: int | None, eligible: bool = False
) -> DemotionResult:
    return demote(
        basic,
        basis=basis,
        proposed=proposed,
        minimum=41_111,
        maximum=70_000,
        retention_eligible=eligible,
    )


@pytest.mark.paragraph("9701.354#2")
@pytest.mark.parametrize(
    ("basic", "proposed", "code"),
    [
        (90_000, 70_000, None),
        (90_000, 69_999, "reduction_over_10"),
        (90_000, 70_001, "above_band_maximum"),
        (72_000, 64_800, None),
        (72_000, 64_799, "reduction_over_10"),
        (77_777, 69_999, "reduction_over_10"),
        (77_778, 69_999, "reduction_over_10"),
        (50_000, 50_000, None),
        (50_000, 50_001, "invalid_decision"),
        (43_000, 41_110, "below_band_minimum"),
        (72_000, None, "reason_required"),
    ],
)
def test_the_rate_of_an_adverse_demotion_is_checked(
    basic: int, proposed: int | None, code: str | None
) -> None:
    if code is None:
        result = to_full_performance(
            basic, basis="adverse_action", proposed=proposed, eligible=True
        )
        assert (result.basic, result.retained) == (proposed, False)
        return
    with pytest.raises(Refused) as refused:
        to_full_performance(basic, basis="adverse_action", proposed=proposed)
    assert refused.value.code == code


@pytest.mark.paragraph("9701.354#3")
@pytest.mark.parametrize(
    ("basis", "proposed", "eligible", "new", "retained"),
    [
        ("temporary_promotion_ended", 55_000, False, 55_000, False),
        ("supervisory_probation", 50_000, False, 50_000, False),
        ("voluntary", None, False, 70_000, False),
        ("other", None, True, 90_000, True),
    ],
)
def test_other_demotions_follow_their_own_rule_without_the_ten_percent(
    basis: str, proposed: int | None, eligible: bool, new: int, retained: bool
) -> None:
    result = to_full_performance(90_000, basis=basis, proposed=proposed, eligible=eligible)
    assert (result.basic, result.retained) == (new, retained)


@pytest.mark.parametrize(
    ("basis", "code"),
    [("temporary_promotion_ended", "reason_required"), ("whim", "invalid_parameter")],
)
def test_a_demotion_without_its_rate_or_basis_is_refused(basis: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        to_full_performance(90_000, basis=basis, proposed=None)
    assert refused.value.code == code


@given(st.integers(30_000, 150_000), st.integers(20_000, 100_000), st.integers(1, 50_000))
def test_the_allowed_rates_lie_in_the_lower_range(basic: int, minimum: int, width: int) -> None:
    allowed = allowed_rates(basic, minimum=minimum, maximum=minimum + width)
    assert minimum <= allowed.lowest <= allowed.highest <= minimum + width
