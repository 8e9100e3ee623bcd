"""Payouts, changes of the cap, returns and separations that land before a posted step (R39)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casework.sweeps import run_daily
from classification.models import Band
from pay.models import DeniedIncrease, PayAction, PayPool, PayRate, PointPattern, PoolMembership
from pay.queries.integrity import disagreements
from pay.queries.members import promoted_in
from pay.queries.rates import rate_on
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adverse import AdverseDecision
from pay.services.cancel_action import cancel_action
from pay.services.certify_pool import Funds
from pay.services.executive_schedule import set_executive_schedule
from pay.services.increase_within_band import increase_within_band
from pay.services.pay_out import PaidPool, pay_out
from pay.services.promote import promote
from pay.services.reduce_within_band import reduce_within_band
from pay.services.return_to_duty import return_to_duty
from pay.services.separate import separate
from pay.services.verification import Tally, replay_ledger
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
from workforce.services.absences import begin_absence

pytestmark = pytest.mark.django_db

PERIOD, ISSUED = date(2006, 9, 30), date(2006, 11, 15)
SUNDAY, MARCH, NOW = date(2007, 1, 7), date(2007, 3, 4), date(2007, 3, 25)


@pytest.fixture
def full() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def senior(full: Band) -> Band:
    return make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)


@pytest.fixture
def pool(full: Band) -> PayPool:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    PointPattern.objects.create(
        pool=pool, starts=date(2000, 1, 1), points={"AE": "4", "EE": "2", "ME": "1", "U": "0"}
    )
    return pool


def member(pool: PayPool, band: Band, basic: int, **fields: Any) -> Employee:
    person = make_paid_employee(band, basic, **fields)
    rate(person, "ME", issued=ISSUED, period_end=PERIOD)
    PoolMembership.objects.create(pool=pool, employee=person, period=(person.hired, None))
    return person


def given(on: date) -> dict[str, Any]:
    return {"effective": on, "actor": SYSTEM, "authority": "A", "on": NOW}


def again(person: Employee) -> Employee:
    return Employee.objects.get(pk=person.pk)


def pay(pool: PayPool, amount: int) -> PaidPool:
    """The payout of January 7, entered in March."""
    funds = Funds(mode="share_dollar", amount=Decimal(amount))
    return pay_out(pool, funds=funds, period_end=PERIOD, **given(SUNDAY))


def basics(person: Employee, *dates: date) -> list[int | None]:
    return [found.basic if (found := rate_on(person, on)) else None for on in dates]


def assert_books(person: Employee) -> None:
    assert list(replay_ledger(tally=Tally(), employee=person)) == []
    assert disagreements([person.pk], on=NOW) == []


# --- Payouts


@pytest.mark.paragraph("9701.342(d)(3)#1")
def test_a_promotion_after_a_late_payout_is_figured_on_it(
    full: Band, senior: Band, pool: PayPool
) -> None:
    person = member(pool, full, 62_000)
    promote(again(person), position=position_in(senior), **given(MARCH))
    paid = pay(pool, 2_000)
    # The member's rate is that of January: 62,000 + 2,000; then 64,000 x 1.08 = 69,120.
    assert [(each.basic, each.person.band) for each in paid.certified.lines] == [
        (62_000, paid.certified.lines[0].person.band)
    ]
    assert basics(person, SUNDAY, MARCH) == [64_000, 69_120]
    assert paid.exceptions == ()
    assert_books(person)


def test_a_late_payout_before_another_leaves_that_its_certified_value(
    full: Band, pool: PayPool
) -> None:
    person = member(pool, full, 69_000)
    funds = Funds(mode="fixed_percent", amount=Decimal(5_000), value=Decimal(2))
    pay_out(pool, funds=funds, period_end=PERIOD, **given(MARCH))
    assert basics(person, MARCH) == [70_000]
    pay(pool, 500)
    # 69,500 in January; 2 % of it are 1,390, of which 500 fit below 70,000.
    assert basics(person, SUNDAY, MARCH) == [69_500, 70_000]
    last = PayAction.objects.get(employee=person, effective=MARCH, kind="correction")
    assert last.lump_sum == Decimal(890)
    assert_books(person)


def test_whose_later_step_does_not_fit_a_late_payout_is_left_alone(
    full: Band, pool: PayPool
) -> None:
    person, other = member(pool, full, 62_000), member(pool, full, 50_000)
    reduce_within_band(
        again(person), basic=56_000, reason="conduct",
        decision=AdverseDecision(reference="D", delivered_on=MARCH), **given(MARCH),
    )  # fmt: skip
    paid = pay(pool, 4_000)
    # 56,000 is more than 10 percent below 64,000 (57,600 at least).
    ((who, refusal),) = paid.exceptions
    assert (who, refusal.code) == (person.pk, "conflicting_order")
    assert "2007-03-04" in refusal.message
    assert basics(person, SUNDAY, MARCH) == [62_000, 56_000]
    assert basics(other, SUNDAY) == [52_000]
    assert_books(person)


@pytest.mark.paragraph("9701.342(e)(1)")
def test_a_cancelled_promotion_prorates_no_payout(full: Band, senior: Band, pool: PayPool) -> None:
    person = member(pool, full, 62_000)
    action = promote(again(person), position=position_in(senior), **given(MARCH))
    window = {"window_start": SUNDAY, "window_end": NOW}
    assert promoted_in([person.pk], **window) == {person.pk: MARCH}
    cancel_action(action, reason="Another person", actor=SYSTEM, authority="C", on=NOW)
    assert promoted_in([person.pk], **window) == {}


# --- The cap


def test_a_change_of_the_cap_lands_before_a_posted_promotion(full: Band) -> None:
    make_locality("DC", "30")
    top = make_band("LE-TOP", minimum=118_000, maximum=140_000, rank=3)
    person = make_paid_employee(full, 69_000, area="DC")
    promote(again(person), position=position_in(top), **given(MARCH))
    # 118,000 x 1.3 = 153,400, above level III of 150,000.
    assert rates(person) == [(69_000, 89_700), (118_000, 150_000)]
    made = set_executive_schedule(level_iii=152_000, level_ii=165_000, **given(SUNDAY))
    assert len(made) == 1
    assert rates(person) == [(69_000, 89_700), (118_000, 152_000)]
    assert_books(person)


def test_a_cap_that_a_later_rate_of_basic_pay_passes_is_refused_whole(full: Band) -> None:
    top = make_band("LE-TOP", minimum=118_000, maximum=140_000, rank=3)
    person = make_paid_employee(full, 69_000)
    promote(again(person), position=position_in(top), **given(MARCH))
    before = PayAction.objects.count()
    with pytest.raises(Refused) as refusal:
        set_executive_schedule(level_iii=117_000, level_ii=117_500, **given(SUNDAY))
    assert refusal.value.code == "conflicting_order"
    assert "2007-03-04" in refusal.value.message
    assert PayAction.objects.count() == before


def test_a_schedule_before_one_of_a_later_date_is_refused(full: Band) -> None:
    set_executive_schedule(level_iii=152_000, level_ii=165_000, **given(MARCH))
    with pytest.raises(Refused) as refusal:
        set_executive_schedule(level_iii=151_000, level_ii=164_000, **given(SUNDAY))
    assert refusal.value.code == "earlier_than_posted"


def rates(person: Employee) -> list[tuple[int | None, int | None]]:
    found = PayRate.objects.filter(employee=person).order_by("starts")
    return list(found.values_list("basic", "adjusted"))


# --- Coming back and leaving


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_return_lands_before_a_promotion_that_was_posted_ahead(full: Band, senior: Band) -> None:
    person = make_paid_employee(full, 62_000)
    rate(person, "ME", issued=ISSUED, period_end=PERIOD)
    ahead = date(2007, 4, 1)
    promote(again(person), position=position_in(senior), **given(ahead))
    begin_absence(again(person), kind="uniformed_service", first_day=date(2006, 12, 1),
                  actor=SYSTEM, on=NOW)  # fmt: skip
    adjust_ranges({"LE-FP": (42_139, 71_750)}, **given(SUNDAY))
    assert basics(person, SUNDAY, ahead) == [62_000, 66_960]
    return_to_duty(again(person), back_on=MARCH, evidence="DD 214", actor=SYSTEM, authority="R",
                   on=NOW)  # fmt: skip
    # 62,000 x 42,139 / 41,111 = 63,550.3 upon return, and 8 % on that.
    assert basics(person, SUNDAY, MARCH, ahead) == [62_000, 63_550, 68_634]
    assert_books(person)


def test_a_separation_entered_late_annuls_the_adjustments_after_it(
    full: Band, pool: PayPool
) -> None:
    person = member(pool, full, 55_000)
    adjust_ranges({"LE-FP": (42_139, 71_750)}, **given(SUNDAY))
    pay(pool, 1_000)
    left = date(2007, 1, 3)
    separate(again(person), **given(left))
    assert basics(person, date(2007, 1, 2), left, SUNDAY) == [55_000, None, None]
    annulled = PayAction.objects.filter(employee=person, annuls=True).order_by("pk")
    assert [each.rule for each in annulled] == ["R5", "R17"]
    assert_books(person)


def test_an_increase_denied_after_a_late_separation_is_no_case_any_more(full: Band) -> None:
    person = make_paid_employee(full, 41_500)
    rate(person, "U", issued=ISSUED, period_end=PERIOD)
    adjust_ranges({"LE-FP": (42_139, 71_750)}, **given(SUNDAY))
    separate(again(person), **given(date(2007, 1, 3)))
    assert [str(each.state) for each in DeniedIncrease.objects.filter(employee=person)] == [
        "closed"
    ]
    assert_books(person)


def test_a_separation_before_what_somebody_decided_is_refused_and_says_why(
    full: Band, senior: Band
) -> None:
    person = make_paid_employee(full, 62_000)
    action = promote(again(person), position=position_in(senior), **given(MARCH))
    held = list(Assignment.objects.filter(employee=person).values_list("pk", "period"))
    with pytest.raises(Refused) as refusal:
        separate(again(person), **given(SUNDAY))
    assert refusal.value.code == "conflicting_order"
    assert "“Promotion” of 2007-03-04" in refusal.value.message
    assert list(Assignment.objects.filter(employee=person).values_list("pk", "period")) == held
    cancel_action(action, reason="Left before", actor=SYSTEM, authority="C", on=NOW)
    separate(again(person), **given(SUNDAY))
    assert basics(person, SUNDAY, MARCH) == [None, None]
    assert_books(person)


def test_a_raise_before_a_posted_separation_ends_with_it(full: Band) -> None:
    person = make_paid_employee(full, 55_000)
    separate(again(person), **given(MARCH))
    increase_within_band(again(person), reason="exceptional_skills", amount=1_000, **given(SUNDAY))
    assert basics(person, SUNDAY, MARCH) == [56_000, None]
    assert_books(person)


# --- A denial entered after the better rating


@pytest.mark.paragraph("9701.324#1")
@pytest.mark.parametrize(
    ("basic", "released"), [(55_000, 56_375), (41_500, 42_538)], ids=["R7", "R8"]
)
def test_a_rating_issued_before_a_late_adjustment_was_entered_releases_what_it_denied(
    full: Band, basic: int, released: int
) -> None:
    person = make_paid_employee(full, basic)
    rate(person, "U", issued=ISSUED, period_end=PERIOD)
    rate(person, "ME", issued=date(2007, 2, 10), period_end=PERIOD, kind="additional")
    adjust_ranges({"LE-FP": (42_139, 71_750)}, **given(SUNDAY))
    assert basics(person, SUNDAY, NOW) == [basic, basic]
    run_daily(on=NOW)
    # 2.5005 % from the pay period after February 10: 55,000 -> 56,375 and 41,500 -> 42,538.
    assert basics(person, SUNDAY, date(2007, 2, 17), date(2007, 2, 18)) == [basic, basic, released]
    assert [str(each.state) for each in DeniedIncrease.objects.filter(employee=person)] == [
        "released"
    ]
    assert_books(person)
