"""Whose ratings as a whole somebody may look over: HR, the committee, auditors."""

from __future__ import annotations

from datetime import date

from accounts.models import Organization, Role, User
from accounts.queries.roles import held_grants

#: Who sees a season: HR acts, the Secretary's designees (the committee) and auditors read.
READERS = (Role.HR_SPECIALIST, Role.DESIGNEE, Role.AUDITOR)


def paths_of(user: User, *, on: date) -> list[str] | None:
    """Paths of the organizations that the user oversees; None for the whole Department."""
    grants = [grant for grant in held_grants(user, on=on) if grant.role in READERS]
    if any(grant.organization is None for grant in grants):
        return None
    return sorted({grant.organization.path for grant in grants if grant.organization})


def reaches(paths: list[str] | None, place: str) -> bool:
    """Whether a place lies under what is overseen."""
    return paths is None or any(place.startswith(path) for path in paths)


def organizations_under(paths: list[str] | None) -> list[Organization] | None:
    """Every organization that is overseen, those underneath included; None for all."""
    if paths is None:
        return None
    return [one for one in Organization.objects.all() if reaches(paths, one.path)]
