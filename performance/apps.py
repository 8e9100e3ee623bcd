from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from accounts.access import register_relation
        from performance.queries import officials

        register_relation("rating_official", officials.is_rating_official)  # type: ignore[arg-type]
        register_relation("reviewing_official", officials.is_reviewing_official)  # type: ignore[arg-type]
