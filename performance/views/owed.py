"""What the year still owes, for HR of an organization."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import access
from accounts.models import Role, User
from performance.queries.owed_page import owed_page
from regulation import clock


@require_safe
@access(readers={Role.HR_SPECIALIST})
def owed(request: HttpRequest) -> HttpResponse:
    """Interim reviews that are missing, and records of poor performance without an action."""
    page = owed_page(cast(User, request.user), on=clock.today())
    return render(request, "performance/owed.html", {"page": page})
