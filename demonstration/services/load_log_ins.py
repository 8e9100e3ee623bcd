"""Makes the log-ins of a demonstration and grants their roles."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from accounts.models import RoleGrant, User
from demonstration.rules.casting import LogIn
from demonstration.rules.department import Department
from demonstration.services.load_policy import PERFORMANCE_SINCE, Reference

#: Told to everybody who starts a demonstration; it opens nothing else.
DEMONSTRATION_PASSWORD = "demonstration-only"  # noqa: S105


def load_log_ins(
    log_ins: Sequence[LogIn], *, department: Department, reference: Reference
) -> dict[str, User]:
    """Users by username; all have the one password that the start prints."""
    names = {e.number: f"{e.first_name} {e.last_name}" for e in department.employees}
    hashed = make_password(DEMONSTRATION_PASSWORD)
    users = {
        log_in.username: User.objects.create(
            username=log_in.username,
            full_name=names.get(log_in.employee or "", log_in.full_name),
            password=hashed,
            is_staff=log_in.role == "administrator",
            is_superuser=log_in.role == "administrator",
        )
        for log_in in log_ins
    }
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=users[log_in.username],
            role=log_in.role,
            organization_id=reference.organizations[log_in.organization]
            if log_in.organization
            else None,
            starts=PERFORMANCE_SINCE,
        )
        for log_in in log_ins
        if log_in.role
    )
    return users
