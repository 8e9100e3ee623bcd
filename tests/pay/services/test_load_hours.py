"""Hours paid come from payroll's file, and back pay is figured from them (R37)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import Entry
from pay.services.load_hours import load_hours
from pay.uploads import FaultyFile
from tests.factories import make_band, make_employee
from tests.pay.factories import SYSTEM, make_ground, make_locality
from tests.pay.services.test_correction import denied, overturn
from workforce.models import HoursPaid

pytestmark = pytest.mark.django_db

ON = date(2007, 5, 1)
HEADINGS = "number,period_starts,hours,premium_hours\n"


def loaded() -> list[tuple[date, Decimal, Decimal]]:
    found = HoursPaid.objects.order_by("period_starts")
    return list(found.values_list("period_starts", "hours", "premium_hours"))


@pytest.mark.paragraph("9701.323:preamble-error")
def test_back_pay_goes_by_the_hours_paid_and_by_full_time_where_none_are_on_record() -> None:
    make_ground()
    make_locality("LA", "12.5")
    rating = denied(make_band("LE-FP", minimum=41_111, maximum=70_000))
    number = rating.employee.number
    lines = f"{number},2007-01-07,60,\n{number},2007-01-21,80,6\n{number},2006-12-24,10,\n"
    assert load_hours(HEADINGS + lines, actor=SYSTEM, on=ON) == 3
    # 0.74 an hour: 60 h = 44.40, 80 + 6 h = 63.64, 7 periods of 80 h = 414.40
    assert overturn(rating).amount == Decimal("522.44")


def test_hours_of_the_same_period_are_replaced_and_the_load_is_on_record() -> None:
    number = make_employee(user=False).number
    load_hours(f"{HEADINGS}{number},2007-01-07,80,\n", actor=SYSTEM, on=ON)
    load_hours(f"{HEADINGS}{number},2007-01-07,72.5,3\n", actor=SYSTEM, on=ON)
    assert loaded() == [(date(2007, 1, 7), Decimal("72.50"), Decimal(3))]
    assert Entry.objects.filter(act="load_hours").count() == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("N-none,2007-01-07,80,", "There is no employee"),
        ("{number},2007-01-08,80,", "No pay period begins on 2007-01-08"),
        ("{number},January,80,", "period_starts"),
        ("{number},2007-01-21,-1,", "hours is from 0 to 336"),
        ("{number},2007-01-21,337,", "hours is from 0 to 336"),
        ("{number},2007-01-21,1.005,", "at most two places"),
        ("{number},2007-01-21,NaN,", "hours is from 0"),
        ("{number},2007-01-21,many,", "hours is a number of hours"),
        ("{number},2007-01-21,,", "hours"),
        ("{number},2007-01-07,80,", "stands on line 2 already"),
    ],
)
def test_a_faulty_line_is_told_by_its_number_and_nothing_is_kept(line: str, said: str) -> None:
    number = make_employee(user=False).number
    text = f"{HEADINGS}{number},2007-01-07,80,\n{line.format(number=number)}\n"
    with pytest.raises(FaultyFile) as refusal:
        load_hours(text, actor=SYSTEM, on=ON)
    (fault,) = refusal.value.faults
    assert (fault.line, refusal.value.code) == (3, "file_refused")
    assert said in fault.message
    assert loaded() == []


def test_the_command_loads_a_file_and_tells_every_faulty_line(tmp_path: Path) -> None:
    number = make_employee(user=False).number
    file = tmp_path / "hours.csv"
    file.write_text(f"{HEADINGS}{number},2007-01-07,80,\n", encoding="utf-8")
    call_command("hours_paid", str(file))
    assert len(loaded()) == 1
    file.write_text(f"{HEADINGS}{number},2007-01-09,80,\nX,2007-01-07,80,\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"line 2: No pay period"):
        call_command("hours_paid", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("hours_paid", str(tmp_path / "none.csv"))
