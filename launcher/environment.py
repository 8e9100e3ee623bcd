"""The environment variables that say which servers MaxHR uses; what is set by hand wins."""

from __future__ import annotations

import os
from collections.abc import Mapping

from launcher.problems import Lacking

DATABASE_URL = "DATABASE_URL"
OWNER_DATABASE_URL = "OWNER_DATABASE_URL"
REDIS_URL = "REDIS_URL"
SETTINGS = "DJANGO_SETTINGS_MODULE"


def has_database() -> bool:
    return bool(os.environ.get(DATABASE_URL))


def has_redis() -> bool:
    return bool(os.environ.get(REDIS_URL))


def named() -> dict[str, str]:
    """Return those of the three addresses that are set."""
    names = (OWNER_DATABASE_URL, DATABASE_URL, REDIS_URL)
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def require_owner() -> None:
    """Refuse a database of which only the runtime role is known, where the owner is needed."""
    if has_database() and not os.environ.get(OWNER_DATABASE_URL):
        raise Lacking(
            "DATABASE_URL is set, and OWNER_DATABASE_URL, which migrates, is not.",
            mend="export OWNER_DATABASE_URL=postgresql://OWNER@HOST/NAME (docs/operations.md)",
        )


def settings_module() -> str:
    """Return the settings in use: those named, production where a secret is set, else demo."""
    named = os.environ.get(SETTINGS)
    if named:
        return named
    return f"config.settings.{'production' if os.environ.get('MAXHR_SECRET_KEY') else 'demo'}"


def apply(variables: Mapping[str, str]) -> None:
    """Set what the servers told us, and the settings module, for Django and for children."""
    os.environ.update(variables)
    os.environ.setdefault(SETTINGS, settings_module())
