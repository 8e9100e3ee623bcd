"""A range adjustment through the services: who gets what, who is denied, what is left behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.models import Deadline, Entry, WorkItem
from classification.models import Band
from pay.models import DeniedIncrease, PayAction, PayOrder, PayRate, RateRange
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.increase_within_band import increase_within_band
from pay.services.range_outcomes import RangeAdjustment
from performance.models import (
    PerformanceSystem,
    RatingOfRecord,
    RatingState,
    SystemCoverage,
)
from performance.queries.published import RatingUse, rating_for
from performance.services.cycles import ensure_cycle
from regulation.refusals import Refused
from tests.factories import cover, make_band
from tests.pay.factories import SYSTEM, make_ground, make_locality, make_paid_employee, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)
PERIOD = date(2006, 9, 30)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def adjust(minimum: int = 42_139, maximum: int = 71_750, on: date = DAY) -> RangeAdjustment:
    return adjust_ranges(
        {"LE-FP": (minimum, maximum)}, effective=on, actor=SYSTEM, authority="D-2", on=on
    )


def deny(employee: Employee, issued: date = date(2006, 11, 15)) -> None:
    rate(employee, "U", issued=issued, period_end=PERIOD)


def last(employee: Employee) -> PayAction:
    return PayAction.objects.filter(employee=employee).latest("effective", "step", "place")


@pytest.mark.paragraph("9701.323(a)#1")
@pytest.mark.paragraph("9701.323(a)#2")
@pytest.mark.paragraph("9701.323(a)#3")
@pytest.mark.paragraph("9701.323(a)#4")
@pytest.mark.paragraph("9701.356(c)")
@pytest.mark.parametrize(
    ("basic", "retained", "after", "still_retained", "rule"),
    [
        (55_000, False, 56_375, False, "R5"),
        (41_111, False, 42_139, False, "R5"),
        (69_999, False, 71_749, False, "R5"),
        (70_000, False, 71_750, False, "R5"),
        (75_000, True, 75_938, True, "R6"),
        (70_001, True, 70_876, False, "R6"),
    ],
)
def test_each_gets_the_share_of_the_minimum(
    band: Band, basic: int, retained: bool, after: int, still_retained: bool, rule: str
) -> None:
    person = make_paid_employee(band, basic, retained=retained)
    rate(person, "ME", issued=date(2006, 10, 20), period_end=PERIOD)
    adjust()
    action = last(person)
    assert (action.basic_before, action.basic_after) == (basic, after)
    assert (action.retained, action.rule, action.kind) == (still_retained, rule, "range_increase")
    assert action.effective == DAY
    assert replay(action.rule, action.rule_version, action.inputs)["basic"] == after
    assert disagreements(on=DAY) == []


@pytest.mark.paragraph("9701.323(a)#4")
def test_what_the_maximum_cuts_off_is_paid_in_no_form(band: Band) -> None:
    person = make_paid_employee(band, 69_500)
    outcome = adjust(maximum=70_350).outcomes[0].result
    assert (outcome.outcome, outcome.lost) == ("cut_at_maximum", 888)
    assert (last(person).basic_after, int(last(person).lump_sum)) == (70_350, 0)


@pytest.mark.paragraph("9701.323(b)")
def test_an_old_unacceptable_rating_denies_nothing(band: Band) -> None:
    person = make_paid_employee(band, 55_000)
    rate(person, "U", issued=date(2005, 11, 15), period_end=date(2005, 9, 30))
    rated = make_paid_employee(band, 50_000)
    rate(rated, "ME", issued=date(2006, 10, 20), period_end=PERIOD)
    adjust()
    assert last(person).basic_after == 56_375


@pytest.mark.paragraph("9701.323(c)#1")
@pytest.mark.paragraph("9701.325(a)")
def test_below_the_new_minimum_a_case_opens_with_its_clock(band: Band) -> None:
    person = make_paid_employee(band, 41_111)
    deny(person)
    adjust()

    action = last(person)
    assert action.kind == "range_increase_denied"
    assert (action.basic_before, action.basic_after, action.below_minimum) == (
        41_111, 41_111, True,
    )  # fmt: skip
    case = DeniedIncrease.objects.get()
    assert (case.percentage, case.below_minimum) == ("1028/41111", True)
    assert (case.due_on, case.citation) == (date(2007, 4, 7), "9701.325(a)")
    assert case.rating is not None
    assert case.action_id == action.pk
    clock = Deadline.objects.get()
    assert (clock.kind, clock.due_on, clock.alerts) == (
        "below_minimum_90_days", date(2007, 4, 7), [30, 60, 80],
    )  # fmt: skip
    assert WorkItem.objects.get().due_on == date(2007, 4, 7)
    assert Entry.objects.filter(subject=case.subject, act="deny").exists()
    assert disagreements(on=DAY) == []


@pytest.mark.paragraph("9701.324#1")
@pytest.mark.paragraph("9701.323(c)#1")
def test_at_the_new_minimum_exactly_there_is_no_clock(band: Band) -> None:
    person = make_paid_employee(band, 42_139)
    deny(person)
    adjust()
    case = DeniedIncrease.objects.get()
    assert (case.below_minimum, case.due_on, case.citation) == (False, None, "9701.324")
    assert not Deadline.objects.exists()


@pytest.mark.paragraph("9701.323(c)#1")
@pytest.mark.parametrize(
    ("issued", "denied"),
    [(date(2007, 1, 6), True), (date(2007, 1, 7), True), (date(2007, 1, 8), False)],
)
def test_a_rating_issued_after_the_date_claws_nothing_back(
    band: Band, issued: date, denied: bool
) -> None:
    person = make_paid_employee(band, 55_000)
    if issued > DAY:
        adjust()
    deny(person, issued=issued)
    if issued <= DAY:
        adjust()
    assert last(person).basic_after == (55_000 if denied else 56_375)
    assert DeniedIncrease.objects.exists() is denied


@pytest.mark.paragraph("9701.357(b)")
def test_a_lowered_maximum_makes_the_rate_above_it_a_retained_one(band: Band) -> None:
    person = make_paid_employee(band, 70_500 - 600)
    adjust(minimum=41_111, maximum=69_000)
    assert (last(person).basic_after, last(person).retained) == (69_900, True)
    assert disagreements(on=DAY) == []


def test_where_nothing_changes_nothing_is_posted(band: Band) -> None:
    person = make_paid_employee(band, 55_000)
    deny(person)
    adjust(minimum=41_111, maximum=77_000)
    assert last(person).kind == "starting_pay"
    assert not DeniedIncrease.objects.exists()


@pytest.mark.paragraph("9701.312(a)")
def test_the_cap_takes_from_the_supplement(band: Band) -> None:
    make_band("LE-SUP", minimum=78_250, maximum=140_000, rank=4, level="supervisory")
    make_locality("DC", "20")
    person = make_paid_employee(Band.objects.get(code="LE-SUP"), 128_000, area="DC")
    action = last(person)
    assert (action.uncapped, action.adjusted, action.supplement) == (153_600, 150_000, 22_000)


def test_a_band_of_another_name_or_above_the_cap_is_refused_whole(band: Band) -> None:
    person = make_paid_employee(band, 55_000)
    for ranges, code in (
        ({"LE-XX": (1, 2)}, "invalid_range"),
        ({"LE-FP": (42_139, 150_001)}, "above_executive_level"),
        ({"LE-FP": (70_000, 70_000)}, "invalid_range"),
    ):
        with pytest.raises(Refused) as refusal:
            adjust_ranges(ranges, effective=DAY, actor=SYSTEM, authority="D-2", on=DAY)
        assert refusal.value.code == code
    assert RateRange.objects.count() == 1
    assert last(person).kind == "starting_pay"


def test_the_ranges_before_and_after_stay_on_record(band: Band) -> None:
    adjust()
    ranges = RateRange.objects.order_by("period")
    assert [(each.minimum, each.period.lower, each.period.upper) for each in ranges] == [
        (41_111, date(2000, 1, 1), DAY),
        (42_139, DAY, None),
    ]
    with pytest.raises(Refused, match="later date"):
        adjust(on=date(2006, 12, 24))


def test_people_out_of_reach_are_named_and_left_alone(band: Band) -> None:
    later = make_paid_employee(band, 55_000, hired=date(2007, 2, 4))
    other = make_paid_employee(band, 55_000, hired=date(2007, 1, 21))
    fine = make_paid_employee(band, 50_000)
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=date(2007, 1, 21), actor=SYSTEM,
        authority="D-2", on=date(2007, 1, 21),
    )  # fmt: skip
    assert last(fine).kind == "range_increase"
    assert last(other).kind == "range_increase"
    assert last(later).kind == "starting_pay"


def test_whoever_is_posted_later_is_adjusted_first_and_replayed(band: Band) -> None:
    person = make_paid_employee(band, 55_000)
    on = date(2007, 2, 4)
    increase_within_band(
        person, reason="exceptional_skills", amount=1_000, effective=on, actor=SYSTEM,
        authority="I", on=on,
    )  # fmt: skip
    found = adjust(on=date(2007, 1, 21))
    assert found.exceptions == []
    # 55,000 x 42,139 / 41,111 = 56,375.3, and 1,000 on that.
    rates = [rate_on(person, day) for day in (date(2007, 1, 21), on)]
    assert [each.basic for each in rates if each] == [56_375, 57_375]
    assert disagreements([person.pk], on=on) == []


def test_orders_say_who_decided_and_what(band: Band) -> None:
    person = make_paid_employee(band, 55_000)
    adjust()
    order = PayOrder.objects.get(employee=person, kind="range_adjustment")
    assert order.authority == "D-2"
    assert order.chosen == {"ranges": {str(band.pk): [42_139, 71_750]}}
    assert last(person).order_id == order.pk


def test_an_adjustment_of_many_takes_the_queries_of_one(
    band: Band, django_assert_max_num_queries: Any
) -> None:
    for basic in range(45_000, 45_040):
        make_paid_employee(band, basic)
    with django_assert_max_num_queries(35):
        adjust()
    assert PayRate.objects.filter(starts=DAY).count() == 40


@pytest.mark.paragraph("9701.323(b)")
@pytest.mark.paragraph("9701.323(c)#1")
@pytest.mark.parametrize(
    ("level", "period_end", "denied"),
    [
        ("U", date(2006, 3, 31), True),
        ("ME", date(2006, 3, 31), False),
        ("U", date(2005, 3, 31), False),
    ],
)
def test_the_period_completed_last_is_that_of_the_persons_own_system(
    band: Band, level: str, period_end: date, denied: bool
) -> None:
    """A system whose year is April to March beside one whose year is October to September."""
    ensure_cycle(PERIOD)
    ensure_cycle(date(2006, 3, 31), system_code="CG")
    own = PerformanceSystem.objects.get(code="CG")
    SystemCoverage.objects.create(system=own, starts=date(2000, 1, 1), category="coast_guard")
    cover("coast_guard", "BCDF", effective=date(2000, 1, 1))
    person, other = make_paid_employee(band, 55_000), make_paid_employee(band, 55_000)
    Employee.objects.filter(pk=person.pk).update(coverage_category="coast_guard")
    cycle = ensure_cycle(period_end, system_code="CG")
    RatingOfRecord.objects.create(
        employee=person,
        cycle=cycle,
        state=RatingState.ISSUED,
        level=own.levels.get(code=level),
        issued_on=date(2006, 4, 20),
    )
    deny(other)
    adjust()
    assert last(person).basic_after == (55_000 if denied else 56_375)
    assert DeniedIncrease.objects.filter(employee=person).exists() is denied
    assert last(other).basic_after == 55_000
    found = rating_for(
        Employee.objects.get(pk=person.pk), RatingUse.RELEASED_RANGE_INCREASE, date(2007, 1, 7)
    )
    assert (found is not None) is (period_end == date(2006, 3, 31))
