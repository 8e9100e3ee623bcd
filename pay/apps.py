from __future__ import annotations

from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "pay"
