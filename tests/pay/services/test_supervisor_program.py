"""New supervisors' programs, and what a payout counts of somebody who is in one (R23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from classification.models import Band
from governance.services.directives import issue_directive
from pay.models import PayPool, PointPattern, PoolMembership, SupervisorProgram
from pay.queries.supervisor_programs import overdue_programs
from pay.services.certify_pool import CertifiedLine, Funds
from pay.services.pay_out import pay_out
from pay.services.supervisor_program import (
    begin_supervisor_program,
    complete_supervisor_program,
)
from performance.services.systems import ensure_system
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2008, 1, 6)
PERIOD = date(2007, 9, 30)
BEGAN = date(2007, 4, 1)


@pytest.fixture
def band() -> Band:
    make_ground()
    ensure_system()
    return make_band("LE-SUP", minimum=41_111, maximum=98_000, level="supervisory", rank=4)


@pytest.fixture
def pool(band: Band) -> PayPool:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    points = {"AE": "4", "EE": "2", "ME": "1", "U": "0"}
    PointPattern.objects.create(pool=pool, starts=date(2000, 1, 1), points=points)
    return pool


def member(pool: PayPool, band: Band, level: str) -> Employee:
    employee = make_paid_employee(band, 60_000)
    PoolMembership.objects.create(pool=pool, employee=employee, period=(employee.hired, None))
    rate(employee, level, issued=date(2007, 10, 20), period_end=PERIOD)
    return employee


def begin(person: Employee, began_on: date = BEGAN) -> SupervisorProgram:
    return begin_supervisor_program(
        Employee.objects.get(pk=person.pk), began_on=began_on, due_on=date(2008, 3, 31),
        actor=SYSTEM, on=began_on,
    )  # fmt: skip


def complete(program: SupervisorProgram, day: date, on: date = date(2008, 6, 1)) -> None:
    complete_supervisor_program(
        SupervisorProgram.objects.get(pk=program.pk), completed_on=day, actor=SYSTEM, on=on
    )


def directive(factor: str | None, *, weighted: bool = True) -> None:
    issue_directive(
        number="D-2", title="New supervisors", effective=date(2008, 1, 1),
        signed_by="The Secretary",
        values={"supervisor.factor": factor, "pool.weight_by_proration": weighted},
    )  # fmt: skip


def paid(pool: PayPool, amount: str = "9090.88") -> tuple[dict[int, CertifiedLine], Decimal | None]:
    done = pay_out(
        pool, funds=Funds(mode="share_dollar", amount=Decimal(amount)), period_end=PERIOD,
        effective=DAY, actor=SYSTEM, authority="D", on=DAY,
    ).certified  # fmt: skip
    return {line.person.employee_id: line for line in done.lines}, done.value


@pytest.mark.paragraph("9701.346#2")
@pytest.mark.parametrize(
    ("factor", "amount"), [("0.5", 2_272), ("1", 4_545), ("0", 0), ("0.25", 1_136)]
)
def test_the_directive_s_factor_is_what_a_payout_counts_of_a_new_supervisor(
    pool: PayPool, band: Band, factor: str, amount: int
) -> None:
    """R23: X 4,545 by 2,272.72 x 2 points; half of it is 2,272, rounded once."""
    new, other = member(pool, band, "EE"), member(pool, band, "EE")
    begin(new)
    directive(factor, weighted=False)
    lines, value = paid(pool)
    assert value == Decimal("2272.72")
    assert lines[new.pk].result.amount == amount
    assert lines[other.pk].result.amount == 4_545


@pytest.mark.paragraph("9701.346#2")
def test_what_he_does_not_take_is_divided_where_proration_weighs(pool: PayPool, band: Band) -> None:
    new, other = member(pool, band, "EE"), member(pool, band, "EE")
    begin(new)
    directive("0.5")
    lines, value = paid(pool, "9000")
    # 9,000 / (2 x 0.5 + 2) = 3,000 a point
    assert (value, lines[new.pk].proration) == (Decimal("3000.00"), Fraction(1, 2))
    assert [lines[who.pk].result.amount for who in (new, other)] == [3_000, 6_000]


@pytest.mark.paragraph("9701.346#2")
@pytest.mark.parametrize(
    ("began", "completed", "amount"),
    [
        (date(2008, 1, 6), None, 2_272),
        (date(2008, 1, 7), None, 4_545),  # begins after the payout
        (BEGAN, date(2008, 1, 6), 4_545),  # complete on its day
        (BEGAN, date(2008, 1, 7), 2_272),
    ],
)
def test_the_program_counts_as_it_stands_on_the_day_of_the_payout(
    pool: PayPool, band: Band, began: date, completed: date | None, amount: int
) -> None:
    new = member(pool, band, "EE")
    member(pool, band, "EE")
    program = begin(new, began)
    if completed is not None:
        complete(program, completed)
    directive("0.5", weighted=False)
    assert paid(pool)[0][new.pk].result.amount == amount


@pytest.mark.paragraph("9701.346#2")
def test_an_unacceptable_rating_has_no_points_whatever_the_factor(
    pool: PayPool, band: Band
) -> None:
    new = member(pool, band, "U")
    member(pool, band, "EE")
    begin(new)
    directive("1")
    assert paid(pool)[0][new.pk].result.amount == 0


@pytest.mark.paragraph("9701.346#2")
def test_without_the_parameter_nobody_is_paid_where_one_is_in_a_program(
    pool: PayPool, band: Band
) -> None:
    new = member(pool, band, "EE")
    directive(None)
    program = begin(new)
    with pytest.raises(Refused) as refusal:
        paid(pool)
    assert (refusal.value.code, refusal.value.citation) == ("parameter_missing", "9701.346")
    complete(program, BEGAN)
    assert paid(pool)[0][new.pk].result.amount == 9_090


def test_a_program_is_opened_once_and_completed_once(pool: PayPool, band: Band) -> None:
    new = member(pool, band, "EE")
    program = begin(new)
    for act, code in (
        (lambda: begin(new), "duplicate_open"),
        (lambda: complete(program, date(2007, 3, 31)), "invalid_input"),
        (lambda: complete(program, DAY, on=date(2008, 1, 5)), "too_early"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
    assert overdue_programs(on=date(2008, 3, 31)) == []
    assert overdue_programs(on=date(2008, 4, 1)) == [program]
    complete(program, DAY)
    assert overdue_programs(on=date(2008, 4, 1)) == []
    with pytest.raises(Refused) as refusal:
        complete(program, DAY)
    assert refusal.value.code == "already_done"
