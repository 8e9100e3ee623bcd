"""HR sees a season, runs the detection report and follows a flag to its history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from demonstration.clock import set_business_date
from tests.browser.conftest import Site
from tests.factories import grant_role, make_organization, make_user
from tests.performance.office import ISSUED, make_office
from tests.performance.season.ratings import TEXT, rated

pytestmark = pytest.mark.browser


@pytest.fixture
def hr(fresh_database: str) -> User:
    """HR over a Department of two components with issued ratings."""
    set_business_date(ISSUED)
    office = make_office()
    one, other = make_organization("Coast"), make_organization("Border")
    rated(office, "AE " * 12 + "EE " * 31 + "ME " * 24 + "U " * 2, organization=one)
    rated(office, "AE " * 9 + "EE " * 14 + "ME " * 17, organization=other, narrative=TEXT)
    user = make_user("headquarters")
    grant_role(user, Role.HR_SPECIALIST)
    return user


def test_hr_follows_a_season_to_the_history_behind_a_flag(
    hr: User, site: Site, log_in: Callable[[User], Page], check_page: Callable[[Page], None]
) -> None:
    page = log_in(hr)
    page.goto(site.page("/performance/season/"))
    expect(page.get_by_role("heading", name="Rating season")).to_be_visible()
    expect(page.get_by_role("img", name="Share of each level")).to_have_count(1)
    check_page(page)
    page.get_by_role("link", name="Detection report").click()
    page.get_by_role("button", name="Run the report now").click()
    expect(page.get_by_text("are copies.").first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="See the history").first.click()
    expect(page.get_by_role("link", name="Detection report")).to_be_visible()
    check_page(page)
