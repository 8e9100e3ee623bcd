"""The pytest plugin that has the servers up before Django reads its settings."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

from launcher import environment, servers
from launcher.problems import Lacking


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Come before pytest-django, which reads the settings in the same hook."""
    try:
        environment.require_owner()
        os.environ.update(servers.ensure())
    except Lacking as lacking:
        raise pytest.UsageError(str(lacking)) from lacking
    yield
