"""R37: what comes after a wrong rating is taken again: a return, the end of a promotion."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from classification.models import Band
from pay.models import DeniedIncrease, PayAction
from pay.services.demote import demote
from pay.services.promote import promote
from pay.services.return_to_duty import return_to_duty
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_locality, position_in
from tests.pay.services.test_correction import (
    SUNDAY,
    adjust,
    assert_in_order,
    basics,
    denied,
    overturn,
)
from workforce.models import Assignment, Employee
from workforce.services.absences import begin_absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def band() -> Band:
    make_ground()
    make_locality("LA", "12.5")
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def again(person: Employee) -> Employee:
    return Employee.objects.get(pk=person.pk)


def given(on: date) -> dict[str, Any]:
    return {"effective": on, "actor": SYSTEM, "authority": "A", "on": on}


@pytest.mark.paragraph("9701.323:preamble-error")
def test_a_later_return_from_service_credits_what_the_wrong_rating_denied_meanwhile(
    band: Band,
) -> None:
    rating = denied(band)
    person, left, missed, back = (
        rating.employee, date(2007, 2, 1), date(2007, 6, 10), date(2007, 7, 1),
    )  # fmt: skip
    begin_absence(again(person), kind="uniformed_service", first_day=left, actor=SYSTEM, on=left)
    adjust(missed, 42_982, 73_185)
    return_to_duty(again(person), back_on=back, evidence="DD 214", actor=SYSTEM, authority="R",
                   on=back)  # fmt: skip
    assert basics(person, back) == [55_000]
    overturned = date(2007, 8, 12)
    overturn(rating, on=overturned)
    # 55,000 x 42,139 / 41,111 = 56,375.3; upon return x 42,982 / 42,139 = 57,502.8
    assert basics(person, SUNDAY, missed, back) == [56_375, 56_375, 57_503]
    row = PayAction.objects.get(employee=person, effective=back, kind="correction")
    assert (row.rule, row.basic_before) == ("R20", 56_375)
    states = DeniedIncrease.objects.filter(employee=person).values_list("state", flat=True)
    assert {str(state) for state in states} == {"closed"}
    assert_in_order(person, on=overturned)


@pytest.mark.paragraph("9701.323:preamble-error")
def test_the_end_of_a_temporary_promotion_returns_to_the_right_permanent_rate(band: Band) -> None:
    senior = make_band("LE-SE", minimum=66_113, maximum=100_860, rank=3)
    rating = denied(band, 63_000)
    person, began, ended = rating.employee, date(2007, 3, 4), date(2007, 4, 15)
    home = Assignment.objects.get(employee=person).position
    promote(again(person), position=position_in(senior), temporary=True, **given(began))
    demote(again(person), position=home, basis="temporary_promotion_ended", **given(ended))
    assert basics(person, began, ended) == [68_040, 63_000]
    overturn(rating)
    # 63,000 x 42,139 / 41,111 = 64,575.4; x 1.08 = 69,741; and 64,575 again upon its end
    assert basics(person, SUNDAY, began, ended) == [64_575, 69_741, 64_575]
    assert_in_order(person)
