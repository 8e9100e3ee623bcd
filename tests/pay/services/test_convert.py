"""Conversion through the service: one employee, and a batch with its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from classification.models import Band
from governance.models import Coverage
from governance.services.directives import issue_directive
from pay.models import PayAction, PayOrder, PayRate
from pay.queries.conversions import ConversionLedger, ledger_of
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.queries.replay import differences_of
from pay.rules.conversion import refuse_reduction
from pay.rules.conversion_day import FormerAction, FormerPay
from pay.services.convert import convert, convert_batch
from pay.services.promote import promote
from pay.services.start_pay import start_pay
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_employee, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_locality, position_in
from workforce.models import Assignment, AssignmentKind, Employee
from workforce.services.place import place

pytestmark = pytest.mark.django_db

DAY = date(2007, 2, 4)
BEFORE = date(2007, 2, 3)
CATEGORY = "converting"


@pytest.fixture
def full() -> Band:
    make_ground()
    make_locality("A", "12.5")
    for subpart in "BC":
        Coverage.objects.create(category=CATEGORY, subpart=subpart, effective=DAY)
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def expert(full: Band) -> Band:
    return make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)


def in_place(band: Band, *, since: date = date(2000, 1, 3), category: str = CATEGORY) -> Employee:
    """Somebody of the former system in a position that a band fits."""
    employee = make_employee(hired=since, coverage_category=category)
    Assignment.objects.create(
        employee=employee, position=position_in(band), area="A", period=(since, None)
    )
    return employee


def gs(
    basic: int = 50_000,
    *,
    locality: str | None = "12.5",
    special_rate: int | None = None,
    days: int = 0,
    step: int | None = None,
    acceptable: bool = True,
    same_day: Sequence[FormerAction] = (),
    temporary_total: int | None = None,
) -> FormerPay:
    return FormerPay(
        system="GS",
        basic=basic,
        locality_percent=Decimal(locality) if locality else None,
        special_rate=special_rate,
        step=step,
        next_step=basic + 1_600,
        days_served=days,
        retained=False,
        acceptable=acceptable,
        same_day=same_day,
        temporary_total=temporary_total,
    )


def converted(employee: Employee, former: FormerPay, *, on: date = DAY) -> PayAction:
    return convert(
        employee, former=former, effective=on, actor=SYSTEM, authority="Directive 3", on=on
    )


def refused(employee: Employee, former: FormerPay, *, on: date = DAY) -> str:
    with pytest.raises(Refused) as caught:
        converted(employee, former, on=on)
    assert not PayOrder.objects.filter(employee=employee).exists()
    assert not PayRate.objects.filter(employee=employee, starts=on).exists()
    return caught.value.code


@pytest.mark.paragraph("9701.373(a)")
@pytest.mark.paragraph("9701.231(b)#3")
def test_a_converted_employee_is_paid_the_least_dollar_that_reduces_nobody(full: Band) -> None:
    employee = in_place(full)
    action = converted(employee, gs(55_000))
    assert (action.kind, action.basic_before, action.basic_after) == ("conversion", 55_000, 55_000)
    assert (action.adjusted, action.retained, action.citation) == (61_875, False, "9701.373(a)")
    assert disagreements(on=DAY) == []
    assert list(differences_of(action)) == []
    assert rate_on(employee, BEFORE) is None
    assert Entry.objects.filter(subject=f"employee:{employee.pk}", act="convert").count() == 1


@pytest.mark.paragraph("9701.231(b)#3")
def test_a_total_lower_by_one_dollar_is_refused() -> None:
    refuse_reduction(before=61_875, after=61_875)
    with pytest.raises(Refused) as caught:
        refuse_reduction(before=61_875, after=61_874)
    assert caught.value.code == "pay_reduction"


@pytest.mark.paragraph("9701.373(b)")
def test_a_special_rate_with_an_equal_total_is_no_reduction_though_basic_pay_is_lower(
    full: Band,
) -> None:
    action = converted(in_place(full), gs(60_500, locality=None, special_rate=66_000))
    assert (action.basic_before, action.basic_after, action.adjusted) == (60_500, 58_667, 66_000)
    assert action.citation == "9701.373(b)"
    assert list(differences_of(action)) == []


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.paragraph("9701.373:preamble-wgi")
def test_the_buy_in_is_a_step_of_its_own_before_conversion(full: Band) -> None:
    employee = in_place(full)
    converted(employee, gs(days=400, step=5))
    credit, conversion = PayAction.objects.filter(employee=employee).order_by("place")
    assert (credit.kind, credit.rule, credit.citation) == ("buy_in", "R34", "9701.373(e)")
    assert (credit.basic_before, credit.basic_after, credit.adjusted) == (50_000, 50_879, 57_239)
    assert (conversion.basic_before, conversion.basic_after) == (50_879, 50_879)
    assert [*differences_of(credit), *differences_of(conversion), *disagreements(on=DAY)] == []
    rate = rate_on(employee, DAY)
    assert rate is not None
    assert (rate.action_id, rate.adjusted) == (conversion.pk, 57_239)


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.parametrize(
    ("former", "basic"),
    [
        (gs(days=400, step=10), 50_000),
        (gs(days=400, step=5, acceptable=False), 50_000),
        (gs(days=728, step=5), 51_600),  # the step itself comes first
    ],
)
def test_no_buy_in_is_posted_where_none_is_due(full: Band, former: FormerPay, basic: int) -> None:
    employee = in_place(full)
    converted(employee, former)
    assert [row.kind for row in PayAction.objects.filter(employee=employee)] == ["conversion"]
    assert PayAction.objects.get(employee=employee).basic_after == basic


@pytest.mark.paragraph("9701.373(e)")
@pytest.mark.paragraph("9701.371(b)")
def test_the_directive_says_whether_there_is_a_buy_in_and_without_it_nobody_is_converted(
    full: Band,
) -> None:
    for value, number in ((None, "D-2"), ("none", "D-3")):
        issue_directive(
            number=number,
            title="Conversion",
            effective=DAY,
            signed_by="The Secretary",
            values={"conversion.buyin": value},
        )
        if value is None:
            assert refused(in_place(full), gs(days=400, step=5)) == "parameter_missing"
    employee = in_place(full)
    assert converted(employee, gs(days=400, step=5)).basic_after == 50_000
    assert PayAction.objects.filter(employee=employee).count() == 1


@pytest.mark.paragraph("9701.371(a)#2")
@pytest.mark.paragraph("9701.231(a)#2")
def test_who_moves_into_a_covered_position_is_not_converted_but_appointed(full: Band) -> None:
    # The category was covered long before the day.
    moved = in_place(full, category="general")
    assert refused(moved, gs()) == "not_a_conversion"
    # Nobody was in place the day before.
    new = in_place(full, since=DAY)
    assert refused(new, gs()) == "not_a_conversion"
    action = start_pay(
        new,
        basic=50_000,
        entry="from_noncovered",
        prior_rate=50_000,
        effective=DAY,
        actor=SYSTEM,
        authority="Appointment",
        on=DAY,
    )
    assert action.citation == "9701.351(c)"


@pytest.mark.paragraph("9701.371(a)#1")
def test_only_who_is_in_place_in_the_covered_category_on_the_day_is_converted(full: Band) -> None:
    employee = in_place(full)
    assert refused(employee, gs(), on=BEFORE) == "not_covered"
    assert refused(employee, gs(), on=date(2007, 2, 5)) == "not_a_conversion"
    assert converted(employee, gs()).basic_after == 50_000
    with pytest.raises(Refused) as caught:
        converted(employee, gs())
    assert caught.value.code == "already_employed"


@pytest.mark.paragraph("9701.373(c)")
def test_an_action_of_the_day_counts_first_and_one_not_processed_blocks(full: Band) -> None:
    actions = [FormerAction("promotion", 54_600)]
    action = converted(in_place(full), gs(44_444, same_day=actions))
    assert (action.basic_after, action.adjusted) == (48_533, 54_600)
    order = PayOrder.objects.get(employee_id=action.employee_id)
    assert [(step["kind"], step["total"]) for step in order.chosen["steps"]] == [
        ("promotion", 54_600),
        ("conversion", 54_600),
    ]
    waiting = [*actions, FormerAction("duty_station", None)]
    assert refused(in_place(full), gs(44_444, same_day=waiting)) == "record_incomplete"


@pytest.mark.paragraph("9701.373(c)")
def test_a_move_on_the_day_blocks_until_the_former_system_has_processed_it(full: Band) -> None:
    employee = in_place(full)
    place(employee, position_in(full), effective=DAY, area="A")
    assert refused(employee, gs(60_000, locality="20")) == "record_incomplete"
    moved = gs(60_000, locality="20", same_day=[FormerAction("duty_station", 67_500)])
    assert converted(employee, moved).adjusted == 67_500


@pytest.mark.paragraph("9701.373(d)#1")
@pytest.mark.paragraph("9701.373(d)#2")
def test_a_temporary_promotion_ends_first_and_a_new_one_is_priced_by_this_system(
    full: Band, expert: Band
) -> None:
    employee = in_place(full)
    place(
        employee,
        position_in(expert),
        effective=date(2006, 12, 10),
        area="A",
        kind=AssignmentKind.TEMPORARY_PROMOTION,
    )
    action = converted(employee, gs(76_000, locality=None, temporary_total=90_000))
    assert (action.basic_after, action.band) == (67_556, full)
    held = Assignment.objects.filter(employee=employee, period__contains=DAY)
    assert [row.kind for row in held] == [AssignmentKind.PERMANENT]
    again = promote(
        employee,
        position=position_in(expert),
        temporary=True,
        effective=DAY,
        actor=SYSTEM,
        authority="Order",
        on=DAY,
    )
    assert (again.basic_before, again.basic_after, again.adjusted) == (67_556, 72_961, 82_081)
    assert disagreements(on=DAY) == []


def batch(
    formers: dict[Employee, FormerPay], *, actor: Actor = SYSTEM, on: date = DAY
) -> ConversionLedger:
    return convert_batch(
        {employee.pk: former for employee, former in formers.items()},
        batch="B-1",
        effective=on,
        actor=actor,
        authority="Directive 3",
        on=on,
    )


@pytest.mark.paragraph("9701.373(a)")
@pytest.mark.paragraph("9701.373(c)")
def test_the_ledger_of_a_batch_proves_that_no_total_was_lost_and_lists_exceptions(
    full: Band,
) -> None:
    same, above, below, bought, blocked = (in_place(full) for _ in range(5))
    stranger = in_place(full, category="general")
    waiting = gs(same_day=[FormerAction("promotion", None)])
    batch(
        {
            same: gs(55_000),
            above: gs(80_000, locality=None),
            below: gs(40_000),
            bought: gs(days=400, step=5),
            blocked: waiting,
            stranger: gs(),
        }
    )
    ledger = ledger_of("B-1")
    assert {line.number: (line.total_before, line.total_after) for line in ledger.lines} == {
        same.number: (61_875, 61_875),
        above.number: (80_000, 80_000),
        below.number: (45_000, 46_250),
        bought.number: (57_239, 57_239),
    }
    assert ledger.lost == ()
    assert (ledger.total_before, ledger.total_after) == (244_114, 245_364)
    assert [(left.number, left.code) for left in ledger.exceptions] == [
        (blocked.number, "record_incomplete"),
        (stranger.number, "not_a_conversion"),
    ]
    assert disagreements(on=DAY) == []
    assert not PayAction.objects.filter(employee__in=[blocked, stranger]).exists()
    # Sent again when the promotion is processed; nobody is converted twice.
    batch({blocked: gs(same_day=[FormerAction("promotion", 60_000)])})
    again = ledger_of("B-1")
    assert [left.number for left in again.exceptions] == [stranger.number]
    assert len(again.lines) == 5
    assert again.lost == ()


def test_a_ledger_names_whose_total_is_lower_than_it_was(full: Band) -> None:
    employee = in_place(full)
    batch({employee: gs(55_000)})
    (line,) = ledger_of("B-1").lines
    (order,) = PayOrder.objects.filter(employee=employee)
    PayOrder.objects.bulk_create(
        [
            PayOrder(
                employee=employee,
                kind=order.kind,
                effective=DAY,
                chosen={**order.chosen, "batch": "B-2", "total": line.total_after + 1},
                authority="a test",
                recorded_at=order.recorded_at,
            )
        ]
    )
    action = PayAction.objects.get(employee=employee)
    action.pk, action.kind, action.order_id = None, "conversion", PayOrder.objects.latest("pk").pk
    action.save()
    assert [lost.number for lost in ledger_of("B-2").lost] == [employee.number]


def test_nobody_converts_himself_and_a_batch_is_only_of_the_people_of_the_office(
    full: Band,
) -> None:
    office = make_organization("HQ")
    employee = make_employee(hired=date(2000, 1, 3), coverage_category=CATEGORY, user=True)
    other = in_place(full)
    Assignment.objects.create(
        employee=employee,
        position=position_in(full, organization=office),
        area="A",
        period=(date(2000, 1, 3), None),
    )
    assert employee.user is not None
    grant_role(employee.user, Role.HR_SPECIALIST, organization=office)
    batch({employee: gs(), other: gs()}, actor=Actor(user=employee.user))
    codes = {left.number: left.code for left in ledger_of("B-1").exceptions}
    assert codes == {employee.number: "own_record", other.number: "not_authorized"}
    with pytest.raises(Refused) as caught:
        convert(
            other,
            former=gs(),
            effective=DAY,
            actor=Actor(user=make_user("nobody")),
            authority="Directive 3",
            on=DAY,
        )
    assert caught.value.code == "not_authorized"
    assert not PayOrder.objects.exists()


def test_a_batch_asks_the_database_no_more_for_more_people(full: Band) -> None:
    counts = []
    for number in (2, 12):
        people = {in_place(full): gs(days=400, step=5) for _ in range(number)}
        with CaptureQueriesContext(connection) as queries:
            batch(people)
        counts.append(len(queries))
    assert counts[0] == counts[1]
