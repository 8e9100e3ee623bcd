from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"

    def ready(self) -> None:
        from accounts.access import register_relation
        from casework.sweeps import register_daily
        from performance.queries import officials
        from performance.services.rating_stage import open_rating_stage

        register_relation("rating_official", officials.is_rating_official)  # type: ignore[arg-type]
        register_relation("reviewing_official", officials.is_reviewing_official)  # type: ignore[arg-type]
        register_daily("ratings_asked_for", open_rating_stage)
