"""The 90 days of a rate below the minimum, from the board to a recorded proposal and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from pay.models import DeniedIncrease
from pay.services.adjust_ranges import adjust_ranges
from regulation import clock
from tests.browser.conftest import Site
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate

pytestmark = pytest.mark.browser


@pytest.fixture
def hr(site: Site) -> User:
    """HR of an office where one employee's rate is on day 40 below the minimum."""
    make_ground()
    began = clock.today() - timedelta(days=40)
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    office = make_organization("OFFICE")
    person = make_paid_employee(
        band, 41_111, organization=office, user=True, given_name="Ada", family_name="Okafor"
    )
    rate(person, "U", issued=began, period_end=_completed_before(began))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)}, effective=began, actor=SYSTEM, authority="D", on=began
    )
    user = make_user("hr", full_name="Harriet Reyes")
    grant_role(user, Role.HR_SPECIALIST, organization=office)
    return user


def _completed_before(on: date) -> date:
    """The last September 30 before a date."""
    this_year = date(on.year, 9, 30)
    return this_year if this_year < on else date(on.year - 1, 9, 30)


def test_hr_sees_the_days_left_and_records_a_proposal_that_stops_them(
    site: Site,
    hr: User,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    last = clock.today() + timedelta(days=50)
    page = log_in(hr)
    page.goto(site.page("/"))
    page.get_by_role("link", name="90-day clocks").first.click()
    expect(page.get_by_role("row", name="Ada Okafor")).to_contain_text("50")
    check_page(page)

    page.get_by_role("link", name="Ada Okafor").click()
    expect(page.get_by_text("on day 91 the band minimum is due")).to_be_visible()
    check_page(page)

    page.get_by_role("link", name="Record a delivered proposal").click()
    expect(page.locator("main")).to_contain_text(f"{last:%B} {last.day}, {last.year}")
    check_page(page)
    page.get_by_label("Proposed action").select_option("removal")
    page.get_by_label("Delivered to the employee on").fill(
        (clock.today() + timedelta(days=1)).isoformat()
    )
    page.get_by_role("button", name="Record the proposal").click()
    expect(page.get_by_role("alert")).to_contain_text("It is not delivered yet")
    check_page(page)
    page.get_by_label("Delivered to the employee on").fill(clock.today().isoformat())
    page.get_by_role("button", name="Record the proposal").click()
    expect(page.get_by_role("heading", name="Proposed removal")).to_be_visible()
    check_page(page)
    assert DeniedIncrease.objects.get().state == "action_initiated"

    page.get_by_role("button", name="Withdraw the proposal").click()
    expect(page.get_by_text("The proposal was withdrawn.")).to_be_visible()
    assert DeniedIncrease.objects.get().state == "open"
