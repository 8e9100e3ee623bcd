"""Rating, reviewing, issuing and acknowledging, as the people would."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from demonstration.clock import set_business_date
from performance.models import RatingOfRecord
from performance.services.save_draft import save_draft
from tests.browser.conftest import Site
from tests.factories import make_employee
from tests.performance.office import Office, make_office, put_in_team

pytestmark = pytest.mark.browser

TODAY = date(2007, 10, 2)
LEVELS = {"AE": "Achieved Excellence", "EE": "Exceeded Expectations", "ME": "Achieved Expectations"}


@pytest.fixture
def office(site: Site) -> Office:
    """An office on a day after the period, with two people in the team."""
    set_business_date(TODAY)
    office = make_office()
    other = make_employee("Zimmer", given_name="Uwe")
    put_in_team(other, supervisor=office.supervisor, cycle=office.cycle)
    return office


def assess(page: Page, title: str, level: str, basis: str) -> None:
    """Fill one part of the form."""
    part = page.get_by_role("group", name=re.compile(rf"^{title}"))
    part.get_by_text(level, exact=True).click()
    part.get_by_label("Basis").fill(basis)


def assess_all(page: Page, office: Office) -> None:
    """Fill every part, with the levels of the worked example."""
    for item in office.expectations:
        code = office.content().parts[item.pk].level
        assess(page, item.title, LEVELS[code], f"What {item.title} showed")


def test_a_rating_goes_from_the_team_to_the_employees_signature(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(office.user("supervisor"))
    page.goto(site.page("/performance/team/"))
    check_page(page)
    page.get_by_role("button", name="Start rating: Ana Diaz").click()
    expect(page.get_by_role("heading", name="Rate Ana Diaz")).to_be_visible()
    check_page(page)
    assess_all(page, office)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    expect(page.get_by_text("Proposed: Exceeded Expectations")).to_be_visible()
    expect(page.get_by_role("cell", name="3.98")).to_be_visible()
    page.get_by_role("group", name="Summary level").get_by_text("Exceeded Expectations").click()
    page.get_by_role("textbox", name="Narrative").fill("A good year at the port.")
    check_page(page)
    page.get_by_role("button", name="Sign and send to reviewer").click()
    expect(page.get_by_text("With the reviewing official")).to_be_visible()
    check_page(page)

    page = log_in(office.user("reviewer"))
    page.goto(site.page("/performance/review/"))
    check_page(page)
    page.get_by_role("link", name="Review: Ana Diaz").click()
    expect(page.get_by_text("A good year at the port.")).to_be_visible()
    check_page(page)
    page.get_by_label("New level").select_option("Achieved Excellence")
    page.locator("form", has=page.get_by_label("New level")).get_by_label("Reason").fill(
        "The port was reopened in a week."
    )
    page.get_by_role("button", name="Change the level").click()
    expect(page.get_by_text("Waited for until October 9, 2007")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Approve and sign").click()
    expect(page.locator("#refusal")).to_contain_text("can reply to the change until 2007-10-09")

    page = log_in(office.user("supervisor"))
    page.goto(site.page("/"))
    page.get_by_role("link", name="Reply to the review of").first.click()
    expect(page.get_by_text("The port was reopened in a week.")).to_be_visible()
    check_page(page)
    page.get_by_label("Your reply").fill("The week was the whole team’s.")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("The week was the whole team’s. (October 2, 2007)")).to_be_visible()
    check_page(page)

    page = log_in(office.user("reviewer"))
    page.goto(site.page("/performance/review/"))
    page.get_by_role("link", name="Review: Ana Diaz").click()
    expect(page.get_by_text("The week was the whole team’s.")).to_be_visible()
    page.get_by_role("button", name="Approve and sign").click()
    expect(page.get_by_text("Nothing waits for your review")).to_be_visible()
    check_page(page)

    page = log_in(office.user("supervisor"))
    page.goto(site.page("/performance/team/"))
    page.get_by_role("link", name="Issue: Ana Diaz").click()
    check_page(page)
    page.get_by_role("button", name="Issue the rating").click()
    expect(page.get_by_text("Issued, final")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Record a refusal to sign").click()
    check_page(page)
    page.go_back()
    page.get_by_role("link", name="Note whether an award was considered").click()
    check_page(page)

    page = log_in(office.user("employee"))
    page.goto(site.page("/performance/mine/"))
    check_page(page)
    page.get_by_role("link", name="Read the rating of").click()
    expect(page.get_by_text("Signing acknowledges receipt only")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Sign that I received it").click()
    expect(page.get_by_text("Acknowledged, October 2, 2007")).to_be_visible()
    check_page(page)
    rating = RatingOfRecord.objects.get()
    assert (rating.state, rating.acknowledgement) == ("issued", "acknowledged")

    page = log_in(office.user("hr"))
    page.goto(site.page(f"/performance/ratings/{rating.pk}/"))
    page.get_by_role("link", name="Record an award or decision").click()
    check_page(page)

    page = log_in(office.user("supervisor"))
    page.goto(site.page("/performance/team/"))
    page.get_by_role("link", name="Additional rating: Ana Diaz").click()
    expect(page.get_by_text("Standing rating")).to_be_visible()
    check_page(page)


def test_one_failure_decides_and_the_sum_is_greyed_with_the_reason(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    rating = office.start(on=TODAY)
    page = log_in(office.user("supervisor"))
    page.goto(site.page(f"/performance/ratings/{rating.pk}/rate/"))
    assess_all(page, office)
    assess(page, "Service", "Unacceptable", "Rude to the public on three dates")
    expect(page.get_by_text("One expectation is not met")).to_be_visible()
    expect(page.locator(".is-decided")).to_contain_text("3.85")
    check_page(page)
    page.get_by_role("group", name="Summary level").get_by_text("Exceeded Expectations").click()
    page.get_by_role("textbox", name="Narrative").fill("Good otherwise.")
    page.get_by_role("button", name="Sign and send to reviewer").click()
    expect(page.locator("#refusal")).to_contain_text(
        "Service is rated Unacceptable, so the summary must be Unacceptable (9701.404)."
    )
    expect(page.locator("#refusal")).to_be_focused()
    expect(page.get_by_role("textbox", name="Narrative")).to_have_value("Good otherwise.")
    check_page(page)


def test_a_lost_session_loses_no_text(
    site: Site, office: Office, log_in: Callable[[User], Page]
) -> None:
    rating = office.start(on=TODAY)
    address = site.page(f"/performance/ratings/{rating.pk}/rate/")
    page = log_in(office.user("supervisor"))
    page.goto(address)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("textbox", name="Narrative").fill("Written after the session ended")
    expect(page.get_by_role("heading", name="You were logged out")).to_be_visible()
    assert RatingOfRecord.objects.get().narrative == ""
    page = log_in(office.user("supervisor"))
    page.goto(address)
    expect(page.get_by_role("textbox", name="Narrative")).to_have_value(
        "Written after the session ended"
    )


def test_what_hr_does_for_a_rating_under_way_passes_as_a_page(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    rating = office.start(on=TODAY)
    page = log_in(office.user("hr"))
    for place in ("officials", "interim-review"):
        page.goto(site.page(f"/performance/ratings/{rating.pk}/{place}/"))
        check_page(page)
    page.goto(site.page("/notices/preferences/"))
    page.get_by_text("Once a day, in one e-mail").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_role("radio", name="Once a day")).to_be_checked()
    check_page(page)


def test_a_form_that_went_stale_shows_both_versions(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    rating = office.start(on=TODAY)
    page = log_in(office.user("supervisor"))
    page.goto(site.page(f"/performance/ratings/{rating.pk}/rate/"))
    save_draft(
        rating,
        content=office.content(narrative="Written in the other window"),
        actor=office.actor("supervisor"),
        on=TODAY,
        version=1,
    )
    page.get_by_role("textbox", name="Narrative").fill("Written in this window")
    expect(page.locator("#saved")).to_contain_text("Not saved.")
    page.get_by_role("button", name="Save draft").click()
    both = page.get_by_role("region", name="Both versions")
    expect(both).to_contain_text("Written in the other window")
    expect(both).to_contain_text("Written in this window")
    check_page(page)
    assert RatingOfRecord.objects.get().narrative == "Written in the other window"
