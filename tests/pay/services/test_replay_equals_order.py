"""Entering orders late gives the same pay as entering them in time (rule 2 of the design; R39)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from classification.models import Band, Position
from pay.models import DeniedIncrease, LocalityArea, PayRate
from pay.queries.history import standing_actions
from pay.queries.integrity import disagreements
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.adverse import AdverseDecision
from pay.services.demote import demote
from pay.services.increase_within_band import increase_within_band
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.reduce_within_band import reduce_within_band
from pay.services.verification import Tally, replay_ledger
from regulation import clock
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
    rate,
)
from workforce.models import Assignment, Employee

pytestmark = pytest.mark.django_db

#: The day on which whatever came late is entered, and later than all of it.
NOW = date(2007, 7, 1)

Act = Callable[[Employee, date, dict[str, Position]], object]


def _common(on: date) -> dict[str, Any]:
    return {"effective": on, "actor": SYSTEM, "authority": "A", "on": NOW}


def _promote(who: Employee, on: date, to: dict[str, Position]) -> object:
    return promote(who, position=to["SE"], **_common(on))


def _demote(who: Employee, on: date, to: dict[str, Position]) -> object:
    return demote(who, position=to["FP"], basis="voluntary", **_common(on))


def _move_away(who: Employee, on: date, to: dict[str, Position]) -> object:
    return reassign(who, area="NYC", **_common(on))


def _move_back(who: Employee, on: date, to: dict[str, Position]) -> object:
    return reassign(who, area="WAS", **_common(on))


def _change_position(who: Employee, on: date, to: dict[str, Position]) -> object:
    return reassign(who, position=to["FP2"], **_common(on))


def _raise(who: Employee, on: date, to: dict[str, Position]) -> object:
    return increase_within_band(who, reason="exceptional_skills", percent=Decimal(2), **_common(on))


def _reduce(who: Employee, on: date, to: dict[str, Position]) -> object:
    decision = AdverseDecision(reference="D", delivered_on=on)
    return reduce_within_band(who, basic=51_000, reason="conduct", decision=decision, **_common(on))


ACTS: dict[str, Act] = {
    "promote": _promote,
    "demote": _demote,
    "move away": _move_away,
    "move back": _move_back,
    "change position": _change_position,
    "raise": _raise,
    "reduce": _reduce,
}

#: What happens to everybody: entered in time, whatever else comes late.
ADJUSTMENTS: dict[date, Callable[[], object]] = {
    date(2007, 1, 7): lambda: adjust_ranges(
        {"LE-FP": (42_139, 71_750), "LE-SE": (67_500, 102_000)},
        effective=date(2007, 1, 7), actor=SYSTEM, authority="D", on=date(2007, 1, 7),
    ),
    date(2007, 3, 4): lambda: adjust_supplement(
        "locality", key="NYC", percent=Decimal("22.5"), effective=date(2007, 3, 4), actor=SYSTEM,
        authority="D", on=date(2007, 3, 4),
    ),
    date(2007, 4, 1): lambda: adjust_ranges(
        {"LE-SE": (68_000, 103_500)},
        effective=date(2007, 4, 1), actor=SYSTEM, authority="D", on=date(2007, 4, 1),
    ),
}  # fmt: skip
DAYS = [
    date(2006, 12, 10), date(2007, 1, 7), date(2007, 1, 21), date(2007, 3, 4), date(2007, 3, 18),
    date(2007, 4, 1), date(2007, 5, 13),
]  # fmt: skip


@pytest.fixture
def positions() -> dict[str, Position]:
    """Positions of one person's possible bands, and the supplements of two areas."""
    make_ground()
    make_locality("WAS", "12.5")
    make_locality("NYC", "20")
    for code in ("WAS", "NYC"):
        LocalityArea.objects.get_or_create(code=code, defaults={"name": code})
    full = make_band("LE-FP", minimum=41_111, maximum=70_000)
    senior = make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)
    return {"FP": position_in(full), "FP2": position_in(full), "SE": position_in(senior)}


def play(
    orders: list[tuple[date, str]],
    *,
    late: set[int],
    basic: int,
    level: str,
    positions: dict[str, Position],
) -> tuple[list[Any], Employee]:
    """Play orders, those of `late` after everything else, in the order given; what then stands."""
    band = Band.objects.get(code="LE-FP")
    who = make_paid_employee(band, basic, area="WAS")
    rate(who, level, issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    due: list[tuple[date, int, Callable[[], object]]] = [
        (on, 0, run) for on, run in ADJUSTMENTS.items()
    ]
    later = []
    for index, (on, name) in enumerate(orders):
        act = _act(who, on, name, positions)
        if index in late:
            later.append(act)
        else:
            due.append((on, 1 + index, act))
    for on, _, run in sorted(due, key=lambda each: each[:2]):
        with clock.use_clock(clock.at_noon(on)):
            run()
    with clock.use_clock(clock.at_noon(NOW)):
        for run in later:
            run()
    return told(who, positions), who


def _act(who: Employee, on: date, name: str, to: dict[str, Position]) -> Callable[[], object]:
    return lambda: ACTS[name](Employee.objects.get(pk=who.pk), on, to)


def told(who: Employee, positions: dict[str, Position]) -> list[Any]:
    """Rates, standing steps, cases and assignments of one person, without what only rows have."""
    rates = PayRate.objects.filter(employee=who).order_by("starts")
    figures = (
        *("effective", "step", "rule", "band_id", "basic_before", "basic_after", "uncapped"),
        *("adjusted", "supplement_kind", "supplement_percent", "retained", "below_minimum"),
    )
    steps = [[getattr(each, name) for name in figures] for each in standing_actions(who)]
    cases = DeniedIncrease.objects.filter(employee=who).order_by("adjusted_on")
    names = {position.pk: name for name, position in positions.items()}
    held = Assignment.objects.filter(employee=who).order_by("period")
    return [
        list(rates.values_list("starts", "band_id", "basic", "adjusted", "retained")),
        steps,
        list(cases.exclude(state="closed").values_list("adjusted_on", "percentage",
                                                       "basic_denied", "below_minimum")),
        [
            (names.get(each.position_id, "first"), each.area, each.period.lower, each.period.upper)
            for each in held
        ],
    ]  # fmt: skip


def outcome_of(do: Callable[[], tuple[list[Any], Employee]]) -> tuple[list[Any] | None, str]:
    """What came of playing, undone again: the truth, or the code of the refusal."""
    try:
        with transaction.atomic():
            told_, who = do()
            tally = Tally()
            assert list(replay_ledger(tally=tally, employee=who)) == []
            assert disagreements([who.pk], on=NOW) == []
            raise _Undo(told_)
    except _Undo as undone:
        return undone.told, ""
    except Refused as refusal:
        return None, refusal.code


class _Undo(Exception):
    """Carries what was seen out of a transaction that is rolled back."""

    def __init__(self, told_: list[Any]) -> None:
        super().__init__()
        self.told = told_


RANKS = {"move away": 3, "move back": 3, "raise": 5, "reduce": 7}
orders_drawn = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(sorted(ACTS))), min_size=2, max_size=3,
    unique_by=lambda each: (each[0], RANKS.get(each[1], 6)),
).map(lambda orders: sorted(orders, key=lambda each: (each[0], RANKS.get(each[1], 6))))  # fmt: skip


@pytest.mark.paragraph("9701.323:preamble-error")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), orders=orders_drawn, basic=st.integers(50_000, 69_000),
       level=st.sampled_from(["ME", "ME", "U"]))  # fmt: skip
def test_orders_entered_late_give_the_pay_of_orders_entered_in_time(
    positions: dict[str, Position],
    data: st.DataObject,
    orders: list[tuple[date, str]],
    basic: int,
    level: str,
) -> None:
    late = data.draw(st.sets(st.integers(0, len(orders) - 1), min_size=1))
    given_ = partial(play, orders, basic=basic, level=level, positions=positions)
    in_time, why = outcome_of(lambda: given_(late=set()))
    replayed, why_late = outcome_of(lambda: given_(late=late))
    event(f"in time: {why or 'stands'}; late: {why_late or 'stands'}")
    if replayed is not None and in_time is not None:
        assert replayed == in_time
    elif in_time is not None:
        # Without the late order a later one was refused on the day, or it does not fit now.
        assert why_late in {"conflicting_order", *REFUSED_WITHOUT_THE_LATE_ONE}


#: What a later order in time is refused as while the order that it rests on is not yet entered.
REFUSED_WITHOUT_THE_LATE_ONE = (
    "not_a_demotion", "not_a_promotion", "reduction_over_10", "duplicate_open", "invalid_input",
    "not_adverse_action", "invalid_decision", "no_effect", "below_band_minimum",
    "above_band_maximum", "above_current_rate", "not_a_reduction",
)  # fmt: skip


def test_a_late_move_before_two_moves_of_one_day_leaves_each_where_it_went(
    positions: dict[str, Position],
) -> None:
    orders = [
        (date(2006, 12, 10), "move away"),
        (date(2007, 1, 7), "move back"),
        (date(2007, 1, 7), "change position"),
    ]
    given_ = partial(play, orders, basic=50_000, level="ME", positions=positions)
    in_time, _ = outcome_of(lambda: given_(late=set()))
    replayed, _ = outcome_of(lambda: given_(late={0}))
    assert in_time is not None
    assert replayed == in_time
