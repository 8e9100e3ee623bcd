"""The employee's pay page in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from performance.services.systems import ensure_system
from tests.browser.conftest import Site
from tests.factories import make_user
from tests.pay.history.story import Story, deny, make_story, tell_years

pytestmark = pytest.mark.browser


def career(user: User) -> Story:
    """Years of pay, with an increase that is withheld now and leaves the rate in its band."""
    ensure_system()
    story = tell_years(make_story(user=user))
    denied = story.raise_range(date(2013, 1, 13), (44_000, 90_000), denied=True)
    deny(story, denied)
    return story


def test_an_employee_reads_why_the_pay_is_what_it_is(
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    user = make_user("ada", full_name="Ada Okafor")
    story = career(user)
    page = log_in(user)

    page.goto(site.page("/pay/mine/"))
    expect(page.get_by_role("heading", name="Why is my pay this?")).to_be_visible()
    expect(page.get_by_text("A withheld increase", exact=True)).to_be_visible()
    chart = page.get_by_role("img", name="Basic pay of Ada Okafor inside the band rate range")
    expect(chart).to_have_count(1)
    promotion = next(action for action in story.actions if action.kind == "promotion")
    step = page.locator(f"#step-{promotion.pk}")
    expect(step).to_contain_text("62,747 × (1 + 8%) = 67,766.76, rounded up to 67,767")
    check_page(page)

    step.get_by_text("What this step rests on").press("Enter")
    expect(step).to_contain_text("by directive DIR-1")
    check_page(page)
    step.get_by_role("link", name="5 CFR 9701.353(a)").first.click()
    expect(page).to_have_url(site.page("/regulation/9701.353(a)/"))


def test_the_page_goes_back_to_what_was_known_on_a_day(
    site: Site, log_in: Callable[[User], Page], check_page: Callable[[Page], None]
) -> None:
    user = make_user("ada", full_name="Ada Okafor")
    career(user)
    page = log_in(user)

    page.goto(site.page("/pay/mine/"))
    page.get_by_label("Show what was known at the end of").fill("2012-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing was on record that day.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_text("A withheld increase", exact=True)).to_be_visible()
