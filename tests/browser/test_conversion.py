"""A pay specialist converts a category: a faulty table first, then the run, then its ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from demonstration.clock import set_business_date
from pay.models import PayRun, RunState
from pay.services.former_rates import COLUMNS
from pay.services.runs import execution
from tests.browser.conftest import Site
from tests.pay.runs.converting import CATEGORY, LINKAGE, Converting, make_converting
from tests.pay.runs.department import EFFECTIVE, ON

pytestmark = pytest.mark.browser
HEADINGS = ",".join(column.name for column in COLUMNS)


@pytest.fixture
def converting(fresh_database: str) -> Converting:
    """Committed, so that the server sees it."""
    set_business_date(ON)
    return make_converting()


def test_a_specialist_converts_a_category_and_sees_that_no_pay_was_lost(
    converting: Converting,
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    people = [converting.wait(f"Person {number:02}") for number in range(8)]
    lines = [
        f"{person.number},GS,{50_000 + 5_000 * order},12.5,,5,{51_600 + 5_000 * order},400,,,,,"
        for order, person in enumerate(people[:6])
    ]
    lines[1] = f"{people[1].number},GS,44444,12.5,,,,,no,yes,yes,90000,promotion=54600"
    lines[2] = f"{people[2].number},GS,50000,12.5,,,,,no,yes,no,,promotion"
    faulty, good = tmp_path / "faulty.csv", tmp_path / "good.csv"
    faulty.write_text("\n".join([HEADINGS, *lines, "X,GS,fifty,,,,,,,,,,"]))
    good.write_text("\n".join([HEADINGS, *lines]))
    page = log_in(converting.department.drafter)
    page.goto(site.page("/pay/former-rates/"))
    check_page(page)
    page.get_by_label("Conversion date").fill(EFFECTIVE.isoformat())
    page.get_by_label("Table of former rates").set_input_files(faulty)
    page.get_by_role("button", name="Load the table").click()
    expect(page.get_by_text("basic is a whole number of 1 or more")).to_have_count(2)
    check_page(page)
    page.get_by_label("Conversion date").fill(EFFECTIVE.isoformat())
    page.get_by_label("Table of former rates").set_input_files(good)
    page.get_by_role("button", name="Load the table").click()
    expect(page.get_by_role("row", name="Jan 7, 2007")).to_contain_text("6")
    page.goto(site.page("/pay/runs/"))
    check_page(page)
    page.get_by_role("link", name="New conversion").click()
    check_page(page)
    page.get_by_label("Title").fill("Conversion of January")
    page.get_by_label("Conversion date").fill(EFFECTIVE.isoformat())
    page.get_by_text(CATEGORY).click()
    page.get_by_label("How the initial ranges link").fill(LINKAGE)
    page.get_by_role("button", name="Draft the run").click()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    check_page(page)
    run = PayRun.objects.get()
    page.goto(site.page(f"/pay/runs/{run.pk}/lines/"))
    expect(page.get_by_text("No former rate of")).to_have_count(2)
    check_page(page)
    log_in(converting.department.approver)
    page.goto(site.page(f"/pay/runs/{run.pk}/"))
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Start the run").click()
    execution.carry_on(on=ON)
    page.goto(site.page(f"/pay/runs/{run.pk}/"))
    expect(page.get_by_text("The totals prove themselves to the cent")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Ledger of the batch").click()
    expect(page.get_by_role("heading", name="No pay was lost")).to_be_visible()
    check_page(page)
    assert PayRun.objects.get().state == RunState.VERIFIED
