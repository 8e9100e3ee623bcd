"""Who can log in to the demonstration, and as what."""

from __future__ import annotations

from accounts.models import User
from demonstration.rules.casting import PURPOSES


def log_ins() -> list[tuple[str, str, str]]:
    """Username, name and purpose of every log-in of the demonstration, in the order of the cast."""
    found = {user.username: user for user in User.objects.filter(username__in=PURPOSES)}
    rows = []
    for username, purpose in PURPOSES.items():
        user = found.get(username)
        if user is not None:
            grant = user.grants.exclude(organization=None).first()
            scope = f" ({grant.organization})" if grant else ""
            rows.append((username, user.full_name, purpose + scope))
    return rows
