from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"

    def ready(self) -> None:
        from demonstration import worker

        worker.connect()
