"""R37: an overturned rating pays what it kept back, on its own date, and edits no row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState, Entry
from casework.sweeps import run_daily
from classification.models import Band
from governance.services.directives import issue_directive
from pay.ledger import Posting, post
from pay.models import (
    Correction,
    DeniedIncrease,
    InterestRate,
    LocalityArea,
    PayAction,
    PayPool,
    PointPattern,
    PoolMembership,
)
from pay.queries.history import pay_history
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.adverse import AdverseDecision
from pay.services.certify_pool import Funds
from pay.services.pay_out import pay_out
from pay.services.promote import promote
from pay.services.reduce_within_band import reduce_within_band
from pay.services.separate import separate
from pay.services.verification import Tally, replay_ledger
from performance.models import RatingOfRecord
from performance.services.correct_rating import correct_rating
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
from workforce.models import Employee

pytestmark = pytest.mark.django_db

SUNDAY = date(2007, 1, 7)
OVERTURNED = date(2007, 5, 13)
PERIOD = date(2006, 9, 30)
ISSUED = date(2006, 11, 15)


@pytest.fixture
def band() -> Band:
    make_ground()
    make_locality("LA", "12.5")
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def denied(band: Band, basic: int = 55_000, **fields: Any) -> RatingOfRecord:
    """The unacceptable rating of somebody whose increase it withheld on January 7, 2007."""
    with clock.use_clock(clock.at_noon(SUNDAY)):
        person = make_paid_employee(band, basic, area="LA", **fields)
        rating = rate(person, "U", issued=ISSUED, period_end=PERIOD)
        adjust(SUNDAY)
    return rating


def adjust(on: date, minimum: int = 42_139, maximum: int = 71_750) -> None:
    adjust_ranges({"LE-FP": (minimum, maximum)}, effective=on, actor=SYSTEM, authority="D", on=on)


def overturn(
    rating: RatingOfRecord, level: str = "ME", *, on: date = OVERTURNED, **fields: Any
) -> Correction:
    """Correct a rating on the day that it is overturned; the correction of pay that follows."""
    given = {"reference": "Award 12", "decided": on, "actor": SYSTEM, **fields}
    with clock.use_clock(clock.at_noon(on)):
        correct_rating(
            RatingOfRecord.objects.get(pk=rating.pk), corrected_level=level, on=on, **given
        )
    return Correction.objects.latest("id")


def assert_in_order(employee: Employee, *, on: date = OVERTURNED) -> None:
    """Ledger, rules and projection agree, corrections included."""
    tally = Tally()
    assert list(replay_ledger(tally=tally, employee=employee)) == []
    assert disagreements([employee.pk], on=on) == []


def basics(employee: Employee, *dates: date) -> list[int | None]:
    """Basic pay in force on dates."""
    return [found.basic if (found := rate_on(employee, on)) else None for on in dates]


@pytest.mark.paragraph("9701.323:preamble-error")
def test_the_increase_is_paid_from_its_own_date_with_back_pay_by_the_hour(band: Band) -> None:
    rating = denied(band)
    correction = overturn(rating)
    assert basics(rating.employee, SUNDAY - timedelta(days=1), SUNDAY, OVERTURNED) == [
        55_000, 56_375, 56_375,
    ]  # fmt: skip
    # 9 whole periods x 80 h x (30.39 - 29.65)
    assert correction.amount == Decimal("532.80")
    assert (correction.since, correction.reference) == (SUNDAY, "Award 12")
    assert replay("R37", 1, correction.inputs)["amount"] == "532.80"
    case = DeniedIncrease.objects.get(rating=rating)
    assert (case.state, case.closed_on) == ("closed", OVERTURNED)
    assert_in_order(rating.employee)


@pytest.mark.paragraph("9701.335:back-pay")
def test_a_supplement_that_the_rating_froze_is_paid_from_its_own_date(band: Band) -> None:
    LocalityArea.objects.create(code="LA", name="Los Angeles")
    with clock.use_clock(clock.at_noon(SUNDAY)):
        person = make_paid_employee(band, 55_000, area="LA")
        rating = rate(person, "U", issued=ISSUED, period_end=PERIOD)
        adjust_supplement(
            "locality", key="LA", percent=Decimal(16), effective=SUNDAY, actor=SYSTEM,
            authority="D", on=SUNDAY,
        )  # fmt: skip
    frozen = rate_on(person, SUNDAY)
    assert frozen is not None
    assert frozen.adjusted == 61_875
    correction = overturn(rating)
    paid = rate_on(person, SUNDAY)
    assert paid is not None
    assert (paid.basic, paid.adjusted) == (55_000, 63_800)
    # 63,800 / 2,087 is 30.57 an hour: 9 whole periods x 80 h x (30.57 - 29.65)
    assert (correction.amount, correction.since) == (Decimal("662.40"), SUNDAY)
    assert_in_order(person)


@pytest.mark.paragraph("9701.323:preamble-error")
def test_no_row_is_edited_and_both_stories_can_be_told(band: Band) -> None:
    rating = denied(band)
    before = list(PayAction.objects.order_by("id").values())
    overturn(rating)
    assert list(PayAction.objects.order_by("id").values()[: len(before)]) == before
    row = PayAction.objects.get(kind="correction")
    assert row.corrects is not None
    assert (row.effective, row.step, row.place, row.rule, row.citation) == (
        SUNDAY, 1, row.corrects.place, "R5", "9701.323(a)",
    )  # fmt: skip
    employee = rating.employee
    then = clock.at_noon(OVERTURNED - timedelta(days=1))
    assert known(employee, then()) == (55_000, "range_increase_denied")
    assert known(employee, clock.at_noon(OVERTURNED)()) == (56_375, "correction")
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(amount=0)


def known(employee: Employee, moment: datetime) -> tuple[int | None, str]:
    """Basic pay on January 7 as it was known, and the kind of the newest step of the page."""
    found = rate_on(employee, SUNDAY, known=moment)
    assert found is not None
    return found.basic, pay_history(employee, on=OVERTURNED, known=moment).steps[0].action.kind


@pytest.mark.paragraph("9701.323:preamble-error")
def test_a_minimum_by_default_adds_nothing_to_the_increase_that_was_due(band: Band) -> None:
    rating = denied(band, 41_500)
    day = SUNDAY
    while day < OVERTURNED:
        day += timedelta(days=7)
        with clock.use_clock(clock.at_noon(day)):
            run_daily(on=day)
    employee = rating.employee
    assert basics(employee, date(2007, 4, 14), date(2007, 4, 15)) == [41_500, 42_139]
    correction = overturn(rating)
    assert basics(employee, SUNDAY, date(2007, 4, 15)) == [42_538, 42_538]
    # 7 periods x 80 h x (22.93 - 22.37) and 2 x 80 h x (22.93 - 22.71)
    assert correction.amount == Decimal("348.80")
    assert DeniedIncrease.objects.get(rating=rating).state == "closed"
    assert_in_order(employee)


@pytest.mark.paragraph("9701.323:preamble-error")
def test_overturned_before_day_90_the_clock_ends_and_no_minimum_follows(band: Band) -> None:
    rating = denied(band, 41_500)
    overturn(rating, on=date(2007, 2, 4))
    clocks = Deadline.objects.filter(employee_key=rating.employee_id)
    assert set(clocks.values_list("state", flat=True)) == {DeadlineState.CANCELLED}
    with clock.use_clock(clock.at_noon(OVERTURNED)):
        run_daily(on=OVERTURNED)
    assert basics(rating.employee, OVERTURNED) == [42_538]
    assert not PayAction.objects.filter(kind="minimum_by_default").exists()


@pytest.mark.paragraph("9701.323:preamble-error")
def test_a_promotion_is_figured_again_on_the_right_rate(band: Band) -> None:
    senior = make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)
    rating = denied(band, 63_000)
    promote(
        Employee.objects.get(pk=rating.employee_id),
        position=position_in(senior),
        effective=date(2007, 3, 4),
        actor=SYSTEM,
        authority="P",
        on=date(2007, 3, 4),
    )
    assert basics(rating.employee, date(2007, 3, 4)) == [68_040]
    correction = overturn(rating)
    assert basics(rating.employee, SUNDAY, date(2007, 3, 4)) == [64_575, 69_741]
    # 4 periods x 80 h x (34.81 - 33.96) and 5 x 80 h x (37.59 - 36.68)
    assert correction.amount == Decimal("636.00")
    assert_in_order(rating.employee)


@pytest.mark.paragraph("9701.323:preamble-error")
def test_who_left_is_owed_what_ran_until_then(band: Band) -> None:
    rating = denied(band)
    left = date(2007, 2, 4)
    separate(
        Employee.objects.get(pk=rating.employee_id),
        effective=left, actor=SYSTEM, authority="S", on=left,
    )  # fmt: skip
    correction = overturn(rating)
    assert correction.amount == Decimal("118.40")  # 2 x 80 h x 0.74
    assert basics(rating.employee, SUNDAY, left) == [56_375, None]
    assert_in_order(rating.employee)


@pytest.mark.paragraph("9701.323:preamble-error")
def test_interest_compounds_from_the_end_of_each_period_where_rates_are_on_record(
    band: Band,
) -> None:
    rating = denied(band)
    InterestRate.objects.create(starts=date(2007, 1, 1), percent=Decimal(8))
    # Periods end on 01-20 and 02-03: 59.20 for 120 and for 106 days,
    # 59.20 x ((1 + .08/365)^120 - 1) + 59.20 x ((1 + .08/365)^106 - 1) = 1.5777 + 1.3915
    separate_on = date(2007, 2, 4)
    separate(
        Employee.objects.get(pk=rating.employee_id),
        effective=separate_on, actor=SYSTEM, authority="S", on=separate_on,
    )  # fmt: skip
    correction = overturn(rating, on=date(2007, 5, 21))
    assert (correction.amount, correction.interest) == (Decimal("118.40"), Decimal("2.97"))


@pytest.mark.paragraph("9701.323:preamble-error")
def test_without_rates_on_record_interest_stays_open_and_is_not_guessed(band: Band) -> None:
    assert overturn(denied(band)).interest is None


@pytest.mark.paragraph("9701.323:preamble-error")
def test_rates_that_do_not_reach_back_stop_the_correction_by_name(band: Band) -> None:
    rating = denied(band)
    InterestRate.objects.create(starts=date(2007, 4, 1), percent=Decimal(8))
    refused(rating, "parameter_missing")


def refused(rating: RatingOfRecord, code: str, level: str = "ME", **fields: Any) -> None:
    """The correction is refused whole: rating, ledger and case are as they were."""
    before = list(PayAction.objects.order_by("id").values())
    with pytest.raises(Refused) as refusal:
        overturn(rating, level, **fields)
    assert refusal.value.code == code
    level_now = RatingOfRecord.objects.get(pk=rating.pk).level
    assert level_now is not None
    assert level_now.code == "U"
    assert list(PayAction.objects.order_by("id").values()) == before
    assert not Correction.objects.exists()


@pytest.mark.paragraph("9701.323:preamble-error")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reference": "  "}, "award_reference_required"),
        ({"decided": OVERTURNED + timedelta(days=1)}, "invalid_input"),
        ({"level": "U"}, "no_effect"),
        ({"level": "ZZ"}, "level_not_in_system"),
    ],
)
def test_a_correction_needs_the_decision_that_found_the_error(
    band: Band, fields: dict[str, Any], code: str
) -> None:
    refused(denied(band), code, **fields)


def test_hr_of_the_organization_corrects_and_nobody_his_own(band: Band) -> None:
    organization = make_organization()
    rating = denied(band, organization=organization, user=True)
    own, stranger, hr = rating.employee.user, make_user(), make_user()
    assert own is not None
    for user in (own, hr):
        grant_role(user, Role.HR_SPECIALIST, organization=organization)
    refused(rating, "own_record", actor=Actor(user=own))
    refused(rating, "permission_denied", actor=Actor(user=stranger))
    correction = overturn(rating, actor=Actor(user=hr))
    assert correction.actor == hr
    entry = Entry.objects.get(subject=rating.subject, act="correct_rating")
    assert entry.detail == {
        "reference": "Award 12", "decided": "2007-05-13", "from": "U", "to": "ME",
        "cause": "correction",
    }  # fmt: skip


@pytest.mark.paragraph("9701.323:preamble-error")
def test_a_conversion_rests_on_the_former_rate_and_stays_what_it_was(band: Band) -> None:
    rating = denied(band)
    on = date(2007, 3, 4)
    posted_conversion(rating, band, on=on)
    correction = overturn(rating)
    assert basics(rating.employee, SUNDAY, on) == [56_375, 60_000]
    row = PayAction.objects.get(effective=on, kind="correction")
    assert (row.basic_before, row.basic_after) == (56_375, 60_000)
    assert correction.amount == Decimal("236.80")  # 4 x 80 h x 0.74


def posted_conversion(rating: RatingOfRecord, band: Band, *, on: date) -> None:
    post(
        Posting(
            employee_id=rating.employee_id, effective=on, step=0, kind="conversion", rule="R32",
            citation="9701.373", inputs={}, band_id=band.pk, basic_before=55_000,
            basic_after=60_000, uncapped=60_000, adjusted=60_000, minimum=42_139,
            maximum=71_750, cap=150_000,
        )
    )  # fmt: skip


@pytest.mark.paragraph("9701.323:preamble-error")
def test_a_step_that_its_rule_refuses_on_the_right_rate_stops_the_correction(band: Band) -> None:
    rating = denied(band)
    on = date(2007, 3, 4)
    reduce_within_band(
        Employee.objects.get(pk=rating.employee_id), basic=50_000, reason="conduct",
        decision=AdverseDecision(reference="D", delivered_on=on), effective=on, actor=SYSTEM,
        authority="R", on=on,
    )  # fmt: skip
    # 50,000 is within 10 percent of 55,000, not of 56,375 (50,738 at least).
    refused(rating, "correction_not_replayable")


def test_a_correction_downward_recovers_nothing(band: Band) -> None:
    person = make_paid_employee(band, 55_000, area="LA")
    rating = rate(person, "EE", issued=ISSUED, period_end=PERIOD)
    adjust(SUNDAY)
    correction = overturn(rating, "U")
    assert (correction.since, correction.amount) == (None, Decimal(0))
    assert basics(person, SUNDAY, OVERTURNED) == [56_375, 56_375]
    assert not PayAction.objects.filter(kind="correction").exists()


def test_what_another_rating_withheld_stays_withheld_on_the_right_rate(band: Band) -> None:
    first = denied(band)
    second_on = date(2008, 1, 6)
    rate(first.employee, "U", issued=date(2007, 11, 1), period_end=date(2007, 9, 30))
    adjust(second_on, 43_193, 73_544)
    overturn(first, on=date(2008, 2, 3))
    assert basics(first.employee, SUNDAY, second_on) == [56_375, 56_375]
    open_case = DeniedIncrease.objects.get(adjusted_on=second_on)
    assert (open_case.state, open_case.basic_denied) == ("open", 56_375)
    rate(first.employee, "ME", issued=date(2008, 2, 10), period_end=date(2007, 9, 30),
         kind="additional")  # fmt: skip
    run_daily(on=date(2008, 2, 17))
    # 56,375 x (1 + 1054/42139) = 57,785.1
    assert basics(first.employee, date(2008, 2, 17)) == [57_785]
    assert_in_order(first.employee, on=date(2008, 2, 17))


@pytest.mark.paragraph("9701.325(a)")
def test_another_denial_is_no_longer_below_the_minimum_on_the_right_rate(band: Band) -> None:
    first = denied(band, 42_139)
    rate(first.employee, "U", issued=date(2007, 11, 1), period_end=date(2007, 9, 30))
    adjust(date(2008, 1, 6), 42_600, 73_544)
    assert DeniedIncrease.objects.get(adjusted_on=date(2008, 1, 6)).below_minimum
    overturn(first, on=date(2008, 2, 3))
    # 42,139 x 42,139 / 41,111 = 43,192.7, above 42,600: no 90 days run any more.
    case = DeniedIncrease.objects.get(adjusted_on=date(2008, 1, 6))
    assert (case.state, case.below_minimum, case.basic_denied) == ("open", False, 43_193)
    assert not Deadline.objects.filter(subject=case.subject, state=DeadlineState.OPEN).exists()
    assert_in_order(first.employee, on=date(2008, 2, 3))


# --- Payouts


def make_pool(points: dict[str, int]) -> PayPool:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    PointPattern.objects.create(
        pool=pool,
        starts=date(2000, 1, 1),
        points={level: str(value) for level, value in points.items()},
    )
    return pool


def paid_pool(rating: RatingOfRecord, band: Band, **fields: Any) -> PayPool:
    """A pool of the rating's employee and one other, paid out on January 7, 2007."""
    pool = make_pool({"AE": 4, "EE": 2, "ME": 1, "U": 0})
    other = make_paid_employee(band, 50_000)
    rate(other, "AE", issued=ISSUED, period_end=PERIOD)
    for person in (rating.employee, other):
        PoolMembership.objects.create(pool=pool, employee=person, period=(date(2000, 1, 1), None))
    funds = Funds(**{"mode": "share_dollar", "amount": Decimal(8_000), **fields})
    with clock.use_clock(clock.at_noon(SUNDAY)):
        pay_out(
            pool, funds=funds, period_end=PERIOD, effective=SUNDAY, actor=SYSTEM, authority="P",
            on=SUNDAY,
        )  # fmt: skip
    return pool


@pytest.mark.paragraph("9701.342(a)(2)#3")
@pytest.mark.parametrize(("level", "basic"), [("ME", 58_375), ("EE", 60_375), ("AE", 64_375)])
def test_the_payout_is_that_of_the_right_level_at_the_value_then_certified(
    band: Band, level: str, basic: int
) -> None:
    rating = denied(band)
    paid_pool(rating, band)
    others = PayAction.objects.exclude(employee=rating.employee)
    before = list(others.order_by("id").values())
    overturn(rating, level)
    # 55,000 -> 56,375, then 2,000.00 a point
    assert basics(rating.employee, SUNDAY) == [basic]
    assert list(others.order_by("id").values()) == before
    row = PayAction.objects.get(employee=rating.employee, kind="performance_payout")
    assert (row.corrects, Decimal(row.inputs["value"])) == (None, Decimal(2_000))
    assert_in_order(rating.employee)


@pytest.mark.paragraph("9701.342(a)(2)#3")
def test_a_payout_is_split_at_the_maximum_of_its_own_day(band: Band) -> None:
    rating = denied(band, 69_500)
    paid_pool(rating, band)
    overturn(rating)
    # 69,500 -> 71,238, room 512 of 2,000
    row = PayAction.objects.get(employee=rating.employee, kind="performance_payout")
    assert (row.basic_before, row.basic_after, row.lump_sum) == (71_238, 71_750, Decimal(1_488))


@pytest.mark.paragraph("9701.342(a)(2)#3")
def test_the_parameter_can_leave_payouts_out(band: Band) -> None:
    issue_directive(
        number="D-9", title="No payouts", effective=date(2006, 12, 1), signed_by="S",
        values={"correction.includes_payout": False},
    )  # fmt: skip
    rating = denied(band)
    paid_pool(rating, band)
    overturn(rating)
    assert basics(rating.employee, SUNDAY) == [56_375]


@pytest.mark.paragraph("9701.342(a)(2)#3")
def test_a_second_correction_pays_only_what_is_still_missing(band: Band) -> None:
    rating = denied(band)
    paid_pool(rating, band)
    first = overturn(rating)
    again = overturn(rating, "EE", on=date(2007, 5, 27))
    assert basics(rating.employee, SUNDAY) == [60_375]
    # From 58,375 (31.47 with 12.5 %) to 60,375 (32.55), 10 periods x 80 h x 1.08
    assert (first.since, again.since, again.amount) == (SUNDAY, SUNDAY, Decimal("864.00"))
    assert PayAction.objects.filter(kind="correction").count() == 2
    assert_in_order(rating.employee, on=date(2007, 5, 27))


@pytest.mark.paragraph("9701.323:preamble-error")
def test_the_page_tells_both_stories_and_how_the_back_pay_is_figured(
    band: Band, client: Client
) -> None:
    rating = denied(band, user=True)
    overturn(rating)
    assert rating.employee.user is not None
    client.force_login(rating.employee.user)
    page = f"/pay/people/{rating.employee.number}/"
    with clock.use_clock(clock.at_noon(OVERTURNED)):
        now = client.get(page).content.decode()
        then = client.get(page, {"known": "2007-05-12"}).content.decode()
    assert ">Correction<" in now
    assert "(30.39 - 29.65) × 80 hours = 59.20, 9 times" in now
    assert "Back pay: 532.80." in now
    assert "known=2007-05-12" in now
    assert "Range increase withheld" in then
    assert ">Correction<" not in then
    assert "Back pay" not in then
