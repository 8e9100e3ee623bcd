"""A run starts on its day or later, and ranges of a date rise before its payout is certified."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import WorkItem
from pay.models import PayAction, PayRun, RunState
from pay.services.runs import execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.services.runs.preview import preview_run
from regulation.refusals import Refused
from tests.pay.runs.department import EFFECTIVE, ON, Department


def previewed(department: Department, plan: RangePlan | PayoutPlan) -> PayRun:
    drafter = Actor(user=department.drafter)
    run = draft_run(plan, title="Run", effective=EFFECTIVE, actor=drafter, on=ON)
    return preview_run(run, actor=drafter, on=ON)


def approved(department: Department, plan: RangePlan | PayoutPlan) -> PayRun:
    return approve_run(previewed(department, plan), actor=Actor(user=department.approver), on=ON)


def run_through(department: Department, run: PayRun, *, on: date = ON) -> PayRun:
    execution.start_run(run, actor=Actor(user=department.drafter), on=on)
    execution.carry_on(on=on)
    return PayRun.objects.get(pk=run.pk)


@pytest.mark.paragraph("9701.323(a)#2")
@pytest.mark.parametrize("payout", [False, True])
def test_a_run_starts_on_its_effective_date_and_not_the_day_before(
    department: Department, payout: bool
) -> None:
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    plan = department.payout_plan({"P1": "1000"}) if payout else department.range_plan()
    run = approved(department, plan)
    with pytest.raises(Refused) as refused:
        run_through(department, run, on=date(2007, 1, 6))
    assert refused.value.code == "too_early"
    assert run_through(department, run, on=EFFECTIVE).state == RunState.VERIFIED


@pytest.mark.paragraph("9701.323(c)#1")
def test_a_rating_issued_between_approval_and_start_is_heeded(department: Department) -> None:
    person = department.hire("Late", basic=50_000)
    run = approved(department, department.range_plan())
    department.rate(person, "U", issued=EFFECTIVE)
    run_through(department, run)
    assert PayAction.objects.get(run=run, employee=person).kind == "range_increase_denied"


@pytest.mark.paragraph("9701.342(d)(3)#1")
def test_ranges_of_the_date_rise_before_its_payout(department: Department) -> None:
    person = department.hire("Nearmax", basic=69_000, level="ME", pool="P1")
    ranges = approved(department, department.range_plan())
    payout = previewed(department, department.payout_plan({"P1": "4545"}))
    with pytest.raises(Refused) as refused:
        approve_run(payout, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "run_locked"
    run_through(department, ranges)
    again = preview_run(payout, actor=Actor(user=department.drafter), on=ON)
    done = run_through(department, approve_run(again, actor=Actor(user=department.approver), on=ON))
    row = PayAction.objects.get(run=done, employee=person)
    assert (row.basic_before, row.basic_after) == (70_725, 71_750)
    assert row.lump_sum == 3_520


def test_once_a_payout_is_certified_the_ranges_of_its_date_stay(department: Department) -> None:
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    approved(department, department.payout_plan({"P1": "1000"}))
    ranges = previewed(department, department.range_plan())
    with pytest.raises(Refused) as refused:
        approve_run(ranges, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "run_locked"


def test_the_inbox_holds_the_next_step_of_a_run(department: Department) -> None:
    department.hire("Me", basic=50_000, level="ME", pool="P1")

    def waiting() -> list[str]:
        items = WorkItem.objects.filter(done_at=None, role=Role.PAY_SPECIALIST)
        return list(items.values_list("kind", flat=True))

    run = previewed(department, department.range_plan())
    assert waiting() == ["approve_run"]
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    assert waiting() == ["start_run"]
    run_through(department, run)
    assert waiting() == []
