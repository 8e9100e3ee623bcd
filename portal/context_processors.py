"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.middleware import session_seconds
from accounts.models import User
from casework.web import CARRIED_OUT
from portal.navigation import items_for
from regulation import clock


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The links of the header, the business date and how long the session lasts."""
    today = clock.today()
    user = getattr(request, "user", None)
    return {
        "navigation": items_for(request, user, on=today) if isinstance(user, User) else [],
        "business_date": today,
        "session_seconds": session_seconds(),
        "carried_out": request.session.get(CARRIED_OUT, "") if hasattr(request, "session") else "",
    }
