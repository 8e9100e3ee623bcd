"""A pay cycle as two pay specialists go through it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from demonstration.clock import set_business_date
from pay.models import PayRate, PayRun, RunState
from pay.services.runs import execution
from tests import factories
from tests.browser.conftest import Site
from tests.pay.runs.department import EFFECTIVE, ON, Department, make_department
from tests.pay.runs.supplements import make_supplements, station

pytestmark = pytest.mark.browser

LogIn = Callable[[User], Page]
Check = Callable[[Page], None]


@pytest.fixture
def department(fresh_database: str) -> Department:
    """Two pools, people of every kind: near the maximum, retained, denied, unrated."""
    set_business_date(ON)
    made = make_department()
    levels = ["AE", "EE", "ME", ""]
    people = [(f"Person {n:03}", 43_000 + 210 * n, levels[n % 4]) for n in range(120)]
    made.hire_many(people, pool="P1")
    made.hire("Nearmax", basic=69_900, level="AE", pool="P2")
    made.hire("Retained", basic=75_000, level="EE", pool="P2", retained=True)
    made.hire("Denied", basic=50_000, level="U", pool="P2")
    made.hire("Belowmin", basic=41_500, level="U", pool="P2")
    return made


@pytest.mark.paragraph("9701.323(a)#1", "9701.342(d)(1)")
def test_two_specialists_adjust_ranges_and_pay_out(
    department: Department, site: Site, log_in: LogIn, check_page: Check
) -> None:
    page = log_in(department.drafter)
    page.goto(site.page("/pay/runs/"))
    check_page(page)
    _draft_range_adjustment(page, check_page)
    _carry_through(page, department, log_in=log_in, check_page=check_page)
    page = log_in(department.drafter)
    page.goto(site.page("/pay/runs/"))
    _draft_payout(page, check_page)
    _carry_through(page, department, log_in=log_in, check_page=check_page)
    assert PayRun.objects.filter(state=RunState.VERIFIED).count() == 2
    last = PayRate.objects.filter(employee__family_name="Person 000").latest("starts")
    assert last.basic is not None
    assert last.basic > 44_075


@pytest.mark.paragraph("9701.335(c)#1")
def test_a_supplement_is_previewed_approved_by_another_and_proved(
    department: Department, site: Site, log_in: LogIn, check_page: Check
) -> None:
    make_supplements()
    border = factories.make_organization("BORDER", parent=factories.make_organization("TOP"))
    station(department, "Gains", basic=55_000, level="ME", organization=border)
    station(department, "Frozen", basic=55_000, level="U", organization=border)
    station(department, "Below", basic=42_000, level="U", organization=border)
    page = log_in(department.drafter)
    page.goto(site.page("/pay/runs/"))
    page.get_by_role("link", name="New supplement adjustment").click()
    page.get_by_label("Locality area or special rate category").select_option("locality:WAS")
    page.get_by_label("Effective date").fill(EFFECTIVE.isoformat())
    page.get_by_label("New percentage of basic pay").fill("12.5")
    page.get_by_role("button", name="Draft the run").click()
    expect(page.get_by_text("nothing would change")).to_be_visible()
    check_page(page)
    page.get_by_label("New percentage of basic pay").fill("16")
    page.get_by_role("button", name="Draft the run").click()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_text("denied, 1 of them below the minimum adjusted rate")).to_be_visible()
    check_page(page)
    address = page.url
    page.get_by_role("link", name="Who gets what").click()
    expect(page.get_by_role("cell", name="$63,800")).to_be_visible()
    check_page(page)
    page = log_in(department.approver)
    page.goto(address)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("people so far")).to_be_visible()
    execution.carry_on(on=ON)
    expect(page.get_by_text("The totals prove themselves to the cent")).to_be_visible()
    check_page(page)


def _draft_range_adjustment(page: Page, check_page: Check) -> None:
    page.get_by_role("link", name="New range adjustment").click()
    page.get_by_label("Raise every minimum by (percent)").fill("2.5")
    page.get_by_label("Raise every maximum by (percent)").fill("2")
    page.get_by_role("button", name="Fill in and show percentages").click()
    expect(page.get_by_label("New minimum of LE, Full Performance")).to_have_value("42,139")
    expect(page.get_by_text("cuts off").first).to_be_visible()
    check_page(page)
    page.get_by_label("New minimum of LE, Entry/Developmental").fill("thirty")
    page.get_by_role("button", name="Draft the run").click()
    expect(page.get_by_role("heading", name="Something is missing or wrong")).to_be_visible()
    check_page(page)
    page.get_by_label("New minimum of LE, Entry/Developmental").fill("30,750")
    page.get_by_role("button", name="Draft the run").click()
    expect(page.get_by_text("The preview will show")).to_be_visible()


def _draft_payout(page: Page, check_page: Check) -> None:
    page.get_by_role("link", name="New performance payout").click()
    page.get_by_label("Performance fund (dollars)").fill("300,000")
    page.get_by_label("Authorized official").fill("Chief Human Capital Officer")
    page.get_by_label("Average of within-grade").fill("120,000")
    page.get_by_label("Promotions inside one band").fill("60,000")
    page.get_by_label("What was weighed").fill("Last year's increases in the same bands.")
    page.get_by_role("button", name="Divide the fund").click()
    expect(page.get_by_label("Dollars of Pool P1")).not_to_have_value("")
    check_page(page)
    page.get_by_role("button", name="Draft the run").click()
    expect(page.get_by_text("The preview will show")).to_be_visible()


def _carry_through(page: Page, department: Department, *, log_in: LogIn, check_page: Check) -> None:
    check_page(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    expect(page.get_by_text("approved by another pay specialist")).to_be_visible()
    check_page(page)
    _look_at_the_lines(page, check_page)
    address = page.url
    page = log_in(department.approver)
    page.goto(address)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved by")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("people so far")).to_be_visible()
    check_page(page)
    execution.carry_on(on=ON)
    # The page asks for the progress by itself, and shows the proof once there is one.
    expect(page.get_by_text("The totals prove themselves to the cent")).to_be_visible()
    check_page(page)
    _look_at_the_lines(page, check_page)


def _look_at_the_lines(page: Page, check_page: Check) -> None:
    address = page.url
    page.get_by_role("link", name="Who gets what").click()
    expect(page.get_by_text("Person 000, Robin")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    check_page(page)
    page.get_by_role("navigation", name="Lines to show").get_by_text("Increase").click()
    check_page(page)
    page.goto(address)
