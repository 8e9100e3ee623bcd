"""The one door to pay: what it refuses, what it writes, and that both its books agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from classification.models import Band
from pay.ledger import Posting, post, post_many
from pay.models import PayAction, PayRate
from pay.queries.integrity import disagreements
from regulation.refusals import Refused
from tests.factories import make_band, make_employee
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)


@pytest.fixture
def band() -> Band:
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def person() -> Employee:
    return make_employee(user=False)


def posting(person: Employee, band: Band, **changes: Any) -> Posting:
    basic = changes.pop("basic", 55_000)
    base = Posting(
        employee_id=person.pk,
        effective=DAY,
        step=6,
        kind="starting_pay",
        rule="R24",
        citation="9701.351",
        inputs={"basic": basic, "minimum": 41_111, "maximum": 70_000},
        policy={"supp.tie": {"value": "locality", "directive": "D-1"}},
        band_id=band.pk,
        basic_before=None,
        basic_after=basic,
        uncapped=basic,
        adjusted=basic,
        supplement_kind="none",
        authority="Appointment",
        minimum=41_111,
        maximum=70_000,
        cap=150_000,
    )
    return replace(base, **changes)


def test_a_posting_writes_ledger_and_projection_together(person: Employee, band: Band) -> None:
    action = post(posting(person, band))

    assert action.place == action.pk
    assert action.inputs["basic"] == 55_000
    assert action.policy["supp.tie"]["directive"] == "D-1"
    rate = PayRate.objects.get(employee=person)
    assert (rate.starts, rate.basic, rate.action_id) == (DAY, 55_000, action.pk)
    assert disagreements() == []


def test_of_one_day_the_last_step_is_the_rate(person: Employee, band: Band) -> None:
    first, second = post_many(
        [
            posting(person, band, step=1, basic=56_375),
            posting(person, band, step=4, basic=59_545),
        ]
    )
    assert first < second
    assert PayRate.objects.get(employee=person).basic == 59_545
    post(posting(person, band, step=6, basic=64_309))
    assert PayRate.objects.get(employee=person).basic == 64_309
    assert disagreements() == []


def test_without_a_rate_after_separation_no_range_is_asked(person: Employee, band: Band) -> None:
    post(posting(person, band))
    post(
        posting(
            person, band, effective=date(2007, 3, 4), step=9, kind="separation",
            basic_after=None, adjusted=None, uncapped=None, minimum=None, maximum=None, cap=None,
        )
    )  # fmt: skip
    assert PayRate.objects.get(employee=person, starts=date(2007, 3, 4)).basic is None
    assert disagreements() == []


@pytest.mark.paragraph("9701.357(a)")
@pytest.mark.paragraph("9701.357(b)")
@pytest.mark.paragraph("9701.312(a)")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basic": 41_110}, "below_band_minimum"),
        ({"basic": 70_001}, "above_band_maximum"),
        ({"basic": 70_000, "retained": True}, "invalid_input"),
        ({"basic": 150_001, "retained": True}, "above_executive_level"),
        ({"basic": 70_000, "adjusted": 150_001}, "above_executive_level"),
    ],
)
def test_an_unlawful_rate_is_refused_and_nothing_is_written(
    person: Employee, band: Band, changes: dict[str, Any], code: str
) -> None:
    lawful = posting(make_employee(user=False), band)
    with pytest.raises(Refused) as refusal:
        post_many([lawful, posting(person, band, **changes)])
    assert refusal.value.code == code
    assert not PayAction.objects.exists()
    assert not PayRate.objects.exists()


@pytest.mark.paragraph("9701.357(a)")
@pytest.mark.paragraph("9701.357(b)")
@pytest.mark.parametrize(
    "changes",
    [
        {"basic": 41_111},
        {"basic": 70_000},
        {"basic": 70_001, "retained": True},
        {"basic": 41_110, "below_minimum": True},
        {"basic": 150_001, "retained": False, "critical_pay": True},
    ],
)
def test_each_lawful_state_is_posted(person: Employee, band: Band, changes: dict[str, Any]) -> None:
    assert post(posting(person, band, **changes)).basic_after == changes["basic"]


@pytest.mark.parametrize(
    ("effective", "step"), [(date(2007, 1, 6), 6), (DAY, 5)], ids=["day before", "rank before"]
)
def test_a_step_before_one_already_posted_is_refused(
    person: Employee, band: Band, effective: date, step: int
) -> None:
    post(posting(person, band))
    with pytest.raises(Refused) as refusal:
        post(posting(person, band, effective=effective, step=step))
    assert refusal.value.code == "earlier_than_posted"
    assert PayAction.objects.count() == 1


def test_out_of_order_within_one_batch_is_refused(person: Employee, band: Band) -> None:
    with pytest.raises(Refused, match="posted already"):
        post_many([posting(person, band), posting(person, band, step=1)])


@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_runtime_role_cannot_change_the_ledger(
    person: Employee, band: Band, statement: str
) -> None:
    post(posting(person, band))
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("pay_payaction"))
    assert PayAction.objects.get().kind == "starting_pay"


def test_a_rate_that_the_ledger_did_not_make_is_found(person: Employee, band: Band) -> None:
    post(posting(person, band))
    PayRate.objects.update(basic=60_000)
    assert [each.problem for each in disagreements([person.pk])] == [
        "the rate is not that of the ledger's last row"
    ] * 2
    assert disagreements([person.pk + 1]) == []


def test_a_rate_below_the_minimum_without_a_case_is_found(person: Employee, band: Band) -> None:
    post(posting(person, band, basic=41_110, below_minimum=True))
    (found,) = disagreements()
    assert found.problem == "below the minimum, but no denied increase is on record"


def test_many_people_are_posted_in_few_statements(
    band: Band, django_assert_num_queries: Any
) -> None:
    people = [make_employee(user=False) for _ in range(30)]
    with django_assert_num_queries(6):  # savepoint, last posted, ids, COPY, projection, release
        post_many([posting(each, band) for each in people])
    assert PayRate.objects.count() == 30


def test_steps_are_written_while_the_next_are_made(
    band: Band, django_assert_num_queries: Any
) -> None:
    people = [make_employee(user=False) for _ in range(3)]
    post(posting(people[1], band, effective=date(2006, 1, 8)))
    with django_assert_num_queries(6):
        ids = post_many((posting(each, band) for each in people), at_most=5)
    assert list(PayAction.objects.filter(pk__in=ids).values_list("employee_id", flat=True)) == [
        each.pk for each in people
    ]
    assert PayRate.objects.filter(action_id__in=ids).count() == 3
    assert post_many(iter(()), at_most=5) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"basic": 41_110}, "below_band_minimum"),
        ({"effective": date(2006, 1, 8)}, "earlier_than_posted"),
    ],
)
def test_of_steps_written_while_they_are_made_all_are_refused_with_one(
    person: Employee, band: Band, wrong: dict[str, Any], code: str
) -> None:
    post(posting(person, band))
    others = [make_employee(user=False) for _ in range(2)]
    steps = (
        *(posting(each, band) for each in others),
        posting(person, band, **{"effective": date(2008, 1, 6)} | wrong),
    )
    with pytest.raises(Refused) as refusal:
        post_many(iter(steps), at_most=3)
    assert refusal.value.code == code
    assert (PayAction.objects.count(), PayRate.objects.count()) == (1, 1)


def test_lump_sums_are_kept_to_the_cent(person: Employee, band: Band) -> None:
    post(posting(person, band))
    action = post(
        posting(
            person, band, effective=date(2008, 1, 6), step=4, kind="lump_sum_payout",
            basic_before=55_000, lump_sum=Decimal("4033.00"),
        )
    )  # fmt: skip
    assert action.lump_sum == Decimal("4033.00")
    assert PayRate.objects.latest("starts").basic == 55_000
