"""A pay pool is established by a directive, with a manager and the points of each level (R15)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from governance.models import Directive
from governance.services.directives import issue_directive
from pay.models import PayPool, PointPattern
from pay.services.establish_pool import establish_pool
from performance.services.systems import ensure_system
from regulation.refusals import Refused
from tests.factories import grant_role, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground

pytestmark = [pytest.mark.django_db, pytest.mark.paragraph("9701.342(b)(1)")]

DAY = date(2007, 1, 7)
POINTS = {"AE": 4, "EE": 2, "ME": 1, "U": 0}


@pytest.fixture
def directive() -> Directive:
    make_ground()
    ensure_system()
    return issue_directive(
        number="D-8", title="Pay pools", effective=DAY, signed_by="The Secretary", values={}
    )


def establish(directive: Directive | None, **more: Any) -> PayPool:
    given: dict[str, Any] = {
        "code": "P1", "title": "Pool of the office", "manager": make_user(),
        "points": POINTS, "effective": DAY, "actor": SYSTEM, "on": DAY, **more,
    }  # fmt: skip
    return establish_pool(given.pop("code"), directive=directive, **given)


def code_of(directive: Directive | None, **more: Any) -> str:
    pools = PayPool.objects.count()
    with pytest.raises(Refused) as refusal:
        establish(directive, **more)
    assert PayPool.objects.count() == pools
    return refusal.value.code


def test_a_directive_in_effect_establishes_a_pool_with_its_manager(directive: Directive) -> None:
    manager = make_user()
    pool = establish(directive, manager=manager)
    assert (pool.manager, pool.directive, pool.starts) == (manager, directive, DAY)
    assert PointPattern.objects.get(pool=pool).starts == DAY
    assert Entry.objects.get(act="establish_pool").detail["directive"] == "D-8"


def test_before_its_directive_or_without_one_there_is_no_pool(directive: Directive) -> None:
    assert code_of(None) == "directive_required"
    assert code_of(directive, effective=date(2007, 1, 6)) == "directive_required"
    draft = Directive.objects.create(number="D-9", title="A draft", effective=DAY)
    assert code_of(draft) == "directive_required"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"manager": None}, "record_incomplete"),
        ({"code": " "}, "record_incomplete"),
        ({"title": ""}, "record_incomplete"),
        ({"points": {**POINTS, "U": 1}}, "zero_points_required"),
        ({"points": {"AE": 4, "U": 0}}, "invalid_parameter"),
    ],
)
def test_what_is_no_pool_is_refused(directive: Directive, more: dict[str, Any], code: str) -> None:
    assert code_of(directive, **more) == code


def test_a_code_names_one_pool(directive: Directive) -> None:
    establish(directive)
    assert code_of(directive) == "duplicate_open"


@pytest.mark.parametrize(
    ("role", "code"), [(Role.PAY_SPECIALIST, None), (Role.HR_SPECIALIST, "not_authorized")]
)
def test_the_pay_office_of_the_organization_establishes_it(
    directive: Directive, role: Role, code: str | None
) -> None:
    office, user = make_organization(), make_user()
    grant_role(user, role, organization=office)
    given = {"organization": office, "actor": Actor(user=user)}
    if code is None:
        assert establish(directive, **given).organization == office
    else:
        assert code_of(directive, **given) == code
