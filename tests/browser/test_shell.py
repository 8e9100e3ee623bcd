"""The frame of every page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

PASSWORD = "a long pass phrase"


def _user(username: str = "alice") -> User:
    return User.objects.create_user(username, password=PASSWORD, full_name="Alice Shaw")


def test_a_person_logs_in_and_out(
    site: Site, page: Page, check_page: Callable[[Page], None]
) -> None:
    _user()
    page.goto(site.page("/"))
    check_page(page)
    page.get_by_label("User name").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_text("The user name or the password is not right").is_visible()
    check_page(page)
    page.get_by_label("User name").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("heading", name="Home").is_visible()
    check_page(page)
    page.get_by_role("button", name="Log out").click()
    assert page.get_by_role("heading", name="Log in").is_visible()
