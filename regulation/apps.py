from __future__ import annotations

from django.apps import AppConfig


class RegulationConfig(AppConfig):
    name = "regulation"
