"""The Chromium that the browser tests drive: the system's, or Playwright's own."""

from __future__ import annotations

from typing import Any

import pytest

from launcher import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | chromium.launch_options()
