from __future__ import annotations

from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    name = "reconsideration"

    def ready(self) -> None:
        from accounts.access import register_relation
        from casework.models import Deadline
        from casework.settlement import DeadlineKind, register
        from reconsideration.queries.requests import has_request_at_opm, has_request_of_hr
        from reconsideration.services.departure import ask_what_becomes_of_requests
        from reconsideration.services.follow_pay import PROMISE, keep_promise
        from workforce.signals import position_left

        def no_alert(deadline: Deadline, day: int) -> None:
            """A promise alerts nobody on the way."""

        register(DeadlineKind(name=PROMISE, lapse=keep_promise, alert=no_alert))
        register_relation("opm_case", has_request_at_opm)  # type: ignore[arg-type]
        register_relation("hr_case", has_request_of_hr)  # type: ignore[arg-type]
        position_left.connect(
            ask_what_becomes_of_requests, dispatch_uid="reconsideration_position_left"
        )
