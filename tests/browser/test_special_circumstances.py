"""A change of supervisor, the appraisal it owes, the transfer of ratings, and a new system."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from demonstration.clock import set_business_date
from performance.models import Appraisal, RatingPacket
from performance.services.cycles import ensure_cycle
from tests.browser.conftest import Site
from tests.factories import grant_role, make_employee, make_supervision, make_user
from tests.performance.office import Office, make_office
from workforce.models import Supervision

pytestmark = pytest.mark.browser

TODAY = date(2007, 10, 3)


@pytest.fixture
def office(site: Site) -> Office:
    """An office on a day after the period, whose supervisor left on the last of August."""
    set_business_date(TODAY)
    office = make_office()
    ensure_cycle(date(2008, 9, 30))
    return office


def test_a_departing_supervisor_s_appraisal_is_asked_for_and_never_called_a_rating(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    left = date(2007, 10, 2)
    row = Supervision.objects.get(employee=office.employee)
    row.period = (row.period.lower, left)
    row.save()
    make_supervision(make_employee("Okafor"), office.employee, starts=left)
    page = log_in(office.hr)
    page.goto(site.page(f"/performance/people/{office.employee.pk}/circumstances/"))
    check_page(page)
    page.get_by_role("link", name="Fill in: Change of supervisor from October 2, 2007").click()
    # The plan of the year that ended is appraised: the last day under the former supervisor.
    page.get_by_role("textbox", name="From").fill("2007-09-28")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("rowheader", name="Change of supervisor")).to_be_visible()
    check_page(page)

    page = log_in(office.user("supervisor"))
    page.goto(site.page(f"/performance/plans/{office.plan.pk}/appraisals/new/"))
    page.get_by_label("For", exact=True).select_option("departing_supervisor")
    page.get_by_label("Through").fill("2007-09-28")
    page.get_by_label("How the employee did").fill("Steady work at the port.")
    check_page(page)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("This is not a rating of record")).to_be_visible()
    page.get_by_role("button", name="Sign it").click()
    page.get_by_role("button", name="Give it to Ana Diaz").click()
    check_page(page)

    page = log_in(office.user("employee"))
    made = Appraisal.objects.get()
    page.goto(site.page(f"/performance/appraisals/{made.pk}/"))
    expect(page.get_by_text("Steady work at the port.")).to_be_visible()
    expect(page.get_by_text("This is not a rating of record")).to_be_visible()


def test_ratings_are_sent_signed_and_a_changed_packet_is_refused(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    office.issued()
    page = log_in(office.hr)
    here = site.page(f"/performance/people/{office.employee.pk}/packets/")
    page.goto(here)
    check_page(page)
    page.get_by_label("Organization or agency that receives them").fill("Treasury")
    page.get_by_role("button", name="Sign the packet").click()
    expect(page.get_by_role("heading", name="Rating packet of Ana Diaz")).to_be_visible()
    check_page(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Signed file (JSON)").click()
    sent = json.loads(file.value.path().read_text())
    with page.expect_download() as paper:
        page.get_by_role("link", name="On paper (PDF)").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")

    sent["packet"]["ratings"][0]["level"] = "AE"
    forged = tmp_path / "packet.json"
    forged.write_text(json.dumps(sent))
    page.goto(here)
    page.locator("#packet").set_input_files(forged)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("The packet is not as it was signed")).to_be_visible()
    check_page(page)
    page.locator("#packet").set_input_files(file.value.path())
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Received from elsewhere, read-only.")).to_be_visible()
    check_page(page)
    assert RatingPacket.objects.count() == 2


def test_the_designee_establishes_a_system_for_entry_and_developmental_bands(
    site: Site,
    office: Office,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    designee = make_user()
    grant_role(designee, Role.DESIGNEE)
    page = log_in(designee)
    page.goto(site.page("/performance/systems/"))
    expect(page.get_by_role("cell", name="illustrative value").first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Establish a system").click()
    page.get_by_label("Code", exact=True).fill("ED")
    page.get_by_label("Title").fill("Entry and developmental")
    page.get_by_label("Implementing directive").select_option(index=1)
    page.get_by_label("For periods that begin").fill("2008-10-01")
    page.get_by_label("Levels, best first").fill("P Meets expectations\nU Unacceptable")
    page.get_by_text("Entry/Developmental", exact=True).click()
    page.get_by_role("button", name="Establish the system").click()
    expect(page.get_by_text("Name the directive’s clause for")).to_be_visible()
    check_page(page)
    for heading in ("Setting", "Communicating", "Monitoring", "Giving", "Developing", "Rating"):
        page.get_by_label(heading).first.fill("IV.A")
    page.get_by_label("Rewarding performance").fill("IV.A")
    page.get_by_role("button", name="Establish the system").click()
    expect(page.get_by_role("heading", name="Entry and developmental")).to_be_visible()
    check_page(page)
