"""Reductions, special increases, developmental steps and special payments, by the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from classification.models import Band
from governance.models import Coverage
from governance.services.directives import issue_directive
from pay.models import DeniedIncrease, PayAction, PayOrder, PayRate
from pay.queries.integrity import disagreements
from pay.queries.replay import differences_of
from pay.queries.timeline import timeline
from pay.rules.developmental import Pace
from pay.services.adverse import AdverseDecision
from pay.services.developmental_step import developmental_step
from pay.services.increase_within_band import increase_within_band
from pay.services.promote import promote
from pay.services.reduce_within_band import reduce_within_band
from pay.services.special_payment import pay_special_payment
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
    rate,
)
from workforce.models import Employee

pytestmark = pytest.mark.django_db

#: A Wednesday: none of these waits for a pay period.
DAY = date(2007, 3, 7)
DECISION = AdverseDecision(reference="proposal:1", delivered_on=DAY)


@pytest.fixture
def band() -> Band:
    make_ground()
    make_locality("RUS", "12.5")
    return make_band("LE-FP", minimum=42_139, maximum=70_000)


@pytest.fixture
def entry(band: Band) -> Band:
    return make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)


def common(on: date = DAY, actor: Actor = SYSTEM) -> dict[str, Any]:
    return {"effective": on, "actor": actor, "authority": "Order", "on": on}


def reduce(person: Employee, basic: int, **extra: Any) -> PayAction:
    given = {"reason": "conduct", "decision": DECISION, **common(), **extra}
    return reduce_within_band(person, basic=basic, **given)


def increase(person: Employee, **extra: Any) -> PayAction:
    given = {"reason": "exceptional_skills", **common(), **extra}
    return increase_within_band(person, **given)


def step(person: Employee, **extra: Any) -> PayAction:
    given = {"points": ("Academy",), "certified": ("Academy",), **common(), **extra}
    return developmental_step(person, **given)


def pay(person: Employee, amount: str = "3000", **extra: Any) -> PayAction:
    given = {"kind": "assignment", **common(), **extra}
    return pay_special_payment(person, amount=Decimal(amount), **given)


def check(action: PayAction) -> None:
    assert list(differences_of(action)) == []
    assert disagreements(on=action.effective) == []
    told = timeline(action.employee, on=action.effective).events[0].step
    assert told is not None
    assert told.action == action
    assert told.lines
    assert told.rights
    assert told.fault == ""


def refused(act: Callable[..., PayAction], person: Employee, *given: Any, **extra: Any) -> str:
    before = PayOrder.objects.count(), PayAction.objects.count(), Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act(person, *given, **extra)
    assert before == (PayOrder.objects.count(), PayAction.objects.count(), Entry.objects.count())
    assert refusal.value.citation or refusal.value.code == "stale_form"
    return refusal.value.code


# -- reductions, by R21


@pytest.mark.paragraph("9701.343#1")
@pytest.mark.paragraph("9701.343#2")
@pytest.mark.paragraph("9701.343#3")
@pytest.mark.parametrize(
    ("former", "basic", "reason"),
    [
        (55_006, 49_506, "conduct"),
        (45_556, 42_139, "unacceptable_performance"),
        (60_000, 54_000, "conduct"),
        (60_000, 59_999, "conduct"),
    ],
)
def test_a_decision_reduces_pay_by_at_most_ten_percent_on_any_day(
    band: Band, former: int, basic: int, reason: str
) -> None:
    person = make_paid_employee(band, former, area="RUS")
    action = reduce(person, basic, reason=reason)
    assert (action.kind, action.rule, action.step) == ("within_band_reduction", "R21", 7)
    assert (action.effective, action.basic_before, action.basic_after) == (DAY, former, basic)
    assert action.supplement_percent == Decimal("12.5")
    assert Entry.objects.filter(subject=person.subject, act="within_band_reduction").count() == 1
    assert PayOrder.objects.latest("pk").chosen["decision"] == "proposal:1"
    check(action)


@pytest.mark.paragraph("9701.343#2")
@pytest.mark.parametrize(
    ("former", "basic", "code"),
    [
        (55_006, 49_505, "reduction_over_10"),
        (60_000, 53_999, "reduction_over_10"),
        (45_556, 42_138, "below_band_minimum"),
        (42_139, 42_138, "below_band_minimum"),
        (60_000, 60_000, "no_effect"),
        (60_000, 60_001, "no_effect"),
    ],
)
def test_a_reduction_outside_its_limits_changes_nothing(
    band: Band, former: int, basic: int, code: str
) -> None:
    assert refused(reduce, make_paid_employee(band, former), basic) == code


@pytest.mark.paragraph("9701.343#1")
@pytest.mark.parametrize("reason", ["reorganization", "length_of_service", ""])
def test_no_other_reason_reduces_pay(band: Band, reason: str) -> None:
    person = make_paid_employee(band, 60_000)
    assert refused(reduce, person, 58_000, reason=reason) == "not_adverse_action"


@pytest.mark.paragraph("9701.343#1")
@pytest.mark.paragraph("9701.343#3")
def test_a_reduction_needs_a_decision_delivered_by_its_date(band: Band) -> None:
    person = make_paid_employee(band, 60_000)
    assert refused(reduce, person, 58_000, decision=None) == "not_adverse_action"
    tomorrow = AdverseDecision(reference="x", delivered_on=date(2007, 3, 8))
    assert refused(reduce, person, 58_000, decision=tomorrow) == "invalid_decision"
    Coverage.objects.filter(subpart="F").update(effective=date(2007, 3, 8))
    assert refused(reduce, person, 58_000) == "not_covered"


@pytest.mark.parametrize(("basic", "retained"), [(70_001, True), (70_000, False)])
def test_a_retained_rate_ends_at_the_maximum(band: Band, basic: int, retained: bool) -> None:
    person = make_paid_employee(band, 75_000, retained=True)
    action = reduce(person, basic)
    assert action.retained is retained
    check(action)


# -- special increases, by R22


@pytest.mark.paragraph("9701.344#1")
@pytest.mark.parametrize(
    ("basic", "given", "after"),
    [
        (60_000, {"percent": Decimal(4)}, 62_400),
        (60_000, {"amount": 2_400}, 62_400),
        (67_545, {"amount": 3_000}, 70_000),
        (69_999, {"amount": 1}, 70_000),
        (55_005, {"percent": Decimal("0.01")}, 55_011),
    ],
)
def test_a_special_increase_stops_at_the_maximum(
    band: Band, basic: int, given: dict[str, Any], after: int
) -> None:
    person = make_paid_employee(band, basic, area="RUS")
    action = increase(person, **given)
    assert (action.kind, action.rule, action.step) == ("within_band_increase", "R22", 5)
    assert action.basic_after == after
    assert not action.lump_sum
    assert action.amount is None
    assert action.supplement_percent == Decimal("12.5")
    check(action)


@pytest.mark.paragraph("9701.344#1")
@pytest.mark.paragraph("9701.344#2")
@pytest.mark.parametrize(
    ("basic", "retained", "given", "code"),
    [
        (70_000, False, {"amount": 1}, "no_effect"),
        (75_000, True, {"amount": 1}, "no_effect"),
        (60_000, False, {"amount": 1, "reason": "length_of_service"}, "length_of_service"),
        (60_000, False, {"amount": 1, "reason": "tenure"}, "length_of_service"),
        (60_000, False, {"amount": 1, "reason": "time_in_grade"}, "length_of_service"),
        (60_000, False, {"amount": 1, "reason": "ten years of service"}, "reason_required"),
        (60_000, False, {"amount": 1, "reason": ""}, "reason_required"),
        (60_000, False, {"amount": 0}, "invalid_input"),
        (60_000, False, {"amount": -1}, "invalid_input"),
        (60_000, False, {"amount": 1, "percent": Decimal(1)}, "invalid_input"),
        (60_000, False, {}, "invalid_input"),
        (60_000, False, {"percent": Decimal("0.0001")}, "no_effect"),
    ],
)
def test_what_is_no_special_increase_changes_nothing(
    band: Band, basic: int, retained: bool, given: dict[str, Any], code: str
) -> None:
    person = make_paid_employee(band, basic, retained=retained)
    assert refused(increase, person, **given) == code


@pytest.mark.paragraph("9701.344#1")
def test_the_entry_band_has_no_special_increase(entry: Band) -> None:
    person = make_paid_employee(entry, 40_000)
    assert refused(increase, person, amount=1_000) == "entry_band_excluded"


@pytest.mark.paragraph("9701.344#1")
def test_an_unacceptable_rating_bars_it_unless_the_directive_allows_it(band: Band) -> None:
    person = make_paid_employee(band, 60_000)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    assert refused(increase, person, amount=1_000) == "not_eligible"
    issue_directive(
        number="DIR-9",
        title="Increases",
        effective=DAY,
        signed_by="The Secretary",
        values={"withinband.unacceptable": "allow"},
    )
    action = increase(person, amount=1_000)
    assert (action.basic_after, "withinband.unacceptable" in action.policy) == (61_000, True)
    check(action)


def test_a_better_rating_lifts_the_bar(band: Band) -> None:
    person = make_paid_employee(band, 60_000)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    rate(person, "ME", issued=DAY, period_end=date(2006, 9, 30), kind="additional")
    assert increase(person, amount=1_000).basic_after == 61_000


# -- developmental steps, by R23


@pytest.mark.paragraph("9701.345#1")
@pytest.mark.parametrize(
    ("basic", "given", "after"),
    [
        (34_000, {"percent": Decimal(6)}, 36_040),
        (34_000, {"amount": 2_040}, 36_040),
        (43_000, {"percent": Decimal(6)}, 44_000),
    ],
)
def test_a_certified_step_raises_pay_up_to_the_maximum(
    entry: Band, basic: int, given: dict[str, Any], after: int
) -> None:
    action = step(make_paid_employee(entry, basic), **given)
    assert (action.kind, action.rule, action.step) == ("developmental", "R23", 5)
    assert action.basic_after == after
    check(action)


@pytest.mark.paragraph("9701.345#1")
@pytest.mark.paragraph("9701.345#2")
@pytest.mark.parametrize(
    ("basic", "given", "code"),
    [
        (34_000, {"certified": ()}, "not_eligible"),
        (34_000, {"certified": ("Academy",), "points": ("Academy", "Rifle")}, "not_eligible"),
        (34_000, {"certified": (), "pace": Pace(18, 18, "")}, "not_eligible"),
        (34_000, {"pace": Pace(12, 18, "")}, "reason_required"),
        (34_000, {"percent": None}, "invalid_input"),
        (34_000, {"percent": Decimal(0)}, "invalid_input"),
        (44_000, {}, "no_effect"),
    ],
)
def test_time_alone_releases_no_step(
    entry: Band, basic: int, given: dict[str, Any], code: str
) -> None:
    person = make_paid_employee(entry, basic)
    assert refused(step, person, **{"percent": Decimal(6), **given}) == code


@pytest.mark.paragraph("9701.345#1")
def test_other_bands_and_the_unacceptable_have_no_steps(band: Band, entry: Band) -> None:
    assert refused(step, make_paid_employee(band, 50_000), amount=1_000) == "not_eligible"
    person = make_paid_employee(entry, 34_000)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    assert refused(step, person, amount=1_000) == "not_eligible"


@pytest.mark.paragraph("9701.345#2")
def test_an_early_step_keeps_its_reason(entry: Band) -> None:
    person = make_paid_employee(entry, 34_000)
    action = step(person, amount=1_000, pace=Pace(12, 18, "Top of the class"))
    assert "Top of the class" in " ".join(timeline(person, on=DAY).events[0].step.lines)  # type: ignore[union-attr]
    check(action)


# -- special payments, by R31


@pytest.mark.parametrize(
    ("kind", "citation"),
    [("skills", "9701.361"), ("assignment", "9701.362"), ("staffing", "9701.363")],
)
def test_a_special_payment_is_money_beside_a_rate_that_stays(
    band: Band, kind: str, citation: str
) -> None:
    senior = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    person = make_paid_employee(band, 62_000, area="RUS")
    before = PayRate.objects.get(employee=person)
    action = pay(person, "3000.50", kind=kind)
    assert (action.kind, action.rule, action.citation) == ("special_payment", "R31", citation)
    assert (action.amount, action.lump_sum) == (Decimal("3000.50"), Decimal(0))
    assert (action.basic_before, action.basic_after) == (62_000, 62_000)
    after = PayRate.objects.filter(employee=person).latest("starts")
    assert (after.basic, after.adjusted, after.uncapped, after.retained) == (
        before.basic, before.adjusted, before.uncapped, before.retained,
    )  # fmt: skip
    assert not DeniedIncrease.objects.exists()
    check(action)
    # 62,000 x 1.08, not 65,000.50 x 1.08.
    up = promote(
        person, position=position_in(senior), effective=date(2007, 3, 8), actor=SYSTEM,
        authority="Merit", on=date(2007, 3, 8),
    )  # fmt: skip
    assert (up.basic_after, up.amount) == (66_960, None)


def test_the_cap_and_a_retained_rate_do_not_touch_it(band: Band) -> None:
    make_locality("DC", "20")
    top = make_band("LE-SUP", minimum=78_250, maximum=130_000, level="supervisory", rank=4)
    capped = pay(make_paid_employee(top, 128_000, area="DC"), "5000")
    assert (capped.adjusted, capped.uncapped) == (150_000, 153_600)
    assert capped.amount == Decimal(5_000)
    retained = pay(make_paid_employee(band, 75_000, retained=True))
    assert (retained.basic_after, retained.retained) == (75_000, True)
    check(retained)


@pytest.mark.parametrize(
    ("amount", "kind", "code"),
    [
        ("0", "skills", "invalid_input"),
        ("-1", "skills", "invalid_input"),
        ("1.001", "skills", "invalid_input"),
        ("1", "valor", "invalid_parameter"),
    ],
)
def test_what_is_no_special_payment_changes_nothing(
    band: Band, amount: str, kind: str, code: str
) -> None:
    assert refused(pay, make_paid_employee(band, 60_000), amount, kind=kind) == code


# -- who may


@pytest.mark.parametrize("act", ["reduce", "increase", "step", "pay"])
@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.HR_SPECIALIST, None),
        (Role.PAY_SPECIALIST, None),
        (Role.AUDITOR, "not_authorized"),
        (None, "not_authorized"),
    ],
)
def test_hr_and_the_pay_office_set_pay_but_never_their_own(
    band: Band, entry: Band, act: str, role: Role | None, code: str | None
) -> None:
    office = make_organization("OFFICE")
    held = entry if act == "step" else band
    basic = 34_000 if act == "step" else 60_000
    person = make_paid_employee(held, basic, organization=office, user=True)
    other = make_paid_employee(held, basic, organization=office, user=True)
    assert other.user is not None
    assert person.user is not None
    acts: dict[str, Callable[..., PayAction]] = {
        "reduce": lambda who, **more: reduce(who, 58_000, **more),
        "increase": lambda who, **more: increase(who, amount=1_000, **more),
        "step": lambda who, **more: step(who, amount=1_000, **more),
        "pay": lambda who, **more: pay(who, **more),
    }
    for user in (person.user, other.user):
        if role is not None:
            grant_role(user, role, organization=office)
    if code is None:
        assert acts[act](person, actor=Actor(user=other.user)).actor == other.user
        with pytest.raises(Refused) as own:
            acts[act](person, actor=Actor(user=person.user))
        assert own.value.code == "own_record"
    else:
        with pytest.raises(Refused) as refusal:
            acts[act](person, actor=Actor(user=other.user))
        assert refusal.value.code == code


@pytest.mark.parametrize("act", [reduce, increase, step, pay])
def test_nothing_is_set_on_an_old_form(band: Band, act: Callable[..., PayAction]) -> None:
    person = make_paid_employee(band, 60_000)
    given: dict[str, Any] = {} if act is pay else {"amount": 1_000}
    given = {"basic": 58_000} if act is reduce else given
    assert refused(act, person, version=99, **given) == "stale_form"
