"""The measured walk: what it costs a supervisor to rate one employee, and a team of twelve.

Counted are presses of the mouse or of a key that acts, and pages loaded, from the team's page to
the last rating sent and to the last one issued. What is typed as text is not counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Frame, Page, expect

from accounts.models import User
from demonstration.clock import set_business_date
from performance.models import RatingOfRecord
from performance.services.approve_rating import approve_rating
from tests.browser.conftest import Site
from tests.factories import make_assignment, make_employee, make_organization, make_position
from tests.performance.office import Office, make_office, put_in_team

pytestmark = pytest.mark.browser

TODAY = date(2007, 10, 2)
PARTS = 9
#: Three presses a part, four to the summary's level and the narrative, two to sign.
A_RATING = 3 * PARTS + 4 + 2
TEAM = 12


@dataclass
class Count:
    """Presses and pages so far."""

    page: Page
    presses: int = 0
    pages: int = 0

    def watch(self) -> None:
        self.page.on("framenavigated", self._loaded)

    def _loaded(self, frame: Frame) -> None:
        self.pages += frame == self.page.main_frame

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def click(self, role: str, name: str) -> None:
        self.presses += 1
        self.page.get_by_role(role, name=name).click()  # type: ignore[arg-type]


def assess_by_keys(count: Count) -> None:
    """Every part and the summary: to the part, its level, on to the basis."""
    page = count.page
    page.wait_for_load_state()
    for _ in range(PARTS):
        count.press("F8")
        count.press("2")
        count.press("Tab")
        page.keyboard.type("As agreed.")
    for key in ("F8", "2", "Tab", "Tab"):
        count.press(key)
    expect(page.get_by_role("textbox", name="Narrative")).to_be_focused()
    page.keyboard.type("A good year.")
    expect(page.locator("#saved")).to_contain_text("Saved at")


@pytest.fixture
def office(site: Site) -> Office:
    set_business_date(TODAY)
    return make_office()


def test_one_employee_takes_three_presses_a_part_and_three_pages(
    site: Site, office: Office, log_in: Callable[[User], Page]
) -> None:
    page = log_in(office.user("supervisor"))
    count = Count(page)
    count.watch()
    page.goto(site.page("/performance/team/"))
    count.click("button", "Start rating: Ana Diaz")
    expect(page.get_by_role("heading", name="Rate Ana Diaz")).to_be_visible()
    assess_by_keys(count)
    count.press("Control+Enter")
    expect(page.get_by_role("button", name="Sign and send to reviewer")).to_be_focused()
    count.press("Enter")
    expect(page.get_by_text("With the reviewing official")).to_be_visible()
    assert (count.presses, count.pages) == (1 + A_RATING, 3)

    rating = RatingOfRecord.objects.get()
    approve_rating(rating, actor=office.actor("reviewer"), on=TODAY, version=rating.version)
    page.goto(site.page("/performance/team/"))
    count.click("link", "Issue: Ana Diaz")
    count.click("button", "Issue the rating")
    expect(page.get_by_text("Issued, final")).to_be_visible()
    assert (count.presses, count.pages) == (36, 6)


def test_a_team_of_twelve_is_rated_without_going_back_to_the_team(
    site: Site, office: Office, log_in: Callable[[User], Page]
) -> None:
    for number in range(1, TEAM):
        one = make_employee(f"Eaton{number:02}", given_name="Lee")
        put_in_team(one, supervisor=office.supervisor, cycle=office.cycle)
        make_assignment(one, make_position(make_organization()))
    page = log_in(office.user("supervisor"))
    count = Count(page)
    count.watch()
    page.goto(site.page("/performance/team/"))
    count.click("button", "Start rating: Ana Diaz")
    for number in range(TEAM):
        expect(page.get_by_role("heading", name="Rate ")).to_contain_text(
            "Ana Diaz" if number == 0 else f"Lee Eaton{number:02}"
        )
        assess_by_keys(count)
        count.press("Control+Enter")
        count.press("Enter")
    expect(page.get_by_text("With the reviewing official")).to_be_visible()
    assert RatingOfRecord.objects.filter(state="submitted").count() == TEAM
    assert (count.presses, count.pages) == (397, 14)

    for rating in RatingOfRecord.objects.all():
        approve_rating(rating, actor=office.actor("reviewer"), on=TODAY, version=rating.version)
    before = (count.presses, count.pages)
    page.goto(site.page("/performance/team/"))
    count.click("link", "Issue: Ana Diaz")
    for number in range(TEAM):
        count.click("button", "Issue the rating")
        expect(page.get_by_text("Issued, final")).to_be_visible()
        if number + 1 < TEAM:
            count.presses += 1
            page.get_by_role("link", name="Next: issue the rating of").click()
    assert (count.presses - before[0], count.pages - before[1]) == (24, 25)


def test_enter_in_a_field_saves_and_signs_nothing(
    site: Site, office: Office, log_in: Callable[[User], Page]
) -> None:
    rating = office.start(on=TODAY)
    page = log_in(office.user("supervisor"))
    page.goto(site.page(f"/performance/ratings/{rating.pk}/rate/"))
    page.get_by_role("group", name="Cases").get_by_label("Exceeded Expectations").focus()
    page.keyboard.press("0")
    reason = page.get_by_role("group", name="Cases").get_by_label("Why it is not assessed")
    expect(reason).to_be_visible()
    reason.fill("Too short in force")
    reason.press("Enter")
    expect(page.get_by_role("heading", name="Rate Ana Diaz")).to_be_visible()
    expect(reason).to_have_value("Too short in force")
    assert RatingOfRecord.objects.get().state == "draft"


def test_digits_and_f8_are_left_to_the_text_and_tab_leaves_every_field(
    site: Site, office: Office, log_in: Callable[[User], Page]
) -> None:
    rating = office.start(on=TODAY)
    page = log_in(office.user("supervisor"))
    page.goto(site.page(f"/performance/ratings/{rating.pk}/rate/"))
    basis = page.get_by_role("group", name="Cases").get_by_label("Basis")
    basis.focus()
    page.keyboard.type("On 12 dates")
    expect(basis).to_have_value("On 12 dates")
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.value || document.activeElement.tagName"))
        if "send" in seen:
            break
    assert "send" in seen, "Tab alone reaches the button that signs"
