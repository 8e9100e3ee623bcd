"""Representative rates: one for each version of a range, and no export without them all (R38)."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from classification.models import Band
from pay.queries.representative_rates import representative_rates
from pay.services.set_ranges import set_ranges
from pay.services.set_representative_rate import set_representative_rate
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground

pytestmark = pytest.mark.django_db

BEFORE = date(2006, 12, 1)
DAY = date(2007, 1, 7)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def stand_for(band: Band, rate: int, *, on: date = BEFORE, actor: Actor = SYSTEM) -> None:
    set_representative_rate(band, rate=rate, on=on, actor=actor, authority="D-3")


def code_of_export(on: date) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        representative_rates(on=on)
    return refusal.value.code, refusal.value.citation


@pytest.mark.paragraph("9701.357(e)")
@pytest.mark.parametrize(
    ("rate", "code"),
    [(41_110, "invalid_range"), (41_111, None), (70_000, None), (70_001, "invalid_range")],
)
def test_it_lies_in_the_range(band: Band, rate: int, code: str | None) -> None:
    if code is None:
        stand_for(band, rate)
        (found,) = representative_rates(on=BEFORE)
        assert (found.band, found.rate) == ("LE-FP", rate)
        assert Entry.objects.get(act="set_representative_rate").detail["to"] == rate
        return
    with pytest.raises(Refused) as refusal:
        stand_for(band, rate)
    assert refusal.value.code == code
    assert code_of_export(BEFORE) == ("parameter_missing", "9701.357(e)")


@pytest.mark.paragraph("9701.357(e)")
def test_each_version_of_a_range_has_its_own(band: Band) -> None:
    stand_for(band, 60_000)
    set_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY)
    assert code_of_export(DAY) == ("parameter_missing", "9701.357(e)")
    stand_for(band, 61_500, on=DAY)
    assert [each.rate for each in representative_rates(on=DAY)] == [61_500]
    assert [each.rate for each in representative_rates(on=BEFORE)] == [60_000]
    # Set again for the same date, it is another range.
    set_ranges({"LE-FP": (62_000, 80_000)}, effective=DAY)
    assert code_of_export(DAY)[0] == "parameter_missing"


@pytest.mark.paragraph("9701.357(e)")
def test_one_band_without_one_stops_the_whole_export(band: Band) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    stand_for(band, 60_000)
    with pytest.raises(CommandError, match="LE-SE has no representative rate"):
        call_command("representative_rates", "2006-12-01", stdout=StringIO())
    stand_for(senior, 80_000)
    out = StringIO()
    call_command("representative_rates", "2006-12-01", stdout=out)
    assert out.getvalue().splitlines() == [
        "cluster,band,minimum,maximum,representative_rate",
        "LE,LE-FP,41111,70000,60000",
        "LE,LE-SE,64500,98400,80000",
    ]


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_pay_specialist_of_the_whole_department_sets_it(band: Band, everywhere: bool) -> None:
    user = make_user()
    office = None if everywhere else make_organization(parent=make_organization("TOP"))
    grant_role(user, Role.PAY_SPECIALIST, organization=office)
    if everywhere:
        stand_for(band, 60_000, actor=Actor(user=user))
        return
    with pytest.raises(Refused) as refusal:
        stand_for(band, 60_000, actor=Actor(user=user))
    assert refusal.value.code == "not_authorized"
