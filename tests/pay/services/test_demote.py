"""Demotion by adverse action and otherwise, and the end of a temporary promotion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casework.models import Deadline, Entry
from classification.models import Band
from governance.models import Coverage
from governance.services.directives import issue_directive
from pay.models import DeniedIncrease, PayAction, PayOrder, PayPool, PointPattern, PoolMembership
from pay.queries.integrity import disagreements
from pay.queries.replay import differences_of
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adverse import AdverseDecision
from pay.services.certify_pool import Funds
from pay.services.demote import demote
from pay.services.pay_out import pay_out
from pay.services.promote import promote
from pay.services.reassign import reassign
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
from workforce.models import Assignment, AssignmentKind, Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 3, 4)
PERIOD = date(2006, 9, 30)
RISE = date(2007, 1, 7)
DECISION = AdverseDecision(reference="proposal:1", delivered_on=DAY)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def senior(band: Band) -> Band:
    return make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)


def down(
    employee: Employee, to: Band, basis: str = "adverse_action", on: date = DAY, **extra: Any
) -> PayAction:
    if basis == "adverse_action":
        extra.setdefault("decision", DECISION)
    extra.setdefault("position", position_in(to))
    return demote(
        employee,
        basis=basis,
        effective=on,
        actor=SYSTEM,
        authority="Order",
        on=on,
        **extra,
    )


def check(action: PayAction) -> None:
    assert list(differences_of(action)) == []
    assert disagreements(on=action.effective) == []


def refused(employee: Employee, to: Band, basis: str = "adverse_action", **extra: Any) -> str:
    before = PayOrder.objects.count(), Assignment.objects.count(), PayAction.objects.count()
    with pytest.raises(Refused) as refusal:
        down(employee, to, basis, **extra)
    after = PayOrder.objects.count(), Assignment.objects.count(), PayAction.objects.count()
    assert before == after
    return refusal.value.code


@pytest.mark.paragraph("9701.354#2")
@pytest.mark.parametrize(
    ("former", "basic", "retained"),
    [
        (90_000, 70_000, True),
        (77_777, 70_000, False),
        (77_778, 70_000, False),
        (72_000, 64_800, False),
        (72_000, 70_000, False),
    ],
)
def test_an_adverse_demotion_takes_ten_percent_or_down_to_the_lower_maximum(
    band: Band, senior: Band, former: int, basic: int, retained: bool
) -> None:
    make_locality("RUS", "12.5")
    person = make_paid_employee(senior, former, area="RUS")
    action = down(person, band, basic=basic)
    assert (action.kind, action.rule, action.citation) == ("demotion", "R27", "9701.354")
    assert (action.basic_before, action.basic_after, action.retained) == (former, basic, False)
    assert (action.band_id, action.step) == (band.pk, 6)
    assert action.supplement_percent == Decimal("12.5")
    held = Assignment.objects.get(employee=person, period__contains=DAY)
    assert held.position.decisions.get().band == band
    assert Entry.objects.filter(subject=person.subject, act="demotion").count() == 1
    assert PayOrder.objects.latest("pk").chosen["decision"] == "proposal:1"
    check(action)


@pytest.mark.paragraph("9701.354#2")
@pytest.mark.parametrize(
    ("former", "basic", "code"),
    [
        (90_000, 69_999, "reduction_over_10"),
        (77_777, 69_999, "reduction_over_10"),
        (77_778, 69_999, "reduction_over_10"),
        (72_000, 64_799, "reduction_over_10"),
        (72_000, 70_001, "above_band_maximum"),
        (72_000, 41_110, "below_band_minimum"),
        (72_000, None, "reason_required"),
    ],
)
def test_an_adverse_demotion_outside_its_limits_changes_nothing(
    band: Band, senior: Band, former: int, basic: int | None, code: str
) -> None:
    person = make_paid_employee(senior, former)
    assert refused(person, band, basic=basic) == code


@pytest.mark.paragraph("9701.354#2")
def test_below_the_minimum_an_adverse_demotion_raises_nobody_and_ends_the_ninety_days(
    band: Band,
) -> None:
    entry = make_band("LE-ED", minimum=31_000, maximum=45_500, level="entry_developmental", rank=1)
    person = make_paid_employee(band, 41_111)
    rate(person, "U", issued=date(2006, 11, 15), period_end=PERIOD)
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=RISE, actor=SYSTEM, authority="D", on=RISE)
    assert refused(person, entry, basic=41_112) == "invalid_decision"
    assert refused(person, entry, basic=36_999) == "reduction_over_10"
    action = down(person, entry, basic=37_000)
    assert (action.basic_after, action.below_minimum) == (37_000, False)
    assert DeniedIncrease.objects.get().state == "closed"
    assert not Deadline.objects.filter(state="open").exists()
    check(action)


@pytest.mark.paragraph("9701.354#2")
@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (None, "not_adverse_action"),
        (AdverseDecision(reference=" ", delivered_on=DAY), "not_adverse_action"),
        (AdverseDecision(reference="x", delivered_on=date(2007, 3, 5)), "invalid_decision"),
    ],
)
def test_an_adverse_demotion_needs_a_decision_delivered_by_its_date(
    band: Band, senior: Band, decision: AdverseDecision | None, code: str
) -> None:
    person = make_paid_employee(senior, 72_000)
    assert refused(person, band, basic=70_000, decision=decision) == code


def test_an_adverse_demotion_needs_subpart_f_on_its_date(band: Band, senior: Band) -> None:
    person = make_paid_employee(senior, 72_000)
    Coverage.objects.filter(subpart="F").update(effective=date(2007, 3, 5))
    assert refused(person, band, basic=70_000) == "not_covered"


@pytest.mark.paragraph("9701.354#1")
@pytest.mark.paragraph("9701.356(a)")
@pytest.mark.parametrize(
    ("basis", "reason", "basic", "after", "retained"),
    [
        ("voluntary", "", None, 70_000, False),
        ("voluntary", "", 50_000, 50_000, False),
        ("supervisory_probation", "", None, 70_000, False),
        ("other", "", None, 70_000, False),
        ("other", "reduction_in_force", None, 74_000, True),
        ("other", "reclassification", None, 74_000, True),
        ("adverse_action", "reduction_in_force", 70_000, 70_000, False),
    ],
)
def test_each_basis_has_its_own_rate_and_retention(
    band: Band,
    senior: Band,
    basis: str,
    reason: str,
    basic: int | None,
    after: int,
    retained: bool,
) -> None:
    person = make_paid_employee(senior, 74_000)
    action = down(person, band, basis, reason=reason, basic=basic)
    assert (action.basic_after, action.retained) == (after, retained)
    check(action)


@pytest.mark.paragraph("9701.356(b)")
@pytest.mark.parametrize(("former", "retained"), [(70_000, False), (70_001, True)])
def test_pay_is_retained_only_above_the_maximum(
    band: Band, senior: Band, former: int, retained: bool
) -> None:
    person = make_paid_employee(senior, former)
    action = down(person, band, "other", reason="reduction_in_force")
    assert (action.basic_after, action.retained) == (former, retained)
    check(action)


def test_the_directive_may_list_a_basis_for_retention(band: Band, senior: Band) -> None:
    issue_directive(
        number="DIR-9",
        title="Retention",
        effective=DAY,
        signed_by="The Secretary",
        values={"retention.eligible_reasons": ["supervisory_probation"]},
    )
    action = down(make_paid_employee(senior, 74_000), band, "supervisory_probation")
    assert (action.basic_after, action.retained) == (74_000, True)


def test_aside_or_up_is_no_demotion_and_the_basis_is_a_known_one(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 60_000)
    assert refused(person, senior, basic=64_500) == "not_a_demotion"
    assert refused(person, band, basic=60_000) == "not_a_demotion"
    other = make_paid_employee(senior, 72_000)
    assert refused(other, band, "whim", basic=70_000) == "invalid_parameter"


@pytest.mark.parametrize(("close", "state"), [(True, "closed"), (False, "open")])
def test_a_demotion_closes_an_open_denial_as_the_parameter_says(
    band: Band, senior: Band, close: bool, state: str
) -> None:
    issue_directive(
        number="DIR-9",
        title="Denials",
        effective=RISE,
        signed_by="The Secretary",
        values={"denied.close_on_band_change": close},
    )
    person = make_paid_employee(senior, 72_000)
    rate(person, "U", issued=date(2006, 11, 15), period_end=PERIOD)
    adjust_ranges(
        {"LE-SE": (66_113, 100_860)}, effective=RISE, actor=SYSTEM, authority="D", on=RISE
    )
    action = down(person, band, basic=70_000)
    assert DeniedIncrease.objects.get().state == state
    check(action)


# -- the end of a temporary promotion


def temporarily(person: Employee, to: Band, on: date = date(2006, 12, 10)) -> PayAction:
    return promote(
        person,
        position=position_in(to),
        effective=on,
        actor=SYSTEM,
        authority="Detail",
        on=on,
        temporary=True,
    )


def back(person: Employee, to: Band, **extra: Any) -> PayAction:
    record = Assignment.objects.get(
        employee=person, kind=AssignmentKind.PERMANENT, period__contains=DAY
    )
    return down(person, to, "temporary_promotion_ended", position=record.position, **extra)


def raise_range(minimum: int = 42_139, maximum: int = 71_750, on: date = RISE) -> None:
    adjust_ranges({"LE-FP": (minimum, maximum)}, effective=on, actor=SYSTEM, authority="D", on=on)


@pytest.mark.paragraph("9701.354#3")
def test_it_gives_the_rate_as_if_never_promoted(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 55_000)
    position = Assignment.objects.get(employee=person).position
    temporarily(person, senior)
    raise_range()
    _pay_fixed(person, value="1000", on=RISE)
    action = back(person, band)
    # 55,000 x 42,139 / 41,111 = 56,375; and 2 points of 1,000.
    assert (action.basic_before, action.basic_after, action.retained) == (66_500, 58_375, False)
    held = Assignment.objects.get(employee=person, period__contains=DAY)
    assert (held.position, held.kind) == (position, "permanent")
    check(action)


def _pay_fixed(person: Employee, *, value: str, on: date) -> None:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    points = {"AE": "4", "EE": "2", "ME": "1", "U": "0"}
    PointPattern.objects.create(pool=pool, starts=date(2000, 1, 1), points=points)
    PoolMembership.objects.create(pool=pool, employee=person, period=(date(2005, 1, 1), None))
    rate(person, "EE", issued=date(2006, 11, 15), period_end=PERIOD)
    pay_out(
        pool,
        funds=Funds(mode="fixed_dollar", amount=Decimal(10_000), value=Decimal(value)),
        period_end=PERIOD,
        effective=on,
        actor=SYSTEM,
        authority="D-3",
        on=on,
    )


@pytest.mark.paragraph("9701.354#3")
def test_more_than_ten_percent_may_go_with_it(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 50_003)
    assert temporarily(person, senior).basic_after == 64_500
    action = back(person, band)
    assert (action.basic_before, action.basic_after) == (64_500, 50_003)
    check(action)


def test_a_payout_of_that_time_stops_at_the_permanent_maximum(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 69_500)
    temporarily(person, senior)
    _pay_fixed(person, value="1000", on=RISE)
    assert back(person, band).basic_after == 70_000


def test_a_retained_rate_is_taken_up_again(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 75_000, retained=True)
    temporarily(person, senior)
    raise_range()
    action = back(person, band)
    # Half of the percentage: 75,000 x (1 + 1,028 / 41,111 / 2) = 75,937.7.
    assert (action.basic_after, action.retained) == (75_938, True)
    check(action)


def test_it_follows_one_temporary_promotion_after_another(band: Band, senior: Band) -> None:
    top = make_band("LE-SUP", minimum=78_250, maximum=121_700, level="supervisory", rank=4)
    person = make_paid_employee(band, 55_000)
    temporarily(person, senior)
    temporarily(person, top, on=date(2007, 1, 21))
    assert back(person, band).basic_after == 55_000


def test_a_new_duty_station_meanwhile_leaves_it_temporary(band: Band, senior: Band) -> None:
    make_locality("DC", "20")
    person = make_paid_employee(band, 55_000)
    temporarily(person, senior)
    reassign(person, area="DC", effective=RISE, actor=SYSTEM, authority="Move", on=RISE)
    kinds = Assignment.objects.filter(employee=person, period__contains=RISE)
    assert set(kinds.values_list("kind", flat=True)) == {"permanent", "temporary_promotion"}
    action = back(person, band)
    assert (action.basic_after, action.adjusted) == (55_000, 66_000)


@pytest.mark.parametrize(
    ("basic", "after", "below", "due"),
    [
        # 324: not below the new minimum, open without a deadline.
        (50_000, 50_000, False, None),
        # 325: below it, with the same day 90 as everybody.
        (41_500, 41_500, True, date(2007, 4, 7)),
    ],
)
def test_an_unacceptable_rating_of_that_time_leaves_its_denial(
    band: Band, senior: Band, basic: int, after: int, below: bool, due: date | None
) -> None:
    person = make_paid_employee(band, basic)
    temporarily(person, senior)
    rate(person, "U", issued=date(2006, 12, 15), period_end=PERIOD)
    raise_range()
    action = back(person, band)
    assert (action.basic_after, action.below_minimum) == (after, below)
    case = DeniedIncrease.objects.get()
    assert (case.adjusted_on, case.percentage, case.state) == (RISE, "1028/41111", "open")
    assert (case.below_minimum, case.due_on, case.basic_denied) == (below, due, after)
    assert Deadline.objects.filter(state="open").count() == (1 if below else 0)
    check(action)


def test_a_denial_of_both_bands_goes_on_with_the_permanent_figures(
    band: Band, senior: Band
) -> None:
    person = make_paid_employee(band, 41_500)
    temporarily(person, senior)
    rate(person, "U", issued=date(2006, 12, 15), period_end=PERIOD)
    adjust_ranges(
        {"LE-FP": (42_139, 71_750), "LE-SE": (64_600, 98_500)},
        effective=RISE, actor=SYSTEM, authority="D", on=RISE,
    )  # fmt: skip
    assert DeniedIncrease.objects.get().percentage == "1/645"
    action = back(person, band)
    case = DeniedIncrease.objects.get()
    assert (case.percentage, case.basic_denied, case.below_minimum) == ("1028/41111", 41_500, True)
    assert (case.due_on, case.state) == (date(2007, 4, 7), "open")
    check(action)


def test_what_a_rating_released_meanwhile_is_in_the_rate(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 55_000)
    temporarily(person, senior)
    rate(person, "U", issued=date(2006, 12, 15), period_end=PERIOD)
    raise_range()
    rate(person, "ME", issued=date(2007, 2, 14), period_end=PERIOD, kind="additional")
    action = back(person, band)
    assert action.basic_after == 56_375
    assert not DeniedIncrease.objects.exists()
    check(action)


def test_after_day_ninety_the_minimum_is_in_the_rate(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 41_500)
    temporarily(person, senior, on=date(2006, 12, 10))
    rate(person, "U", issued=date(2006, 12, 15), period_end=PERIOD)
    raise_range()
    late = date(2007, 4, 15)
    record = Assignment.objects.get(employee=person, kind=AssignmentKind.PERMANENT)
    action = down(person, band, "temporary_promotion_ended", on=late, position=record.position)
    assert (action.basic_after, action.below_minimum) == (42_139, False)
    check(action)


def test_without_a_temporary_promotion_none_can_end(band: Band, senior: Band) -> None:
    person = make_paid_employee(senior, 72_000)
    assert refused(person, band, "temporary_promotion_ended") == "not_eligible"


def test_it_ends_in_the_band_of_the_position_of_record(band: Band, senior: Band) -> None:
    entry = make_band("LE-ED", minimum=31_000, maximum=45_500, level="entry_developmental", rank=1)
    person = make_paid_employee(band, 55_000)
    temporarily(person, senior)
    assert refused(person, entry, "temporary_promotion_ended") == "band_mismatch"
