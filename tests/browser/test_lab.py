"""A doubt written down on the lab's page, played, and explained."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from tests import factories
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def test_a_doubt_is_written_played_and_explained(
    site: Site, log_in: Callable[[User], Page], check_page: Callable[[Page], None]
) -> None:
    user = factories.make_user("analyst")
    factories.grant_role(user, Role.HR_SPECIALIST)
    page = log_in(user)
    page.goto(site.page("/"))
    page.get_by_role("link", name="Lab", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="A range adjustment in January").click()
    text = page.get_by_label("The scenario", exact=True)
    written = text.input_value()
    text.fill(written.replace("basic: 55000", "basic: lots"))
    page.get_by_role("button", name="Play the scenario").click()
    expect(page.get_by_role("heading", name="Line 14 cannot be read")).to_be_visible()
    check_page(page)
    text.fill(written)
    page.get_by_role("button", name="Play the scenario").click()
    expect(page.get_by_text("Every expectation held.")).to_be_visible()
    expect(page.get_by_role("heading", name="January adjustment")).to_be_focused()
    page.get_by_role("button", name="Explain every step of ana").click()
    expect(page.get_by_text("Every step in words")).to_be_visible()
    expect(page.get_by_text("41,111 = 56,375.30, rounded")).to_be_visible()
    check_page(page)
