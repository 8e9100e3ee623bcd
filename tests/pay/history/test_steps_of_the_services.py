"""Whatever the services of pay post replays to the cent, and tells itself on the page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from casework.sweeps import run_daily
from classification.models import Band
from governance.models import Coverage
from pay.kinds import Kind
from pay.models import LocalityArea, PayAction, PayPool, PointPattern, PoolMembership
from pay.queries.timeline import timeline
from pay.rules.career_ladder import LadderStep
from pay.rules.conversion_day import FormerPay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.adverse import AdverseDecision
from pay.services.before_gs_move import increase_before_gs_move
from pay.services.career_ladder import certify_requirements, schedule_ladder
from pay.services.certify_pool import Funds
from pay.services.convert import convert
from pay.services.demote import demote
from pay.services.developmental_step import developmental_step
from pay.services.executive_schedule import set_executive_schedule
from pay.services.increase_within_band import increase_within_band
from pay.services.pay_out import pay_out
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.reduce_within_band import reduce_within_band
from pay.services.return_to_duty import return_to_duty
from pay.services.separate import separate
from pay.services.special_payment import pay_special_payment
from pay.services.verification import Tally, replay_ledger
from performance.models import RatingOfRecord
from performance.services.correct_rating import correct_rating
from performance.services.systems import ensure_system
from tests.factories import make_band, make_employee
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
    rate,
)
from workforce.models import Assignment, Employee
from workforce.services.absences import begin_absence

pytestmark = pytest.mark.django_db

PERIOD = date(2006, 9, 30)
RISE = date(2007, 1, 7)
END = date(2007, 6, 1)


@pytest.fixture
def full() -> Band:
    make_ground()
    ensure_system()
    make_locality("WAS", "30")
    make_locality("NYC", "15")
    LocalityArea.objects.create(code="NYC", name="New York")
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def people(full: Band) -> dict[str, Employee]:
    """One person for each way in which pay can go, through the first half of a year."""
    expert = make_band("LE-SE", minimum=64_500, maximum=118_000, level="senior_expert", rank=3)
    entry = make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)
    found = {
        "learning": make_paid_employee(entry, 34_000),
        "demoted": make_paid_employee(expert, 72_000),
        "raised": make_paid_employee(full, 55_000, area="WAS"),
        "held": make_paid_employee(full, 55_000),
        "below": make_paid_employee(full, 41_200),
        "top": make_paid_employee(full, 70_000),
        "retained": make_paid_employee(full, 75_000, retained=True),
        "capped": make_paid_employee(expert, 117_000, area="WAS"),
        "local": make_paid_employee(full, 55_000, area="NYC"),
        "frozen": make_paid_employee(full, 55_000, area="NYC"),
        "away": make_paid_employee(full, 50_000),
    }
    for name, level in (("raised", "EE"), ("top", "AE"), ("retained", "EE")):
        rate(found[name], level, issued=date(2006, 10, 20), period_end=PERIOD)
    for name in ("held", "below", "frozen"):
        rate(found[name], "U", issued=date(2006, 11, 15), period_end=PERIOD)
    away_since = date(2006, 6, 1)
    begin_absence(
        found["away"], kind="uniformed_service", first_day=away_since, actor=SYSTEM, on=away_since
    )
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=RISE, actor=SYSTEM, authority="D-2", on=RISE
    )
    adjust_supplement(
        "locality", key="NYC", percent=Decimal(20), effective=RISE, actor=SYSTEM,
        authority="D-4", on=RISE,
    )  # fmt: skip
    _pay_out(found)
    _live_through(found, expert=expert)
    _set_pay(found, full=full)
    found["converted"] = _convert(full)
    found["ladder"] = _climb(entry)
    found["leaving"] = _raise_before_leaving(full)
    correct_rating(
        RatingOfRecord.objects.get(employee=found["frozen"]), corrected_level="ME",
        reference="Award", decided=END, actor=SYSTEM, on=END,
    )  # fmt: skip
    return found


def _set_pay(people: dict[str, Employee], *, full: Band) -> None:
    common: dict[str, Any] = {"effective": END, "actor": SYSTEM, "authority": "Order", "on": END}
    decision = AdverseDecision(reference="proposal:1", delivered_on=END)
    developmental_step(
        people["learning"], amount=2_040, points=("Academy",), certified=("Academy",), **common
    )  # fmt: skip
    demote(
        people["demoted"], position=position_in(full), basis="adverse_action", basic=70_000,
        decision=decision, **common,
    )  # fmt: skip
    increase_within_band(
        people["held"], percent=Decimal(4), reason="exceptional_contributions", **common
    )
    reduce_within_band(people["held"], basic=56_000, reason="conduct", decision=decision, **common)
    pay_special_payment(people["held"], kind="skills", amount=Decimal(3_000), **common)


def _convert(full: Band) -> Employee:
    """Somebody of the General Schedule, with time toward the next step, covered from the end on."""
    Coverage.objects.create(category="converting", subpart="C", effective=END)
    employee = make_employee(coverage_category="converting")
    Assignment.objects.create(
        employee=employee, position=position_in(full), area="WAS", period=(PERIOD, None)
    )
    former = FormerPay(
        system="GS", basic=50_000, locality_percent=Decimal("12.5"), special_rate=None, step=5,
        next_step=51_600, days_served=400, retained=False, acceptable=True, same_day=(),
        temporary_total=None,
    )  # fmt: skip
    convert(employee, former=former, effective=END, actor=SYSTEM, authority="Directive", on=END)
    return employee


def _climb(entry: Band) -> Employee:
    """Somebody who is owed the promotion that his career ladder had in store."""
    climber = make_paid_employee(entry, 36_000)
    (promotion,) = schedule_ladder(
        climber, [LadderStep(on=END, before=34_075, after=38_824)], authority="Ladder",
        actor=SYSTEM, on=RISE,
    )  # fmt: skip
    certify_requirements(promotion, actor=SYSTEM, on=END)
    return climber


def _raise_before_leaving(full: Band) -> Employee:
    """Somebody raised on the day before a move to the General Schedule."""
    leaving = make_paid_employee(full, 55_000)
    increase_before_gs_move(
        leaving, target="Chief, GS-14", percent=Decimal(6), moves_on=END, actor=SYSTEM,
        authority="Directive", on=END,
    )  # fmt: skip
    return leaving


def _pay_out(people: dict[str, Employee]) -> None:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    points = {"AE": "4", "EE": "2", "ME": "1", "U": "0"}
    PointPattern.objects.create(pool=pool, starts=date(2000, 1, 1), points=points)
    for name in ("raised", "held", "top", "retained"):
        PoolMembership.objects.create(
            pool=pool, employee=people[name], period=(RISE.replace(year=2005), None)
        )
    pay_out(
        pool, funds=Funds(mode="share_dollar", amount=Decimal(20_000)), period_end=PERIOD,
        effective=RISE, actor=SYSTEM, authority="D-3", on=RISE,
    )  # fmt: skip


def _live_through(people: dict[str, Employee], *, expert: Band) -> None:
    rate(
        people["held"],
        "ME",
        issued=date(2007, 3, 15),
        period_end=date(2007, 3, 15),
        kind="additional",
    )
    day = RISE
    while day <= END:
        run_daily(on=day)
        day += timedelta(days=1)
    position = position_in(expert)
    promote(
        people["raised"], position=position, effective=END, actor=SYSTEM, authority="Merit", on=END
    )
    return_to_duty(
        Employee.objects.get(pk=people["away"].pk), back_on=END, evidence="Orders", actor=SYSTEM,
        authority="Return", on=END,
    )  # fmt: skip
    reassign(people["top"], area="WAS", effective=END, actor=SYSTEM, authority="Move", on=END)
    set_executive_schedule(
        effective=END, actor=SYSTEM, authority="Order", on=END, level_iii=151_000, level_ii=164_000
    )
    separate(people["retained"], effective=END, actor=SYSTEM, authority="Resigned", on=END)


def test_every_kind_of_step_is_posted_and_replays(people: dict[str, Employee]) -> None:
    kinds = set(PayAction.objects.values_list("kind", flat=True))
    assert kinds == {kind.value for kind in Kind}

    tally = Tally()
    assert list(replay_ledger(tally=tally)) == []
    assert tally.people == len(people)


@pytest.mark.usefixtures("people")
def test_every_step_tells_its_reason_its_arithmetic_and_its_paragraph() -> None:
    for person in Employee.objects.filter(pay_actions__isnull=False).distinct():
        for event in timeline(person, on=END).events:
            assert event.step is not None
            step = event.step
            assert step.reason
            assert step.fault == ""
            if step.action.kind != Kind.SEPARATION:
                assert step.lines
                assert step.parameters
                assert step.action.citation


def test_who_left_has_no_rate_in_force(people: dict[str, Employee]) -> None:
    shown = timeline(people["retained"], on=END)

    assert shown.history.standing is None
    assert shown.events[0].step is not None
    assert shown.events[0].step.action.basic_after is None
    assert shown.charts[0].last is None
