"""Which roles a user holds on a date, and over what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Organization, Role, RoleGrant, User
from accounts.queries.reading import once


def grants_of(user: User, *, on: date) -> QuerySet[RoleGrant]:
    """Grants in force."""
    return (
        RoleGrant.objects.filter(user=user, starts__lte=on)
        .filter(Q(ends=None) | Q(ends__gte=on))
        .select_related("organization")
    )


def held_grants(user: User, *, on: date) -> tuple[RoleGrant, ...]:
    """Grants in force with their organizations, read once by a page."""
    return once(lambda: tuple(grants_of(user, on=on)), name="held_grants", about=(user.pk, on))


def roles_of(user: User, *, on: date) -> frozenset[Role]:
    """Roles in force, over whatever organization."""
    return frozenset(Role(grant.role) for grant in held_grants(user, on=on))


def administrators(*, on: date) -> QuerySet[User]:
    """Open accounts that hold the administrator's role."""
    held = RoleGrant.objects.filter(
        Q(ends=None) | Q(ends__gte=on),
        user=OuterRef("pk"),
        role=Role.ADMINISTRATOR,
        starts__lte=on,
    )
    return User.objects.filter(Exists(held), is_active=True)


def holds_role(
    user: User, roles: Iterable[Role], *, on: date, organization: Organization | None = None
) -> bool:
    """Whether the user holds one of the roles; with an organization, whether over that one."""
    wanted = frozenset(roles)
    return any(
        organization is None or grant.organization is None or grant.organization.holds(organization)
        for grant in held_grants(user, on=on)
        if grant.role in wanted
    )


def organizations_of(user: User, role: Role, *, on: date) -> QuerySet[Organization]:
    """Every organization over which the user holds the role, those underneath included."""
    scope = Q(pk__in=[])
    for grant in held_grants(user, on=on):
        if grant.role != role:
            continue
        if grant.organization is None:
            return Organization.objects.all()
        scope |= Q(path__startswith=grant.organization.path)
    return Organization.objects.filter(scope)
