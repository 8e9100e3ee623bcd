"""A supplement adjustment as a run: the preview shows what it does, and it proves itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from casework.actor import Actor
from casework.models import Deadline
from governance.models import Coordination, CoordinationState
from pay.models import (
    ChunkState,
    DeniedIncrease,
    LocalityArea,
    PayAction,
    PayOrder,
    PayRate,
    PayRun,
    RunChunk,
    RunException,
    RunState,
    Supplement,
)
from pay.queries.run_lines import all_lines
from pay.services.adjust_supplement import adjust_supplement
from pay.services.runs import chunks, execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import cancel_run, draft_run
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.services.runs.posting import post_chunk
from pay.services.runs.preview import preview_run
from pay.services.runs.supplement_plan import SupplementPlan
from pay.services.runs.verification import prove
from pay.services.verification import Tally, replay_ledger
from performance.services.cycles import ensure_cycle
from regulation.refusals import Refused
from tests import factories
from tests.pay.factories import rate
from tests.pay.runs.department import EFFECTIVE, ON, Department, coordinate
from tests.pay.runs.supplements import (
    approved,
    carried_out,
    direct,
    drafted,
    locality,
    make_supplements,
    previewed,
    publish,
    station,
)
from workforce.models import Absence, Employee


@pytest.fixture(autouse=True)
def supplements(department: Department) -> None:
    make_supplements()
    publish("special", "CYB", "18")


@pytest.fixture
def staff(department: Department) -> dict[str, Employee]:
    """One of each kind; 12.5 % of 55,000 makes 61,875, 16 % makes 63,800 (R11's first example)."""
    senior = factories.make_band("SE", minimum=100_000, maximum=140_000, rank=3)
    return {
        "rated": station(department, "Rated", basic=55_000, level="ME"),
        "unrated": station(department, "Unrated", basic=55_000),
        "denied": station(department, "Denied", basic=55_000, level="U"),
        "below": station(department, "Below", basic=42_000, level="U"),
        "capped": station(department, "Capped", basic=130_000, band=senior, level="EE"),
        "retained": station(department, "Retained", basic=75_000, level="ME", retained=True),
        "special": station(department, "Special", basic=55_000, level="ME", category="CYB"),
        "elsewhere": station(department, "Elsewhere", basic=55_000, level="ME", area="NYC"),
    }


def paid(person: Employee, on: date = EFFECTIVE) -> tuple[int | None, int | None, str]:
    """Basic pay, adjusted rate and percentage in force."""
    row = PayRate.objects.filter(employee=person, starts__lte=on).latest("starts")
    return row.basic, row.adjusted, format(row.supplement_percent.normalize(), "f")


AFTER = {
    "rated": (55_000, 63_800, "16"),
    "unrated": (55_000, 63_800, "16"),
    "denied": (55_000, 61_875, "12.5"),
    "below": (42_000, 47_250, "12.5"),
    # 150,800 uncapped: the rate for level III of the Executive Schedule is 150,000.
    "capped": (130_000, 150_000, "16"),
    "retained": (75_000, 87_000, "16"),
    "special": (55_000, 64_900, "18"),
    "elsewhere": (55_000, 66_000, "20"),
}


@pytest.mark.paragraph("9701.332(a)#1", "9701.335(a)#1", "9701.335(b)", "9701.335(c)#1")
def test_everybody_in_the_area_is_paid_what_is_published_but_for_whom_it_is_denied(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = carried_out(department, approved(department, locality()))
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert {name: paid(person) for name, person in staff.items()} == AFTER
    assert not PayAction.objects.filter(run=run, employee=staff["elsewhere"]).exists()
    assert not PayOrder.objects.filter(kind="supplement_adjustment").exists()
    row = Supplement.objects.get(key="WAS", period__contains=EFFECTIVE)
    assert (row.percent, row.period.lower) == (Decimal(16), EFFECTIVE)
    total = run.totals["all"]
    assert (total["people"], total["posted"], total["as_is"]) == (7, 6, 1)
    assert (total["increase"], total["denied"], total["below_minimum"]) == (4, 2, 1)
    assert (total["at_cap"], total["lost_dollars"]) == (1, 800)
    # 1,925 twice, 150,000 - 146,250 and 87,000 - 84,375; nothing of it is basic pay.
    assert total["adjusted_rise_dollars"] == 2 * 1_925 + 3_750 + 2_625
    assert total["increase_dollars"] == 0
    assert list(replay_ledger(tally=Tally())) == []


@pytest.mark.paragraph("9701.336", "9701.337(a)")
def test_denied_it_is_a_case_and_below_the_minimum_adjusted_rate_it_has_ninety_days(
    department: Department, staff: dict[str, Employee]
) -> None:
    # At the minimum of 41,111 the new percentage makes 47,689; 42,000 frozen at 12.5 % is 47,250.
    carried_out(department, approved(department, locality()))
    cases = {case.employee_id: case for case in DeniedIncrease.objects.all()}
    assert set(cases) == {staff["denied"].pk, staff["below"].pk}
    assert cases[staff["denied"].pk].due_on is None
    assert cases[staff["below"].pk].due_on == EFFECTIVE + timedelta(days=90)
    (clock,) = Deadline.objects.all()
    assert clock.kind == "below_minimum_adjusted_90_days"


def test_the_preview_is_what_the_run_then_does_and_tells_who_is_left_alone(
    department: Department, staff: dict[str, Employee]
) -> None:
    outside = station(department, "Outside", basic=50_000, level="ME")
    Employee.objects.filter(pk=outside.pk).update(coverage_category="attorney")
    run = previewed(department, locality())
    shown = list(all_lines(run))
    assert run.preview["codes"] == {"not_covered": 1}
    assert [line.outcome.code for line in shown if line.family_name == "Outside"] == ["not_covered"]
    done = carried_out(department, approve_run(run, actor=Actor(user=department.approver), on=ON))
    assert done.state == RunState.VERIFIED, done.totals.get("proof")
    assert list(all_lines(done)) == shown
    assert done.totals["all"] == run.preview["all"]
    assert RunException.objects.get(run=run).employee == outside


def test_it_does_to_the_dollar_what_the_act_for_one_moment_does(
    department: Department, staff: dict[str, Employee]
) -> None:
    with transaction.atomic():
        adjust_supplement(
            "locality", key="WAS", percent=Decimal(16), effective=EFFECTIVE,
            actor=Actor.system("a test"), authority="D-4", on=ON,
        )  # fmt: skip
        at_once = {name: paid(person) for name, person in staff.items()}
        transaction.set_rollback(True)
    assert at_once == AFTER


def test_totals_are_told_by_component(department: Department) -> None:
    top = factories.make_organization("TOP")
    border = factories.make_organization("BORDER", parent=top)
    office = factories.make_organization("OFFICE", parent=border)
    station(department, "One", basic=50_000, level="ME", organization=office)
    station(department, "Two", basic=50_000, level="ME", organization=border)
    station(department, "Three", basic=50_000, level="ME", organization=top)
    groups = previewed(department, locality()).preview["groups"]
    assert {code: each["people"] for code, each in groups.items()} == {"BORDER": 2, "TOP": 1}
    assert groups["BORDER"]["adjusted_rise_dollars"] == 2 * 1_750


@pytest.mark.paragraph("9701.332(a)#1")
def test_bands_of_one_area_may_have_percentages_of_their_own(department: Department) -> None:
    full = station(department, "Full", basic=50_000, level="ME")
    developing = station(department, "Dev", basic=35_000, level="ME", band=department.developmental)
    run = carried_out(department, approved(department, locality("14", bands=("FP",))))
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert run.totals["all"]["people"] == 1
    assert (paid(full)[2], paid(developing)[2]) == ("14", "12.5")
    then = replace(locality("15"), bands=("ED",))
    assert carried_out(department, approved(department, then)).state == RunState.VERIFIED
    assert (paid(full)[2], paid(developing)[2]) == ("14", "15")
    with pytest.raises(IntegrityError), transaction.atomic():
        Supplement.objects.create(
            kind="locality", key="WAS", band=department.full, percent=9,
            period=(EFFECTIVE, EFFECTIVE + timedelta(days=7)),
        )  # fmt: skip


@pytest.mark.paragraph("9701.335(a)#1")
def test_what_an_older_denial_froze_stays_frozen_and_only_the_new_points_are_paid(
    department: Department, staff: dict[str, Employee]
) -> None:
    carried_out(department, approved(department, locality()))
    # No rating for the next period: eligible for what rises then, not for what was denied.
    ensure_cycle(date(2007, 9, 30))
    day = date(2008, 1, 6)
    run = drafted(department, locality("18"), effective=day, on=day)
    run = preview_run(run, actor=Actor(user=department.drafter), on=day)
    run = approve_run(run, actor=Actor(user=department.approver), on=day)
    run = carried_out(department, run, on=day)
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    # 12.5 + 2 points (R11's fourth example).
    assert paid(staff["denied"], on=day) == (55_000, 62_975, "14.5")
    assert run.totals["all"]["still_frozen"] == 1


@pytest.mark.paragraph("9701.334(a)")
def test_a_cut_is_announced_and_is_for_every_rating(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = approved(department, locality("11"))
    assert run.preview["warnings"] == ["The percentage falls: it falls for every rating."]
    run = carried_out(department, run)
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert paid(staff["rated"]) == paid(staff["denied"]) == (55_000, 61_050, "11")
    assert run.totals["all"]["reduced"] == 6
    assert not DeniedIncrease.objects.exists()


BAD_PLANS = {
    "no such area": (locality(key="XXX"), "invalid_input"),
    "no such band": (locality(bands=("XX",)), "invalid_input"),
    "below zero": (locality("-1"), "invalid_input"),
    "five places": (locality("12.00001"), "invalid_input"),
    "nothing changes": (locality("12.5"), "invalid_input"),
    "no kind": (SupplementPlan("other", "WAS", Decimal(16)), "invalid_input"),
    "no directive": (SupplementPlan("special", "CYB", Decimal(20)), "directive_required"),
}


@pytest.mark.parametrize("name", BAD_PLANS)
def test_an_unlawful_plan_is_refused_and_nothing_kept(department: Department, name: str) -> None:
    plan, code = BAD_PLANS[name]
    with pytest.raises(Refused) as refused:
        drafted(department, plan)
    assert refused.value.code == code
    assert not PayRun.objects.exists()


def test_one_adjustment_of_an_area_a_date(department: Department) -> None:
    station(department, "Me", basic=50_000, level="ME")
    drafted(department, locality())
    for plan in (locality("17"), locality("17", bands=("FP",))):
        with pytest.raises(Refused) as refused:
            drafted(department, plan)
        assert refused.value.code == "duplicate_open"
    drafted(department, locality("21", key="NYC"))


@pytest.mark.paragraph("9701.333#1", "9701.333#3")
@pytest.mark.parametrize(
    ("percent", "bands", "state"), [("19", (), "in_effect"), ("20", ("FP",), "in_effect"),
    ("20", (), "draft")],
)  # fmt: skip
def test_a_directive_must_carry_the_special_rate_as_it_is_published(
    department: Department, percent: str, bands: tuple[str, ...], state: str
) -> None:
    direct("CYB", percent, bands=bands, state=state)
    direct("ENG", "20")
    with pytest.raises(Refused) as refused:
        drafted(department, SupplementPlan("special", "CYB", Decimal(20)))
    assert (refused.value.code, refused.value.citation) == ("directive_required", "9701.333")


@pytest.mark.paragraph("9701.333#1", "9701.335(a)#2")
def test_a_first_special_rate_is_for_its_category_once_opm_was_heard(
    department: Department,
) -> None:
    cyber = station(department, "Cyber", basic=55_000, level="ME", category="ENG")
    denied = station(department, "Denied", basic=55_000, level="U", category="ENG")
    other = station(department, "Other", basic=55_000, level="ME")
    direct("ENG", "20")
    Coordination.objects.filter(paragraph="9701.334(a)").delete()
    run = previewed(department, SupplementPlan("special", "ENG", Decimal(20)))
    # A notice on locality supplements does not do.
    coordinate("9701.332(a)", answer=CoordinationState.CONCURRED)
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "coordination_required"
    coordinate("9701.333", answer=CoordinationState.CONCURRED)
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    run = carried_out(department, run)
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert paid(cyber) == (55_000, 66_000, "20")
    assert paid(denied) == paid(other) == (55_000, 61_875, "12.5")
    assert PayRate.objects.filter(employee=cyber).latest("starts").supplement_kind == "special"


@pytest.mark.paragraph("9701.332(a)#1", "9701.334(b)#1")
@pytest.mark.parametrize(
    ("answer", "noticed", "code"),
    [
        (None, None, "coordination_required"),
        (CoordinationState.NOTICED, ON - timedelta(days=30), "coordination_pending"),
        (CoordinationState.NOTICED, ON - timedelta(days=31), ""),
        (CoordinationState.HELD, ON - timedelta(days=60), "coordination_hold"),
        (CoordinationState.CONCURRED, ON - timedelta(days=5), ""),
    ],
)
def test_opm_is_heard_before_a_supplement_is_adjusted(
    department: Department, answer: CoordinationState | None, noticed: date | None, code: str
) -> None:
    station(department, "Me", basic=50_000, level="ME")
    Coordination.objects.filter(paragraph="9701.334(a)").delete()
    if answer is not None and noticed is not None:
        coordinate("9701.332(a)", answer=answer, noticed=noticed)
    run = previewed(department, locality())
    approver = Actor(user=department.approver)
    if not code:
        assert approve_run(run, actor=approver, on=ON).state == RunState.APPROVED
        return
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=approver, on=ON)
    assert refused.value.code == code


@pytest.mark.paragraph("9701.334(b)#1")
def test_it_starts_on_its_date_at_the_earliest_and_is_given_up_before_it(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = approved(department, locality())
    with pytest.raises(Refused) as refused:
        execution.start_run(
            run, actor=Actor(user=department.drafter), on=EFFECTIVE - timedelta(days=1)
        )
    assert (refused.value.code, refused.value.citation) == ("too_early", "9701.335(a)")
    run = cancel_run(run, reason="The budget", actor=Actor(user=department.drafter), on=ON)
    assert run.state == RunState.CANCELLED
    assert Supplement.objects.get(key="WAS").percent == Decimal("12.5")
    assert paid(staff["rated"]) == (55_000, 61_875, "12.5")
    assert carried_out(department, approved(department, locality())).state == RunState.VERIFIED


def test_the_drafter_does_not_approve_and_a_changed_person_makes_the_preview_stale(
    department: Department, staff: dict[str, Employee]
) -> None:
    run = previewed(department, locality())
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor(user=department.drafter), on=ON)
    assert refused.value.code == "same_approver"
    department.rate(staff["unrated"], "U")
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor(user=department.approver), on=ON)
    assert refused.value.code == "stale_form"


def _approved(department: Department, plan: RangePlan | PayoutPlan | SupplementPlan) -> PayRun:
    actor = Actor(user=department.drafter)
    run = draft_run(plan, title=type(plan).__name__, effective=EFFECTIVE, actor=actor, on=ON)
    run = preview_run(run, actor=actor, on=ON)
    return approve_run(run, actor=Actor(user=department.approver), on=ON)


def test_on_one_date_ranges_come_first_then_supplements_then_the_payout(
    department: Department,
) -> None:
    person = station(department, "Me", basic=55_000, level="ME")
    department.join(person, "P1")
    ranges = _approved(department, department.range_plan())
    with pytest.raises(Refused) as refused:
        _approved(department, locality())
    assert refused.value.code == "run_locked"
    carried_out(department, ranges)
    supplement = approve_run(
        preview_run(PayRun.objects.latest("pk"), actor=Actor(user=department.drafter), on=ON),
        actor=Actor(user=department.approver),
        on=ON,
    )
    with pytest.raises(Refused) as refused:
        _approved(department, department.payout_plan({"P1": "4545"}))
    assert refused.value.code == "run_locked"
    assert carried_out(department, supplement).state == RunState.VERIFIED
    # 55,000 by 42,139 / 41,111 is 56,375; 16 % on it is 65,395 (R11's second example).
    assert paid(person) == (56_375, 65_395, "16")
    payout = preview_run(PayRun.objects.latest("pk"), actor=Actor(user=department.drafter), on=ON)
    payout = approve_run(payout, actor=Actor(user=department.approver), on=ON)
    assert carried_out(department, payout).state == RunState.VERIFIED
    assert [row.step for row in PayAction.objects.filter(employee=person, effective=EFFECTIVE)
            .order_by("step")] == [1, 2, 4]  # fmt: skip


@pytest.mark.parametrize("first", ["supplement", "payout"])
def test_what_comes_first_is_refused_once_what_comes_after_it_has_begun(
    department: Department, first: str
) -> None:
    person = station(department, "Me", basic=55_000, level="ME")
    department.join(person, "P1")
    elsewhere = station(department, "Nowhere", basic=55_000, level="ME", area="")
    department.join(elsewhere, "P1")
    if first == "supplement":
        carried_out(department, _approved(department, locality()))
        late: RangePlan | SupplementPlan = department.range_plan()
    else:
        _approved(department, department.payout_plan({"P1": "4545"}))
        late = locality()
    with pytest.raises(Refused) as refused:
        _approved(department, late)
    assert refused.value.code == "run_locked"


def test_a_locality_and_a_special_rate_of_one_date_each_count_their_own_points(
    department: Department,
) -> None:
    cyber = station(department, "Cyber", basic=55_000, level="ME", category="CYB")
    denied = station(department, "Denied", basic=55_000, level="U", category="CYB")
    direct("CYB", "22")
    coordinate("9701.333", answer=CoordinationState.CONCURRED)
    # The locality percentage rises past the special one, and this past it again.
    for plan in (locality("20"), SupplementPlan("special", "CYB", Decimal(22))):
        run = carried_out(department, approved(department, plan))
        assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert paid(cyber) == (55_000, 67_100, "22")
    assert paid(denied) == (55_000, 64_900, "18")
    assert DeniedIncrease.objects.get().percentage == "1/25"


def test_a_chunk_done_twice_or_left_half_done_pays_everybody_once(
    department: Department, staff: dict[str, Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 2)
    run = execution.start_run(
        approved(department, locality()), actor=Actor(user=department.drafter), on=ON
    )
    first, second, *_ = RunChunk.objects.filter(run=run).order_by("ordinal")
    assert execution.run_chunk(first.pk, on=ON)
    assert not execution.run_chunk(first.pk, on=ON)
    with transaction.atomic():
        post_chunk(second, on=ON)
        # The worker dies before its commit.
        transaction.set_rollback(True)
    assert RunChunk.objects.get(pk=second.pk).state == ChunkState.WAITING
    execution.carry_on(on=ON)
    assert PayRun.objects.get(pk=run.pk).state == RunState.VERIFIED
    assert {name: paid(person) for name, person in staff.items()} == AFTER
    assert PayAction.objects.filter(run=run).count() == 6


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        ({"supplement_percent": Decimal(15)}, "another percentage than the published one"),
        ({"adjusted": 70_000}, "other than their cap allows"),
        ({"adjusted": 40_000, "uncapped": 40_000}, "Below the minimum adjusted rate"),
    ],
)
def test_a_rate_that_is_not_as_published_is_found(
    department: Department, staff: dict[str, Employee], change: dict[str, object], statement: str
) -> None:
    run = carried_out(department, approved(department, locality()))
    assert all(proof.holds for proof in prove(run))
    PayRate.objects.filter(employee=staff["rated"], starts=EFFECTIVE).update(**change)
    failed = [proof.statement for proof in prove(run) if not proof.holds]
    assert any(statement in each for each in failed), failed


@pytest.mark.paragraph("9701.336")
def test_what_a_rating_releases_on_the_date_is_paid_at_the_percentage_until_then(
    department: Department,
) -> None:
    person = station(department, "Back", basic=55_000, level="U")
    earlier = date(2006, 12, 24)
    adjust_supplement(
        "locality", key="WAS", percent=Decimal(14), effective=earlier,
        actor=Actor.system("a test"), authority="D-4", on=earlier,
    )  # fmt: skip
    assert paid(person) == (55_000, 61_875, "12.5")
    ensure_cycle(date(2007, 9, 30))
    rate(person, "ME", issued=date(2007, 1, 3), period_end=date(2007, 9, 30), kind="additional")
    run = carried_out(department, approved(department, locality()))
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    steps = PayAction.objects.filter(employee=person, effective=EFFECTIVE).order_by("step")
    assert [(row.step, row.adjusted) for row in steps] == [(0, 62_700), (2, 63_800)]


def test_who_is_away_in_service_is_passed_over(department: Department) -> None:
    away = station(department, "Away", basic=50_000, level="ME")
    stays = station(department, "Stays", basic=50_000, level="ME")
    Absence.objects.create(employee=away, kind="uniformed_service", period=(date(2006, 6, 1), None))
    run = carried_out(department, approved(department, locality()))
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
    assert RunChunk.objects.get(run=run).employee_ids == [stays.pk]
    assert paid(away)[2] == "12.5"


def test_an_area_is_named_before_it_is_paid(department: Department) -> None:
    LocalityArea.objects.create(code="NEW", name="New area")
    station(department, "There", basic=50_000, level="ME", area="NEW")
    run = carried_out(department, approved(department, locality("10", key="NEW")))
    assert run.state == RunState.VERIFIED, run.totals.get("proof")
