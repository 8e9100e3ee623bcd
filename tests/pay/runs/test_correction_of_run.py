"""R37 on a payout that a run paid: the frozen lines stay, and the person alone is corrected."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actor import Actor
from pay.models import Correction, PayAction, PayoutLine, PayRate, PayRun, RunState
from pay.queries.timeline import timeline
from pay.services.runs.verification import prove
from performance.models import RatingOfRecord
from performance.services.correct_rating import correct_rating
from tests.pay.runs.department import EFFECTIVE, Department
from tests.pay.runs.test_payout_run import approved, run_through
from workforce.models import Employee

OVERTURNED = date(2007, 6, 3)


def correct(employee: Employee, level: str) -> Correction:
    """Overturn the one rating of somebody."""
    correct_rating(
        RatingOfRecord.objects.get(employee=employee),
        corrected_level=level,
        reference="Award 3",
        decided=OVERTURNED,
        actor=Actor.system("a test"),
        on=OVERTURNED,
    )
    return Correction.objects.latest("id")


@pytest.mark.paragraph("9701.342(a)(2)#3")
@pytest.mark.parametrize(("wrong", "posted"), [("U", 1), ("ME", 2)])
def test_the_right_points_at_the_value_of_the_run_and_nobody_else_reopened(
    department: Department, wrong: str, posted: int
) -> None:
    wronged = department.hire("Wronged", basic=50_000, level=wrong, pool="P1")
    other = department.hire("Other", basic=50_000, level="AE", pool="P1")
    run = run_through(department, approved(department, department.payout_plan({"P1": "10000"})))
    assert run.state == RunState.VERIFIED, run.totals["proof"]
    value = int(float(run.totals["groups"]["P1"]["value"]))
    lines = list(PayoutLine.objects.filter(run=run).order_by("id").values())
    correct(wronged, "EE")
    found = PayRate.objects.filter(employee=wronged, starts__lte=EFFECTIVE).latest("starts")
    assert found.basic == 50_000 + 2 * value
    assert PayAction.objects.filter(employee=wronged, rule="R17").count() == posted
    assert PayAction.objects.filter(employee=other, rule="R17").count() == 1
    assert list(PayoutLine.objects.filter(run=run).order_by("id").values()) == lines
    assert [proof for proof in prove(PayRun.objects.get(pk=run.pk)) if not proof.holds] == []
    page = timeline(wronged, on=OVERTURNED)
    assert page.history.standing is not None
    assert page.history.standing.basic == found.basic
