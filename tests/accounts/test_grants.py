"""Which roles may be granted, to whom, by whom."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Organization, Role, RoleGrant, User
from accounts.queries.roles import administrators, holds_role, organizations_of, roles_of
from accounts.services.grants import refuse_grant
from regulation.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

START = date(2024, 10, 1)


@pytest.fixture
def admin() -> User:
    user = factories.make_user("admin")
    factories.grant_role(user, Role.ADMINISTRATOR)
    return user


@pytest.fixture
def office() -> Organization:
    return factories.make_organization("HQ")


def _grant(user: User, role: Role, **fields: object) -> RoleGrant:
    return RoleGrant(user=user, role=role, starts=START, **fields)


def test_an_administrator_grants_a_role_to_another(admin: User, office: Organization) -> None:
    refuse_grant(_grant(factories.make_user(), Role.HR_SPECIALIST, organization=office), by=admin)


def test_nobody_grants_himself_a_role(admin: User) -> None:
    with pytest.raises(Refused) as refused:
        refuse_grant(_grant(admin, Role.PAY_SPECIALIST), by=admin)
    assert refused.value.code == "own_record"


@pytest.mark.parametrize("role", [Role.DESIGNEE, Role.OPM_REVIEWER, Role.ADMINISTRATOR])
def test_a_role_over_the_department_has_no_organization(
    admin: User, office: Organization, role: Role
) -> None:
    user = factories.make_user()
    refuse_grant(_grant(user, role), by=admin)
    with pytest.raises(Refused, match="whole Department"):
        refuse_grant(_grant(user, role, organization=office), by=admin)


@pytest.mark.parametrize(
    ("held_until", "starts", "allowed"),
    [
        (None, START, False),
        (date(2024, 10, 1), START, False),
        (date(2024, 9, 30), START, True),
    ],
)
def test_the_same_role_is_not_held_twice_at_a_time(
    admin: User, office: Organization, held_until: date | None, starts: date, allowed: bool
) -> None:
    user = factories.make_user()
    held = factories.grant_role(user, Role.HR_SPECIALIST, organization=office)
    held.ends = held_until
    held.save()
    again = _grant(user, Role.HR_SPECIALIST, organization=office)
    if allowed:
        refuse_grant(again, by=admin)
    else:
        with pytest.raises(Refused, match="already"):
            refuse_grant(again, by=admin)


@pytest.mark.parametrize("role", [Role.HR_SPECIALIST, Role.PAY_SPECIALIST, Role.DESIGNEE])
def test_an_auditor_holds_no_role_that_acts(admin: User, role: Role) -> None:
    auditor, actor = factories.make_user(), factories.make_user()
    factories.grant_role(auditor, Role.AUDITOR)
    factories.grant_role(actor, role)
    with pytest.raises(Refused, match="never acts"):
        refuse_grant(_grant(auditor, role), by=admin)
    with pytest.raises(Refused, match="cannot audit"):
        refuse_grant(_grant(actor, Role.AUDITOR), by=admin)


def test_the_last_day_is_not_before_the_first(admin: User) -> None:
    grant = _grant(factories.make_user(), Role.AUDITOR, ends=date(2024, 9, 30))
    with pytest.raises(Refused, match="before the first"):
        refuse_grant(grant, by=admin)


def test_the_last_administrator_stays(admin: User) -> None:
    other = factories.make_user()
    held = RoleGrant.objects.get(user=admin)
    held.ends = START
    with pytest.raises(Refused, match="Somebody else must administer"):
        refuse_grant(held, by=other)
    factories.grant_role(other, Role.ADMINISTRATOR)
    refuse_grant(held, by=other)


def test_a_closed_account_administers_no_longer(admin: User) -> None:
    assert list(administrators(on=START)) == [admin]
    admin.is_active = False
    admin.save()
    assert not administrators(on=START).exists()


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (date(2024, 9, 30), False),
        (date(2024, 10, 1), True),
        (date(2024, 10, 31), True),
        (date(2024, 11, 1), False),
    ],
)
def test_a_role_is_held_from_its_first_through_its_last_day(on: date, held: bool) -> None:
    user = factories.make_user()
    RoleGrant.objects.create(user=user, role=Role.AUDITOR, starts=START, ends=date(2024, 10, 31))
    assert (Role.AUDITOR in roles_of(user, on=on)) is held


def test_a_role_over_an_organization_reaches_what_lies_under_it_and_nothing_beside() -> None:
    top = factories.make_organization("A")
    under = factories.make_organization("A1", parent=top)
    beside = factories.make_organization("A2")
    user = factories.make_user()
    factories.grant_role(user, Role.HR_SPECIALIST, organization=top)
    assert list(organizations_of(user, Role.HR_SPECIALIST, on=START)) == [top, under]
    assert holds_role(user, [Role.HR_SPECIALIST], on=START, organization=under)
    assert not holds_role(user, [Role.HR_SPECIALIST], on=START, organization=beside)
