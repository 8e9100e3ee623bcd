"""Promotion, reassignment, separation and the cap, through the services."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, Entry
from classification.models import Band, MovementRule, Position
from governance.models import Coverage
from governance.services.directives import issue_directive
from pay.models import DeniedIncrease, ExecutiveSchedule, PayAction, PayOrder, PayRate, Supplement
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.demote import demote
from pay.services.executive_schedule import set_executive_schedule
from pay.services.promote import promote
from pay.services.reassign import reassign
from pay.services.separate import separate
from pay.services.start_pay import start_pay
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_band,
    make_employee,
    make_organization,
    make_position,
    make_series,
)
from tests.pay.factories import (
    SYSTEM,
    make_ground,
    make_locality,
    make_paid_employee,
    position_in,
    rate,
)
from workforce.models import Assignment, Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 3, 4)
CASE_DAY = date(2007, 1, 7)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def senior(band: Band) -> Band:
    return make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)


def up(employee: Employee, to: Band, on: date = DAY, **extra: object) -> PayAction:
    return promote(
        employee,
        position=position_in(to),
        effective=on,
        actor=SYSTEM,
        authority="Order",
        on=on,
        **extra,  # type: ignore[arg-type]
    )


def move(employee: Employee, on: date = DAY, **extra: object) -> PayAction:
    return reassign(
        employee,
        effective=on,
        actor=SYSTEM,
        authority="Order",
        on=on,
        **extra,  # type: ignore[arg-type]
    )


def check(action: PayAction) -> None:
    replayed = replay(action.rule, action.rule_version, action.inputs)
    assert (replayed["basic"], replayed["adjusted"]) == (action.basic_after, action.adjusted)
    assert disagreements(on=action.effective) == []


@pytest.mark.paragraph("9701.353(a)#1")
@pytest.mark.paragraph("9701.353(a)#2")
@pytest.mark.paragraph("9701.353(c)#1")
@pytest.mark.paragraph("9701.353(c)#2")
@pytest.mark.parametrize(
    ("basic", "retained", "after", "rule"),
    [
        (62_000, False, 66_960, "R25"),
        (50_003, False, 64_500, "R25"),
        (74_000, True, 75_600, "R26"),
        (78_000, True, 78_000, "R26"),
    ],
)
def test_a_promotion_sets_the_rate_and_moves_the_assignment(
    band: Band, senior: Band, basic: int, retained: bool, after: int, rule: str
) -> None:
    person = make_paid_employee(band, basic, retained=retained)
    action = up(person, senior)
    assert (action.kind, action.rule, action.basic_after) == ("promotion", rule, after)
    assert (action.band_id, action.retained) == (senior.pk, False)
    held = Assignment.objects.get(employee=person, period__contains=DAY)
    assert held.position.decisions.get().band == senior
    assert Assignment.objects.filter(employee=person).count() == 2
    assert Entry.objects.filter(subject=person.subject, act="promotion").count() == 1
    check(action)


def circumstances(listed: dict[str, str] | None) -> None:
    issue_directive(
        number="D-7",
        title="Promotions",
        effective=date(2007, 1, 1),
        signed_by="The Secretary",
        values={"promotion.circumstances": listed},
    )


def down(employee: Employee, to: Band, on: date, **extra: object) -> PayAction:
    given = {"basis": "voluntary", **extra}
    return demote(
        Employee.objects.get(pk=employee.pk), position=position_in(to), effective=on, on=on,
        actor=SYSTEM, authority="Order", **given,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.paragraph("9701.353(b)(2)")
@pytest.mark.parametrize(
    ("listed", "start", "after", "citation"),
    [
        # Demoted at 66,000, repromoted: the directive's 3 % is 67,980, not 8 % or 71,280.
        ({"repromotion": "0.03"}, "senior", 67_980, "9701.353(b)(2)"),
        ({"repromotion": "0"}, "senior", 66_000, "9701.353(b)(2)"),
        # 66,000 x 1.0301 = 67,986.6, half up
        ({"repromotion": "0.0301"}, "senior", 67_987, "9701.353(b)(2)"),
        # Demoted from a higher band than the one of the repromotion.
        ({"repromotion": "0.03"}, "top", 67_980, "9701.353(b)(2)"),
        # Never demoted, or no formula in the directive: 8 percent.
        ({"repromotion": "0.03"}, "band", 71_280, "9701.353(a)"),
        ({}, "senior", 71_280, "9701.353(a)"),
        ({"lateral_entry": "0.03"}, "senior", 71_280, "9701.353(a)"),
    ],
)
def test_a_repromotion_takes_the_directive_s_formula(
    band: Band, senior: Band, listed: dict[str, str], start: str, after: int, citation: str
) -> None:
    circumstances(listed)
    top = make_band("LE-SUP", minimum=65_000, maximum=121_700, level="supervisory", rank=4)
    first = {"band": band, "senior": senior, "top": top}[start]
    person = make_paid_employee(first, 66_000)
    if start != "band":
        down(person, band, date(2007, 2, 4), basic=66_000)
    action = up(Employee.objects.get(pk=person.pk), senior)
    assert (action.basic_after, action.citation) == (after, citation)
    check(action)


@pytest.mark.paragraph("9701.353(b)(2)")
def test_the_name_alone_is_no_repromotion(band: Band, senior: Band) -> None:
    circumstances({"repromotion": "0"})
    assert up(make_paid_employee(band, 62_000), senior, reason="repromotion").basic_after == 66_960


@pytest.mark.paragraph("9701.353(b)(2)")
def test_a_demotion_from_a_lower_band_than_the_new_one_is_no_repromotion(
    band: Band, senior: Band
) -> None:
    circumstances({"repromotion": "0"})
    entry = make_band("LE-ED", minimum=30_000, maximum=64_000, level="entry_developmental", rank=1)
    person = make_paid_employee(band, 62_000)
    down(person, entry, date(2007, 2, 4), basic=62_000)
    assert up(Employee.objects.get(pk=person.pk), senior).basic_after == 66_960


@pytest.mark.paragraph("9701.353(b)(2)")
def test_a_temporary_promotion_that_ended_is_no_demotion(band: Band, senior: Band) -> None:
    circumstances({"repromotion": "0"})
    person = make_paid_employee(band, 62_000)
    up(person, senior, date(2007, 1, 21), temporary=True)
    fresh = Employee.objects.get(pk=person.pk)
    demote(
        fresh, position=position_of_record(fresh), basis="temporary_promotion_ended",
        effective=date(2007, 2, 4), on=date(2007, 2, 4), actor=SYSTEM, authority="Order",
    )  # fmt: skip
    assert up(Employee.objects.get(pk=person.pk), senior).basic_after == 66_960


def position_of_record(employee: Employee) -> Position:
    held = Assignment.objects.filter(employee=employee, kind="permanent").latest("id")
    return held.position


@pytest.mark.paragraph("9701.353(b)(3)")
@pytest.mark.parametrize(
    ("listed", "reason", "after", "citation"),
    [
        ({"short_of_the_maximum": "0.05"}, "short_of_the_maximum", 65_100, "9701.353(b)(3)"),
        ({"short_of_the_maximum": "0"}, "short_of_the_maximum", 64_500, "9701.353(b)(3)"),
        ({"scarce": "0.12"}, "scarce", 69_440, "9701.353(b)(3)"),
        ({"scarce": "0.12"}, "merit", 66_960, "9701.353(a)"),
        ({}, "scarce", 66_960, "9701.353(a)"),
    ],
)
def test_a_circumstance_on_the_list_has_its_own_increase(
    band: Band, senior: Band, listed: dict[str, str], reason: str, after: int, citation: str
) -> None:
    circumstances(listed)
    action = up(make_paid_employee(band, 62_000), senior, reason=reason)
    assert (action.basic_after, action.citation) == (after, citation)
    assert action.policy["promotion.circumstances"]["directive"] == "D-7"
    check(action)


@pytest.mark.paragraph("9701.353(b)(3)")
def test_without_a_list_in_force_no_promotion_is_figured(band: Band, senior: Band) -> None:
    circumstances(None)
    with pytest.raises(Refused) as refusal:
        up(make_paid_employee(band, 62_000), senior)
    assert refusal.value.code == "parameter_missing"


@pytest.mark.paragraph("9701.353(c)#3")
def test_a_retained_rate_above_the_new_maximum_goes_on(band: Band) -> None:
    higher = make_band("LE-SE", minimum=60_000, maximum=75_000, rank=3)
    person = make_paid_employee(band, 78_000, retained=True)
    action = up(person, higher)
    assert (action.basic_after, action.retained) == (78_000, True)
    check(action)


@pytest.mark.paragraph("9701.353(b)(1)")
def test_out_of_the_entry_band_the_plan_gives_the_percentage(band: Band) -> None:
    entry = make_band("LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)
    person = make_paid_employee(entry, 40_000)
    with pytest.raises(Refused) as refusal:
        up(person, band)
    assert refusal.value.code == "parameter_missing"
    action = up(person, band, percent=Decimal(5))
    assert (action.basic_after, action.citation) == (42_000, "9701.353(b)(1)")
    check(action)


@pytest.mark.paragraph("9701.353(a)#1")
def test_less_than_eight_percent_is_refused(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 62_000)
    with pytest.raises(Refused) as refusal:
        up(person, senior, percent=Decimal("7.99"))
    assert refusal.value.code == "invalid_parameter"
    assert PayOrder.objects.filter(employee=person).count() == 1
    assert Assignment.objects.filter(employee=person).count() == 1


def test_a_move_down_or_aside_is_no_promotion(band: Band, senior: Band) -> None:
    person = make_paid_employee(senior, 70_000)
    for to in (band, senior):
        with pytest.raises(Refused) as refusal:
            up(person, to)
        assert refusal.value.code == "not_a_promotion"


@pytest.mark.paragraph("9701.355")
def test_between_clusters_the_directive_says_which_way(band: Band) -> None:
    other = make_band("SC-FP", minimum=50_000, maximum=85_000, cluster="SC")
    person = make_paid_employee(band, 55_000)
    with pytest.raises(Refused) as refusal:
        move(person, position=position_in(other))
    assert refusal.value.code == "movement_unmapped"
    MovementRule.objects.create(
        from_band=band, to_band=other, direction="lateral", starts=date(2000, 1, 1)
    )
    action = move(person, position=position_in(other))
    assert (action.kind, action.basic_after, action.rule) == ("reassignment", 55_000, "R28")
    check(action)


@pytest.mark.paragraph("9701.355")
@pytest.mark.paragraph("9701.356(a)")
@pytest.mark.parametrize(
    ("minimum", "maximum", "reason", "after", "retained"),
    [
        (56_000, 85_000, "voluntary", 56_000, False),
        (40_000, 54_999, "management_directed", 55_000, True),
        (40_000, 54_999, "voluntary", 54_999, False),
        (40_000, 55_000, "management_directed", 55_000, False),
    ],
)
def test_a_lateral_rate_is_kept_within_the_range(
    band: Band, minimum: int, maximum: int, reason: str, after: int, retained: bool
) -> None:
    other = make_band("SC-FP", minimum=minimum, maximum=maximum, cluster="SC")
    MovementRule.objects.create(
        from_band=band, to_band=other, direction="lateral", starts=date(2000, 1, 1)
    )
    person = make_paid_employee(band, 55_000)
    action = move(person, position=position_in(other), reason=reason)
    assert (action.basic_after, action.retained) == (after, retained)
    check(action)


@pytest.mark.paragraph("9701.356(a)")
@pytest.mark.paragraph("9701.356(b)")
@pytest.mark.parametrize(
    ("former", "reason", "after", "retained"),
    [
        (66_000, "reduction_in_force", 66_000, False),
        (70_000, "reduction_in_force", 70_000, False),
        (74_000, "reduction_in_force", 74_000, True),
        (74_000, "reclassification", 74_000, True),
        (74_000, "voluntary", 70_000, False),
    ],
)
def test_in_a_lower_band_the_former_rate_is_kept_for_the_listed_reasons(
    band: Band, senior: Band, former: int, reason: str, after: int, retained: bool
) -> None:
    person = make_paid_employee(senior, former)
    action = move(person, position=position_in(band), reason=reason)
    assert (action.basic_after, action.retained, action.rule) == (after, retained, "R29")
    check(action)


@pytest.mark.paragraph("9701.332(a)#2")
@pytest.mark.paragraph("9701.304:locality-rate-supplement")
def test_another_duty_station_changes_only_the_supplement(band: Band) -> None:
    make_locality("RUS", "12.5")
    make_locality("DC", "20")
    person = make_paid_employee(band, 55_000, area="RUS")
    action = move(person, area="DC")
    assert (action.basic_after, action.adjusted, action.step) == (55_000, 66_000, 3)
    assert Assignment.objects.get(employee=person, period__contains=DAY).area == "DC"
    check(action)


@pytest.mark.paragraph("9701.357(d)")
@pytest.mark.parametrize(
    ("basic", "before", "after"), [(55_000, 64_900, 61_875), (70_000, 82_600, 78_750)]
)
def test_who_leaves_a_special_supplement_keeps_basic_pay_and_opens_no_case(
    band: Band, basic: int, before: int, after: int
) -> None:
    make_locality("RUS", "12.5")
    Supplement.objects.create(
        kind="special", key="IT", percent=18, band=band, period=(date(2000, 1, 1), None)
    )
    person = make_paid_employee(band, basic, area="RUS", category="IT")
    entered = PayRate.objects.get(employee=person)
    assert (entered.basic, entered.adjusted) == (basic, before)
    action = move(person, position=position_in(band), special_category="")
    assert (action.basic_after, action.adjusted, action.supplement_kind) == (
        basic, after, "locality",
    )  # fmt: skip
    assert not action.retained
    assert not DeniedIncrease.objects.exists()
    assert not Deadline.objects.exists()
    check(action)


def test_the_larger_of_locality_and_special_supplement_is_paid(band: Band) -> None:
    make_locality("RUS", "12.5")
    Supplement.objects.create(
        kind="special", key="IT", percent=18, band=band, period=(date(2000, 1, 1), None)
    )
    person = make_paid_employee(band, 55_000, area="RUS")
    action = move(person, special_category="IT")
    assert (action.adjusted, action.supplement_kind) == (64_900, "special")
    check(action)


@pytest.mark.parametrize("kind", ["promotion", "lateral"])
def test_what_becomes_of_denied_increases_in_a_move(band: Band, senior: Band, kind: str) -> None:
    below = make_paid_employee(band, 41_111)
    within = make_paid_employee(band, 55_000)
    for person in (below, within):
        rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=CASE_DAY, actor=SYSTEM, authority="D", on=CASE_DAY
    )
    for person in (below, within):
        action = up(person, senior) if kind == "promotion" else move(person, area="DC")
        check(action)
    states = list(DeniedIncrease.objects.order_by("pk").values_list("state", flat=True))
    clocks = list(Deadline.objects.values_list("state", flat=True))
    if kind == "promotion":
        assert (states, clocks) == (["closed", "closed"], ["cancelled"])
    else:
        assert (states, clocks) == (["open", "open"], ["open"])
        assert PayRate.objects.get(employee=below, starts=DAY).below_minimum


def test_by_parameter_a_promotion_leaves_the_other_denials_open(band: Band, senior: Band) -> None:
    issue_directive(
        number="D-9", title="t", effective=date(2007, 1, 1), signed_by="x",
        values={"denied.close_on_band_change": False},
    )  # fmt: skip
    for basic in (41_111, 55_000):
        person = make_paid_employee(band, basic)
        rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=CASE_DAY, actor=SYSTEM, authority="D", on=CASE_DAY
    )
    for person in Employee.objects.order_by("pk"):
        up(person, senior)
    states = DeniedIncrease.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["closed", "open"]


def test_a_separation_ends_the_rate_and_every_case(band: Band) -> None:
    person = make_paid_employee(band, 41_111)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=CASE_DAY, actor=SYSTEM, authority="D", on=CASE_DAY
    )
    action = separate(person, effective=DAY, actor=SYSTEM, authority="Resignation", on=DAY)
    assert (action.kind, action.basic_before, action.basic_after) == ("separation", 41_111, None)
    person = Employee.objects.get(pk=person.pk)
    assert (person.state, person.separated) == ("separated", DAY)
    assert not Assignment.objects.filter(employee=person, period__contains=DAY).exists()
    assert DeniedIncrease.objects.get().state == "closed"
    rate_then = rate_on(person, DAY)
    assert rate_then is not None
    assert rate_then.basic is None
    assert disagreements(on=DAY) == []
    with pytest.raises(Refused) as refusal:
        separate(person, effective=DAY, actor=SYSTEM, authority="x", on=DAY)
    assert refusal.value.code == "invalid_transition"
    with pytest.raises(Refused) as refusal:
        move(person, on=date(2007, 4, 1), area="DC")
    assert refusal.value.code == "not_employed"


@pytest.mark.paragraph("9701.312(a)")
def test_a_higher_cap_pays_the_difference_the_same_day_whatever_the_rating(band: Band) -> None:
    sup = make_band("LE-SUP", minimum=78_250, maximum=140_000, rank=4)
    make_locality("DC", "20")
    cut = make_paid_employee(sup, 128_000, area="DC")
    rate(cut, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    uncut = make_paid_employee(band, 55_000, area="DC")
    set_executive_schedule(
        effective=DAY, level_iii=152_000, level_ii=165_000, actor=SYSTEM, authority="E.O.", on=DAY
    )
    action = PayAction.objects.get(kind="cap_change")
    assert (action.employee_id, action.adjusted, action.basic_after) == (cut.pk, 152_000, 128_000)
    assert PayRate.objects.filter(employee=uncut).count() == 1
    check(action)


@pytest.mark.paragraph("9701.312(b)")
@pytest.mark.parametrize(("executive", "adjusted"), [(True, 163_500), (False, 150_000)])
def test_certification_lifts_the_cap_of_senior_executives_alone(
    band: Band, executive: bool, adjusted: int
) -> None:
    sup = make_band("LE-SUP", minimum=78_250, maximum=140_000, rank=4)
    make_locality("DC", "20")
    person = make_paid_employee(sup, 140_000, area="DC", senior_executive=executive)
    set_executive_schedule(effective=DAY, certified=True, actor=SYSTEM, authority="OPM", on=DAY)
    assert PayRate.objects.filter(employee=person).latest("starts").adjusted == adjusted
    assert ExecutiveSchedule.objects.get(level="II", starts=DAY).certified
    set_executive_schedule(
        effective=date(2008, 1, 6), certified=False, actor=SYSTEM, authority="OPM", on=DAY
    )
    assert PayRate.objects.filter(employee=person).latest("starts").adjusted == 150_000


def test_a_cap_below_basic_pay_is_refused_whole(band: Band) -> None:
    sup = make_band("LE-SUP", minimum=78_250, maximum=140_000, rank=4)
    make_paid_employee(sup, 140_000)
    with pytest.raises(Refused) as refusal:
        set_executive_schedule(
            effective=DAY, level_iii=139_999, actor=SYSTEM, authority="x", on=DAY
        )
    assert refusal.value.code == "above_executive_level"
    assert not ExecutiveSchedule.objects.filter(starts=DAY).exists()


@pytest.mark.parametrize("basic", [41_110, 70_001, 41_111, 70_000])
def test_starting_pay_lies_in_the_range(band: Band, basic: int) -> None:
    if 41_111 <= basic <= 70_000:
        check(PayAction.objects.get(employee=make_paid_employee(band, basic)))
        return
    with pytest.raises(Refused) as refusal:
        make_paid_employee(band, basic)
    assert refusal.value.code in ("below_band_minimum", "above_band_maximum")


def test_pay_is_started_once_and_only_in_a_position(band: Band) -> None:
    person = make_paid_employee(band, 50_000)
    stranger = make_employee()
    for who, code in ((person, "already_employed"), (stranger, "not_employed")):
        with pytest.raises(Refused) as refusal:
            start_pay(who, basic=50_000, effective=DAY, actor=SYSTEM, authority="x", on=DAY)
        assert refusal.value.code == code


@pytest.mark.parametrize("days", [-1, 0])
def test_no_action_is_dated_before_its_position_existed(
    band: Band, senior: Band, days: int
) -> None:
    person = make_paid_employee(band, 62_000)
    known = position_in(senior)
    position = make_position(
        known.organization, series=make_series(senior.cluster, "1896"), band=senior, effective=DAY
    )
    on = DAY + timedelta(days)
    before = PayAction.objects.count(), PayOrder.objects.count(), Assignment.objects.count()

    def to_it() -> PayAction:
        return promote(
            person, position=position, effective=on, actor=SYSTEM, authority="Order", on=DAY
        )

    if days == 0:
        assert to_it().basic_after == 66_960
        return
    acts = (to_it, lambda: move(person, on, position=position))
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert (refusal.value.code, refusal.value.citation) == ("record_incomplete", "9701.221")
    assert before == (
        PayAction.objects.count(), PayOrder.objects.count(), Assignment.objects.count(),
    )  # fmt: skip


@pytest.mark.paragraph("9701.302(a)")
def test_outside_subpart_c_pay_is_not_set(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 50_000)
    Coverage.objects.filter(subpart="C").update(rescinded=date(2007, 1, 1))
    with pytest.raises(Refused) as refusal:
        up(person, senior)
    assert (refusal.value.code, refusal.value.citation) == ("not_covered", "9701.102(c)")
    assert person.name in refusal.value.message
    with pytest.raises(Refused) as refusal:
        move(person, area="DC")
    assert refusal.value.code == "not_covered"
    assert Assignment.objects.filter(employee=person).count() == 1
    # What was dated before the rescission stands, and so does what is dated before it now.
    assert up(person, senior, date(2006, 12, 31)).basic_after == 64_500


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.HR_SPECIALIST, None),
        (Role.PAY_SPECIALIST, None),
        (Role.AUDITOR, "not_authorized"),
        (Role.ADMINISTRATOR, "not_authorized"),
        (None, "not_authorized"),
    ],
)
def test_hr_and_the_pay_office_of_the_organization_set_pay(
    band: Band, senior: Band, role: Role | None, code: str | None
) -> None:
    office = make_organization()
    person = make_paid_employee(band, 50_000, organization=office)
    official = make_employee().user
    assert official is not None
    if role:
        grant_role(official, role, organization=office)
    act = {
        "position": position_in(senior), "effective": DAY, "actor": Actor(user=official),
        "authority": "Order", "on": DAY,
    }  # fmt: skip
    if code is None:
        assert promote(person, **act).actor_id == official.pk  # type: ignore[arg-type]
        return
    with pytest.raises(Refused) as refusal:
        promote(person, **act)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert PayAction.objects.filter(employee=person).count() == 1


def test_nobody_sets_his_own_pay_nor_that_of_another_office(band: Band) -> None:
    office, other = make_organization(), make_organization()
    own = make_paid_employee(band, 50_000, organization=office, user=True)
    there = make_paid_employee(band, 50_000, organization=other)
    assert own.user is not None
    grant_role(own.user, Role.HR_SPECIALIST, organization=office)
    for person, code in ((own, "own_record"), (there, "not_authorized")):
        with pytest.raises(Refused) as refusal:
            reassign(
                person, effective=DAY, actor=Actor(user=own.user), authority="x", on=DAY, area="DC"
            )
        assert refusal.value.code == code


def test_a_temporary_promotion_leaves_the_position_of_record(band: Band, senior: Band) -> None:
    person = make_paid_employee(band, 62_000)
    up(person, senior, temporary=True)
    kinds = Assignment.objects.filter(employee=person, period__contains=DAY)
    assert sorted(kinds.values_list("kind", flat=True)) == ["permanent", "temporary_promotion"]


def test_the_rate_as_it_was_known_then(band: Band) -> None:
    from regulation import clock

    person = make_paid_employee(band, 55_000)
    known = clock.now()
    move(person, area="DC")
    then = rate_on(person, DAY, known=known)
    now = rate_on(person, DAY)
    assert then is not None
    assert now is not None
    assert (then.starts, now.starts) == (date(2000, 1, 3), DAY)
    assert rate_on(person, date(1999, 12, 31)) is None
