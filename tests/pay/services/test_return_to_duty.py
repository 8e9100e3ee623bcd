"""Absences without pay and the return from them, through the services (R19, R20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, Entry
from casework.sweeps import run_daily
from classification.models import Band
from governance.services.directives import issue_directive
from pay.models import (
    DeniedIncrease,
    LocalityArea,
    PayAction,
    PayOrder,
    PayPool,
    PayRate,
    PointPattern,
    PoolMembership,
    PoolPayout,
)
from pay.queries.integrity import disagreements
from pay.queries.past_payouts import payouts_between
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.certify_pool import Funds
from pay.services.increase_within_band import increase_within_band
from pay.services.pay_out import PaidPool, pay_out
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.return_to_duty import CreditedStep, return_to_duty
from pay.services.separate import separate
from pay.services.special_payment import pay_special_payment
from pay.services.verification import Tally, replay_ledger
from performance.services.cycles import ensure_cycle
from performance.services.systems import ensure_system
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_user
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
    rate,
)
from tests.pay.history.story import make_run
from workforce.models import Absence, Assignment, Employee
from workforce.services.absences import begin_absence

pytestmark = pytest.mark.django_db

LEFT = date(2006, 6, 1)
FIRST = date(2007, 1, 7)
SECOND = date(2008, 1, 6)
BACK = date(2008, 3, 3)
PROTECTED = ("uniformed_service", "injury_compensation")


@pytest.fixture
def band() -> Band:
    make_ground()
    ensure_system()
    for year in (2005, 2006, 2007):
        ensure_cycle(date(year, 9, 30))
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def pool(band: Band) -> PayPool:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    PointPattern.objects.create(
        pool=pool,
        starts=date(2000, 1, 1),
        points={"AE": "4", "EE": "2", "ME": "1", "U": "0"},
    )
    return pool


def member(
    pool: PayPool, band: Band, basic: int = 50_000, level: str = "", **fields: Any
) -> Employee:
    employee = make_paid_employee(band, basic, **fields)
    PoolMembership.objects.create(pool=pool, employee=employee, period=(employee.hired, None))
    if level:
        rate(employee, level, issued=date(2005, 11, 15), period_end=date(2005, 9, 30))
    return employee


def leave(
    employee: Employee, *, kind: str = "uniformed_service", first_day: date = LEFT
) -> Employee:
    return begin_absence(employee, kind=kind, first_day=first_day, actor=SYSTEM, on=first_day)


def come_back(employee: Employee, *, on: date = BACK, **arguments: Any) -> PayAction:
    arguments.setdefault("evidence", "DD 214 of 2008-02-20, 38 U.S.C. 4312")
    arguments.setdefault("actor", SYSTEM)
    return return_to_duty(
        Employee.objects.get(pk=employee.pk),
        **{"back_on": on, "authority": "Return", "on": on, **arguments},
    )


def raise_range(on: date, minimum: int, maximum: int, *, code: str = "LE-FP") -> None:
    adjust_ranges({code: (minimum, maximum)}, effective=on, actor=SYSTEM, authority="D", on=on)


def pay(pool: PayPool, on: date, percent: str, **funds: Any) -> PaidPool:
    funds = {"mode": "fixed_percent", "value": Decimal(percent), **funds}
    return pay_out(
        pool,
        funds=Funds(amount=Decimal(20_000), **funds),
        period_end=date(on.year - 1, 9, 30),
        effective=on,
        actor=SYSTEM,
        authority="D",
        on=on,
    )


def two_years(pool: PayPool) -> None:
    """The worked example: two range adjustments, each with a payout on the same day."""
    raise_range(FIRST, 42_139, 71_750)
    pay(pool, FIRST, "1.25")
    raise_range(SECOND, 43_403, 73_903)
    pay(pool, SECOND, "1.00")


def basic_on(employee: Employee, on: date) -> int | None:
    row = PayRate.objects.filter(employee=employee, starts__lte=on).latest("starts")
    return row.basic


def refused(employee: Employee, **arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        come_back(employee, **arguments)
    return refusal.value.code


@pytest.mark.paragraph("9701.342(f)#1")
@pytest.mark.paragraph("9701.342(f)#2")
@pytest.mark.paragraph("9701.342(g)#1")
@pytest.mark.parametrize("kind", PROTECTED)
def test_every_missed_change_is_credited_from_the_return_on(
    pool: PayPool, band: Band, kind: str
) -> None:
    make_locality("DC", "12.5")
    person = member(pool, band, level="EE", area="DC")
    leave(person, kind=kind)
    two_years(pool)
    assert basic_on(person, date(2008, 3, 2)) == 50_000
    action = come_back(person)
    # 50,000 -> 51,250 + 1,281 = 52,531 -> 54,107 + 1,082 = 55,189, x 1.125 = 62,087.6
    assert (action.kind, action.basic_before, action.basic_after) == (
        "return_to_duty", 50_000, 55_189,
    )  # fmt: skip
    assert (action.effective, action.adjusted, action.lump_sum) == (BACK, 62_088, Decimal(0))
    assert action.citation == ("9701.342(f)" if kind == "uniformed_service" else "9701.342(g)")
    assert replay(action.rule, action.rule_version, action.inputs)["basic"] == 55_189
    assert PayAction.objects.filter(employee=person, effective__gte=LEFT).count() == 1
    order = PayOrder.objects.get(payaction=action)
    assert (order.kind, order.chosen["absence"]) == ("return_to_duty", kind)
    assert "DD 214" in order.chosen["evidence"]
    assert disagreements(on=BACK) == []
    assert list(replay_ledger(tally=Tally())) == []


@pytest.mark.paragraph("9701.342(f)#3")
@pytest.mark.paragraph("9701.342(g)#2")
@pytest.mark.parametrize("kind", PROTECTED)
def test_without_a_rating_the_modal_one_of_the_pool_counts_in_each_cycle(
    pool: PayPool, band: Band, kind: str
) -> None:
    person = member(pool, band)
    others = [member(pool, band, 45_000) for _ in range(3)]
    leave(person, kind=kind)
    for year in (2006, 2007):
        for other, level in zip(others, ("ME", "ME", "EE"), strict=True):
            rate(other, level, issued=date(year, 11, 15), period_end=date(year, 9, 30))
    two_years(pool)
    # 51,250 + 641 = 51,891 -> 53,448 + 534 = 53,982
    assert come_back(person).basic_after == 53_982


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_last_rating_of_unacceptable_stops_payouts_alone(pool: PayPool, band: Band) -> None:
    person = member(pool, band, level="U")
    leave(person)
    two_years(pool)
    assert come_back(person).basic_after == 52_787
    assert not DeniedIncrease.objects.exists()


@pytest.mark.paragraph("9701.342(f)#1")
def test_what_a_maximum_cut_off_is_paid_in_no_form(pool: PayPool, band: Band) -> None:
    person = member(pool, band, 69_800, "EE")
    leave(person)
    raise_range(FIRST, 42_139, 71_750)
    pay(pool, FIRST, "1.25")
    action = come_back(person)
    assert (action.basic_after, action.lump_sum) == (71_750, Decimal(0))


@pytest.mark.paragraph("9701.342(f)#4")
@pytest.mark.paragraph("9701.342(g)#2")
@pytest.mark.parametrize("kind", PROTECTED)
def test_the_payout_after_the_return_is_not_reduced_for_the_absence(
    pool: PayPool, band: Band, kind: str
) -> None:
    person = member(pool, band, level="EE")
    leave(person, kind=kind, first_day=date(2007, 2, 1))
    come_back(person, on=date(2007, 10, 1))
    rate(person, "EE", issued=date(2007, 11, 15), period_end=date(2007, 9, 30))
    (line,) = pay(pool, SECOND, "1.00", since=FIRST).certified.lines
    assert line.proration == 1
    assert line.result.amount == 1_000


@pytest.mark.paragraph("9701.342(f)#4")
@pytest.mark.parametrize(
    ("hired", "left_before", "factor"),
    [
        (date(2000, 1, 3), False, Fraction(1)),
        (date(2007, 4, 1), False, Fraction(280, 364)),
        (date(2000, 1, 3), True, Fraction(334, 364)),
    ],
)
def test_a_missed_payout_is_full_but_for_hiring_and_ordinary_leave(
    pool: PayPool, band: Band, hired: date, left_before: bool, factor: Fraction
) -> None:
    person = member(pool, band, hired=hired)
    rate(person, "EE", issued=date(2007, 5, 15), period_end=date(2007, 5, 1), kind="additional")
    if left_before:
        leave(person, kind="leave_without_pay", first_day=date(2007, 5, 1))
        come_back(person, on=date(2007, 5, 31))
    leave(person, first_day=date(2007, 7, 1))
    pay(pool, SECOND, "1.00", since=FIRST)
    (event,) = come_back(person).inputs["events"]
    assert event["proration"] == f"{factor.numerator}/{factor.denominator}"


@pytest.mark.paragraph("9701.342(e)(2)")
@pytest.mark.paragraph("9701.342:preamble-lwop")
@pytest.mark.parametrize(
    ("kind", "factor"),
    [
        ("leave_without_pay", Fraction(334, 364)),
        ("uniformed_service", Fraction(1)),
        ("injury_compensation", Fraction(1)),
    ],
)
def test_only_ordinary_leave_reduces_the_payout_after_it(
    pool: PayPool, band: Band, kind: str, factor: Fraction
) -> None:
    person = member(pool, band, level="EE")
    leave(person, kind=kind, first_day=date(2007, 3, 1))
    come_back(person, on=date(2007, 3, 31))
    rate(person, "EE", issued=date(2007, 11, 15), period_end=date(2007, 9, 30))
    (line,) = pay(pool, SECOND, "1.00", since=FIRST).certified.lines
    assert line.proration == factor


@pytest.mark.paragraph("9701.342(e)(2)")
def test_ordinary_leave_takes_part_in_ranges_and_payouts(pool: PayPool, band: Band) -> None:
    person = member(pool, band)
    rate(person, "EE", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    leave(person, kind="leave_without_pay", first_day=date(2006, 12, 8))
    raise_range(FIRST, 42_139, 71_750)
    # 30 of the 364 days from 2006-01-08: 51,250 x 1.25 % x 2 x 334/364 = 1,175.65
    pay(pool, FIRST, "1.25", since=date(2006, 1, 8))
    assert basic_on(person, FIRST) == 52_426
    action = come_back(person, evidence="")
    assert (action.kind, action.basic_before, action.basic_after) == (
        "return_to_duty", 52_426, 52_426,
    )  # fmt: skip
    assert (action.citation, action.inputs["events"]) == ("9701.342(e)(2)", [])


def test_who_is_away_takes_no_share_of_a_pool_but_votes(pool: PayPool, band: Band) -> None:
    """342(f), (g): the money is divided among those whom it can reach."""
    away = member(pool, band)
    there, unrated = member(pool, band), member(pool, band)
    for person, level in ((away, "AE"), (there, "AE")):
        rate(person, level, issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    leave(away, first_day=date(2006, 12, 1))
    done = pay(pool, FIRST, "0", mode="share_dollar", value=None).certified
    assert {line.person.employee_id: line.level for line in done.lines} == {
        there.pk: "AE", unrated.pk: "AE",
    }  # fmt: skip
    assert done.value == Decimal("2500.00")
    # Credited at the same value, 4 x 2,500, as 60,000 is below the maximum.
    assert come_back(away, on=date(2007, 2, 1)).basic_after == 60_000


def test_a_pool_whose_only_member_is_away_keeps_the_value_of_its_payout(
    pool: PayPool, band: Band
) -> None:
    person = member(pool, band, level="EE")
    leave(person)
    done = pay(pool, FIRST, "1.25").certified
    assert done.value is None
    assert done.paid == 0
    assert PoolPayout.objects.get().value == Decimal("1.25")
    assert come_back(person).basic_after == 51_250


def test_the_payout_of_a_run_is_known_by_its_plan_and_certification(
    pool: PayPool, band: Band
) -> None:
    person = member(pool, band, level="EE")
    leave(person)
    run = make_run("payout", FIRST)
    run.plan = {
        "period_end": "2006-09-30", "mode": "share_dollar", "since": "2006-01-08",
        "pools": {"P1": {"amount": "9000", "value": None}},
    }  # fmt: skip
    run.save()
    (past,) = payouts_between(LEFT, BACK)
    assert (past.value, past.since, past.pool) == (Decimal("2272.72"), date(2006, 1, 8), pool)
    assert come_back(person).basic_after == 54_545


def deny_while_away(pool: PayPool, band: Band, basic: int) -> Employee:
    person = member(pool, band, basic)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    leave(person, first_day=date(2006, 12, 1))
    raise_range(FIRST, 42_139, 71_750)
    return person


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_denial_of_the_absence_is_open_upon_return(pool: PayPool, band: Band) -> None:
    person = deny_while_away(pool, band, 50_000)
    assert not DeniedIncrease.objects.exists()
    action = come_back(person, on=date(2007, 6, 4))
    assert action.basic_after == 50_000
    case = DeniedIncrease.objects.get()
    assert (case.adjusted_on, case.state, case.due_on) == (FIRST, "open", None)
    assert (case.percentage, case.action_id) == ("1028/41111", action.pk)
    assert case.rating is not None
    rate(person, "ME", issued=date(2007, 7, 9), period_end=date(2007, 7, 1), kind="additional")
    run_daily(on=date(2007, 7, 22))
    assert basic_on(person, date(2007, 7, 22)) == 51_250


def test_a_rate_below_the_minimum_upon_return_has_90_days_from_there(
    pool: PayPool, band: Band
) -> None:
    person = deny_while_away(pool, band, 41_111)
    assert disagreements(on=date(2007, 6, 3)) == []
    action = come_back(person, on=date(2007, 6, 4))
    assert (action.basic_after, action.below_minimum) == (41_111, True)
    case = DeniedIncrease.objects.get()
    assert (case.adjusted_on, case.due_on) == (date(2007, 6, 4), date(2007, 9, 2))
    assert Deadline.objects.get(subject=case.subject).due_on == date(2007, 9, 2)
    assert disagreements(on=date(2007, 6, 4)) == []


@pytest.mark.paragraph("9701.342(f)#1")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"effective": FIRST}, "retroactive"),
        ({"effective": date(2008, 3, 2)}, "retroactive"),
        ({"effective": date(2008, 3, 4)}, "too_early"),
        ({"back_on": date(2008, 3, 4)}, "too_early"),
        ({"evidence": " "}, "record_incomplete"),
        ({"back_on": LEFT}, "invalid_input"),
        ({"developmental": [CreditedStep(effective=FIRST, amount=1_000)]}, "not_eligible"),
    ],
)
def test_a_return_with_arrears_or_without_proof_changes_nothing(
    pool: PayPool, band: Band, arguments: dict[str, Any], code: str
) -> None:
    person = member(pool, band, level="EE")
    leave(person)
    two_years(pool)
    entries = Entry.objects.count()
    assert refused(person, **arguments) == code
    assert Employee.objects.get(pk=person.pk).state == "uniformed_service"
    assert Absence.objects.get().period.upper is None
    assert Entry.objects.count() == entries
    assert basic_on(person, BACK) == 50_000


def test_a_return_recorded_late_counts_from_a_day_that_credits_all(
    pool: PayPool, band: Band
) -> None:
    """Back on December 3, recorded in March: the changes of January were missed as well."""
    person = member(pool, band, level="EE")
    leave(person)
    two_years(pool)
    back_on = date(2007, 12, 3)
    assert refused(person, back_on=back_on) == "earlier_than_posted"
    action = come_back(person, back_on=back_on, effective=SECOND)
    assert (action.effective, action.basic_after) == (SECOND, 55_189)
    assert Absence.objects.get().period.upper == back_on


def test_what_was_posted_before_the_absence_was_known_is_not_credited_twice(
    pool: PayPool, band: Band
) -> None:
    person = member(pool, band, level="EE")
    rate(person, "EE", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    raise_range(FIRST, 42_139, 71_750)
    pay(pool, FIRST, "1.25")
    begin_absence(person, kind="uniformed_service", first_day=LEFT, actor=SYSTEM, on=FIRST)
    raise_range(SECOND, 43_403, 73_903)
    pay(pool, SECOND, "1.00")
    action = come_back(person)
    assert (action.basic_before, action.basic_after) == (52_531, 55_189)


@pytest.mark.paragraph("9701.342(f)#2")
def test_a_developmental_step_is_credited_where_the_directive_does(band: Band) -> None:
    entry = make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)
    person = make_paid_employee(entry, 34_000)
    leave(person)
    action = come_back(person, developmental=[CreditedStep(effective=FIRST, percent=Decimal(6))])
    assert action.basic_after == 36_040
    other = make_paid_employee(entry, 34_000)
    leave(other)
    late = [CreditedStep(effective=date(2008, 3, 4), amount=500)]
    assert refused(other, developmental=late) == "invalid_input"


def test_the_return_comes_before_the_day_s_range_adjustment(band: Band) -> None:
    back, leaves = make_paid_employee(band, 50_000), make_paid_employee(band, 50_000)
    leave(back)
    come_back(back, on=FIRST)
    leave(leaves, first_day=FIRST)
    raise_range(FIRST, 42_139, 71_750)
    steps = PayAction.objects.filter(employee=back, effective=FIRST).order_by("step", "place")
    assert [(step.kind, step.basic_after) for step in steps] == [
        ("return_to_duty", 50_000), ("range_increase", 51_250),
    ]  # fmt: skip
    assert basic_on(leaves, FIRST) == 50_000
    assert come_back(leaves, on=date(2007, 1, 8)).basic_after == 51_250


def test_a_retained_rate_is_taken_through_the_absence(band: Band) -> None:
    person = make_paid_employee(band, 70_500, retained=True)
    leave(person)
    raise_range(FIRST, 42_139, 77_000)
    assert disagreements(on=FIRST) == []
    action = come_back(person)
    # Half of 2.500547 %: 71,381, now in the range.
    assert (action.basic_after, action.retained) == (71_381, False)


def test_no_other_rate_is_set_over_changes_that_wait_for_the_return(band: Band) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    person = make_paid_employee(band, 62_000)
    leave(person)
    raise_range(FIRST, 42_139, 71_750)
    order = {"actor": SYSTEM, "authority": "Merit", "effective": SECOND, "on": SECOND}
    with pytest.raises(Refused) as refusal:
        promote(person, position=position_in(senior), **order)  # type: ignore[arg-type]
    assert refusal.value.code == "too_early"
    make_locality("DC", "12.5")
    reassign(Employee.objects.get(pk=person.pk), area="DC", **order)  # type: ignore[arg-type]
    action = come_back(person)
    assert (action.basic_after, action.supplement_percent) == (63_550, Decimal("12.5"))


@pytest.mark.parametrize(("basic", "code"), [(None, None), (60_000, "too_early")])
def test_no_change_in_the_band_is_set_over_them_either(
    band: Band, basic: int | None, code: str | None
) -> None:
    person = make_paid_employee(band, 62_000)
    leave(person)
    raise_range(FIRST, 42_139, 71_750)
    order = {"actor": SYSTEM, "authority": "Order", "effective": SECOND, "on": SECOND}
    if code is None:  # A payment beside basic pay sets no rate.
        pay_special_payment(person, kind="skills", amount=Decimal(100), **order)  # type: ignore[arg-type]
        assert come_back(person).basic_after == 63_550
        return
    with pytest.raises(Refused) as refusal:
        increase_within_band(person, amount=1_000, reason="exceptional_skills", **order)  # type: ignore[arg-type]
    assert refusal.value.code == code
    come_back(person)
    later = {**order, "effective": BACK, "on": BACK}
    fresh = Employee.objects.get(pk=person.pk)
    raised = increase_within_band(fresh, amount=1_000, reason="exceptional_skills", **later)  # type: ignore[arg-type]
    assert raised.basic_after == 64_550


@pytest.mark.parametrize(
    ("kind", "percent", "adjusted", "state"),
    [
        ("uniformed_service", "16", 63_800, "closed"),
        ("injury_compensation", "16", 63_800, "closed"),
        ("leave_without_pay", "12.5", 61_875, "open"),
    ],
)
def test_a_supplement_frozen_before_the_absence_is_the_published_one_upon_return(
    band: Band, kind: str, percent: str, adjusted: int, state: str
) -> None:
    """R20: the supplement is what is published for the duty station."""
    LocalityArea.objects.create(code="WAS", name="Washington")
    make_locality("WAS", "12.5")
    person = make_paid_employee(band, 55_000, area="WAS")
    rate(person, "U", issued=date(2005, 11, 15), period_end=date(2005, 9, 30))
    frozen = date(2006, 1, 8)
    adjust_supplement(
        "locality", key="WAS", percent=Decimal(16), effective=frozen, actor=SYSTEM,
        authority="D", on=frozen,
    )  # fmt: skip
    leave(person, kind=kind)
    action = come_back(person)
    assert (action.basic_after, action.adjusted) == (55_000, adjusted)
    assert action.supplement_percent == Decimal(percent)
    assert DeniedIncrease.objects.get(kind="supplement").state == state
    assert disagreements(on=BACK) == []


@pytest.mark.parametrize(
    ("kind", "key", "citation"),
    [
        pytest.param(
            "uniformed_service", "return.uniformed_service", "9701.342(f)",
            marks=pytest.mark.paragraph("9701.342(f)#5"),
        ),
        pytest.param(
            "injury_compensation", "return.injury_compensation", "9701.342(g)",
            marks=pytest.mark.paragraph("9701.342(g)#3"),
        ),
    ],
)  # fmt: skip
def test_a_return_waits_for_the_directive_on_setting_pay_prospectively(
    band: Band, kind: str, key: str, citation: str
) -> None:
    person = make_paid_employee(band, 50_000)
    leave(person, kind=kind)
    issue_directive(
        number="D-2", title="None", effective=LEFT, signed_by="The Secretary", values={key: None}
    )
    with pytest.raises(Refused) as refusal:
        come_back(person)
    assert (refusal.value.code, refusal.value.citation) == ("parameter_missing", citation)
    assert Employee.objects.get(pk=person.pk).state == kind
    issue_directive(
        number="D-3", title="On return", effective=FIRST, signed_by="The Secretary",
        values={key: "prospective"},
    )  # fmt: skip
    action = come_back(person)
    assert (action.effective, action.policy[key]["directive"]) == (BACK, "D-3")


def test_ordinary_leave_needs_no_such_directive(band: Band) -> None:
    person = make_paid_employee(band, 50_000)
    leave(person, kind="leave_without_pay")
    keys = ("return.uniformed_service", "return.injury_compensation")
    issue_directive(
        number="D-2", title="None", effective=LEFT, signed_by="The Secretary",
        values=dict.fromkeys(keys),
    )  # fmt: skip
    assert come_back(person).basic_after == 50_000


def test_a_promotion_while_away_is_the_ground_of_what_follows(band: Band) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    person = make_paid_employee(band, 62_000)
    leave(person)
    promote(
        Employee.objects.get(pk=person.pk), position=position_in(senior), actor=SYSTEM,
        authority="Merit", effective=date(2006, 7, 2), on=date(2006, 7, 2),
    )  # fmt: skip
    raise_range(FIRST, 42_139, 71_750)
    raise_range(FIRST, 66_113, 100_860, code="LE-SE")
    # 62,000 x 1.08 = 66,960, then x 66,113/64,500 = 68,634.5
    assert come_back(person).basic_after == 68_635


@pytest.mark.paragraph("9701.342(g)#1")
def test_who_was_separated_on_injury_compensation_comes_back(pool: PayPool, band: Band) -> None:
    person = member(pool, band, level="EE")
    other = member(pool, band)
    for year in (2006, 2007):
        rate(other, "U", issued=date(year, 11, 15), period_end=date(year, 9, 30))
    leave(person, kind="injury_compensation")
    separate(
        Employee.objects.get(pk=person.pk), effective=date(2006, 7, 3), actor=SYSTEM,
        authority="Removal for inability", on=date(2006, 7, 3),
    )  # fmt: skip
    two_years(pool)
    action = come_back(person, evidence="OWCP 123456789")
    assert (action.basic_after, action.citation) == (55_189, "9701.342(g)")
    fresh = Employee.objects.get(pk=person.pk)
    assert (fresh.state, fresh.separated) == ("on_board", None)
    held = Assignment.objects.get(employee=person, period__contains=BACK)
    left = Assignment.objects.get(employee=person, period__contains=LEFT)
    assert held.position_id == left.position_id
    assert PoolMembership.objects.get(employee=person, period__contains=BACK).pool == pool
    assert disagreements(on=BACK) == []
    assert list(replay_ledger(tally=Tally())) == []


def test_a_late_order_before_a_departure_does_not_leave_the_return_as_it_was(band: Band) -> None:
    person = make_paid_employee(band, 50_000)
    leave(person, kind="injury_compensation")
    separate(
        Employee.objects.get(pk=person.pk), effective=date(2006, 7, 3), actor=SYSTEM,
        authority="Removal for inability", on=date(2006, 7, 3),
    )  # fmt: skip
    returned = come_back(person, evidence="OWCP 123456789")
    rows = PayAction.objects.count()
    with pytest.raises(Refused) as refusal:
        increase_within_band(
            Employee.objects.get(pk=person.pk), amount=1_000, reason="exceptional_contributions",
            effective=date(2006, 5, 1), actor=SYSTEM, authority="Award", on=BACK,
        )  # fmt: skip
    assert (refusal.value.code, refusal.value.citation) == ("conflicting_order", "9701.342(g)")
    assert PayAction.objects.count() == rows
    assert PayRate.objects.get(employee=person, starts=BACK).action_id == returned.pk


def test_who_was_separated_from_uniformed_service_does_not(band: Band) -> None:
    person = make_paid_employee(band, 50_000)
    leave(person)
    separate(
        Employee.objects.get(pk=person.pk), effective=date(2006, 7, 3), actor=SYSTEM,
        authority="Resigned", on=date(2006, 7, 3),
    )  # fmt: skip
    assert refused(person) == "invalid_transition"


def test_a_position_taken_meanwhile_is_not_taken_back(band: Band) -> None:
    person = make_paid_employee(band, 50_000)
    position = Assignment.objects.get(employee=person).position
    leave(person, kind="injury_compensation")
    separate(
        Employee.objects.get(pk=person.pk), effective=date(2006, 7, 3), actor=SYSTEM,
        authority="Removal for inability", on=date(2006, 7, 3),
    )  # fmt: skip
    successor = make_paid_employee(band, 50_000)
    Assignment.objects.filter(employee=successor).update(position=position)
    assert refused(person) == "duplicate_open"
    assert come_back(person, position=position_in(band)).basic_after == 50_000


@pytest.mark.parametrize(
    ("role", "code"),
    [(Role.HR_SPECIALIST, None), (Role.PAY_SPECIALIST, None), (Role.AUDITOR, "not_authorized")],
)
def test_who_may_record_a_return(band: Band, role: Role, code: str | None) -> None:
    person = make_paid_employee(band, 50_000, user=True)
    leave(person)
    user = make_user("specialist")
    organization = Assignment.objects.get(employee=person).position.organization
    grant_role(user, role, organization=organization)
    if code is None:
        assert come_back(person, actor=Actor(user=user)).basic_after == 50_000
        return
    assert refused(person, actor=Actor(user=user)) == code


def test_nobody_records_his_own_return(band: Band) -> None:
    person = make_paid_employee(band, 50_000, user=True)
    leave(person)
    assert person.user is not None
    grant_role(person.user, Role.HR_SPECIALIST)
    assert refused(person, actor=Actor(user=person.user)) == "own_record"


def test_an_absence_does_not_begin_before_the_hire_or_in_another_one(band: Band) -> None:
    person = make_paid_employee(band, 50_000, hired=date(2006, 1, 2))
    for first_day in (date(2006, 1, 1), date(2006, 6, 30)):
        if first_day == date(2006, 6, 30):
            leave(person)
            come_back(person, on=date(2006, 7, 1))
        with pytest.raises(Refused) as refusal:
            begin_absence(
                Employee.objects.get(pk=person.pk), kind="leave_without_pay",
                first_day=first_day, actor=SYSTEM, on=date(2006, 7, 1),
            )  # fmt: skip
        assert refusal.value.code == "invalid_input"
    leave(Employee.objects.get(pk=person.pk), first_day=date(2006, 7, 1))
    assert Absence.objects.count() == 2
