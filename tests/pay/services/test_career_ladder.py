"""A former career ladder's promotions after conversion, and leaving a parallel pay system."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import WorkItem
from casework.services.deadlines import sweep
from classification.models import Band
from governance.models import CoordinationState
from pay.models import LadderPromotion, LadderState, ParallelPaySystem, PayAction
from pay.queries.parallel_systems import parallel_categories
from pay.queries.rates import rate_on
from pay.queries.replay import differences_of
from pay.rules.career_ladder import LadderStep
from pay.services.before_gs_move import increase_before_gs_move
from pay.services.career_ladder import (
    certify_requirements,
    schedule_ladder,
    set_progression_plan,
    settle_promotion,
)
from pay.services.developmental_step import developmental_step
from pay.services.parallel_system import keep_parallel_system, modify_parallel_system
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate
from tests.pay.runs.department import coordinate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

CONVERTED = date(2007, 1, 7)
DUE = date(2007, 6, 10)
AFTER = date(2007, 6, 11)
STEP = LadderStep(on=DUE, before=34_075, after=38_824)


@pytest.fixture
def entry() -> Band:
    make_ground()
    return make_band("ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)


def on_a_ladder(entry: Band, basic: int, *steps: LadderStep, certified: bool = True) -> Employee:
    employee = make_paid_employee(entry, basic, hired=CONVERTED)
    for row in schedule_ladder(
        employee, steps or (STEP,), authority="Directive 3", actor=SYSTEM, on=CONVERTED
    ):
        if certified:
            certify_requirements(row, actor=SYSTEM, on=CONVERTED)
    return employee


def basic_on(employee: Employee, day: date) -> int | None:
    found = rate_on(employee, day)
    return found.basic if found else None


def state_of(employee: Employee) -> list[str]:
    rows = LadderPromotion.objects.filter(employee=employee).order_by("due_on")
    return [row.state for row in rows]


@pytest.mark.paragraph("9701.373:preamble-ladder")
@pytest.mark.paragraph("9701.373(f)")
@pytest.mark.parametrize(("basic", "after"), [(36_000, 41_017), (42_000, 44_000)])
def test_the_sweep_pays_the_equivalent_of_a_ladder_promotion_on_its_day(
    entry: Band, basic: int, after: int
) -> None:
    employee = on_a_ladder(entry, basic)
    sweep(on=date(2007, 6, 9))
    assert basic_on(employee, DUE) == basic
    sweep(on=DUE)
    sweep(on=DUE)
    assert (basic_on(employee, date(2007, 6, 9)), basic_on(employee, DUE)) == (basic, after)
    action = PayAction.objects.get(employee=employee, kind="career_ladder_equivalent")
    assert (action.rule, action.citation, action.effective) == ("R35", "9701.373(f)", DUE)
    assert list(differences_of(action)) == []
    assert state_of(employee) == [LadderState.PAID]


@pytest.mark.paragraph("9701.373:preamble-ladder")
def test_from_the_day_of_a_progression_plan_the_ladders_promotions_are_cancelled(
    entry: Band,
) -> None:
    later = LadderStep(on=date(2008, 6, 8), before=38_824, after=44_000)
    employee = on_a_ladder(entry, 36_000, STEP, later)
    earlier = on_a_ladder(
        entry, 33_000, LadderStep(on=date(2007, 6, 9), before=34_075, after=38_824)
    )
    set_progression_plan(
        entry, effective=DUE, authority="Directive 9", actor=SYSTEM, on=date(2007, 5, 1)
    )
    assert state_of(employee) == [LadderState.CANCELLED, LadderState.CANCELLED]
    sweep(on=date(2008, 12, 1))
    assert basic_on(employee, date(2008, 12, 1)) == 36_000
    # The day before the plan the ladder still governs.
    assert state_of(earlier) == [LadderState.PAID]


@pytest.mark.paragraph("9701.373:preamble-ladder")
def test_what_the_ladder_required_is_certified_before_it_pays_and_late_counts_from_the_day(
    entry: Band,
) -> None:
    employee = on_a_ladder(entry, 36_000, certified=False)
    sweep(on=DUE)
    assert basic_on(employee, DUE) == 36_000
    assert WorkItem.objects.filter(kind="certify_ladder_promotion", done_at=None).count() == 1
    row = LadderPromotion.objects.get(employee=employee)
    certified = certify_requirements(row, actor=SYSTEM, on=date(2007, 7, 2))
    assert certified.state == LadderState.PAID
    assert basic_on(employee, DUE) == 41_017
    assert not WorkItem.objects.filter(kind="certify_ladder_promotion", done_at=None).exists()


@pytest.mark.paragraph("9701.373:preamble-ladder")
def test_an_unacceptable_rating_bars_the_equivalent(entry: Band) -> None:
    employee = on_a_ladder(entry, 36_000)
    rate(employee, "U", issued=date(2007, 5, 15), period_end=date(2007, 5, 1), kind="additional")
    sweep(on=DUE)
    assert basic_on(employee, DUE) == 36_000
    assert state_of(employee) == [LadderState.CANCELLED]


def test_outside_the_entry_band_no_equivalent_is_owed(entry: Band) -> None:
    full = make_band("FP", minimum=35_000, maximum=70_000)
    employee = on_a_ladder(full, 36_000)
    sweep(on=DUE)
    assert state_of(employee) == [LadderState.CANCELLED]


def test_whatever_comes_to_the_person_first_pays_the_promotion_that_is_due(entry: Band) -> None:
    employee = on_a_ladder(entry, 36_000)
    developmental_step(
        employee,
        points=["first year"],
        certified=["first year"],
        amount=500,
        effective=DUE,
        actor=SYSTEM,
        authority="Memorandum",
        on=DUE,
    )
    assert basic_on(employee, DUE) == 41_017 + 500
    assert state_of(employee) == [LadderState.PAID]


def test_a_promotion_settled_twice_pays_once(entry: Band) -> None:
    employee = on_a_ladder(entry, 36_000)
    sweep(on=DUE)
    row = LadderPromotion.objects.get(employee=employee)
    assert settle_promotion(row, actor=SYSTEM, on=AFTER) == "nothing is scheduled"
    assert PayAction.objects.filter(employee=employee, kind="career_ladder_equivalent").count() == 1


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (LadderStep(on=date(2008, 1, 6), before=38_824, after=38_824), "invalid_input"),
        (LadderStep(on=date(2008, 1, 6), before=0, after=38_824), "invalid_input"),
        (STEP, "duplicate_open"),
    ],
)
def test_a_ladder_that_does_not_rise_or_stands_already_is_refused(
    entry: Band, step: LadderStep, code: str
) -> None:
    employee = on_a_ladder(entry, 36_000)
    with pytest.raises(Refused) as caught:
        schedule_ladder(employee, [step], authority="x", actor=SYSTEM, on=CONVERTED)
    assert caught.value.code == code


def test_only_an_entry_band_has_a_progression_plan_and_one_a_day(entry: Band) -> None:
    full = make_band("FP", minimum=35_000, maximum=70_000)
    facts = {"effective": DUE, "authority": "Directive 9", "actor": SYSTEM, "on": CONVERTED}
    with pytest.raises(Refused) as caught:
        set_progression_plan(full, **facts)  # type: ignore[arg-type]
    assert caught.value.code == "entry_band_excluded"
    set_progression_plan(entry, **facts)  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        set_progression_plan(entry, **facts)  # type: ignore[arg-type]
    assert caught.value.code == "duplicate_open"


@pytest.mark.paragraph("9701.357(f)")
@pytest.mark.parametrize(("basic", "after"), [(55_000, 58_300), (69_500, 70_000)])
def test_basic_pay_is_raised_the_day_before_a_move_to_the_general_schedule(
    entry: Band, basic: int, after: int
) -> None:
    full = make_band("FP", minimum=41_111, maximum=70_000)
    employee = make_paid_employee(full, basic)
    action = increase_before_gs_move(
        employee,
        target="GS-2210-13 in Science and Technology",
        percent=Decimal(6),
        moves_on=AFTER,
        actor=SYSTEM,
        authority="Directive 4",
        on=DUE,
    )
    assert (action.effective, action.basic_after, action.kind) == (
        *(DUE, after),
        "increase_before_gs_move",
    )
    assert list(differences_of(action)) == []
    with pytest.raises(Refused) as caught:
        increase_before_gs_move(
            employee,
            target=" ",
            percent=Decimal(6),
            moves_on=AFTER,
            actor=SYSTEM,
            authority="Directive 4",
            on=DUE,
        )
    assert (caught.value.code, caught.value.citation) == ("reason_required", "9701.357(f)")


@pytest.mark.paragraph("9701.374")
def test_a_parallel_system_is_modified_only_after_coordination_and_by_a_directive(
    entry: Band,
) -> None:
    designee = make_user("designee")
    grant_role(designee, Role.DESIGNEE)
    actor = Actor(user=designee)
    keep_parallel_system(
        "marshals", since=CONVERTED, authority="Transfer", actor=actor, on=CONVERTED
    )
    assert parallel_categories(on=DUE) == {"marshals"}

    def modify(*, authority: str = "Directive 12", by: Actor = actor) -> ParallelPaySystem:
        return modify_parallel_system(
            "marshals", until=AFTER, authority=authority, actor=by, on=DUE
        )

    for change, code in (
        ({"authority": " "}, "directive_required"),
        ({"by": Actor(user=make_user("stranger"))}, "not_authorized"),
        ({}, "coordination_required"),
    ):
        with pytest.raises(Refused) as caught:
            modify(**change)
        assert (caught.value.code, caught.value.citation) == (code, "9701.374")
    coordinate("9701.374", answer=CoordinationState.CONCURRED)
    modify()
    assert parallel_categories(on=DUE) == {"marshals"}
    assert parallel_categories(on=AFTER) == frozenset()
    with pytest.raises(Refused) as caught:
        modify()
    assert caught.value.code == "invalid_input"
