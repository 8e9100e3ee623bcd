"""Progression plans as data: steps, points, certification, standard time and pay (R23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from classification.models import Band
from pay.models import PayAction, ProgressionPlan, ProgressionStep, StepTaken
from pay.queries.progression import next_step
from pay.queries.replay import differences_of
from pay.rules.developmental import Pace, months_between
from pay.services.developmental_step import developmental_step
from pay.services.progression import PlannedStep, certify_point, lay_out_plan
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee
from workforce.models import Employee

pytestmark = pytest.mark.django_db

HIRED = date(2006, 1, 8)
START = date(2006, 1, 1)
#: Eighteen months after the hire.
DAY = date(2007, 7, 8)
STEPS = (
    PlannedStep(points=("Academy", "Rifle"), percent=Decimal(6), standard_months=18),
    PlannedStep(points=("Field training",), amount=2_000, standard_months=12),
)


@pytest.fixture
def entry() -> Band:
    make_ground()
    return make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)


@pytest.fixture
def plan(entry: Band) -> ProgressionPlan:
    return lay_out(entry, STEPS)


def lay_out(band: Band, steps: tuple[PlannedStep, ...]) -> ProgressionPlan:
    return lay_out_plan(band, effective=START, steps=steps, authority="D-5", actor=SYSTEM, on=START)


def certify(person: Employee, plan: ProgressionPlan, number: int, *points: str) -> None:
    step = ProgressionStep.objects.get(plan=plan, number=number)
    for point in points:
        certify_point(
            Employee.objects.get(pk=person.pk), step=step, point=point,
            certified_on=date(2007, 6, 1), actor=SYSTEM, on=DAY,
        )  # fmt: skip


def step(person: Employee, on: date = DAY, **more: Any) -> PayAction:
    return developmental_step(
        Employee.objects.get(pk=person.pk), points=(), certified=(), effective=on, actor=SYSTEM,
        authority="Order", on=on, **more,
    )  # fmt: skip


def code_of(person: Employee, on: date = DAY, **more: Any) -> str:
    with pytest.raises(Refused) as refusal:
        step(person, on, **more)
    assert not StepTaken.objects.filter(employee=person).exists()
    assert PayAction.objects.filter(employee=person).count() == 1
    return refusal.value.code


@pytest.mark.paragraph("9701.345#1")
def test_the_plan_gives_each_step_once_and_in_its_order(entry: Band, plan: ProgressionPlan) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, "Academy", "Rifle")
    first = step(person)
    assert (first.basic_before, first.basic_after) == (34_000, 36_040)
    assert list(differences_of(first)) == []
    certify(person, plan, 2, "Field training")
    second = step(person, date(2008, 7, 8))
    assert second.basic_after == 38_040
    taken = StepTaken.objects.filter(employee=person).order_by("id")
    assert [(each.step.number, each.action) for each in taken] == [(1, first), (2, second)]
    with pytest.raises(Refused) as refusal:
        step(person, date(2009, 7, 8))
    assert refusal.value.code == "not_eligible"


@pytest.mark.paragraph("9701.345#1")
@pytest.mark.paragraph("9701.345#2")
@pytest.mark.parametrize("certified", [(), ("Academy",), ("Rifle",)])
def test_the_standard_time_without_every_point_on_record_releases_nothing(
    entry: Band, plan: ProgressionPlan, certified: tuple[str, ...]
) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, *certified)
    # What a form says of points does not stand for a certification.
    with pytest.raises(Refused) as refusal:
        developmental_step(
            person, points=("Academy",), certified=("Academy", "Rifle"), effective=DAY,
            actor=SYSTEM, authority="Order", on=DAY,
        )  # fmt: skip
    assert refusal.value.code in ("not_eligible", "stale_form")
    assert code_of(person) == "not_eligible"


@pytest.mark.paragraph("9701.345#2")
@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [
        (date(2007, 7, 7), "", "reason_required"),  # 17 months
        (date(2007, 7, 8), "", None),  # 18 months
        (date(2007, 8, 7), "", None),
        (date(2007, 8, 8), "", "reason_required"),  # 19 months
        (date(2007, 7, 7), "Top of the class", None),
        (date(2007, 8, 8), "The range was closed", None),
    ],
)
def test_early_or_late_a_step_has_a_reason(
    entry: Band, plan: ProgressionPlan, on: date, reason: str, code: str | None
) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, "Academy", "Rifle")
    more = {"pace": Pace(0, 0, reason)} if reason else {}
    if code is not None:
        assert code_of(person, on, **more) == code
        return
    assert step(person, on, **more).basic_after == 36_040


@pytest.mark.paragraph("9701.345#1")
def test_another_rise_than_the_plan_s_is_refused(entry: Band, plan: ProgressionPlan) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, "Academy", "Rifle")
    assert code_of(person, percent=Decimal(7)) == "invalid_input"
    assert code_of(person, amount=2_040) == "invalid_input"
    assert step(person, percent=Decimal(6)).basic_after == 36_040


def test_a_point_certified_later_does_not_count_before(entry: Band, plan: ProgressionPlan) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, "Academy", "Rifle")
    found = next_step(person, band_id=entry.pk, on=date(2007, 5, 31))
    assert found is not None
    assert (found.certified, found.points) == ((), ("Academy", "Rifle"))


@pytest.mark.parametrize(
    "bad",
    [
        (),
        (PlannedStep(points=(), amount=1),),
        (PlannedStep(points=(" ",), amount=1),),
        (PlannedStep(points=("A",)),),
        (PlannedStep(points=("A",), amount=1, percent=Decimal(1)),),
        (PlannedStep(points=("A",), amount=0),),
        (PlannedStep(points=("A",), percent=Decimal(-1)),),
    ],
)
def test_a_plan_that_is_none_is_refused(entry: Band, bad: tuple[PlannedStep, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        lay_out(entry, bad)
    assert refusal.value.code == "invalid_input"
    assert not ProgressionPlan.objects.exists()


def test_a_point_is_of_the_step_met_and_certified_once(entry: Band, plan: ProgressionPlan) -> None:
    person = make_paid_employee(entry, 34_000, hired=HIRED)
    certify(person, plan, 1, "Academy")
    for point, on, code in (
        ("Diving", DAY, "invalid_input"),
        ("Academy", DAY, "already_done"),
        ("Rifle", date(2007, 5, 31), "too_early"),
    ):
        with pytest.raises(Refused) as refusal:
            certify_point(
                Employee.objects.get(pk=person.pk),
                step=ProgressionStep.objects.get(plan=plan, number=1), point=point,
                certified_on=date(2007, 6, 1), actor=SYSTEM, on=on,
            )  # fmt: skip
        assert refusal.value.code == code


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2006, 1, 8), date(2006, 1, 8), 0),
        (date(2006, 1, 8), date(2006, 2, 7), 0),
        (date(2006, 1, 8), date(2006, 2, 8), 1),
        (date(2006, 12, 31), date(2007, 1, 30), 0),
        (date(2006, 12, 31), date(2007, 12, 31), 12),
    ],
)
def test_time_is_told_in_whole_months(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months
