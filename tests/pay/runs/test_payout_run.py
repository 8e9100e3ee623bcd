"""A performance payout as a run: certified, frozen, paid once, and proved to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from psycopg.errors import UniqueViolation

from casework.actor import Actor
from pay.ledger import Posting, post_many
from pay.models import (
    PayAction,
    PayoutLine,
    PayRate,
    PayRun,
    PointPattern,
    PoolMembership,
    RunException,
    RunState,
)
from pay.queries.history import standing_actions
from pay.services.increase_within_band import increase_within_band
from pay.services.runs import chunks, execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.plans import PayoutPlan, PoolFunds
from pay.services.runs.preview import preview_run
from regulation.refusals import Refused
from tests.pay.runs.department import EFFECTIVE, ON, Department
from workforce.models import Employee


def previewed(department: Department, plan: PayoutPlan) -> PayRun:
    run = draft_run(
        plan, title="Payout", effective=EFFECTIVE, actor=Actor(user=department.drafter), on=ON
    )
    return preview_run(run, actor=Actor(user=department.drafter), on=ON)


def approved(department: Department, plan: PayoutPlan) -> PayRun:
    return approve_run(previewed(department, plan), actor=Actor(user=department.approver), on=ON)


def run_through(department: Department, run: PayRun) -> PayRun:
    execution.start_run(run, actor=Actor(user=department.drafter), on=ON)
    execution.carry_on(on=ON)
    return PayRun.objects.get(pk=run.pk)


def rate(employee: Employee) -> int | None:
    found = PayRate.objects.filter(employee=employee, starts__lte=EFFECTIVE).order_by("-starts")
    return found[0].basic


def _pool_of_r16(department: Department) -> None:
    """3 AE, 10 EE, 12 ME, 1 U: 44 points under 4-2-1-0."""
    for level, people in (("AE", 3), ("EE", 10), ("ME", 12), ("U", 1)):
        for number in range(people):
            department.hire(f"{level}{number}", basic=50_000, level=level, pool="P1")


@pytest.mark.paragraph("9701.342(a)(1)#2", "9701.342(d)(1)", "9701.342(d)(2)")
@pytest.mark.paragraph("9701.342:hearing-share")
def test_a_pool_divides_its_dollars_among_its_points(department: Department) -> None:
    _pool_of_r16(department)
    run = run_through(department, approved(department, department.payout_plan({"P1": "100000"})))
    assert run.state == RunState.VERIFIED, run.totals["proof"]
    pool = run.totals["groups"]["P1"]
    assert {name: pool[name] for name in ("points", "value", "left", "increase_dollars")} == {
        "points": "44",
        "value": "2272.72",
        "left": "16.00",
        "increase_dollars": 99_984,
    }
    paid = dict(PayoutLine.objects.filter(run=run).values_list("level", "amount").distinct("level"))
    assert paid == {"AE": 9_090, "EE": 4_545, "ME": 2_272, "U": 0}
    assert not PayAction.objects.filter(run=run, employee__family_name="U0").exists()


@pytest.mark.paragraph("9701.342(d)(3)#1", "9701.342(d)(3)#2", "9701.342(d)(5)")
def test_what_does_not_fit_under_the_maximum_is_a_lump_sum(department: Department) -> None:
    near = department.hire("Near", basic=69_000, level="EE", pool="P1")
    retained = department.hire("Over", basic=75_000, level="EE", pool="P1", retained=True)
    low = department.hire("Low", basic=50_000, level="EE", pool="P1")
    plan = department.payout_plan({"P1": "9090.00"})
    run = run_through(department, approved(department, plan))
    assert run.state == RunState.VERIFIED, run.totals["proof"]
    assert (rate(near), rate(retained), rate(low)) == (70_000, 75_000, 53_030)
    rows = {row.employee_id: row for row in PayAction.objects.filter(run=run)}
    assert (rows[near.pk].kind, rows[near.pk].lump_sum) == ("performance_payout", Decimal(2_030))
    assert (rows[retained.pk].kind, rows[retained.pk].lump_sum) == (
        "lump_sum_payout",
        Decimal(3_030),
    )
    assert run.totals["all"]["lump_sum_dollars"] == 5_060
    assert run.totals["groups"]["P1"]["left"] == "0.00"


@pytest.mark.paragraph("9701.342(a)(2)#2")
def test_the_unrated_count_with_the_modal_rating_of_their_pool(department: Department) -> None:
    for number in range(3):
        department.hire(f"Me{number}", basic=50_000, level="ME", pool="P1")
    department.hire("Ee", basic=50_000, level="EE", pool="P1")
    unrated = department.hire("Unrated", basic=50_000, pool="P1")
    run = approved(department, department.payout_plan({"P1": "600"}))
    line = PayoutLine.objects.get(run=run, employee=unrated)
    assert (line.level, line.level_source, line.amount) == ("ME", "modal", 100)
    assert line.points == 1
    assert run.preview["groups"]["P1"]["points"] == "6"


@pytest.mark.paragraph("9701.342(c)(2)")
def test_what_is_certified_moves_with_no_later_rating_or_pattern(department: Department) -> None:
    person = department.hire("Late", basic=50_000, pool="P1")
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    run = approved(department, department.payout_plan({"P1": "1000"}))
    department.rate(person, "AE", issued=ON)
    PointPattern.objects.update(points={"AE": 9, "EE": 9, "ME": 9, "U": 0})
    done = run_through(department, run)
    assert done.state == RunState.VERIFIED
    assert rate(person) == 50_500


@pytest.mark.paragraph("9701.342(a)(2)#1")
@pytest.mark.parametrize(("issued", "level"), [(ON, "AE"), (date(2007, 1, 9), "ME")])
def test_a_rating_counts_that_is_issued_by_the_certification(
    department: Department, issued: date, level: str
) -> None:
    person = department.hire("Edge", basic=50_000, pool="P1")
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    department.rate(person, "AE", issued=issued)
    run = approved(department, department.payout_plan({"P1": "1000"}))
    assert PayoutLine.objects.get(run=run, employee=person).level == level


@pytest.mark.paragraph("9701.342(b)(2)")
def test_an_eligible_employee_in_no_pool_holds_the_certification(department: Department) -> None:
    department.hire("In", basic=50_000, level="ME", pool="P1")
    alone = department.hire("Alone", basic=50_000, level="ME")
    department.hire("Entry", basic=35_000, band=department.developmental)
    run = previewed(department, department.payout_plan({"P1": "1000"}))
    (warning,) = run.preview["warnings"]
    assert alone.number in warning
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "pool_member_missing"
    assert not PayoutLine.objects.exists()
    department.join(alone, "P1")
    again = preview_run(run, actor=Actor(user=department.drafter), on=ON)
    assert approve_run(again, actor=Actor(user=department.approver), on=ON).lines.count() == 2


@pytest.mark.paragraph("9701.342(a)(1)#1", "9701.342(b)(2)")
def test_members_are_those_of_the_last_day_of_the_period_in_full_performance_or_higher(
    department: Department,
) -> None:
    stayed = department.hire("Stayed", basic=50_000, level="ME", pool="P1")
    moved = department.hire("Moved", basic=50_000, level="ME")
    PoolMembership.objects.create(
        employee=moved, pool=department.pools["P1"], period=(date(2005, 1, 9), date(2006, 10, 1))
    )
    PoolMembership.objects.create(
        employee=moved, pool=department.pools["P2"], period=(date(2006, 10, 1), None)
    )
    settled = department.hire("Settled", basic=50_000, level="ME", pool="P2")
    department.hire("Entry", basic=35_000, band=department.developmental, level="AE", pool="P1")
    run = approved(department, department.payout_plan({"P1": "1000", "P2": "1000"}))
    found = set(PayoutLine.objects.filter(run=run).values_list("pool__code", "employee_id"))
    assert found == {("P1", stayed.pk), ("P1", moved.pk), ("P2", settled.pk)}


def test_whose_pay_changed_after_certification_is_left_alone_and_the_pool_still_adds_up(
    department: Department,
) -> None:
    changed = department.hire("Changed", basic=50_000, level="ME", pool="P1")
    other = department.hire("Other", basic=50_000, level="ME", pool="P1")
    run = approved(department, department.payout_plan({"P1": "1001"}))
    department.pay([(changed, department.full, 51_000, False)], on=date(2006, 12, 24))
    done = run_through(department, run)
    (exception,) = RunException.objects.filter(run=run)
    assert (exception.employee, exception.code) == (changed, "stale_form")
    assert (rate(changed), rate(other)) == (51_000, 50_500)
    assert done.state == RunState.VERIFIED, done.totals["proof"]
    assert done.totals["groups"]["P1"]["left"] == "1.00"


def test_a_payout_lands_before_what_is_posted_for_later(department: Department) -> None:
    person = department.hire("Ahead", basic=50_000, level="ME", pool="P1")
    increase_within_band(
        Employee.objects.get(pk=person.pk), reason="exceptional_skills", percent=Decimal(2),
        effective=date(2007, 1, 21), actor=Actor.system("a test"), authority="A", on=ON,
    )  # fmt: skip
    done = run_through(department, approved(department, department.payout_plan({"P1": "1000"})))
    # 50,000 + 1,000, then 2 % on 51,000
    steps = standing_actions(person)
    assert [(each.effective, each.basic_after) for each in steps][1:] == [
        (EFFECTIVE, 51_000), (date(2007, 1, 21), 52_020),
    ]  # fmt: skip
    assert not RunException.objects.filter(run=done).exists()
    assert done.state == RunState.VERIFIED, done.totals["proof"]


@pytest.mark.paragraph("9701.342(d)(2)")
def test_a_fixed_value_that_overspends_the_pool_is_refused(department: Department) -> None:
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    plan = department.payout_plan({"P1": "1000"}, mode="fixed_dollar")
    for value, code in (("1000.49", None), ("1000.50", "pool_overspent")):
        funds = PoolFunds(amount=Decimal(1000), value=Decimal(value))
        this = replace(plan, pools={"P1": funds})
        if code is None:
            run = previewed(department, this)
            assert run.preview["groups"]["P1"]["left"] == "0.00"
            PayRun.objects.filter(pk=run.pk).delete()
            continue
        with pytest.raises(Refused) as refused:
            previewed(department, this)
        assert refused.value.code == code


@pytest.mark.paragraph("9701.342(c)(3)")
def test_a_pool_where_everybody_is_unacceptable_pays_nothing_and_is_returned_whole(
    department: Department,
) -> None:
    department.hire("U", basic=50_000, level="U", pool="P1")
    run = run_through(department, approved(department, department.payout_plan({"P1": "1000"})))
    pool = run.totals["groups"]["P1"]
    assert (pool["value"], pool["left"], run.state) == (None, "1000.00", RunState.VERIFIED)


@pytest.mark.paragraph("9701.342(e)(1)")
def test_who_came_between_two_payouts_gets_the_part_of_the_days(department: Department) -> None:
    hired = department.hire("Hired", basic=50_000, level="ME", pool="P1")
    Employee.objects.filter(pk=hired.pk).update(hired=date(2006, 7, 9))
    department.hire("Whole", basic=50_000, level="ME", pool="P1")
    plan = replace(department.payout_plan({"P1": "1500"}), since=date(2006, 1, 8))
    run = approved(department, plan)
    line = PayoutLine.objects.get(run=run, employee=hired)
    assert (line.proration, line.amount) == ("1/2", 500)


def test_preview_and_run_agree_in_every_figure(department: Department) -> None:
    _pool_of_r16(department)
    department.hire("Unrated", basic=69_900, pool="P2")
    department.hire("Ae", basic=69_900, level="AE", pool="P2")
    plan = department.payout_plan({"P1": "100000", "P2": "12345.67"})
    run = previewed(department, plan)
    shown = run.preview
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    done = run_through(department, run)
    assert done.totals["all"] == shown["all"]
    for code, figures in done.totals["groups"].items():
        assert figures == {name: shown["groups"][code][name] for name in figures}


def test_the_same_payment_twice_is_refused_by_the_database(department: Department) -> None:
    person = department.hire("Once", basic=50_000, level="ME", pool="P1")
    run = run_through(department, approved(department, department.payout_plan({"P1": "100"})))
    row = PayAction.objects.get(run=run, employee=person)
    again = Posting(
        employee_id=person.pk,
        effective=row.effective,
        step=row.step,
        kind=row.kind,
        rule=row.rule,
        citation=row.citation,
        inputs=row.inputs,
        basic_before=50_100,
        basic_after=50_200,
        band_id=row.band_id,
        uncapped=50_200,
        adjusted=50_200,
        run_id=run.pk,
        minimum=41_111,
        maximum=70_000,
        cap=150_000,
    )
    with pytest.raises(UniqueViolation, match="one_payment_of_a_run"), transaction.atomic():
        post_many([again])


def test_a_large_pool_is_divided_and_adds_up(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 5)
    _pool_of_r16(department)
    run = run_through(department, approved(department, department.payout_plan({"P1": "100000"})))
    assert run.chunks.count() == 6
    assert (run.state, run.totals["groups"]["P1"]["left"]) == (RunState.VERIFIED, "16.00")
