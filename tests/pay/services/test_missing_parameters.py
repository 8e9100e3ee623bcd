"""What no directive carries stops the computation by its name, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from classification.models import Band
from governance.parameters import parameter
from governance.services.directives import issue_directive
from pay.models import PayAction, PayPool, PointPattern, PoolMembership, RateRange
from pay.services.adjust_ranges import adjust_ranges
from pay.services.certify_pool import Funds
from pay.services.pay_out import pay_out
from pay.services.promote import promote
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)
PERIOD = date(2006, 9, 30)


@pytest.fixture
def band() -> Band:
    make_ground()
    make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def person(band: Band) -> Employee:
    found = make_paid_employee(band, 62_000)
    rate(found, "ME", issued=date(2006, 11, 1), period_end=PERIOD)
    return found


def ranges(person: Employee) -> None:
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY, actor=SYSTEM, authority="A", on=DAY)


def promotion(person: Employee) -> None:
    to = position_in(Band.objects.get(code="LE-SE"))
    promote(person, position=to, effective=DAY, actor=SYSTEM, authority="A", on=DAY)


def payout(person: Employee, *, empty: bool = False) -> None:
    pool = PayPool.objects.create(code="P1", title="Pool 1")
    points = {"AE": "4", "EE": "2", "ME": "1", "U": "0"}
    PointPattern.objects.create(pool=pool, starts=date(2000, 1, 1), points=points)
    if not empty:
        PoolMembership.objects.create(pool=pool, employee=person, period=(person.hired, None))
    pay_out(
        pool,
        funds=Funds(mode="share_dollar", amount=Decimal(1_000), since=date(2006, 1, 8)),
        period_end=PERIOD,
        effective=DAY,
        actor=SYSTEM,
        authority="A",
        on=DAY,
    )


@pytest.mark.parametrize(
    ("key", "act"),
    [
        pytest.param(key, act, id=key)
        for act, keys in (
            (ranges, ("round.annual", "gate.additional_rating", "supp.retained_mode", "supp.tie")),
            (
                promotion,
                (
                    "promotion.pct", "promotion.over_max", "promotion.includes_supplement",
                    "promotion.circumstances", "same_day.order",
                ),
            ),
            (
                payout,
                (
                    "pool.snapshot", "pool.rating_cutoff", "pool.weight_by_proration",
                    "payout.basis", "payout.rounding", "payout.excess_lump", "proration.formula",
                    "proration.lwop_threshold_days",
                ),
            ),
        )
        for key in keys
    ],
)  # fmt: skip
def test_a_missing_parameter_stops_the_computation(
    person: Employee, key: str, act: Callable[[Employee], None]
) -> None:
    issue_directive(
        number="D-2", title="Less", effective=DAY, signed_by="The Secretary", values={key: None}
    )
    before = PayAction.objects.count(), RateRange.objects.count()
    with pytest.raises(Refused) as refusal:
        act(person)
    assert (refusal.value.code, refusal.value.citation) == (
        "parameter_missing", parameter(key).citation,
    )  # fmt: skip
    assert key in refusal.value.message
    assert (PayAction.objects.count(), RateRange.objects.count()) == before


def test_a_pool_without_members_is_not_paid_out(person: Employee) -> None:
    before = PayAction.objects.count()
    with pytest.raises(Refused) as refusal:
        payout(person, empty=True)
    assert (refusal.value.code, refusal.value.citation) == (
        "no_ratings_in_pool", "9701.342(b)(2)",
    )  # fmt: skip
    assert "P1" in refusal.value.message
    assert PayAction.objects.count() == before
