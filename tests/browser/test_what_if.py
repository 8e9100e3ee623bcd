"""The committee tries another point pattern and sees at once what it would pay."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from demonstration.clock import set_business_date
from pay.models import PayRun
from tests import factories
from tests.browser.conftest import Site
from tests.pay.runs.department import ON, make_department

pytestmark = pytest.mark.browser


@pytest.fixture
def member(fresh_database: str) -> User:
    """A member of the committee, and a pool with people of every rating."""
    set_business_date(ON)
    department = make_department()
    levels = ["AE", "EE", "EE", "ME", "ME", "ME", ""]
    people = [(f"Person {n:03}", 43_000 + 310 * n, levels[n % 7]) for n in range(84)]
    department.hire_many([*people, ("Low", 50_000, "U")], pool="P1")
    user = factories.make_user("committee")
    factories.grant_role(user, Role.DESIGNEE)
    return user


def test_a_member_of_the_committee_tries_points(
    member: User,
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(member)
    page.goto(site.page("/pay/what-if/"))
    expect(page.get_by_text("The payouts by rating will stand here")).to_be_visible()
    check_page(page)
    page.get_by_label("Budget (dollars)").fill("150,000")
    expect(page.get_by_role("img", name="Mean payout by rating")).to_have_count(1)
    expect(page.get_by_text("both patterns pay the same")).to_be_visible()
    page.get_by_label("AE (AE)").fill("8")
    expect(page.get_by_text("both patterns pay the same")).to_have_count(0)
    tried = page.get_by_role("row", name="AE (AE) Tried")
    expect(tried).to_contain_text("8")
    expect(page).to_have_url(re.compile("points_AE=8"))
    expect(page.get_by_role("row", name="U (U) Tried")).to_contain_text("Too few people")
    check_page(page)
    page.get_by_label("U (U)").fill("1")
    expect(page.get_by_text("An unacceptable rating (U) carries no points.")).to_be_visible()
    expect(page.get_by_label("AE (AE)")).to_have_value("8")
    check_page(page)
    assert not PayRun.objects.exists()
