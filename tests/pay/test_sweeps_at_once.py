"""Sweeps at the same moment, in threads of their own, pay nobody twice and miss nobody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from casework.models import Deadline, Entry
from casework.sweeps import run_daily
from pay.models import DeniedIncrease, PayAction
from pay.queries.integrity import disagreements
from pay.services.adjust_ranges import adjust_ranges
from pay.services.promote import promote
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in, rate
from workforce.models import Employee

DAY = date(2007, 1, 7)
LATE = date(2007, 7, 16)
PEOPLE = 6


@pytest.fixture
def below(fresh_database: str) -> list[Employee]:
    """People whose 90 days ended long ago, and whom no sweep has looked at."""
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    people = [make_paid_employee(band, 41_111 + place) for place in range(PEOPLE)]
    for person in people:
        rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    return people


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.paragraph("9701.325(b)")
def test_three_sweeps_at_once_pay_each_minimum_once(below: list[Employee]) -> None:
    at_once(*[lambda: run_daily(on=LATE)] * 3)
    paid = PayAction.objects.filter(kind="minimum_by_default")
    assert sorted(paid.values_list("employee_id", flat=True)) == [each.pk for each in below]
    assert set(paid.values_list("effective", "basic_after")) == {(date(2007, 4, 15), 42_139)}
    assert set(DeniedIncrease.objects.values_list("state", flat=True)) == {"defaulted"}
    assert not Deadline.objects.filter(state="open").exists()
    assert not Deadline.objects.exclude(error="").exists()
    assert Entry.objects.filter(act="default").count() == PEOPLE
    assert disagreements(on=LATE) == []


@pytest.mark.paragraph("9701.325(b)")
def test_a_sweep_and_an_act_on_the_same_person_end_alike(below: list[Employee]) -> None:
    from classification.models import Band

    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, rank=3)
    positions = [position_in(Band.objects.get(pk=senior.pk)) for _ in below]

    def promote_everybody() -> None:
        for person, position in zip(below, positions, strict=True):
            promote(person, position=position, effective=LATE, actor=SYSTEM, authority="x", on=LATE)

    at_once(promote_everybody, lambda: run_daily(on=LATE))
    for person in below:
        kinds = PayAction.objects.filter(employee=person, effective__gt=DAY)
        found = kinds.order_by("effective", "step", "place").values_list("kind", "effective")
        # The minimum that was due comes first, whoever came to the person first.
        assert list(found) == [
            ("minimum_by_default", date(2007, 4, 15)),
            ("promotion", LATE),
        ]
    assert disagreements(on=LATE) == []


def test_one_person_is_not_promoted_twice_at_once(below: list[Employee]) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, rank=3)
    first, second = position_in(senior), position_in(senior)
    person = below[0]
    done = at_once(
        *[
            lambda position=position: promote(
                Employee.objects.get(pk=person.pk), position=position, effective=LATE,
                actor=SYSTEM, authority="x", on=LATE,
            )
            for position in (first, second)
        ]
    )  # fmt: skip
    assert [each for each in done if isinstance(each, str)] == ["not_a_promotion"]
    assert PayAction.objects.filter(employee=person, kind="promotion").count() == 1
