"""Drafting a run, and what is refused before a row is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from governance.models import Coverage
from governance.services.directives import issue_directive
from pay.models import PayRun, PointPattern, RunState
from pay.services.runs.drafting import cancel_run, change_plan, draft_run
from pay.services.runs.plans import PoolFunds, RangePlan
from pay.services.runs.preview import preview_run
from performance.services.cycles import ensure_cycle
from regulation.refusals import Refused
from tests import factories
from tests.pay.runs.department import EFFECTIVE, ON, OPENED, Department


def _draft(department: Department, plan: RangePlan, *, effective: date = EFFECTIVE) -> PayRun:
    return draft_run(
        plan, title="Range", effective=effective, actor=Actor(user=department.drafter), on=ON
    )


def test_a_range_adjustment_is_drafted_with_its_history(department: Department) -> None:
    run = _draft(department, department.range_plan())
    assert run.state == RunState.DRAFT
    assert run.plan == {"ranges": {"FP": [42139, 71750]}, "reason": ""}
    (entry,) = Entry.objects.filter(subject=run.subject)
    assert (entry.act, entry.actor, entry.to_state) == ("draft", department.drafter, "draft")


@pytest.mark.paragraph("9701.321(a)", "9701.322(b)", "9701.312(a)")
@pytest.mark.parametrize(
    ("ranges", "effective", "reason", "code"),
    [
        ({}, EFFECTIVE, "", "invalid_input"),
        ({"XX": (1, 2)}, EFFECTIVE, "", "invalid_input"),
        ({"FP": (71_750, 42_139)}, EFFECTIVE, "", "invalid_range"),
        ({"FP": (42_139, 42_139)}, EFFECTIVE, "", "invalid_range"),
        ({"FP": (42_139, 150_001)}, EFFECTIVE, "", "above_executive_level"),
        ({"FP": (42_139, 71_750)}, date(2007, 1, 8), "", "reason_required"),
        ({"FP": (42_139, 71_750)}, date(2007, 1, 8), "   ", "reason_required"),
    ],
)
def test_an_unlawful_range_plan_is_refused_and_writes_no_row(
    department: Department,
    ranges: dict[str, tuple[int, int]],
    effective: date,
    reason: str,
    code: str,
) -> None:
    with pytest.raises(Refused) as refused:
        _draft(department, RangePlan(ranges=ranges, reason=reason), effective=effective)
    assert refused.value.code == code
    assert not PayRun.objects.exists()


@pytest.mark.paragraph("9701.312(a)", "9701.322(b)")
def test_the_maximum_may_reach_the_cap_and_another_date_is_taken_with_its_reason(
    department: Department,
) -> None:
    assert _draft(department, RangePlan(ranges={"FP": (42_139, 150_000)})).pk
    other = RangePlan(ranges={"FP": (42_139, 71_750)}, reason="New payroll system")
    assert _draft(department, other, effective=date(2007, 1, 8)).pk


@pytest.mark.paragraph("9701.321(b)")
def test_a_band_is_adjusted_once_on_a_date(department: Department) -> None:
    first = _draft(department, department.range_plan())
    with pytest.raises(Refused) as refused:
        _draft(department, department.range_plan(minimum=43_000))
    assert refused.value.code == "duplicate_open"
    cancel_run(first, reason="A typing error", actor=Actor(user=department.approver), on=ON)
    assert _draft(department, department.range_plan(minimum=43_000)).pk


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.PAY_SPECIALIST)])
def test_only_a_pay_specialist_drafts(department: Department, role: Role | None) -> None:
    user = factories.make_user()
    if role is not None:
        factories.grant_role(user, role)
    with pytest.raises(Refused) as refused:
        draft_run(
            department.range_plan(),
            title="Range",
            effective=EFFECTIVE,
            actor=Actor(user=user),
            on=ON,
        )
    assert refused.value.code == "not_authorized"


def test_a_specialist_of_one_office_drafts_its_payout_and_no_range_adjustment(
    department: Department,
) -> None:
    top = factories.make_organization("HS")
    office = factories.make_organization("HS01", parent=top)
    department.pools["P1"].organization = office
    department.pools["P1"].save()
    user = factories.make_user()
    factories.grant_role(user, Role.PAY_SPECIALIST, organization=office)
    actor = Actor(user=user)
    plan = department.payout_plan({"P1": "10000.00"})
    assert draft_run(plan, title="Payout", effective=EFFECTIVE, actor=actor, on=ON).pk
    for refused_plan in (department.range_plan(), department.payout_plan({"P2": "1.00"})):
        with pytest.raises(Refused) as refused:
            draft_run(refused_plan, title="No", effective=EFFECTIVE, actor=actor, on=ON)
        assert refused.value.code == "not_authorized"


@pytest.mark.paragraph("9701.342(b)(3)")
@pytest.mark.parametrize(
    ("amounts", "fund", "code"),
    [
        ({"P1": "260000.00", "P2": "240000.00"}, "500000.00", None),
        ({"P1": "260000.01", "P2": "240000.00"}, "500000.00", "fund_exceeded"),
        ({"P1": "0.001"}, "500000.00", "invalid_input"),
        ({"P1": "-1"}, "500000.00", "invalid_input"),
        ({}, "500000.00", "invalid_input"),
        ({"P9": "1.00"}, "500000.00", "invalid_input"),
    ],
)
def test_pools_have_no_more_than_the_performance_fund(
    department: Department, amounts: dict[str, str], fund: str, code: str | None
) -> None:
    plan = department.payout_plan(amounts)
    assert plan.fund is not None
    plan = replace(plan, fund=replace(plan.fund, amount=Decimal(fund)))
    _drafts_or_refuses(department, plan, code=code)


@pytest.mark.paragraph("9701.342(b)(4)")
@pytest.mark.parametrize("missing", ["official", "note", "fund"])
def test_the_fund_names_its_official_and_what_was_weighed(
    department: Department, missing: str
) -> None:
    plan = department.payout_plan({"P1": "100.00"})
    assert plan.fund is not None
    without = {
        "official": replace(plan.fund, official=" "),
        "note": replace(plan.fund, note=" "),
        "fund": None,
    }
    code = "record_incomplete" if missing == "fund" else "reason_required"
    _drafts_or_refuses(department, replace(plan, fund=without[missing]), code=code)


@pytest.mark.paragraph("9701.342(c)(1)", "9701.342(c)(2)", "9701.342(c)(3)")
@pytest.mark.parametrize(
    ("points", "code"),
    [
        ({"AE": 4, "EE": 2, "ME": 1, "U": 0}, None),
        ({"AE": 4, "EE": 2, "ME": 1, "U": 1}, "zero_points_required"),
        ({"AE": 4, "EE": 2, "ME": 1}, "invalid_parameter"),
        ({"AE": 4, "EE": -2, "ME": 1, "U": 0}, "invalid_parameter"),
        (None, "parameter_missing"),
    ],
)
def test_a_pool_pays_out_only_by_a_valid_pattern_in_force(
    department: Department, points: dict[str, int] | None, code: str | None
) -> None:
    PointPattern.objects.filter(pool__code="P1").delete()
    if points is not None:
        PointPattern.objects.create(pool=department.pools["P1"], starts=OPENED, points=points)
    _drafts_or_refuses(department, department.payout_plan({"P1": "100.00"}), code=code)


@pytest.mark.parametrize(
    ("mode", "value", "code"),
    [
        ("share_dollar", None, None),
        ("share_percent", None, None),
        ("fixed_dollar", "100", None),
        ("fixed_percent", "1.5", None),
        ("fixed_dollar", None, "parameter_missing"),
        ("fixed_percent", "-1", "invalid_input"),
        ("by_wish", None, "invalid_parameter"),
    ],
)
def test_the_four_modes_are_known_and_a_fixed_one_needs_its_value(
    department: Department, mode: str, value: str | None, code: str | None
) -> None:
    plan = department.payout_plan({"P1": "100.00"}, mode=mode)
    funds = PoolFunds(amount=Decimal(100), value=Decimal(value) if value else None)
    _drafts_or_refuses(department, replace(plan, pools={"P1": funds}), code=code)


@pytest.mark.parametrize(
    ("period_end", "effective", "code"),
    [
        (date(2006, 9, 30), EFFECTIVE, None),
        (date(2006, 9, 30), date(2006, 12, 24), "too_early"),
        (date(2006, 9, 30), date(2006, 10, 1), "too_early"),
        (date(2006, 9, 30), date(2006, 9, 30), "period_not_complete"),
        (date(2005, 9, 30), EFFECTIVE, "invalid_input"),
    ],
)
def test_a_payout_is_for_a_completed_period(
    department: Department, period_end: date, effective: date, code: str | None
) -> None:
    plan = replace(department.payout_plan({"P1": "100.00"}), period_end=period_end)
    _drafts_or_refuses(department, plan, code=code, effective=effective)


@pytest.mark.paragraph("9701.342:preamble-timing")
@pytest.mark.parametrize(
    ("months", "effective", "code"),
    [
        ({"DHS": 1, "CG": 7}, date(2007, 7, 8), None),
        ({"DHS": 1, "CG": 7}, date(2007, 6, 24), "too_early"),
        ({"DHS": 1}, date(2007, 7, 8), "parameter_missing"),
    ],
)
def test_a_system_with_a_year_of_its_own_is_paid_in_its_own_month(
    department: Department, months: dict[str, int], effective: date, code: str | None
) -> None:
    ensure_cycle(date(2007, 3, 31), system_code="CG")
    issue_directive(
        number="D-CG",
        title="Calendars",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={"payout.month": months},
    )
    plan = replace(department.payout_plan({"P1": "100.00"}), period_end=date(2007, 3, 31))
    _drafts_or_refuses(department, plan, code=code, effective=effective)


@pytest.mark.paragraph("9701.342:preamble-timing")
def test_the_first_payouts_come_with_the_year_after_the_conversion(department: Department) -> None:
    Coverage.objects.filter(subpart="C").update(effective=date(2006, 11, 12))
    plan = department.payout_plan({"P1": "100.00"})
    _drafts_or_refuses(department, plan, code=None, effective=date(2007, 1, 7))
    Coverage.objects.filter(subpart="C").update(effective=date(2007, 1, 7))
    later = department.payout_plan({"P2": "100.00"})
    _drafts_or_refuses(department, later, code="too_early", effective=date(2007, 12, 23))


def test_a_pool_is_paid_out_once_for_a_period(department: Department) -> None:
    plan = department.payout_plan({"P1": "100.00"})
    _drafts_or_refuses(department, plan, code=None)
    _drafts_or_refuses(department, plan, code="duplicate_open", effective=date(2007, 2, 4))


def test_another_plan_takes_the_preview_back_and_makes_its_author_the_drafter(
    department: Department,
) -> None:
    run = _draft(department, department.range_plan())
    run.record_preview(preview={"groups": {}}, fingerprint="f")
    run.save()
    changed = change_plan(
        run,
        plan=department.range_plan(minimum=43_000),
        title="Again",
        effective=EFFECTIVE,
        actor=Actor(user=department.approver),
        on=ON,
        version=1,
    )
    assert (changed.state, changed.preview, changed.fingerprint) == (RunState.DRAFT, {}, "")
    assert changed.drafted_by == department.approver
    assert changed.plan["ranges"] == {"FP": [43_000, 71_750]}


def test_a_stale_change_is_refused(department: Department) -> None:
    run = _draft(department, department.range_plan())

    def change() -> PayRun:
        return change_plan(
            run,
            plan=department.range_plan(),
            title="Changed",
            effective=EFFECTIVE,
            actor=Actor(user=department.drafter),
            on=ON,
            version=1,
        )

    assert change().version == 2
    with pytest.raises(Refused) as refused:
        change()
    assert refused.value.code == "stale_form"


def test_giving_up_needs_a_reason(department: Department) -> None:
    run = _draft(department, department.range_plan())
    with pytest.raises(Refused) as refused:
        cancel_run(run, reason=" ", actor=Actor(user=department.drafter), on=ON)
    assert refused.value.code == "reason_required"


def _drafts_or_refuses(
    department: Department, plan: object, *, code: str | None, effective: date = EFFECTIVE
) -> None:
    def draft() -> PayRun:
        return draft_run(
            plan,  # type: ignore[arg-type]
            title="Payout",
            effective=effective,
            actor=Actor(user=department.drafter),
            on=ON,
        )

    if code is None:
        assert draft().state == RunState.DRAFT
        return
    before = PayRun.objects.count()
    with pytest.raises(Refused) as refused:
        draft()
    assert refused.value.code == code
    assert PayRun.objects.count() == before


@pytest.mark.paragraph("9701.342(b)(2)")
def test_a_pool_without_members_stops_the_preview_of_all_and_is_named(
    department: Department,
) -> None:
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    drafter = Actor(user=department.drafter)
    run = draft_run(
        department.payout_plan({"P1": "1000", "P2": "1000"}),
        title="Payout", effective=EFFECTIVE, actor=drafter, on=ON,
    )  # fmt: skip
    with pytest.raises(Refused, match="P2 had no members") as refused:
        preview_run(run, actor=drafter, on=ON)
    assert (refused.value.code, refused.value.citation) == (
        "no_ratings_in_pool", "9701.342(b)(2)",
    )  # fmt: skip
    kept = PayRun.objects.get(pk=run.pk)
    assert (kept.state, kept.preview) == (RunState.DRAFT, run.preview)
