from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"

    def ready(self) -> None:
        from demonstration import clock, worker

        worker.connect()
        clock.hold_for_command()
