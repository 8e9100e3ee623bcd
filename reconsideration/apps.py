from __future__ import annotations

from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"

    def ready(self) -> None:
        from accounts.access import register_relation
        from casework.models import Deadline
        from casework.settlement import DeadlineKind, register
        from reconsideration.queries.requests import has_request_at_opm
        from reconsideration.services.follow_pay import PROMISE, keep_promise

        def no_alert(deadline: Deadline, day: int) -> None:
            """A promise alerts nobody on the way."""

        register(DeadlineKind(name=PROMISE, lapse=keep_promise, alert=no_alert))
        register_relation("opm_case", has_request_at_opm)  # type: ignore[arg-type]
