"""A conversion run: its population, its preview, its gates, its ledger, and that nobody loses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Entry
from governance.models import CoordinationState, Coverage
from pay.models import (
    FormerRate,
    ParallelPaySystem,
    PayAction,
    PayOrder,
    PayRun,
    RateRange,
    RunChunk,
    RunException,
    RunState,
)
from pay.queries.conversions import ledger_of
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.queries.replay import differences_of
from pay.services.runs import execution
from pay.services.runs.approval import approve_run
from pay.services.runs.conversion_plan import batch_of, population_of
from pay.services.runs.outcomes import Mark
from pay.services.runs.posting import post_chunk
from pay.services.runs.preview import preview_run
from regulation.refusals import Refused
from tests import factories
from tests.pay.runs.converting import (
    BEFORE,
    Converting,
    make_converting,
    take_back_coordination,
)
from tests.pay.runs.department import EFFECTIVE, ON, coordinate
from workforce.models import Assignment, AssignmentKind, Employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def converting(db: None) -> Converting:
    return make_converting()


def total(run: PayRun) -> dict[str, int]:
    figures: dict[str, int] = (run.totals or run.preview)["all"]
    return figures


@pytest.mark.paragraph("9701.371(a)#1")
@pytest.mark.paragraph("9701.373(a)")
def test_a_population_is_converted_from_draft_to_proof_and_no_total_falls(
    converting: Converting,
) -> None:
    first, second, third = (converting.wait() for _ in range(3))
    # R32: 55,000 at 12.5 % is 61,875; 80,000 goes above the range; 40,000 below it.
    converting.load(
        f"{first.number},GS,55000,12.5", f"{second.number},GS,80000,0", f"{third.number},GS,40000,0"
    )
    previewed = converting.preview()
    assert total(previewed)["former_dollars"] == 61_875 + 80_000 + 40_000
    assert total(previewed)["adjusted_dollars"] == 61_875 + 80_000 + 46_250
    assert (total(previewed)[Mark.RETAINED], total(previewed)[Mark.RAISED_TO_MINIMUM]) == (1, 1)
    assert not PayAction.objects.filter(kind="conversion").exists()
    approved = approve_run(previewed, actor=converting.approver, on=ON)
    execution.start_run(approved, actor=converting.drafter, on=ON)
    execution.carry_on(on=ON)
    run = PayRun.objects.get(pk=approved.pk)
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert total(run) == total(previewed)
    rates = {each.pk: rate_on(each, EFFECTIVE) for each in (first, second, third)}
    assert [(r.basic, r.adjusted, r.retained) for r in rates.values() if r] == [
        (55_000, 61_875, False),
        (71_111, 80_000, True),
        (41_111, 46_250, False),
    ]
    ledger = ledger_of(batch_of(run))
    assert (ledger.total_before, ledger.total_after, ledger.lost) == (181_875, 188_125, ())
    assert disagreements(on=EFFECTIVE) == []
    for action in PayAction.objects.filter(run=run):
        assert list(differences_of(action)) == []


@pytest.mark.paragraph("9701.373(c)")
def test_an_action_of_the_day_comes_first_and_one_not_processed_keeps_its_person_alone_out(
    converting: Converting,
) -> None:
    promoted, waiting, unknown = (converting.wait() for _ in range(3))
    headings = "number,system,basic,locality_percent,same_day"
    converting.load(
        f"{promoted.number},GS,44444,12.5,promotion=54600",
        f"{waiting.number},GS,50000,12.5,promotion",
        headings=headings,
    )
    run = converting.run()
    assert run.state == RunState.VERIFIED
    exceptions = dict(RunException.objects.filter(run=run).values_list("employee_id", "code"))
    assert exceptions == {waiting.pk: "record_incomplete", unknown.pk: "record_incomplete"}
    told = {each.employee_id: each.message for each in RunException.objects.filter(run=run)}
    assert "promotion" in told[waiting.pk]
    assert "No former rate" in told[unknown.pk]
    action = PayAction.objects.get(employee=promoted, kind="conversion")
    # R33 example 1.
    assert (action.basic_after, action.adjusted) == (48_533, 54_600)
    assert rate_on(waiting, EFFECTIVE) is None
    # Once settled, another run of the same day takes up who was left, and nobody twice.
    converting.load(f"{waiting.number},GS,50000,12.5,promotion=58000", headings=headings)
    converting.load(f"{unknown.number},GS,50000,12.5")
    again = converting.run()
    assert (again.state, total(again)["people"], total(again)[Mark.CONVERTED]) == ("verified", 2, 2)
    conversions = PayAction.objects.filter(kind="conversion")
    assert conversions.count() == conversions.values("employee").distinct().count() == 3


@pytest.mark.paragraph("9701.373(d)#1")
def test_a_temporary_promotion_ends_before_its_holder_is_converted(converting: Converting) -> None:
    employee = converting.wait()
    expert = factories.make_band("SE", minimum=64_500, maximum=98_400, rank=3)
    Assignment.objects.create(
        employee=employee,
        position=converting.wait().assignments.get().position,
        kind=AssignmentKind.TEMPORARY_PROMOTION,
        area="A",
        period=(date(2006, 10, 1), None),
    )
    converting.load(
        f"{employee.number},GS,67556,12.5,90000",
        headings="number,system,basic,locality_percent,temporary_total",
    )
    run = converting.run()
    action = PayAction.objects.get(employee=employee, kind="conversion")
    # R33 example 2: the total of the position of record, 76,000 and some cents, not 90,000.
    assert (action.band, action.adjusted) == (converting.band, 76_001)
    assert action.band != expert
    held = Assignment.objects.filter(employee=employee, period__contains=EFFECTIVE)
    assert [each.kind for each in held] == [AssignmentKind.PERMANENT]
    assert PayOrder.objects.get(employee=employee).chosen["former"]["temporary_total"] == 90_000
    assert run.state == RunState.VERIFIED


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.paragraph("9701.373:preamble-wgi")
def test_time_toward_the_next_step_is_bought_in_and_counted_apart(converting: Converting) -> None:
    first, second, last = (converting.wait() for _ in range(3))
    # R34: 400 of 728 days of 1,600 are 879; the day before the end 1,598; then the step itself.
    converting.load(
        f"{first.number},GS,50000,12.5,5,51600,400",
        f"{second.number},GS,50000,12.5,5,51600,727",
        f"{last.number},GS,50000,12.5,5,51600,728",
        headings="number,system,basic,locality_percent,step,next_step,days_served",
    )
    run = converting.run()
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert total(run)["buy_in_dollars"] == 879 + 1_598
    conversions = PayAction.objects.filter(kind="conversion").order_by("employee_id")
    assert [each.basic_after for each in conversions] == [50_879, 51_598, 51_600]
    assert PayAction.objects.filter(kind="buy_in").count() == 2


@pytest.mark.paragraph("9701.372(b)")
@pytest.mark.parametrize(
    ("former", "maximum", "reaches"),
    [(78_750, 70_000, True), (78_751, 70_000, False), (82_000, 72_888, False),
     (82_000, 72_889, True)],
)  # fmt: skip
def test_no_range_below_what_officers_were_paid_is_approved(
    converting: Converting, former: int, maximum: int, reaches: bool
) -> None:
    RateRange.objects.filter(band=converting.band).update(maximum=maximum)
    officer, other = converting.wait(), converting.wait()
    converting.load(
        f"{officer.number},GS,60000,,{former},yes",
        # Whoever is no officer relies on 373(a), with a retained rate.
        f"{other.number},GS,60000,,90000,no",
        headings="number,system,basic,locality_percent,special_rate,law_enforcement",
    )
    previewed = converting.preview()
    assert bool(previewed.preview["warnings"]) is not reaches
    if reaches:
        approved = approve_run(previewed, actor=converting.approver, on=ON)
        assert approved.state == RunState.APPROVED
        return
    with pytest.raises(Refused) as caught:
        approve_run(previewed, actor=converting.approver, on=ON)
    assert (caught.value.code, caught.value.citation) == ("invalid_range", "9701.372(b)")
    assert PayRun.objects.get(pk=previewed.pk).state == RunState.PREVIEWED


@pytest.mark.paragraph("9701.372(a)")
def test_initial_ranges_wait_for_opm_and_say_how_they_link_to_the_former_ones(
    converting: Converting,
) -> None:
    employee = converting.wait()
    converting.load(f"{employee.number},GS,80000,12.5")
    with pytest.raises(Refused) as caught:
        converting.draft(linkage=" ")
    assert (caught.value.code, caught.value.citation) == ("reason_required", "9701.372(a)")
    take_back_coordination()
    previewed = converting.preview()
    with pytest.raises(Refused) as caught:
        approve_run(previewed, actor=converting.approver, on=ON)
    assert caught.value.code == "coordination_required"
    coordinate("9701.372(a)", answer=CoordinationState.CONCURRED)
    approved = approve_run(previewed, actor=converting.approver, on=ON)
    # Whose former rate the range does not reach is reported by name.
    assert approved.preview["ids"][Mark.RETAINED] == [employee.pk]


def test_the_drafter_does_not_approve_and_nothing_starts_before_the_day(
    converting: Converting,
) -> None:
    employee = converting.wait()
    converting.load(f"{employee.number},GS,55000,12.5")
    previewed = converting.preview()
    with pytest.raises(Refused) as caught:
        approve_run(previewed, actor=converting.drafter, on=BEFORE)
    assert caught.value.code == "same_approver"
    approved = approve_run(previewed, actor=converting.approver, on=BEFORE)
    with pytest.raises(Refused) as caught:
        execution.start_run(approved, actor=converting.drafter, on=BEFORE)
    assert (caught.value.code, caught.value.citation) == ("too_early", "9701.373(c)")
    assert not RunChunk.objects.filter(run=approved).exists()


def test_former_rates_changed_after_the_preview_make_it_stale_and_after_approval_are_locked(
    converting: Converting,
) -> None:
    employee = converting.wait()
    converting.load(f"{employee.number},GS,55000,12.5")
    previewed = converting.preview()
    converting.load(f"{employee.number},GS,55001,12.5")
    with pytest.raises(Refused) as caught:
        approve_run(previewed, actor=converting.approver, on=ON)
    assert caught.value.code == "stale_form"
    again = preview_run(previewed, actor=converting.drafter, on=ON)
    approve_run(again, actor=converting.approver, on=ON)
    with pytest.raises(Refused) as caught:
        converting.load(f"{employee.number},GS,55002,12.5")
    assert caught.value.code == "run_locked"
    assert FormerRate.objects.get(employee=employee).basic == 55_001


@pytest.mark.paragraph("9701.371(a)#1")
@pytest.mark.paragraph("9701.371(a)#2")
def test_only_employees_in_place_in_the_category_and_organization_are_selected(
    converting: Converting,
) -> None:
    top = factories.make_organization("TOP")
    below = factories.make_organization("BELOW", parent=top)
    chosen = converting.wait(organization=below)
    converting.wait(organization=factories.make_organization("ELSEWHERE"))
    converting.wait(organization=below, category="general")
    gone = converting.wait(organization=below)
    Employee.objects.filter(pk=gone.pk).update(separated=EFFECTIVE)
    converting.department.pay(
        [(converting.wait(organization=below), converting.band, 50_000, False)]
    )
    # Who is hired or moved in on the day has pay set on appointment (9701.351).
    new = converting.wait(organization=below)
    Employee.objects.filter(pk=new.pk).update(hired=EFFECTIVE)
    assert population_of(converting.draft(organizations=("TOP",))) == [chosen.pk]


@pytest.mark.parametrize(
    ("category", "code", "citation"),
    [("general", "not_a_conversion", "9701.371(a)"), ("nobody", "not_covered", "9701.102(c)")],
)
def test_a_category_that_does_not_come_under_the_system_that_day_is_not_converted(
    converting: Converting, category: str, code: str, citation: str
) -> None:
    with pytest.raises(Refused) as caught:
        converting.draft(categories=(category,))
    assert (caught.value.code, caught.value.citation) == (code, citation)


def test_a_second_unfinished_run_of_the_same_people_is_refused(converting: Converting) -> None:
    factories.make_organization("ONE")
    factories.make_organization("TWO")
    converting.draft(organizations=("ONE",))
    converting.draft(organizations=("TWO",))
    with pytest.raises(Refused) as caught:
        converting.draft()
    assert caught.value.code == "duplicate_open"


@pytest.mark.paragraph("9701.374")
def test_a_parallel_pay_system_keeps_its_category_from_conversion(converting: Converting) -> None:
    Coverage.objects.create(category="marshals", subpart="C", effective=EFFECTIVE)
    converting.wait(category="marshals")
    ParallelPaySystem.objects.create(
        category="marshals", since=date(2006, 1, 1), authority="Transfer of 2006"
    )
    with pytest.raises(Refused) as caught:
        converting.draft(categories=("marshals",))
    assert (caught.value.code, caught.value.citation) == ("not_eligible", "9701.374")
    ParallelPaySystem.objects.update(until=EFFECTIVE)
    assert converting.draft(categories=("marshals",)).state == RunState.DRAFT


def test_a_chunk_delivered_again_converts_nobody_again(converting: Converting) -> None:
    employee = converting.wait()
    converting.load(f"{employee.number},GS,55000,12.5")
    run = converting.run()
    chunk = RunChunk.objects.get(run=run)
    assert execution.run_chunk(chunk.pk, on=ON) is False
    # Even by force: who is converted is an exception then, and has one conversion.
    with transaction.atomic():
        totals = post_chunk(chunk, on=ON)
        transaction.set_rollback(True)
    assert totals["groups"][""][Mark.EXCEPTION] == 1
    assert PayAction.objects.filter(employee=employee, kind="conversion").count() == 1


def test_a_chunk_says_what_it_did_in_the_batch_of_its_run(converting: Converting) -> None:
    employee = converting.wait()
    converting.load(f"{employee.number},GS,55000,12.5")
    run = converting.run()
    order = PayOrder.objects.get(employee=employee)
    assert (order.run, order.chosen["batch"]) == (run, f"run-{run.pk}")
    assert PayAction.objects.get(employee=employee, kind="conversion").run == run
    acts = list(Entry.objects.filter(subject=run.subject).order_by("id").values_list("act"))
    assert [act for (act,) in acts] == ["draft", "preview", "approve", "start", "finish", "verify"]


former_rates = st.lists(
    st.tuples(
        st.integers(20_000, 100_000),
        st.decimals(0, 30, places=2),
        st.integers(1, 9),
        st.integers(100, 4_000),
        st.integers(0, 1_200),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.paragraph("9701.373(a)")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rates=former_rates)
def test_whatever_was_paid_before_nobody_is_reduced_and_the_ledger_conserves_the_totals(
    converting: Converting, rates: list[tuple[int, Decimal, int, int, int]]
) -> None:
    with transaction.atomic():
        lines = [
            f"{converting.wait().number},GS,{basic},{percent},{step},{basic + rise},{days}"
            for basic, percent, step, rise, days in rates
        ]
        converting.load(
            *lines, headings="number,system,basic,locality_percent,step,next_step,days_served"
        )
        run = converting.run()
        assert run.state == RunState.VERIFIED, run.totals.get("proof")
        ledger = ledger_of(batch_of(run))
        assert len(ledger.lines) == len(rates)
        for line, (basic, percent, *_) in zip(ledger.lines, rates, strict=True):
            before = basic * (100 + percent) / 100
            assert line.total_after >= line.total_before >= int(before)
        assert ledger.total_before == total(run)["former_dollars"]
        assert ledger.total_after == total(run)["adjusted_dollars"] >= ledger.total_before
        transaction.set_rollback(True)
