"""The main job, end to end: one department, one year, by its people, in a browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from demonstration.services.load_department import load_department
from pay.models import DeniedIncrease
from pay.queries.integrity import disagreements
from performance.models import RatingOfRecord
from reconsideration.models import Request, RequestState
from tests.browser.conftest import Site
from tests.jobs.workers import Worker, own_queue
from workforce.models import Employee

pytestmark = pytest.mark.browser

#: A worker carries out what the browser started; give it time on a busy machine.
PATIENCE = 180_000


@pytest.fixture
def department(site: Site, fresh_database: str, tmp_path: Path) -> Iterator[None]:
    """The loaded department, and a worker of its own."""
    load_department(120, seed=4)
    with own_queue(f"main-job-{time.monotonic_ns()}") as queue:
        worker = Worker(database=fresh_database, queue=queue, log=tmp_path / "worker.log")
        yield
        worker.kill()


class Desk:
    """The browser, with whoever sits at it."""

    def __init__(self, site: Site, log_in: Callable[[User], Page]) -> None:
        self.site = site
        self.log_in = log_in

    def of(self, username: str, path: str = "/") -> Page:
        """Somebody logs in and opens a page."""
        page = self.log_in(User.objects.get(username=username))
        page.goto(self.site.page(path))
        return page

    def move_date(self, button: str, *, to: str) -> None:
        """An administrator moves the business date and waits for it."""
        page = self.of("admin")
        page.get_by_role("button", name=button).click()
        banner = page.get_by_role("region", name="Demonstration")
        expect(banner).to_contain_text(to, timeout=PATIENCE)

    def rate(self, employee: Employee, level: str) -> None:
        """The supervisor rates one person from the team page."""
        page = self.of("supervisor", "/performance/team/")
        page.get_by_role("button", name=f"Start rating: {employee.name}").click()
        expect(page.get_by_role("heading", name=f"Rate {employee.name}")).to_be_visible()
        for part in page.locator("form.rating-form fieldset").all():
            part.get_by_text(level, exact=True).click()
            if part.get_by_label("Basis").count():
                part.get_by_label("Basis").fill("Seen in the work of the year.")
        page.get_by_role("textbox", name="Narrative").fill("The year, as it was.")
        page.get_by_text("Approved absence was no factor").click()
        page.get_by_role("button", name="Sign and send to reviewer").click()
        expect(page.get_by_text("With the reviewing official")).to_be_visible()

    def approve(self, employee: Employee) -> None:
        """The reviewing official signs."""
        page = self.of("reviewer", "/performance/review/")
        page.get_by_role("link", name=f"Review: {employee.name}").click()
        page.get_by_role("button", name="Approve and sign").click()
        expect(
            page.get_by_role("heading", name=f"Review the rating of {employee.name}")
        ).to_have_count(0)

    def issue(self, employee: Employee) -> None:
        """The supervisor gives it to the employee; final from then on."""
        page = self.of("supervisor", "/performance/team/")
        page.get_by_role("link", name=f"Issue: {employee.name}").click()
        page.get_by_role("button", name="Issue the rating").click()
        expect(page.get_by_text("Issued, final")).to_be_visible()

    def carry_through(self, page: Page) -> None:
        """From a draft run to a verified one; the drafter may not approve."""
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", name="Preview")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)
        address = page.url.removeprefix(self.site.url)
        page = self.of("pay2", address)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)
        page = self.of("pay", address)
        page.get_by_role("button", name="Start the run").click()
        expect(page.get_by_text("The totals prove themselves to the cent")).to_be_visible(
            timeout=PATIENCE
        )


def test_the_main_job_from_rating_to_pay_to_reconsideration_and_the_last_day(
    department: None,
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    desk = Desk(site, log_in)
    good = Employee.objects.get(user__username="employee")
    below = Employee.objects.get(user__username="minimum")

    # The supervisor rates; the reviewing official signs; the supervisor issues.
    for employee, level in ((good, "Exceeded Expectations"), (below, "Unacceptable")):
        desk.rate(employee, level)
        desk.approve(employee)
        desk.issue(employee)
    page = desk.of("employee", "/performance/mine/")
    page.get_by_role("link", name=re.compile("Read the rating of")).first.click()
    page.get_by_role("button", name="Sign that I received it").click()
    expect(page.get_by_text("Acknowledged, October 1, 2024")).to_be_visible()
    check_page(page)
    assert RatingOfRecord.objects.filter(state="issued", employee__in=[good, below]).count() >= 2

    # January comes; a pay specialist adjusts the ranges and pays the pools out.
    desk.move_date("90 days", to="Mon, Dec 30, 2024")
    desk.move_date("1 pay period", to="Mon, Jan 13, 2025")
    page = desk.of("pay", "/pay/runs/new/range-adjustment/")
    page.get_by_label("Title").fill("Rate ranges of 2025")
    page.get_by_label("Effective date").fill("2025-01-12")
    page.get_by_label("Raise every minimum by").fill("2")
    page.get_by_label("Raise every maximum by").fill("2")
    page.get_by_role("button", name="Fill in and show percentages").click()
    check_page(page)
    page.get_by_role("button", name="Draft the run").click()
    desk.carry_through(page)
    page = desk.of("pay", "/pay/runs/new/payout/")
    page.get_by_label("Title").fill("Performance payout of 2025")
    page.get_by_label("Effective date").fill("2025-01-12")
    page.locator("[name=period_end]").select_option("2024-09-30")
    page.get_by_label("Performance fund").fill("150000")
    page.get_by_label("Authorized official").fill("Demonstration Designee")
    page.get_by_label("Average of within-grade").fill("100000")
    page.get_by_label("Promotions inside one band").fill("20000")
    page.get_by_label("What was weighed").fill("What the General Schedule would have cost.")
    page.get_by_role("button", name="Divide the fund").click()
    check_page(page)
    page.get_by_role("button", name="Draft the run").click()
    desk.carry_through(page)
    assert list(disagreements()) == []

    # The employee reads why, and asks for the position to be looked at again.
    page = desk.of("employee", "/pay/mine/")
    expect(page.get_by_role("heading", name="Performance payout").first).to_be_visible()
    expect(page.get_by_role("heading", name="Range increase").first).to_be_visible()
    check_page(page)
    page.goto(site.page("/reconsideration/position/"))
    page.get_by_role("link", name="Ask for reconsideration").click()
    page.locator("label[for=id_issues_band]").click()
    page.get_by_label("Why is it not right?").fill("I decide the hardest cases of the office.")
    page.get_by_role("button", name="File the request").click()
    expect(page.get_by_text("Your request was filed with the Department.")).to_be_visible()
    request = Request.objects.get()
    case = f"/reconsideration/{request.pk}/"

    # An HR specialist who did not classify it decides; OPM has the last word.
    page = desk.of("hr2", case)
    page.get_by_role("link", name="Take it up").click()
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_text("The review has begun.")).to_be_visible()
    page.get_by_text("Sustained: the classification stands").click()
    page.get_by_label("Reasons").fill("The cases are those of the band held.")
    page.get_by_role("button", name="Record the determination").click()
    expect(page.get_by_text("The Department’s determination was recorded")).to_be_visible()
    page = desk.of("employee", case)
    page.get_by_role("link", name="Take it to OPM").click()
    page.get_by_label("Why should OPM decide otherwise?").fill("Nobody else decides them.")
    page.get_by_role("button", name="Ask OPM to review").click()
    expect(page.get_by_text("Your request is with OPM.")).to_be_visible()
    page = desk.of("opm", case)
    page.get_by_role("link", name="Take it up").click()
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_text("The review has begun.")).to_be_visible()
    page.get_by_text("Sustained: the classification stands").click()
    page.get_by_label("Reasons").fill("The Department classified it rightly.")
    page.get_by_role("button", name="Record the determination").click()
    expect(page.get_by_text("OPM’s final determination was recorded")).to_be_visible()
    page = desk.of("employee", case)
    expect(page.locator("#what-comes-next")).to_contain_text("This is final.")
    check_page(page)
    assert Request.objects.get().state == RequestState.OPM_DECIDED

    # And ninety days run out in front of one's eyes.
    denial = DeniedIncrease.objects.get(employee=below)
    page = desk.of("hr2", f"/pay/denied-increases/{denial.pk}/")
    expect(page.get_by_text("Apr 12, 2025").first).to_be_visible()
    check_page(page)
    desk.move_date("90 days", to="Sun, Apr 13, 2025")
    desk.move_date("1 pay period", to="Sun, Apr 27, 2025")
    page = desk.of("minimum", "/pay/mine/")
    expect(page.get_by_role("heading", name="Minimum rate").first).to_be_visible()
    expect(page.get_by_text("Apr 20, 2025").first).to_be_visible()
    check_page(page)
    denial = DeniedIncrease.objects.get(employee=below)
    assert (denial.state, str(denial.closed_on)) == ("defaulted", "2025-04-20")
    assert list(disagreements()) == []
