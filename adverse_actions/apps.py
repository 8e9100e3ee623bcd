from __future__ import annotations

from django.apps import AppConfig


class AdverseActionsConfig(AppConfig):
    name = "adverse_actions"
