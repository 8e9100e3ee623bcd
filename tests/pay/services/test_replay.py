"""An order that lands before a posted step: the person is replayed from there (R33, R39)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from classification.models import Band
from pay.models import (
    DeniedIncrease,
    LocalityArea,
    PayAction,
    PayOrder,
    PayRate,
    SpecialPayment,
)
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adverse import AdverseDecision
from pay.services.cancel_action import cancel_action
from pay.services.demote import demote
from pay.services.increase_within_band import increase_within_band
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.reduce_within_band import reduce_within_band
from pay.services.special_payment import pay_special_payment, reduce_special_payment
from pay.services.verification import Tally, replay_ledger
from regulation import clock
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization, make_user
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

EARLY, SUNDAY, MARCH = date(2006, 12, 10), date(2007, 1, 7), date(2007, 3, 4)
NOW = date(2007, 5, 13)


@pytest.fixture
def full() -> Band:
    make_ground()
    make_locality("WAS", "12.5")
    make_locality("NYC", "20")
    for code in ("WAS", "NYC"):
        LocalityArea.objects.get_or_create(code=code, defaults={"name": code})
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def senior(full: Band) -> Band:
    return make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)


def employ(band: Band, basic: int, **fields: Any) -> Employee:
    return make_paid_employee(band, basic, area="WAS", **fields)


def adjust(on: date = SUNDAY, **ranges: tuple[int, int]) -> Any:
    given = {f"LE-{name}": value for name, value in ranges.items()} or {"LE-FP": (42_139, 71_750)}
    with clock.use_clock(clock.at_noon(on)):
        return adjust_ranges(given, effective=on, actor=SYSTEM, authority="D", on=on)


def again(person: Employee) -> Employee:
    return Employee.objects.get(pk=person.pk)


def given(on: date, *, today: date = NOW, actor: Actor = SYSTEM) -> dict[str, Any]:
    return {"effective": on, "actor": actor, "authority": "A", "on": today}


def raise_by(person: Employee, amount: int, on: date, **fields: Any) -> PayAction:
    return increase_within_band(
        again(person), reason="exceptional_skills", amount=amount, **given(on, **fields)
    )


def basics(person: Employee, *dates: date) -> list[int | None]:
    return [found.basic if (found := rate_on(person, on)) else None for on in dates]


def assert_books(person: Employee) -> None:
    assert list(replay_ledger(tally=Tally(), employee=person)) == []
    assert disagreements([person.pk], on=NOW) == []


def test_a_raise_entered_late_is_raised_by_the_range_adjustment_after_it(full: Band) -> None:
    person = employ(full, 55_000)
    adjust()
    before = list(PayAction.objects.order_by("id").values())
    raise_by(person, 1_000, EARLY)
    # 56,000 x 42,139 / 41,111 = 57,400.3
    assert basics(person, EARLY, SUNDAY) == [56_000, 57_400]
    assert list(PayAction.objects.order_by("id").values()[: len(before)]) == before
    row = PayAction.objects.get(employee=person, kind="correction")
    assert row.corrects is not None
    assert (row.effective, row.place, row.rule) == (SUNDAY, row.corrects.place, "R5")
    assert row.order is not None
    assert row.order.kind == "within_band_increase"
    assert_books(person)


def test_both_dates_can_still_be_asked_for(full: Band) -> None:
    with clock.use_clock(clock.at_noon(EARLY)):
        person = employ(full, 55_000)
    adjust()
    with clock.use_clock(clock.at_noon(NOW)):
        raise_by(person, 1_000, EARLY)
    then = clock.at_noon(NOW - timedelta(days=1))()
    found = rate_on(person, SUNDAY, known=then)
    assert found is not None
    assert found.basic == 56_375
    assert basics(person, SUNDAY) == [57_400]


def test_a_promotion_entered_late_takes_the_adjustment_of_its_own_band(
    full: Band, senior: Band
) -> None:
    person = employ(full, 62_000)
    adjust(FP=(42_139, 71_750), SE=(67_500, 102_000))
    promote(again(person), position=position_in(senior), **given(EARLY))
    # 62,000 x 1.08 = 66,960; the SE minimum rises 2.0979 %: 66,960 x 67,500 / 66,113 = 68,364.8
    assert basics(person, EARLY, SUNDAY) == [66_960, 68_365]
    assert_books(person)


def test_an_adjustment_that_does_not_concern_the_new_band_falls_away(
    full: Band, senior: Band
) -> None:
    person = employ(full, 62_000)
    adjust()
    promote(again(person), position=position_in(senior), **given(EARLY))
    assert basics(person, EARLY, SUNDAY) == [66_960, 66_960]
    annulled = PayAction.objects.get(employee=person, annuls=True)
    assert annulled.corrects is not None
    assert annulled.corrects.kind == "range_increase"
    assert not PayRate.objects.filter(employee=person, starts=SUNDAY).exists()
    assert_books(person)


def test_an_adjustment_of_the_new_band_comes_in_where_none_was_posted(
    full: Band, senior: Band
) -> None:
    person = employ(full, 62_000)
    adjust(SE=(67_500, 102_000))
    promote(again(person), position=position_in(senior), **given(EARLY))
    assert basics(person, EARLY, SUNDAY) == [66_960, 68_365]
    assert_books(person)


def test_a_future_promotion_is_worked_out_again_when_an_adjustment_comes_before_it(
    full: Band, senior: Band
) -> None:
    person = employ(full, 62_000)
    promote(again(person), position=position_in(senior), **given(MARCH, today=EARLY))
    assert basics(person, EARLY, MARCH) == [62_000, 66_960]
    found = adjust()
    assert found.exceptions == []
    # 62,000 x 42,139 / 41,111 = 63,550.3, and 8 % on that.
    assert basics(person, SUNDAY, MARCH) == [63_550, 68_634]
    assert_books(person)


def test_a_future_promotion_meets_the_minimum_that_is_set_before_it(
    full: Band, senior: Band
) -> None:
    person = employ(full, 55_000)
    promote(again(person), position=position_in(senior), **given(MARCH, today=EARLY))
    adjust(SE=(67_500, 102_000))
    assert basics(person, SUNDAY, MARCH) == [55_000, 67_500]
    assert_books(person)


@pytest.mark.paragraph("9701.354#1")
def test_a_demotion_of_the_morning_comes_after_the_adjustment_of_the_day(
    full: Band, senior: Band
) -> None:
    person = employ(senior, 70_000)
    decision = AdverseDecision(reference="D", delivered_on=EARLY)
    demote(
        again(person), position=position_in(full), basis="adverse_action", basic=65_000,
        decision=decision, **given(SUNDAY, today=SUNDAY),
    )  # fmt: skip
    adjust(FP=(42_139, 71_750), SE=(67_500, 102_000))
    steps = PayAction.objects.filter(employee=person, effective=SUNDAY).order_by("step", "id")
    told = [(each.step, each.rule, each.basic_before, each.basic_after) for each in steps]
    # 70,000 x 67,500 / 66,113 = 71,468.5; the decided rate stands, within 10 percent of 71,469.
    assert told == [
        (1, "R5", 70_000, 71_469), (6, "R27", 70_000, 65_000), (6, "R27", 71_469, 65_000),
    ]  # fmt: skip
    assert basics(person, SUNDAY) == [65_000]
    assert_books(person)


def test_a_decided_rate_that_the_new_ground_forbids_leaves_the_person_alone(
    full: Band, senior: Band
) -> None:
    person = employ(senior, 70_000)
    decision = AdverseDecision(reference="D", delivered_on=EARLY)
    demote(
        again(person), position=position_in(full), basis="adverse_action", basic=63_000,
        decision=decision, **given(SUNDAY, today=SUNDAY),
    )  # fmt: skip
    before = PayAction.objects.count()
    found = adjust(FP=(42_139, 71_750), SE=(67_500, 102_000))
    # 63,000 is exactly 10 percent below 70,000, and more below 71,469.
    ((who, refusal),) = found.exceptions
    assert (who, refusal.code) == (person.pk, "conflicting_order")
    assert "2007-01-07" in refusal.message
    assert PayAction.objects.count() == before
    assert basics(person, SUNDAY) == [63_000]


def test_a_later_step_that_does_not_fit_stops_the_whole_act(full: Band, senior: Band) -> None:
    person = employ(full, 62_000)
    reduce_within_band(
        again(person), basic=56_000, reason="conduct",
        decision=AdverseDecision(reference="D", delivered_on=MARCH), **given(MARCH),
    )  # fmt: skip
    seen = list(PayAction.objects.values_list("id", flat=True)), Assignment.objects.count()
    orders = PayOrder.objects.count()
    with pytest.raises(Refused) as refusal:
        raise_by(person, 1_000, EARLY)
    # 90 percent of 63,000 is 56,700.
    assert refusal.value.code == "conflicting_order"
    assert "2007-03-04" in refusal.value.message
    assert (list(PayAction.objects.values_list("id", flat=True)), Assignment.objects.count()) == (
        seen
    )
    assert PayOrder.objects.count() == orders


def test_a_promotion_before_a_promotion_into_the_same_band_is_a_conflict(
    full: Band, senior: Band
) -> None:
    person = employ(full, 62_000)
    promote(again(person), position=position_in(senior), **given(MARCH))
    with pytest.raises(Refused) as refusal:
        promote(again(person), position=position_in(senior), **given(SUNDAY))
    assert refusal.value.code == "conflicting_order"


def test_a_late_move_splits_the_assignment_of_its_time(full: Band) -> None:
    person = employ(full, 55_000)
    last = position_in(full)
    reassign(again(person), position=last, **given(MARCH))
    reassign(again(person), area="NYC", **given(SUNDAY))
    held = Assignment.objects.filter(employee=person).order_by("period")
    assert [(each.area, each.period.lower, each.period.upper) for each in held][1:] == [
        ("NYC", SUNDAY, MARCH), ("NYC", MARCH, None),
    ]  # fmt: skip
    assert held[2].position == last
    # 55,000 x 1.2 from the day of the move on, in the later position too.
    assert list(
        PayRate.objects.filter(employee=person)
        .order_by("starts")
        .values_list("adjusted", flat=True)
    ) == [61_875, 66_000, 66_000]
    assert_books(person)


@pytest.mark.paragraph("9701.325(a)")
def test_a_denial_after_a_late_raise_follows_it_across_the_minimum(full: Band) -> None:
    person = employ(full, 41_500)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust()
    case = DeniedIncrease.objects.get(employee=person)
    assert case.below_minimum
    with pytest.raises(Refused) as refusal:
        raise_by(person, 1_000, EARLY, today=SUNDAY)
    assert refusal.value.code == "not_eligible"
    reassign(again(person), area="NYC", **given(EARLY, today=SUNDAY))
    assert DeniedIncrease.objects.get(pk=case.pk).state == "open"
    assert Deadline.objects.filter(subject=case.subject, state=DeadlineState.OPEN).exists()
    assert_books(person)


def test_a_cancelled_promotion_leaves_what_was_before_it(full: Band, senior: Band) -> None:
    person = employ(full, 62_000)
    action = promote(again(person), position=position_in(senior), **given(EARLY))
    adjust(FP=(42_139, 71_750), SE=(67_500, 102_000))
    assert basics(person, SUNDAY) == [68_365]
    row = cancel_action(action, reason="Another person", actor=SYSTEM, authority="C", on=NOW)
    assert (row.annuls, row.corrects_id) == (True, action.pk)
    assert basics(person, EARLY, SUNDAY) == [62_000, 63_550]
    (held,) = Assignment.objects.filter(employee=person)
    assert held.period.upper is None
    assert_books(person)
    with pytest.raises(Refused) as refusal:
        cancel_action(action, reason="Again", actor=SYSTEM, authority="C", on=NOW)
    assert refusal.value.code == "already_done"


def test_what_no_single_decision_made_is_not_cancelled(full: Band) -> None:
    person = employ(full, 62_000)
    adjust()
    for action in PayAction.objects.filter(employee=person):
        with pytest.raises(Refused) as refusal:
            cancel_action(action, reason="Error", actor=SYSTEM, authority="C", on=NOW)
        assert refusal.value.code == "not_cancellable"


def test_a_cancellation_needs_a_reason_and_somebody_who_may(full: Band) -> None:
    organization = make_organization()
    person = employ(full, 55_000, organization=organization, user=True)
    action = raise_by(person, 1_000, EARLY)
    own = person.user
    assert own is not None
    grant_role(own, Role.HR_SPECIALIST, organization=organization)
    for actor, reason, code in (
        (SYSTEM, " ", "reason_required"),
        (Actor(user=own), "Error", "own_record"),
        (Actor(user=make_user()), "Error", "not_authorized"),
    ):
        with pytest.raises(Refused) as refusal:
            cancel_action(action, reason=reason, actor=actor, authority="C", on=NOW)
        assert refusal.value.code == code
    assert not PayAction.objects.filter(annuls=True).exists()


def test_playing_back_and_forth_ends_where_it_began(full: Band) -> None:
    person = employ(full, 55_000)
    adjust()
    action = raise_by(person, 1_000, EARLY)
    cancel_action(action, reason="Error", actor=SYSTEM, authority="C", on=NOW)
    assert basics(person, EARLY, SUNDAY) == [55_000, 56_375]
    raise_by(person, 1_000, EARLY)
    assert basics(person, EARLY, SUNDAY) == [56_000, 57_400]
    assert_books(person)


def test_two_raises_late_in_either_order_come_to_what_the_dates_say(full: Band) -> None:
    one, other = employ(full, 55_000), employ(full, 55_000)
    adjust()
    for person, dates in ((one, (EARLY, MARCH)), (other, (MARCH, EARLY))):
        for on in dates:
            increase_within_band(
                again(person), reason="exceptional_skills", percent=Decimal(2), **given(on)
            )
    # 56,100 x 42,139 / 41,111 = 57,502.8; 2 % on 57,503 = 58,653.06
    expected = [56_100, 57_503, 58_653]
    assert basics(one, EARLY, SUNDAY, MARCH) == expected
    assert basics(other, EARLY, SUNDAY, MARCH) == expected


def test_a_cancelled_payment_beside_pay_runs_no_more_and_the_one_that_it_reduced_goes_on(
    full: Band,
) -> None:
    person = employ(full, 55_000)
    actions = [
        pay_special_payment(
            again(person),
            kind="skills",
            amount=Decimal(300),
            schedule="pay_period",
            **given(EARLY, today=EARLY),
        )
    ]
    (payment,) = SpecialPayment.objects.all()
    reduce_special_payment(payment, amount=Decimal(200), **given(MARCH))
    actions.append(PayAction.objects.get(employee=person, effective=MARCH))
    with pytest.raises(Refused) as refusal:
        cancel_action(actions[0], reason="Error", actor=SYSTEM, authority="C", on=NOW)
    assert refusal.value.code == "conflicting_order"
    cancel_action(actions[1], reason="Error", actor=SYSTEM, authority="C", on=NOW)
    (payment,) = SpecialPayment.objects.all()
    assert (payment.amount, payment.ends) == (Decimal(300), None)
    cancel_action(actions[0], reason="Error", actor=SYSTEM, authority="C", on=NOW)
    assert not SpecialPayment.objects.exists()
    assert_books(person)
