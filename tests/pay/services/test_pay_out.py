"""Performance payouts through the services: R13 to R19 on people, pools and the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from classification.models import Band
from governance.services.directives import issue_directive
from pay.models import PayAction, PayoutLine, PayPool, PointPattern, PoolMembership
from pay.queries.integrity import disagreements
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.certify_pool import Funds, store_lines
from pay.services.pay_out import PaidPool, pay_out
from pay.services.post_payouts import due_line
from performance.services.systems import ensure_system
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_locality, make_paid_employee, rate
from workforce.models import Absence, Employee

pytestmark = pytest.mark.django_db

DAY = date(2008, 1, 6)
PERIOD = date(2007, 9, 30)
ISSUED = date(2007, 10, 20)


@pytest.fixture
def band() -> Band:
    make_ground()
    ensure_system()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def pool(band: Band) -> PayPool:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    pattern(pool, {"AE": 4, "EE": 2, "ME": 1, "U": 0})
    return pool


def pattern(pool: PayPool, points: dict[str, int]) -> None:
    PointPattern.objects.update_or_create(
        pool=pool,
        starts=date(2000, 1, 1),
        defaults={"points": {level: str(value) for level, value in points.items()}},
    )


def member(pool: PayPool, band: Band, basic: int, level: str = "", **fields: Any) -> Employee:
    employee = make_paid_employee(band, basic, **fields)
    PoolMembership.objects.create(pool=pool, employee=employee, period=(employee.hired, None))
    if level:
        rate(employee, level, issued=ISSUED, period_end=PERIOD)
    return employee


def pay(pool: PayPool, **funds: Any) -> PaidPool:
    funds.setdefault("mode", "share_dollar")
    funds["amount"] = Decimal(funds.get("amount", "100000"))
    return pay_out(
        pool,
        funds=Funds(**funds),
        period_end=PERIOD,
        effective=DAY,
        actor=SYSTEM,
        authority="D-3",
        on=DAY,
    )


def paid(employee: Employee) -> PayAction | None:
    return PayAction.objects.filter(employee=employee, effective=DAY, step=4).first()


@pytest.mark.paragraph("9701.342(d)(1)")
@pytest.mark.paragraph("9701.342(d)(2)")
@pytest.mark.paragraph("9701.342:hearing-share")
@pytest.mark.paragraph("9701.342(a)(1)#2")
def test_a_pool_is_divided_by_points_and_what_is_left_is_reported(
    pool: PayPool, band: Band
) -> None:
    people = {
        level: [member(pool, band, 50_000 + 10 * place, level) for place in range(count)]
        for level, count in (("AE", 3), ("EE", 10), ("ME", 12), ("U", 1))
    }
    done = pay(pool).certified
    assert (done.points, done.value) == (Fraction(44), Decimal("2272.72"))
    assert (done.paid, done.left) == (Decimal(99_984), Decimal(16))
    for level, amount in (("AE", 9_090), ("EE", 4_545), ("ME", 2_272)):
        for person in people[level]:
            action = paid(person)
            assert action is not None
            assert action.basic_before is not None
            assert action.basic_after == action.basic_before + amount
            assert action.kind == "performance_payout"
            assert replay(action.rule, 1, action.inputs)["basic"] == action.basic_after
    assert paid(people["U"][0]) is None
    assert disagreements(on=DAY) == []


@pytest.mark.paragraph("9701.342(d)(3)#1")
@pytest.mark.paragraph("9701.342(d)(3)#2")
@pytest.mark.parametrize(
    ("basic", "after", "lump", "kind"),
    [
        (65_455, 70_000, 0, "performance_payout"),
        (65_456, 70_000, 1, "performance_payout"),
        (69_000, 70_000, 3_545, "performance_payout"),
        (70_000, 70_000, 4_545, "lump_sum_payout"),
    ],
)
def test_what_passes_the_maximum_is_a_lump_sum_in_the_same_action(
    pool: PayPool, band: Band, basic: int, after: int, lump: int, kind: str
) -> None:
    person = member(pool, band, basic, "EE")
    pay(pool, mode="fixed_dollar", value=Decimal("2272.50"))
    action = paid(person)
    assert action is not None
    assert (action.basic_after, int(action.lump_sum), action.kind) == (after, lump, kind)
    assert action.inputs["excess_lump"] is True


@pytest.mark.paragraph("9701.342(d)(3)#2")
def test_the_excess_is_not_paid_where_the_directive_does_not_say_so(
    pool: PayPool, band: Band
) -> None:
    issue_directive(
        number="D-9", title="No excess", effective=date(2007, 1, 1), signed_by="x",
        values={"payout.excess_lump": "none"},
    )  # fmt: skip
    person = member(pool, band, 69_000, "EE")
    done = pay(pool, mode="fixed_dollar", value=Decimal("2272.50"), amount="4545").certified
    action = paid(person)
    assert action is not None
    assert (action.basic_after, int(action.lump_sum)) == (70_000, 0)
    assert done.left == Decimal(3_545)


@pytest.mark.paragraph("9701.342(d)(5)")
def test_a_retained_rate_gets_a_lump_sum_as_at_the_maximum(pool: PayPool, band: Band) -> None:
    make_locality("DC", "12.5")
    person = member(pool, band, 75_000, "EE", retained=True, area="DC")
    pay(pool, mode="fixed_percent", value=Decimal("1.5"))
    action = paid(person)
    assert action is not None
    assert (action.kind, action.rule) == ("lump_sum_payout", "R18")
    assert (action.basic_after, int(action.lump_sum), action.retained) == (75_000, 2_100, True)
    replayed = replay(action.rule, 1, action.inputs)
    assert (replayed["lump_sum"], replayed["adjusted"], replayed["retained"]) == (
        2_100, action.adjusted, True,
    )  # fmt: skip


@pytest.mark.paragraph("9701.342(a)(2)#2")
def test_without_a_rating_the_modal_one_of_the_others_counts(pool: PayPool, band: Band) -> None:
    for level in ("ME", "ME", "EE"):
        member(pool, band, 50_000, level)
    unrated = member(pool, band, 50_000)
    done = pay(pool, amount="10000").certified
    line = next(each for each in done.lines if each.person.employee_id == unrated.pk)
    assert (line.level, line.level_source, line.rating_id) == ("ME", "modal", None)
    assert done.points == 5


@pytest.mark.paragraph("9701.342(a)(2)#2")
def test_where_nobody_is_rated_the_pool_is_blocked(pool: PayPool, band: Band) -> None:
    member(pool, band, 50_000)
    with pytest.raises(Refused) as refusal:
        pay(pool)
    assert refusal.value.code == "no_ratings_in_pool"
    assert not PayAction.objects.filter(step=4).exists()


def test_a_pool_in_which_everyone_is_unacceptable_keeps_its_money(
    pool: PayPool, band: Band
) -> None:
    person = member(pool, band, 50_000, "U")
    done = pay(pool, amount="10000.50").certified
    assert (done.value, done.paid, done.left) == (None, Decimal(0), Decimal("10000.50"))
    assert paid(person) is None


@pytest.mark.paragraph("9701.409(b)(3)")
@pytest.mark.paragraph("9701.342(a)(2)#1")
@pytest.mark.parametrize(
    ("issued", "amount"), [(date(2007, 11, 30), 9_090), (DAY, 9_090), (date(2008, 1, 7), 4_545)]
)
def test_a_better_rating_counts_if_issued_by_the_cutoff(
    pool: PayPool, band: Band, issued: date, amount: int
) -> None:
    person = member(pool, band, 50_000, "EE")
    if issued <= DAY:
        rate(person, "AE", issued=issued, period_end=date(2008, 9, 30), kind="additional")
    pay(pool, mode="fixed_dollar", value=Decimal("2272.50"))
    if issued > DAY:
        rate(person, "AE", issued=issued, period_end=date(2008, 9, 30), kind="additional")
    action = paid(person)
    assert action is not None
    assert action.basic_after == 50_000 + amount


@pytest.mark.paragraph("9701.342(a)(1)#1")
def test_nobody_in_an_entry_band_is_a_member(pool: PayPool, band: Band) -> None:
    entry = make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)
    member(pool, entry, 34_000, "AE")
    member(pool, band, 50_000, "ME")
    assert len(pay(pool, amount="1000").certified.lines) == 1


@pytest.mark.paragraph("9701.342(b)(2)")
def test_membership_is_that_of_the_last_day_of_the_period(pool: PayPool, band: Band) -> None:
    moved = make_paid_employee(band, 50_000)
    other = PayPool.objects.create(code="P2", title="Pool 2")
    PoolMembership.objects.create(
        pool=pool, employee=moved, period=(date(2000, 1, 3), date(2007, 10, 1))
    )
    PoolMembership.objects.create(pool=other, employee=moved, period=(date(2007, 10, 1), None))
    rate(moved, "ME", issued=ISSUED, period_end=PERIOD)
    pay(pool, amount="1000")
    action = paid(moved)
    assert action is not None
    assert action.basic_after == 51_000


@pytest.mark.paragraph("9701.342(c)(3)")
def test_a_pattern_with_points_for_unacceptable_is_refused(pool: PayPool, band: Band) -> None:
    pattern(pool, {"AE": 4, "EE": 2, "ME": 1, "U": 1})
    member(pool, band, 50_000, "ME")
    with pytest.raises(Refused) as refusal:
        pay(pool)
    assert refusal.value.code == "zero_points_required"


def test_a_fixed_value_that_overspends_the_pool_is_refused_whole(pool: PayPool, band: Band) -> None:
    person = member(pool, band, 50_000, "ME")
    with pytest.raises(Refused) as refusal:
        pay(pool, mode="fixed_dollar", value=Decimal(1001), amount="1000")
    assert refusal.value.code == "pool_overspent"
    assert paid(person) is None


@pytest.mark.paragraph("9701.342(e)(1)")
@pytest.mark.parametrize(
    ("hired", "factor"),
    [
        (date(2007, 1, 7), Fraction(1)),
        (date(2007, 4, 1), Fraction(280, 364)),
        (date(2000, 1, 3), Fraction(1)),
    ],
)
def test_who_was_hired_between_payouts_is_prorated(
    pool: PayPool, band: Band, hired: date, factor: Fraction
) -> None:
    member(pool, band, 50_000, "EE", hired=hired)
    (line,) = pay(pool, since=date(2007, 1, 7)).certified.lines
    assert line.proration == factor


@pytest.mark.paragraph("9701.342(e)(2)")
@pytest.mark.paragraph("9701.342:preamble-lwop")
def test_leave_without_pay_prorates_and_uniformed_service_does_not(
    pool: PayPool, band: Band
) -> None:
    person = member(pool, band, 50_000, "EE")
    Absence.objects.create(
        employee=person, kind="leave_without_pay", period=(date(2007, 3, 1), date(2007, 3, 31))
    )
    Absence.objects.create(
        employee=person, kind="uniformed_service", period=(date(2007, 5, 1), date(2007, 8, 29))
    )
    (line,) = pay(pool, since=date(2007, 1, 7)).certified.lines
    assert line.proration == Fraction(334, 364)


def test_the_range_adjustment_of_the_same_day_comes_first(pool: PayPool, band: Band) -> None:
    person = member(pool, band, 69_500, "EE")
    adjust_ranges(
        {"LE-FP": (41_111 * 2 - 41_111, 71_750)}, effective=date(2007, 12, 23), actor=SYSTEM,
        authority="D", on=date(2007, 12, 23),
    )  # fmt: skip
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    pay(pool, mode="fixed_dollar", value=Decimal("2272.50"))
    action = paid(person)
    assert action is not None
    assert (action.basic_before, action.basic_after) == (71_238, 71_750)
    assert action.lump_sum == 4_033


def test_separated_members_are_not_paid(pool: PayPool, band: Band) -> None:
    gone = member(pool, band, 50_000, "ME")
    Employee.objects.filter(pk=gone.pk).update(separated=date(2007, 12, 1))
    Employee.objects.filter(pk=gone.pk).update(state="separated")
    member(pool, band, 50_000, "ME")
    done = pay(pool, amount="1000").certified
    assert len(done.lines) == 1
    assert paid(gone) is None


def test_stored_lines_say_the_same_as_certification(pool: PayPool, band: Band) -> None:
    from pay.models import PayRun
    from pay.queries.terms import terms_on
    from pay.services.certify_pool import certified_pool
    from regulation import clock

    member(pool, band, 50_000, "EE", hired=date(2007, 4, 1))
    certified = certified_pool(
        pool,
        funds=Funds(mode="share_dollar", amount=Decimal(4_545), since=date(2007, 1, 7)),
        period_end=PERIOD,
        cutoff=DAY,
        terms=terms_on(DAY),
    )
    run = PayRun.objects.create(kind="payout", title="x", effective=DAY, created_at=clock.now())
    store_lines(run, certified)
    (line,) = PayoutLine.objects.all()
    due = due_line(line, mode="share_dollar", value=certified.value)
    assert due.proration == Fraction(280, 364) == certified.lines[0].proration
    assert (due.points, line.rating_id) == (Decimal(2), certified.lines[0].rating_id)
