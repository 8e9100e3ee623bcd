"""The year as its people live it: feedback, contribution, interim review, acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from demonstration.clock import set_business_date
from performance.models import Contribution, Feedback, InterimReview
from tests.browser.conftest import Site
from tests.performance.office import Office, make_office

pytestmark = pytest.mark.browser

TODAY = date(2007, 5, 14)


@pytest.fixture
def office(site: Site) -> Office:
    """An office in May, before any interim review."""
    set_business_date(TODAY)
    office = make_office()
    office.plan.interim_reviews.all().delete()
    return office


def test_feedback_contribution_and_an_interim_review_that_is_acknowledged(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    year = site.page(f"/performance/plans/{office.plan.pk}/year/")
    page = log_in(office.user("supervisor"))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(year)
    page.get_by_label("Feedback to Ana Diaz").fill("The report of May was clear.")
    page.get_by_role("button", name="Give the feedback").click()
    expect(page.get_by_text("The report of May was clear.")).to_be_visible()
    assert Feedback.objects.get().given_on == TODAY
    expect(page.get_by_label("Feedback to Ana Diaz")).to_have_value("")
    check_page(page)

    page = log_in(office.user("employee"))
    page.goto(year)
    expect(page.get_by_text("The report of May was clear.")).to_be_visible()
    page.get_by_label("Note a contribution").fill("Trained two colleagues.")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Trained two colleagues.")).to_be_visible()
    assert Contribution.objects.get().noted_by == office.employee
    expect(page.get_by_label("Note a contribution")).to_have_value("")
    check_page(page)

    page = log_in(office.user("supervisor"))
    page.goto(year)
    page.get_by_role("link", name="Hold an interim review").click()
    check_page(page)
    page.get_by_role("group", name="Cases").get_by_text("At risk", exact=True).click()
    page.get_by_role("button", name="It was held").click()
    expect(page.get_by_text("Say whether the employee has the tools")).to_be_visible()
    assert page.get_by_role("group", name="Cases").get_by_label("At risk").is_checked()
    page.get_by_role("group", name="Does Ana Diaz").get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="It was held").click()
    expect(page.get_by_text("This is not a rating of record.")).to_be_visible()
    check_page(page)

    page = log_in(office.user("employee"))
    page.goto(site.page(f"/performance/interim-reviews/{InterimReview.objects.get().pk}/"))
    page.get_by_label("Your comments").fill("The server was down.")
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("The server was down.")).to_be_visible()
    assert InterimReview.objects.get().state == "acknowledged"
    check_page(page)
