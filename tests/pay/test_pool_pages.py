"""Pay pools: a new pattern and its refusals, who is in no pool, and the money of each payout."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from casework.actor import Actor
from pay.models import PointPattern, PoolMembership, RunState
from pay.queries.pool_pages import people_in_no_pool
from pay.services.runs.drafting import change_plan, draft_run
from pay.services.set_pattern import set_pattern
from regulation import clock
from regulation.refusals import Refused
from tests.factories import grant_role, make_organization, make_user
from tests.pay.runs.department import EFFECTIVE, ON, PERIOD_END, Department, make_department

pytestmark = pytest.mark.django_db

NEXT = ON + timedelta(days=13)


@pytest.fixture
def department(db: None) -> Department:
    return make_department()


def points(**changed: str) -> dict[str, Decimal]:
    said = {"AE": "4", "EE": "2", "ME": "1", "U": "0"} | changed
    return {level: Decimal(value) for level, value in said.items()}


def code_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.paragraph("9701.342(c)(1)", "9701.342(c)(2)", "9701.342(c)(3)")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"U": "0.5"}, "zero_points_required"),
        ({"ME": "-1"}, "invalid_parameter"),
    ],
)
def test_an_invalid_pattern_is_refused_and_nothing_is_kept(
    department: Department, said: dict[str, str], code: str
) -> None:
    pool, actor, before = department.pools["P1"], Actor(user=department.drafter), _patterns()
    values = points(**said)
    assert (
        code_of(lambda: set_pattern(pool, points=values, starts=NEXT, actor=actor, on=ON)) == code
    )
    missing = {level: value for level, value in points().items() if level != "EE"}
    assert (
        code_of(lambda: set_pattern(pool, points=missing, starts=NEXT, actor=actor, on=ON))
        == "invalid_parameter"
    )
    assert _patterns() == before


def _patterns() -> int:
    return PointPattern.objects.count()


@pytest.mark.paragraph("9701.342(c)(1)", "9701.342(c)(2)")
def test_a_pattern_holds_from_its_date_and_a_lesser_better_level_is_warned_of(
    department: Department,
) -> None:
    pool, actor = department.pools["P1"], Actor(user=department.drafter)
    assert set_pattern(pool, points=points(), starts=NEXT, actor=actor, on=ON) == []
    later = NEXT + timedelta(days=14)
    warnings = set_pattern(pool, points=points(AE="2", EE="4"), starts=later, actor=actor, on=ON)
    assert warnings == ["AE has fewer points than EE."]
    again = points()
    assert (
        code_of(lambda: set_pattern(pool, points=again, starts=NEXT, actor=actor, on=ON))
        == "duplicate_open"
    )
    yesterday = ON - timedelta(days=1)
    assert (
        code_of(lambda: set_pattern(pool, points=again, starts=yesterday, actor=actor, on=ON))
        == "retroactive"
    )


def test_only_a_pay_specialist_over_the_pool_sets_its_pattern(department: Department) -> None:
    pool = department.pools["P1"]
    root = make_organization()
    pool.organization = make_organization(parent=root)
    pool.save()
    elsewhere = make_user()
    grant_role(elsewhere, Role.PAY_SPECIALIST, organization=make_organization(parent=root))
    for user in (elsewhere, make_user()):
        actor = Actor(user=user)
        assert (
            code_of(
                lambda actor=actor: set_pattern(
                    pool, points=points(), starts=NEXT, actor=actor, on=ON
                )
            )
            == "not_authorized"
        )


@pytest.mark.paragraph("9701.342(b)(3)")
def test_pattern_and_money_of_a_certified_payout_are_locked(department: Department) -> None:
    department.hire("Lee", basic=50_000, level="ME", pool="P1")
    plan = department.payout_plan({"P1": "1000.00"})
    actor = Actor(user=department.drafter)
    run = draft_run(
        plan, title="January", effective=EFFECTIVE + timedelta(days=28), actor=actor, on=ON
    )
    pool = department.pools["P1"]
    set_pattern(pool, points=points(AE="5"), starts=NEXT, actor=actor, on=ON)
    type(run).objects.filter(pk=run.pk).update(
        state=RunState.APPROVED, approved_by=department.approver
    )
    run = type(run).objects.get(pk=run.pk)
    day = NEXT + timedelta(days=1)
    assert (
        code_of(lambda: set_pattern(pool, points=points(), starts=day, actor=actor, on=ON))
        == "run_locked"
    )
    more = department.payout_plan({"P1": "1000.01"})
    with pytest.raises(Refused):
        change_plan(
            run,
            plan=more,
            title="January",
            effective=run.effective,
            actor=actor,
            on=ON,
            version=run.version,
        )
    after = run.effective + timedelta(days=1)
    assert set_pattern(pool, points=points(), starts=after, actor=actor, on=ON) == []


@pytest.mark.paragraph("9701.342(b)(2)", "9701.342(a)(1)#1")
def test_whom_no_pool_holds_is_found_and_nobody_of_the_entry_band(
    department: Department,
) -> None:
    department.hire("Member", basic=50_000, pool="P1")
    alone = department.hire("Alone", basic=50_000)
    department.hire("Entry", basic=31_000, band=department.developmental)
    moved = department.hire("Moved", basic=50_000)
    PoolMembership.objects.create(
        pool=department.pools["P2"], employee=moved, period=(PERIOD_END + timedelta(days=1), None)
    )
    found = people_in_no_pool(on=PERIOD_END)
    assert {each.name for each in found.rows} == {"Alone, Robin", "Moved, Robin"}
    assert [each.number for each in people_in_no_pool(on=ON).rows] == [alone.number]
    assert people_in_no_pool(on=date(2004, 1, 1)).count == 0


# The pages


def ask(client: Client, user: User, address: str, **sent: Any) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with clock.use_clock(clock.at_noon(ON)):
        return client.post(address, sent) if sent else client.get(address)


@pytest.mark.paragraph("9701.342(b)(4)")
def test_the_page_shows_members_points_money_and_what_was_weighed(
    department: Department, client: Client
) -> None:
    department.hire("Lee", basic=50_000, level="ME", pool="P1")
    draft_run(
        department.payout_plan({"P1": "260000.00"}),
        title="January",
        effective=EFFECTIVE,
        actor=Actor(user=department.drafter),
        on=ON,
    )
    listed = ask(client, department.drafter, reverse("pay:pools")).content.decode()
    assert "$260,000.00" in listed
    assert "AE 4" in listed
    pool = department.pools["P1"]
    one = ask(client, department.drafter, reverse("pay:pool", args=[pool.pk])).content.decode()
    assert "Chief Human Capital Officer" in one
    assert "$1,000.00" in one
    assert "$500.00" in one


def test_a_pattern_is_set_on_the_page_and_a_refused_one_keeps_what_was_typed(
    department: Department, client: Client
) -> None:
    address = reverse("pay:pool", args=[department.pools["P1"].pk])
    typed = {"starts": NEXT.isoformat(), "points_AE": "2", "points_EE": "4", "points_ME": "1"}
    refused = ask(client, department.drafter, address, form_key=str(uuid4()), points_U="1", **typed)
    assert refused.status_code == 422
    assert "carries no points" in refused.content.decode()
    assert 'value="4"' in refused.content.decode()
    answer = ask(client, department.drafter, address, form_key=str(uuid4()), points_U="0", **typed)
    assert answer.status_code == 302
    assert PointPattern.objects.get(starts=NEXT).points["EE"] == "4"
    shown = ask(client, department.drafter, address).content.decode()
    assert "AE has fewer points than EE." in shown
