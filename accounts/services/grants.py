"""Which grants of roles may be written."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Role, RoleGrant, User
from accounts.queries.roles import administrators
from regulation.refusals import Refused

#: Roles whose holders act in a matter; whoever audits holds none of them.
ACTING = frozenset({Role.HR_SPECIALIST, Role.PAY_SPECIALIST, Role.DESIGNEE, Role.OPM_REVIEWER})
#: Roles over the whole Department, never over a part of it.
DEPARTMENT_WIDE = frozenset({Role.DESIGNEE, Role.OPM_REVIEWER, Role.ADMINISTRATOR})


def refuse_grant(grant: RoleGrant, *, by: User) -> None:
    """Raise Refused where a grant may not be written as it stands.

    own_record: nobody grants himself a role or changes his own. invalid_input: dates out of order,
    a part of the Department for a role over all of it, the same role twice at a time, an auditor
    who acts, and the end of the last administrator.
    """
    if grant.user_id == by.pk:
        raise Refused("own_record", "", "Another administrator grants and ends your roles.")
    if grant.ends is not None and grant.ends < grant.starts:
        raise Refused("invalid_input", "", "The last day is before the first.")
    if grant.role in DEPARTMENT_WIDE and grant.organization is not None:
        raise Refused(
            "invalid_input", "", "This role is over the whole Department: leave organization empty."
        )
    meanwhile = _meanwhile(grant)
    if meanwhile.filter(role=grant.role, organization=grant.organization).exists():
        raise Refused("invalid_input", "", "The user holds this role there at that time already.")
    if grant.role == Role.AUDITOR and meanwhile.filter(role__in=ACTING).exists():
        raise Refused("invalid_input", "", "Whoever acts in matters of people cannot audit them.")
    if grant.role in ACTING and meanwhile.filter(role=Role.AUDITOR).exists():
        raise Refused("invalid_input", "", "An auditor reads and never acts.")
    _refuse_to_end_the_last_administrator(grant)


def _meanwhile(grant: RoleGrant) -> QuerySet[RoleGrant]:
    others = RoleGrant.objects.filter(user_id=grant.user_id).exclude(pk=grant.pk)
    if grant.ends is not None:
        others = others.filter(starts__lte=grant.ends)
    return others.filter(Q(ends=None) | Q(ends__gte=grant.starts))


def _refuse_to_end_the_last_administrator(grant: RoleGrant) -> None:
    before = RoleGrant.objects.filter(pk=grant.pk).first()
    if before is None or before.role != Role.ADMINISTRATOR or grant.ends is None:
        return
    if not administrators(on=grant.ends).exclude(pk=before.user_id).exists():
        raise Refused("invalid_input", "", "Somebody else must administer before this one ends.")
