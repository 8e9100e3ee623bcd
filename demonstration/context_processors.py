"""What the banner of a demonstration shows on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.models import Role, User
from accounts.queries.roles import roles_of
from demonstration.clock import demonstration_row, is_demonstration
from demonstration.models import ClockMove, MoveState
from demonstration.services.move_clock import Stretch
from regulation import clock


def demonstration_clock(request: HttpRequest) -> dict[str, Any]:
    """The banner's facts; nothing outside a demonstration or before one is loaded."""
    if not is_demonstration() or demonstration_row() is None:
        return {"demonstration": None}
    visitor = getattr(request, "user", None)
    user = visitor if isinstance(visitor, User) else None
    today = clock.today()
    move = ClockMove.objects.first()
    return {
        "demonstration": {
            "today": today,
            "move": move if move and move.state != MoveState.DONE else None,
            "moving": bool(move and move.state == MoveState.MOVING),
            "signed_in": user is not None,
            "may_move": user is not None and Role.ADMINISTRATOR in roles_of(user, on=today),
            "stretches": Stretch.choices,
        }
    }
