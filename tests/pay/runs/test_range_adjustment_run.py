"""A range adjustment as a run: the preview shows what the run then does, and it proves itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from casework.actor import Actor
from casework.models import Deadline
from pay.models import (
    ChunkState,
    DeniedIncrease,
    PayAction,
    PayRate,
    PayRun,
    RateRange,
    RunChunk,
    RunException,
    RunState,
)
from pay.services.runs import chunks, execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.posting import post_chunk
from pay.services.runs.preview import preview_run, read_preview
from regulation.refusals import Refused
from tests import factories
from tests.pay.runs.department import EFFECTIVE, ON, Department
from workforce.models import Employee


@pytest.fixture
def staff(department: Department) -> dict[str, Employee]:
    """One of each kind: the figures are those of R5 to R8's examples."""
    return {
        "within": department.hire("Within", basic=55_000, level="ME"),
        "at_minimum": department.hire("Atmin", basic=41_111, level="EE"),
        "at_maximum": department.hire("Atmax", basic=70_000, level="AE"),
        "unrated": department.hire("Unrated", basic=50_000),
        "denied": department.hire("Denied", basic=55_000, level="U"),
        "denied_below": department.hire("Below", basic=41_500, level="U"),
        "retained": department.hire("Retained", basic=75_000, level="ME", retained=True),
        "developmental": department.hire(
            "Developmental", basic=35_000, band=department.developmental, level="ME"
        ),
    }


def previewed(department: Department, *, maximum: int = 71_750) -> PayRun:
    run = draft_run(
        department.range_plan(maximum=maximum),
        title="Range adjustment",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    return preview_run(run, actor=Actor(user=department.drafter), on=ON)


def run_through(department: Department, run: PayRun) -> PayRun:
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    execution.start_run(run, actor=Actor(user=department.drafter), on=ON)
    execution.carry_on(on=ON)
    return PayRun.objects.get(pk=run.pk)


def rate(employee: Employee, on: date = EFFECTIVE) -> int | None:
    found = PayRate.objects.filter(employee=employee, starts__lte=on).order_by("-starts").first()
    return found.basic if found else None


@pytest.mark.paragraph(
    "9701.323(a)#1", "9701.323(a)#2", "9701.323(a)#3", "9701.323(b)", "9701.323(c)#1",
)  # fmt: skip
def test_everybody_in_the_band_gets_what_the_rules_give(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = run_through(department, previewed(department))
    assert run.state == RunState.VERIFIED, run.totals
    assert {name: rate(person) for name, person in staff.items()} == {
        "within": 56_375,
        "at_minimum": 42_139,
        "at_maximum": 71_750,
        "unrated": 51_250,
        "denied": 55_000,
        "denied_below": 41_500,
        "retained": 75_938,
        "developmental": 35_000,
    }
    assert not PayAction.objects.filter(run=run, employee=staff["developmental"]).exists()
    old, new = RateRange.objects.filter(band=department.full).order_by("period")
    assert (old.period.upper, new.period.lower, new.minimum, new.maximum) == (
        EFFECTIVE,
        EFFECTIVE,
        42_139,
        71_750,
    )


@pytest.mark.paragraph("9701.323(a)#4", "9701.357(b)")
def test_an_increase_stops_at_the_maximum_and_the_rest_is_paid_in_no_form(
    department: Department,
) -> None:
    person = department.hire("Cut", basic=69_500, level="AE")
    run = run_through(department, previewed(department, maximum=70_350))
    assert rate(person) == 70_350
    assert run.totals["all"]["cut_at_maximum"] == 1
    assert run.totals["all"]["lost_dollars"] == 888
    assert PayAction.objects.get(run=run, employee=person).lump_sum == 0


@pytest.mark.paragraph("9701.323(c)#1")
def test_a_denied_increase_opens_its_case_and_below_the_minimum_its_ninety_days(
    department: Department, staff: dict[str, Employee]
) -> None:
    run_through(department, previewed(department))
    cases = {case.employee_id: case for case in DeniedIncrease.objects.all()}
    assert set(cases) == {staff["denied"].pk, staff["denied_below"].pk}
    assert cases[staff["denied"].pk].due_on is None
    assert cases[staff["denied_below"].pk].due_on == date(2007, 4, 7)
    (deadline,) = Deadline.objects.all()
    assert (deadline.trigger_on, deadline.due_on) == (EFFECTIVE, date(2007, 4, 7))


@pytest.mark.paragraph("9701.322(d)")
def test_the_preview_warns_of_a_maximum_that_rises_by_less(department: Department) -> None:
    assert previewed(department, maximum=70_350).preview["warnings"] == [
        "In LE, Full Performance the maximum rises by less than the minimum: "
        "it will cut increases off."
    ]


def _row_counts() -> dict[str, int]:
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}


def test_computing_a_preview_writes_nothing(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = draft_run(
        department.range_plan(),
        title="Range",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    before = _row_counts()
    preview = read_preview(run, on=ON)
    assert _row_counts() == before
    assert preview.summary["all"]["people"] == 7
    preview_run(run, actor=Actor(user=department.drafter), on=ON)
    changed = {table for table, rows in _row_counts().items() if rows != before[table]}
    assert changed == {"casework_entry", "casework_workitem"}


def test_a_write_inside_the_preview_is_refused_by_the_database(department: Department) -> None:
    from django.db.utils import InternalError

    from pay.services.runs.snapshot import read_only_snapshot

    with pytest.raises(InternalError, match="read-only"), read_only_snapshot():
        factories.make_organization()
    assert factories.make_organization().pk


def test_the_preview_is_what_the_run_then_does(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = previewed(department)
    shown = run.preview
    done = run_through(department, run)
    assert done.totals["groups"] == shown["groups"]
    assert done.totals["all"] == shown["all"]


def test_the_proof_counts_everybody_and_every_dollar(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = run_through(department, previewed(department))
    proof = {each["statement"]: each["found"] for each in run.totals["proof"]}
    assert proof["People in the run, each once"] == "7"
    assert proof["People paid, denied, left as they were or an exception"] == "7"
    raised = 1_375 + 1_028 + 1_750 + 1_250 + 938
    assert proof["Increases of basic pay, dollars"] == f"{raised:,}"
    assert all(each["holds"] for each in run.totals["proof"])


def test_whoever_is_posted_later_is_adjusted_and_replayed_in_the_run(
    department: Department, staff: dict[str, Employee]
) -> None:
    later = department.hire("Later", basic=50_000, level="ME")
    department.pay([(later, department.full, 52_000, False)], on=date(2007, 2, 4))
    run = run_through(department, previewed(department))
    assert not RunException.objects.filter(run=run).exists()
    # 50,000 x 42,139 / 41,111 = 51,250.3; what is posted for February keeps its own rate.
    assert [each.basic for each in PayRate.objects.filter(employee=later).order_by("starts")][
        -2:
    ] == [51_250, 52_000]
    assert rate(staff["within"]) == 56_375
    assert run.state == RunState.VERIFIED


@pytest.mark.paragraph("9701.357(a)")
def test_an_exception_left_below_the_new_minimum_keeps_the_run_from_verifying(
    department: Department,
) -> None:
    later = department.hire("Later", basic=41_500, level="ME")
    other = department.hire("Other", basic=50_000, level="ME")
    Employee.objects.filter(pk=later.pk).update(coverage_category="elsewhere")
    run = run_through(department, previewed(department))
    assert (run.state, rate(other)) == (RunState.DONE, 51_250)
    assert [each["statement"] for each in run.totals["proof"] if not each["holds"]] == [
        "Rates that differ from the ledger or stand outside their range"
    ]


def test_somebody_not_covered_is_an_exception(department: Department) -> None:
    outside = department.hire("Outside", basic=50_000, level="ME")
    department.hire("Inside", basic=50_000, level="ME")
    Employee.objects.filter(pk=outside.pk).update(coverage_category="elsewhere")
    run = run_through(department, previewed(department))
    assert RunException.objects.get(run=run).code == "not_covered"
    assert run.state == RunState.VERIFIED


def test_a_missing_parameter_stops_the_preview_and_is_named(
    department: Department, staff: dict[str, Employee]
) -> None:
    from governance.services.directives import issue_directive

    issue_directive(
        number="D-2",
        title="Takes one away",
        effective=date(2006, 1, 1),
        signed_by="The Secretary",
        values={"supp.tie": None},
    )
    with pytest.raises(Refused, match=r"supp\.tie") as refused:
        previewed(department)
    assert refused.value.code == "parameter_missing"


@pytest.mark.parametrize("what", ["rating", "rate", "policy", "supplement"])
def test_an_approval_of_what_has_changed_since_is_refused(
    department: Department, staff: dict[str, Employee], what: str
) -> None:
    run = previewed(department)
    if what == "rating":
        department.rate(staff["unrated"], "U", issued=EFFECTIVE)
    elif what == "rate":
        department.pay([(staff["within"], department.full, 56_000, False)], on=date(2006, 12, 10))
    elif what == "policy":
        from governance.services.directives import issue_directive

        issue_directive(
            number="D-2",
            title="x",
            effective=date(2006, 12, 1),
            signed_by="y",
            values={"supp.tie": "special"},
        )
    else:
        from pay.models import Supplement

        Supplement.objects.create(
            kind="locality", key="DC", percent="12.5", period=(date(2006, 12, 1), None)
        )
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "stale_form"
    run = PayRun.objects.get(pk=run.pk)
    assert run.state == RunState.PREVIEWED
    again = preview_run(run, actor=Actor(user=department.drafter), on=ON)
    assert approve_run(again, actor=Actor(user=department.approver), on=ON).state == "approved"


def test_the_run_is_divided_and_each_chunk_is_done_once(
    department: Department, staff: dict[str, Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 3)
    run = approve_run(previewed(department), actor=Actor(user=department.approver), on=ON)
    execution.start_run(run, actor=Actor(user=department.drafter), on=ON)
    found = list(RunChunk.objects.filter(run=run))
    assert [len(chunk.employee_ids) for chunk in found] == [3, 3, 1]
    assert execution.run_chunk(found[1].pk, on=ON) is True
    assert execution.run_chunk(found[1].pk, on=ON) is False
    assert RunChunk.objects.filter(run=run, state=ChunkState.DONE).count() == 1
    execution.carry_on(on=ON)
    run = PayRun.objects.get(pk=run.pk)
    assert run.state == RunState.VERIFIED
    assert PayAction.objects.filter(run=run).count() == 7


def test_the_new_ranges_begin_in_the_same_commit_as_the_chunks(
    department: Department, staff: dict[str, Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = approve_run(previewed(department), actor=Actor(user=department.approver), on=ON)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the machine dies here")

    monkeypatch.setattr(execution, "set_ranges", fail)
    with pytest.raises(RuntimeError):
        execution.start_run(run, actor=Actor(user=department.drafter), on=ON)
    run = PayRun.objects.get(pk=run.pk)
    assert (run.state, RunChunk.objects.count()) == (RunState.APPROVED, 0)
    assert RateRange.objects.filter(band=department.full).count() == 1


def test_a_run_whose_rows_were_tampered_with_does_not_verify(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = approve_run(previewed(department), actor=Actor(user=department.approver), on=ON)
    execution.start_run(run, actor=Actor(user=department.drafter), on=ON)
    chunk = RunChunk.objects.get(run=run)
    totals = post_chunk(chunk, on=ON)
    totals["groups"]["FP"]["increase_dollars"] += 1
    RunChunk.objects.filter(pk=chunk.pk).update(totals=totals, state=ChunkState.DONE)
    PayRate.objects.filter(employee=staff["within"], starts=EFFECTIVE).update(basic=56_376)
    execution.pick_up_runs(on=ON)
    run = PayRun.objects.get(pk=run.pk)
    assert run.state == RunState.DONE
    failed = {each["statement"] for each in run.totals["proof"] if not each["holds"]}
    assert failed == {
        "Increases of basic pay, dollars",
        "Rates that differ from the ledger or stand outside their range",
    }


def test_reading_a_share_takes_a_fixed_number_of_queries(
    department: Department, staff: dict[str, Employee], django_assert_max_num_queries: object
) -> None:
    run = draft_run(
        department.range_plan(),
        title="Range",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        read_preview(run, on=ON)
    assert connection.vendor == "postgresql"
