"""Ranges and the date of a payout are coordinated with OPM before a run is approved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.actor import Actor
from governance.models import Coordination, CoordinationState
from pay.models import PayRun
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.preview import preview_run
from regulation.refusals import Refused
from tests.pay.runs.department import EFFECTIVE, ON, Department, coordinate

KINDS = [
    pytest.param(False, "9701.321(a)", id="ranges"),
    pytest.param(True, "9701.342(d)(4)", id="payout"),
]


def previewed(department: Department, *, payout: bool) -> PayRun:
    department.hire("Me", basic=50_000, level="ME", pool="P1")
    plan = department.payout_plan({"P1": "1000"}) if payout else department.range_plan()
    drafter = Actor(user=department.drafter)
    run = draft_run(plan, title="Run", effective=EFFECTIVE, actor=drafter, on=ON)
    return preview_run(run, actor=drafter, on=ON)


def refused_as(department: Department, run: PayRun, *, on: date = ON) -> str:
    try:
        approve_run(run, actor=Actor(user=department.approver), on=on)
    except Refused as refusal:
        return refusal.code
    return ""


@pytest.mark.paragraph("9701.321(a)", "9701.342(d)(4)")
@pytest.mark.parametrize(("payout", "paragraph"), KINDS)
def test_without_a_notice_to_opm_nothing_is_approved(
    department: Department, payout: bool, paragraph: str
) -> None:
    Coordination.objects.filter(paragraph=paragraph).delete()
    run = previewed(department, payout=payout)
    assert refused_as(department, run) == "coordination_required"


@pytest.mark.paragraph("9701.321(a)", "9701.342(d)(4)")
@pytest.mark.parametrize(("payout", "paragraph"), KINDS)
@pytest.mark.parametrize(
    ("answer", "days_ago", "code"),
    [
        (CoordinationState.CONCURRED, 5, ""),
        (CoordinationState.RESOLVED, 5, ""),
        (CoordinationState.HELD, 5, "coordination_hold"),
        (CoordinationState.RESPONDED, 45, "coordination_pending"),
        (CoordinationState.NOTICED, 30, "coordination_pending"),
        (CoordinationState.NOTICED, 31, ""),
    ],
)
def test_the_latest_notice_to_opm_decides(
    department: Department,
    payout: bool,
    paragraph: str,
    answer: CoordinationState,
    days_ago: int,
    code: str,
) -> None:
    coordinate(paragraph, answer=answer, noticed=ON - timedelta(days=days_ago))
    run = previewed(department, payout=payout)
    assert refused_as(department, run) == code
