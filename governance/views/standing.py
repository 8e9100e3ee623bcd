"""What the user who looks at directives may see and do."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import user_of
from accounts.models import Role
from accounts.queries.roles import holds_role
from regulation import clock

DRAFTERS = frozenset({Role.DESIGNEE})
#: Who reads a directive before it is issued.
DRAFT_READERS = DRAFTERS | {Role.AUDITOR, Role.OPM_REVIEWER}


def may_draft(request: HttpRequest) -> bool:
    """Whether the user is the Secretary's designee."""
    return holds_role(user_of(request), DRAFTERS, on=clock.today())


def may_read_drafts(request: HttpRequest) -> bool:
    """Whether the user sees drafts."""
    return holds_role(user_of(request), DRAFT_READERS, on=clock.today())
