"""R30: the states of a rate of basic pay that the rules allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pay.rules.pay_state import PayState, check_adjusted, check_pay_state
from regulation.refusals import Refused

MINIMUM = 42_139
MAXIMUM = 70_000


def state(
    basic: int, *, retained: bool = False, denial_open: bool = False, critical_pay: bool = False
) -> PayState:
    return check_pay_state(
        basic,
        minimum=MINIMUM,
        maximum=MAXIMUM,
        retained=retained,
        denial_open=denial_open,
        critical_pay=critical_pay,
    )


@pytest.mark.paragraph("9701.357(a)")
@pytest.mark.paragraph("9701.357(b)")
@pytest.mark.parametrize(
    ("basic", "retained", "denial_open", "critical_pay", "found"),
    [
        (42_139, False, False, False, PayState.IN_RANGE),
        (70_000, False, False, False, PayState.IN_RANGE),
        (55_000, False, True, True, PayState.IN_RANGE),
        (41_111, False, True, False, PayState.BELOW_DENIED),
        (42_138, False, True, False, PayState.BELOW_DENIED),
        (70_001, True, False, False, PayState.RETAINED),
        (75_000, False, False, True, PayState.CRITICAL_PAY),
    ],
)
def test_a_lawful_rate_has_one_state(
    basic: int, retained: bool, denial_open: bool, critical_pay: bool, found: PayState
) -> None:
    assert (
        state(basic, retained=retained, denial_open=denial_open, critical_pay=critical_pay) is found
    )


@pytest.mark.paragraph("9701.357(a)")
@pytest.mark.parametrize("critical_pay", [True, False])
@pytest.mark.parametrize("basic", [41_111, 42_138])
def test_a_rate_below_the_minimum_without_a_denial_is_refused(
    basic: int, critical_pay: bool
) -> None:
    with pytest.raises(Refused) as refused:
        state(basic, critical_pay=critical_pay)
    assert (refused.value.code, refused.value.citation) == ("below_band_minimum", "9701.357(a)")


@pytest.mark.paragraph("9701.357(b)")
@pytest.mark.parametrize("denial_open", [True, False])
def test_a_rate_above_the_maximum_without_retention_is_refused(denial_open: bool) -> None:
    with pytest.raises(Refused) as refused:
        state(70_001, denial_open=denial_open)
    assert (refused.value.code, refused.value.citation) == ("above_band_maximum", "9701.357(b)")


@pytest.mark.paragraph("9701.356(b)")
@pytest.mark.parametrize("basic", [55_000, 70_000, 41_111])
def test_a_rate_not_above_the_maximum_is_not_a_retained_one(basic: int) -> None:
    with pytest.raises(Refused) as refused:
        state(basic, retained=True, denial_open=True)
    assert refused.value.citation == "9701.356(b)"


@pytest.mark.paragraph("9701.357(a)")
def test_an_adjusted_rate_below_the_minimum_adjusted_rate_needs_a_denial() -> None:
    check_adjusted(48_881, minimum_adjusted=48_881, denial_open=False)
    check_adjusted(48_880, minimum_adjusted=48_881, denial_open=True)
    with pytest.raises(Refused) as refused:
        check_adjusted(48_880, minimum_adjusted=48_881, denial_open=False)
    assert refused.value.code == "below_band_minimum"


@given(st.integers(0, 200_000), st.booleans(), st.booleans(), st.booleans())
def test_every_rate_is_in_one_state_or_refused(
    basic: int, retained: bool, denial_open: bool, critical_pay: bool
) -> None:
    try:
        found = state(basic, retained=retained, denial_open=denial_open, critical_pay=critical_pay)
    except Refused:
        assert (
            (basic > MAXIMUM and not (retained or critical_pay))
            or (basic < MINIMUM and not denial_open)
            or (basic <= MAXIMUM and retained)
        )
    else:
        assert (found is PayState.IN_RANGE) is (MINIMUM <= basic <= MAXIMUM)
