"""Puts our own site in the place of Django's default admin site."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "accounts.administration.AdministrationSite"
