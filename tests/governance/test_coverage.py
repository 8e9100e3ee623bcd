"""Which subparts apply to whom, from when, by whose determination."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Role
from casework.actor import Actor
from governance.models import Coordination, CoordinationState, Coverage
from governance.queries.coverage import is_covered
from governance.services.coverage import determine_coverage, rescind_coverage
from regulation.refusals import Refused
from tests.factories import cover, grant_role, make_employee, make_user
from workforce.queries.coverage import is_covered as employee_is_covered
from workforce.queries.coverage import refuse_uncovered, regime

pytestmark = pytest.mark.django_db

NOTIFIED = date(2005, 9, 1)
EFFECTIVE = date(2006, 1, 8)


def cleared() -> Coordination:
    return Coordination.objects.create(
        paragraph="9701.102(b)",
        action="Apply",
        intended_effective=EFFECTIVE,
        noticed_on=date(2005, 5, 1),
        state=CoordinationState.CONCURRED,
        answered_on=date(2005, 5, 9),
    )


def determine(role: Role = Role.DESIGNEE, **changes: Any) -> Coverage:
    user = make_user()
    grant_role(user, role)
    arguments: dict[str, Any] = {
        "category": "GS",
        "subpart": "B",
        "effective": EFFECTIVE,
        "coordination": cleared(),
        "employees_notified_on": NOTIFIED,
        "labor_notified_on": NOTIFIED,
        "actor": Actor(user=user),
        "on": date(2005, 10, 1),
    }
    return determine_coverage(**(arguments | changes))


@pytest.mark.paragraph("9701.102(b)(1)")
@pytest.mark.parametrize(("on", "covered"), [(date(2005, 3, 2), False), (date(2005, 3, 3), True)])
def test_subpart_a_applies_by_itself_from_3_march_2005(on: date, covered: bool) -> None:
    assert is_covered("GS", subpart="A", on=on) is covered


@pytest.mark.paragraph("9701.102(b)(2)#2")
@pytest.mark.parametrize("subpart", ["E", "F", "G"])
@pytest.mark.parametrize(("on", "covered"), [(date(2005, 7, 31), False), (date(2005, 8, 1), True)])
def test_without_a_determination_e_f_and_g_start_on_1_august_2005(
    subpart: str, on: date, covered: bool
) -> None:
    assert is_covered("GS", subpart=subpart, on=on) is covered


@pytest.mark.paragraph("9701.102(b)(2)#1", "9701.102(b)(2)#2")
def test_an_earlier_date_for_e_is_determined_and_a_later_one_is_not_for_a_designee() -> None:
    determine(
        subpart="E",
        effective=date(2005, 7, 1),
        employees_notified_on=date(2005, 6, 1),
        labor_notified_on=date(2005, 6, 1),
        on=date(2005, 6, 15),
    )
    assert is_covered("GS", subpart="E", on=date(2005, 7, 1))
    with pytest.raises(Refused) as refused:
        determine(subpart="F", effective=date(2005, 8, 2))
    assert refused.value.code == "not_authorized"


@pytest.mark.paragraph("9701.102(b)(3)#2", "9701.102(c)#1")
def test_b_c_and_d_apply_only_to_the_category_and_from_the_date_determined() -> None:
    assert not is_covered("GS", subpart="B", on=date(2024, 1, 1))
    determine(subpart="D")
    assert not is_covered("GS", subpart="D", on=date(2006, 1, 7))
    assert is_covered("GS", subpart="D", on=date(2006, 1, 8))
    assert not is_covered("GS", subpart="B", on=date(2006, 1, 8))
    assert not is_covered("FWS", subpart="D", on=date(2006, 1, 8))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param(
            {"role": Role.HR_SPECIALIST}, "not_authorized",
            marks=pytest.mark.paragraph("9701.102(b)(3)#1"),
        ),
        pytest.param(
            {"coordination": None}, "coordination_required",
            marks=pytest.mark.paragraph("9701.102(b)(3)#1"),
        ),
        pytest.param(
            {"labor_notified_on": None}, "notice_required",
            marks=pytest.mark.paragraph("9701.102(b)(4)"),
        ),
        pytest.param(
            {"employees_notified_on": EFFECTIVE}, "notice_required",
            marks=pytest.mark.paragraph("9701.102(b)(4)"),
        ),
    ],
)  # fmt: skip
def test_a_determination_is_refused_and_leaves_no_row(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        determine(**changes)
    assert refused.value.code == code
    assert not Coverage.objects.exists()


@pytest.mark.paragraph("9701.102(b)(2)#1")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": Role.HR_SPECIALIST}, "not_authorized"),
        ({"role": Role.OPM_REVIEWER}, "not_authorized"),
        ({"coordination": None}, "coordination_required"),
    ],
)
@pytest.mark.parametrize("subpart", ["E", "F", "G"])
def test_the_start_of_e_f_and_g_is_a_coordinated_determination_of_the_designee(
    subpart: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        determine(subpart=subpart, effective=date(2005, 7, 1), on=date(2005, 6, 15), **changes)
    assert refused.value.code == code
    assert not Coverage.objects.exists()


@pytest.mark.paragraph("9701.102(a)#2")
@pytest.mark.parametrize("subpart", ["B", "C"])
@pytest.mark.parametrize("category", ["TSA", "STAFFORD", "USSS-UD", "CGA-FACULTY", "CG-MILITARY"])
def test_five_categories_never_get_b_or_c(category: str, subpart: str) -> None:
    with pytest.raises(Refused) as refused:
        determine(category=category, subpart=subpart)
    assert (refused.value.code, refused.value.citation) == ("not_eligible", "9701.102(a)")
    assert not Coverage.objects.exists()


@pytest.mark.paragraph("9701.102(a)#2")
def test_those_who_never_get_b_or_c_may_get_d() -> None:
    determine(category="TSA", subpart="D")
    assert is_covered("TSA", subpart="D", on=EFFECTIVE)


def test_what_applies_already_is_not_determined_again() -> None:
    determine()
    with pytest.raises(Refused) as refused:
        determine()
    assert refused.value.code == "duplicate_open"


@pytest.mark.paragraph("9701.102(e)#1", "9701.102(e)#3")
def test_a_rescission_ends_coverage_on_its_date_after_notice_before_the_decision() -> None:
    coverage = determine()
    user = make_user()
    grant_role(user, Role.DESIGNEE)
    decided = date(2007, 3, 1)
    arguments: dict[str, Any] = {
        "rescinded": date(2007, 6, 1),
        "coordination": cleared(),
        "employees_notified_on": date(2007, 2, 1),
        "labor_notified_on": date(2007, 2, 1),
        "actor": Actor(user=user),
        "on": decided,
    }
    for change, code in (
        ({"labor_notified_on": decided}, "notice_required"),
        ({"coordination": None}, "coordination_required"),
        ({"rescinded": decided}, "retroactive"),
        ({"actor": Actor(user=make_user())}, "not_authorized"),
    ):
        with pytest.raises(Refused) as refused:
            rescind_coverage(coverage, **(arguments | change))
        assert refused.value.code == code
    rescind_coverage(coverage, **arguments)
    assert is_covered("GS", subpart="B", on=date(2007, 5, 31))
    assert not is_covered("GS", subpart="B", on=date(2007, 6, 1))


@pytest.mark.paragraph("9701.102(c)#1")
def test_an_employee_stands_under_the_law_of_the_date() -> None:
    cover("general", "D", effective=EFFECTIVE)
    employee = make_employee()
    assert regime(employee, subpart="D", on=date(2006, 1, 7)) == "title 5"
    assert regime(employee, subpart="D", on=EFFECTIVE) == "part 9701"
    assert employee_is_covered(employee, subpart="D", on=EFFECTIVE)
    refuse_uncovered(employee, subpart="D", on=EFFECTIVE)
    with pytest.raises(Refused, match="Subpart B") as refused:
        refuse_uncovered(employee, subpart="B", on=EFFECTIVE)
    assert refused.value.code == "not_covered"
