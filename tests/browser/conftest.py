"""A real Chromium on a real server: every page is checked at two widths, by axe too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from launcher import chromium

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 320)
#: What passed is not sent back in full: on a long page that took most of the time.
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


@dataclass(frozen=True)
class Site:
    """The address under which the program runs in a test."""

    url: str

    def page(self, path: str) -> str:
        """The whole address of one of its pages."""
        return f"{self.url}{path}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that the launcher finds."""
    return {**browser_type_launch_args, **chromium.launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk's screen, in the Department's zone."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 900},
        "timezone_id": "America/New_York",
        "locale": "en-US",
    }


@pytest.fixture(scope="session")
def _server(django_db_setup: None) -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(fresh_database: str, _server: LiveServer) -> Site:
    """The program, on a database of the test's own."""
    return Site(url=_server.url)


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complained about: script errors, and what the content policy refused."""
    heard: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of" not in message.text:
            heard.append(message.text)

    page.on("console", console)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def log_in(site: Site, page: Page, faults: list[str]) -> Callable[[User], Page]:
    """Give the browser a session of a user; log-in itself has a test of its own."""

    def enter(user: User) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
        return page

    return enter


@pytest.fixture
def check_page(faults: list[str]) -> Callable[[Page], None]:
    """Check the page that is shown: axe finds nothing, no sideways scrolling, no fault."""

    def check(page: Page) -> None:
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, (
                f"{page.url} at {width} px:\n{found.generate_report()}"
            )
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} is {wide} px wide on a screen of {width}"
        if before is not None:
            page.set_viewport_size(before)
        assert faults == [], f"{page.url}: {faults}"

    return check
