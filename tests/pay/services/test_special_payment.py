"""Special payments by date: paid, reduced, ended, accrued, and counted against the year's limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role
from adverse_actions.models import Proposal
from casework.actor import Actor
from casework.models import Deadline, Entry, Notice
from classification.models import Band
from governance.services.directives import issue_directive
from pay.models import DeniedIncrease, PayAction, PayOrder, PayRate, SpecialPayment
from pay.queries.special_payments import accrued, aggregate_of, special_payments_of
from pay.services.promote import promote
from pay.services.separate import separate
from pay.services.special_payment import (
    end_special_payment,
    pay_special_payment,
    reduce_special_payment,
)
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
)
from workforce.models import Employee

pytestmark = pytest.mark.django_db

#: The first day of a pay period.
DAY = date(2007, 1, 7)
LATER = date(2007, 6, 1)
KINDS = [("skills", "9701.361"), ("assignment", "9701.362"), ("staffing", "9701.363")]


@pytest.fixture
def band() -> Band:
    make_ground()
    make_locality("RUS", "12.5")
    return make_band("LE-FP", minimum=42_139, maximum=70_000)


@pytest.fixture
def person(band: Band) -> Employee:
    return make_paid_employee(band, 62_000, area="RUS")


def paid(
    who: Employee, amount: str = "115.00", *, schedule: str = "pay_period", **more: Any
) -> SpecialPayment:
    given = {
        "kind": "skills",
        "effective": DAY,
        "actor": SYSTEM,
        "authority": "Order",
        "on": LATER,
        **more,
    }
    action = pay_special_payment(who, amount=Decimal(amount), schedule=schedule, **given)
    return SpecialPayment.objects.get(action=action)


def end(payment: SpecialPayment, last_day: date, **more: Any) -> SpecialPayment:
    given = {"actor": SYSTEM, "authority": "Order", "on": LATER, **more}
    return end_special_payment(payment, last_day=last_day, **given)


def reduce(payment: SpecialPayment, amount: str, effective: date, **more: Any) -> PayAction:
    given = {"actor": SYSTEM, "authority": "Order", "on": LATER, **more}
    return reduce_special_payment(payment, amount=Decimal(amount), effective=effective, **given)


def without(kind: str) -> None:
    issue_directive(
        number=f"D-{kind}",
        title="No such payments",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={f"special_payment.{kind}": None},
    )


def untouched(who: Employee) -> tuple[object, ...]:
    """Everything that an end or a reduction must leave alone."""
    return (
        list(PayRate.objects.filter(employee=who).order_by("-starts").values_list(
            "basic", "adjusted", "uncapped", "retained", "below_minimum"
        )[:1]),
        DeniedIncrease.objects.count(),
        Proposal.objects.count(),
        Deadline.objects.count(),
        Notice.objects.count(),
    )  # fmt: skip


# -- a directive on the kind comes first


@pytest.mark.paragraph("9701.361#1")
@pytest.mark.paragraph("9701.362#1")
@pytest.mark.paragraph("9701.363#1")
@pytest.mark.parametrize(("kind", "citation"), KINDS)
def test_without_a_directive_on_its_kind_there_is_no_payment(
    person: Employee, kind: str, citation: str
) -> None:
    without(kind)
    with pytest.raises(Refused) as refusal:
        paid(person, kind=kind)
    assert (refusal.value.code, refusal.value.citation) == ("parameter_missing", citation)
    assert not SpecialPayment.objects.exists()
    others = [each for each, _ in KINDS if each != kind]
    assert {paid(person, kind=each).kind for each in others} == set(others)


@pytest.mark.paragraph("9701.361#1")
@pytest.mark.paragraph("9701.362#1")
@pytest.mark.paragraph("9701.363#1")
@pytest.mark.parametrize(("kind", "citation"), KINDS)
def test_the_record_keeps_category_amount_conditions_start_and_review(
    person: Employee, kind: str, citation: str
) -> None:
    payment = paid(person, kind=kind, conditions="Ready at all times", review_on=date(2008, 1, 6))
    assert (payment.kind, payment.amount, payment.starts, payment.ends) == (
        kind, Decimal("115.00"), DAY, None,
    )  # fmt: skip
    assert (payment.conditions, payment.review_on) == ("Ready at all times", date(2008, 1, 6))
    assert payment.action.citation == citation
    read = payment.action.policy[f"special_payment.{kind}"]
    assert read["directive"] == "D-1"


@pytest.mark.paragraph("9701.361#2")
def test_the_directive_says_how_it_is_paid(person: Employee) -> None:
    issue_directive(
        number="D-2",
        title="By the pay period",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={"special_payment.skills": ["pay_period"]},
    )
    with pytest.raises(Refused) as refusal:
        paid(person, schedule="lump_sum")
    assert refusal.value.code == "invalid_parameter"
    assert paid(person).schedule == "pay_period"


def test_a_review_before_the_payment_begins_is_refused(person: Employee) -> None:
    with pytest.raises(Refused) as refusal:
        paid(person, review_on=date(2007, 1, 6))
    assert refusal.value.code == "invalid_input"
    assert not PayAction.objects.filter(kind="special_payment").exists()


# -- ended on any day


@pytest.mark.paragraph("9701.361#3")
@pytest.mark.paragraph("9701.362#3")
@pytest.mark.paragraph("9701.363#3")
@pytest.mark.parametrize(("kind", "citation"), KINDS)
def test_a_promotion_after_it_starts_from_basic_pay_alone(
    person: Employee, kind: str, citation: str
) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    paid(person, "3000.00", kind=kind, schedule="lump_sum", effective=DAY, on=DAY)
    action = promote(
        person, position=position_in(senior), effective=date(2007, 1, 21), actor=SYSTEM,
        authority="Order", on=date(2007, 1, 21),
    )  # fmt: skip
    assert SpecialPayment.objects.get(employee=person).action.citation == citation
    # 62,000 x 1.08; with the payment it would be 70,200. Then 12.5 percent of locality pay.
    assert (action.basic_before, action.basic_after, action.adjusted) == (62_000, 66_960, 75_330)


@pytest.mark.paragraph("9701.361#3")
@pytest.mark.paragraph("9701.362#3")
@pytest.mark.paragraph("9701.363#3")
@pytest.mark.parametrize(("kind", "citation"), KINDS)
@pytest.mark.parametrize(
    ("last_day", "first_period", "second_period"),
    [
        (date(2007, 1, 7), "8.21", "0.00"),  # 1 of 14 days
        (date(2007, 1, 16), "82.14", "0.00"),  # 10 of 14 days
        (date(2007, 1, 20), "115.00", "0.00"),  # the last day of the period
        (date(2007, 1, 21), "115.00", "8.21"),
        (date(2007, 6, 2), "115.00", "115.00"),  # a day still to come
    ],
)
def test_it_ends_on_any_day_and_accrues_through_it(
    person: Employee,
    kind: str,
    citation: str,
    last_day: date,
    first_period: str,
    second_period: str,
) -> None:
    payment = paid(person, kind=kind)
    before, actions, orders = untouched(person), PayAction.objects.count(), PayOrder.objects.count()
    ended = end(payment, last_day, reason="The condition failed")
    assert (ended.ends, ended.ended_for) == (last_day, "The condition failed")
    assert accrued(ended, period_start=DAY) == Decimal(first_period)
    assert accrued(ended, period_start=date(2007, 1, 21)) == Decimal(second_period)
    # No notice, no case, no proposal, no rate: the history alone says that it ended.
    assert untouched(person) == before
    assert (PayAction.objects.count(), PayOrder.objects.count()) == (actions, orders)
    entry = Entry.objects.get(subject=person.subject, act="end_special_payment")
    assert (entry.citation, entry.detail["last_day"]) == (citation, last_day.isoformat())


@pytest.mark.parametrize(
    ("schedule", "ended", "last_day", "code"),
    [
        ("pay_period", None, date(2007, 1, 6), "invalid_input"),
        ("pay_period", date(2007, 2, 3), date(2007, 2, 3), "invalid_transition"),
        ("pay_period", date(2007, 2, 3), date(2007, 2, 4), "invalid_transition"),
        ("pay_period", date(2007, 2, 3), date(2007, 2, 2), None),
        ("lump_sum", None, date(2007, 1, 7), "invalid_transition"),
    ],
)
def test_what_cannot_end_on_a_day_stays(
    person: Employee, schedule: str, ended: date | None, last_day: date, code: str | None
) -> None:
    payment = paid(person, schedule=schedule)
    if ended is not None:
        end(payment, ended)
    if code is None:
        assert end(payment, last_day).ends == last_day
        return
    with pytest.raises(Refused) as refusal:
        end(payment, last_day)
    assert (refusal.value.code, refusal.value.citation) == (code, "9701.361")


# -- reduced on any day


@pytest.mark.paragraph("9701.361#3")
@pytest.mark.paragraph("9701.362#3")
@pytest.mark.paragraph("9701.363#3")
@pytest.mark.parametrize(("kind", "citation"), KINDS)
def test_it_is_reduced_on_any_day_without_touching_a_rate(
    person: Employee, kind: str, citation: str
) -> None:
    payment = paid(person, kind=kind, conditions="On call")
    before = untouched(person)
    action = reduce(payment, "100.00", date(2007, 1, 17), reason="Fewer calls")
    assert (action.kind, action.amount, action.citation) == (
        "special_payment", Decimal("100.00"), citation,
    )  # fmt: skip
    assert untouched(person) == before
    new, old = special_payments_of(person)
    assert (old.ends, old.ended_for) == (date(2007, 1, 16), "Fewer calls")
    assert (new.starts, new.ends, new.replaces, new.conditions) == (
        date(2007, 1, 17), None, old, "On call",
    )  # fmt: skip
    # 115 x 10 / 14 and 100 x 4 / 14
    assert [accrued(each, period_start=DAY) for each in (old, new)] == [
        Decimal("82.14"), Decimal("28.57"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "effective", "code"),
    [
        ("115.00", date(2007, 1, 21), "no_effect"),
        ("115.01", date(2007, 1, 21), "no_effect"),
        ("0", date(2007, 1, 21), "invalid_input"),
        ("100.001", date(2007, 1, 21), "invalid_input"),
        ("100", date(2007, 1, 7), "invalid_input"),
        ("100", date(2007, 1, 8), None),
        ("114.99", date(2007, 1, 21), None),
    ],
)
def test_a_reduction_is_less_and_comes_after_the_first_day(
    person: Employee, amount: str, effective: date, code: str | None
) -> None:
    payment = paid(person)
    if code is None:
        assert reduce(payment, amount, effective).amount == Decimal(amount)
        return
    with pytest.raises(Refused) as refusal:
        reduce(payment, amount, effective)
    assert refusal.value.code == code
    assert [each.ends for each in special_payments_of(person)] == [None]


def test_what_ended_is_not_reduced(person: Employee) -> None:
    payment = end(paid(person), date(2007, 2, 3))
    with pytest.raises(Refused) as refusal:
        reduce(payment, "100", date(2007, 2, 4))
    assert refusal.value.code == "invalid_transition"


@pytest.mark.parametrize("role", [Role.AUDITOR, None])
def test_hr_and_the_pay_office_alone_end_one(band: Band, role: Role | None) -> None:
    office = make_organization("OFFICE")
    who = make_paid_employee(band, 60_000, organization=office, user=True)
    other = make_paid_employee(band, 60_000, organization=office, user=True)
    assert who.user is not None
    assert other.user is not None
    payment = paid(who)
    if role is not None:
        grant_role(other.user, role, organization=office)
    with pytest.raises(Refused) as refusal:
        end(payment, date(2007, 2, 3), actor=Actor(user=other.user))
    assert refusal.value.code == "not_authorized"
    grant_role(who.user, Role.PAY_SPECIALIST, organization=office)
    with pytest.raises(Refused) as refusal:
        end(payment, date(2007, 2, 3), actor=Actor(user=who.user))
    assert refusal.value.code == "own_record"


def test_a_separation_ends_what_runs(person: Employee) -> None:
    payment = paid(person)
    separate(person, effective=date(2007, 3, 4), actor=SYSTEM, authority="Order", on=LATER)
    payment.refresh_from_db()
    assert payment.ends == date(2007, 3, 3)


# -- the year's limit


@pytest.mark.paragraph("9701.303(b)(1)")
@pytest.mark.parametrize(
    ("limit", "over", "deferred_to"),
    [
        (155_000, "0.00", None),
        (154_999, "1.00", date(2008, 1, 1)),
        (150_000, "5000.00", date(2008, 1, 1)),
    ],
)
def test_special_payments_count_toward_the_limit_of_the_calendar_year(
    band: Band, limit: int, over: str, deferred_to: date | None
) -> None:
    """R31, third example: 150,000 at the cap and 5,000 beside it are 155,000."""
    make_locality("DC", "20")
    top = make_band("LE-SUP", minimum=78_250, maximum=130_000, level="supervisory", rank=4)
    who = make_paid_employee(top, 128_000, area="DC")
    paid(who, "5000", schedule="lump_sum")
    paid(who, "700", schedule="lump_sum", effective=date(2007, 6, 1))
    issue_directive(
        number="D-2",
        title="Level I",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={"aggregate.limit": limit},
    )
    found = aggregate_of(who, on=date(2007, 5, 31))
    assert (found.figures.total, found.payments) == (Decimal(155_000), Decimal(5_000))
    assert (found.figures.over, found.deferred_to) == (Decimal(over), deferred_to)
    # The next year begins anew.
    assert aggregate_of(who, on=date(2008, 1, 1)).figures.total == Decimal(150_000)


@pytest.mark.paragraph("9701.303(b)(1)")
def test_a_payment_of_every_pay_period_counts_as_it_accrues(person: Employee) -> None:
    end(paid(person), date(2007, 1, 30))
    # 115.00 for January 7 to 20, and 10 of 14 days from January 21: 82.14.
    assert aggregate_of(person, on=LATER).payments == Decimal("197.14")


@pytest.mark.paragraph("9701.303(b)(1)")
def test_without_a_limit_nothing_is_tested(person: Employee) -> None:
    issue_directive(
        number="D-2",
        title="No limit",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={"aggregate.limit": None},
    )
    with pytest.raises(Refused) as refusal:
        aggregate_of(person, on=LATER)
    assert (refusal.value.code, refusal.value.citation) == ("parameter_missing", "9701.303(b)(1)")
