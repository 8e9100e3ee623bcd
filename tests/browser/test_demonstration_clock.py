"""The demonstration's date, moved from the banner in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from demonstration.clock import set_business_date
from demonstration.models import ClockMove
from demonstration.services.move_clock import carry_out_move
from tests.browser.conftest import Site
from tests.factories import grant_role, make_user

pytestmark = pytest.mark.browser


def test_an_administrator_moves_the_date_and_watches_it_arrive(
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    set_business_date(date(2024, 10, 1))
    administrator = make_user("ada")
    grant_role(administrator, Role.ADMINISTRATOR)
    page = log_in(administrator)
    page.goto(site.page("/demonstration/"))
    banner = page.get_by_role("region", name="Demonstration")
    expect(banner).to_contain_text("Tue, Oct 1, 2024")
    check_page(page)

    banner.get_by_role("button", name="1 pay period (14 days)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Demonstration")).to_contain_text("0 of 14 days")
    check_page(page)

    carry_out_move(ClockMove.objects.get().pk)
    expect(page.get_by_role("region", name="Demonstration")).to_contain_text("Tue, Oct 15, 2024")
    expect(page.get_by_role("cell", name="Done")).to_be_visible()
    check_page(page)
