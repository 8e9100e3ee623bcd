"""/healthz, for whoever watches over the program."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.access import access
from portal.queries.health import health


@access(public=True)
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where database and broker answer, else 503; names nothing that is secret."""
    found = health()
    body = {
        "status": "ok" if found.well else "failing",
        "database": "ok" if found.database else "failing",
        "broker": "ok" if found.broker else "failing",
        "last_sweep": {"on": found.last_sweep_on, "finished_at": found.last_sweep_finished},
    }
    return JsonResponse(body, status=200 if found.well else 503)
