"""The whole way of a reconsideration, as the people would go it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from casework.actor import Actor
from pay.queries.rates import rate_on
from pay.services.start_pay import start_pay
from reconsideration.models import Request, RequestState
from regulation import clock
from tests.browser.conftest import Site
from tests.factories import make_schedule
from tests.reconsideration.conftest import make_scene

pytestmark = pytest.mark.browser


def test_a_request_goes_from_the_employee_through_dhs_to_opms_final_word(
    site: Site,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    scene = make_scene()
    make_schedule()
    start_pay(
        scene.employee,
        basic=90_000,
        effective=date(2020, 1, 5),
        actor=Actor.system("a test"),
        authority="hired",
        on=date(2020, 1, 5),
    )
    evidence = tmp_path / "duties.pdf"
    evidence.write_bytes(b"%PDF-1.7 what I do")

    page = log_in(scene.user)
    page.goto(site.page("/"))
    page.get_by_role("link", name="My position").click()
    expect(page.get_by_role("heading", name="My position", exact=True)).to_be_visible()
    expect(page.get_by_text("Casey Classifier").first).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Ask for reconsideration").click()
    check_page(page)
    page.get_by_role("button", name="File the request").click()
    expect(page.get_by_label("Why is it not right?")).to_be_focused()
    page.get_by_label("Why is it not right?").fill("I decide the hardest cases of the office.")
    page.get_by_role("button", name="File the request").click()
    expect(page.get_by_role("heading", name="Something is missing or wrong")).to_be_visible()
    expect(page.get_by_label("Why is it not right?")).to_have_value(
        "I decide the hardest cases of the office."
    )
    check_page(page)
    page.get_by_text("The level of the work within the cluster").wait_for()
    page.locator("label[for=id_issues_band]").click()
    page.get_by_label("What should it be instead?").fill("Senior Expert")
    page.get_by_label("Documents").set_input_files(evidence)
    page.get_by_role("button", name="File the request").click()
    expect(page.get_by_text("Your request was filed with the Department.")).to_be_visible()
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="duties.pdf").click()
    assert download.value.suggested_filename == "duties.pdf"

    page = log_in(scene.users["hr"])
    page.goto(site.page("/reconsideration/queue/"))
    expect(page.get_by_text("0 days")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Alice Shaw").click()
    check_page(page)
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_text("The review has begun.")).to_be_visible()
    check_page(page)
    page.get_by_text("Sustained: the classification stands").click()
    page.get_by_role("button", name="Record the determination").click()
    expect(page.get_by_text("A determination gives its reasons")).to_be_visible()
    check_page(page)
    page.get_by_label("Reasons").fill("The cases are those of a journeyman.")
    page.get_by_role("button", name="Record the determination").click()
    expect(page.get_by_text("The Department’s determination was recorded")).to_be_visible()
    check_page(page)

    page = log_in(scene.user)
    page.goto(site.page("/reconsideration/mine/"))
    check_page(page)
    page.get_by_role("link", name="Request of").click()
    expect(page.locator("#what-comes-next")).to_contain_text("unless you ask OPM")
    page.get_by_role("link", name="Take it to OPM").click()
    check_page(page)
    page.get_by_label("Why should OPM decide otherwise?").fill("Nobody else decides them.")
    page.get_by_role("button", name="Ask OPM to review").click()
    expect(page.get_by_text("Your request is with OPM.")).to_be_visible()

    page = log_in(scene.users["opm"])
    page.goto(site.page("/reconsideration/opm/"))
    check_page(page)
    page.get_by_role("link", name="Alice Shaw").click()
    page.get_by_role("button", name="Take it up").click()
    check_page(page)
    page.get_by_text("Changed: to what is chosen below").click()
    page.get_by_label("Cluster and band").select_option(
        label="Law enforcement, Senior Expert (LE-SE)"
    )
    page.get_by_label("Counts from").fill(f"{clock.today():%Y-%m-%d}")
    page.get_by_label("Reasons").fill("The work is that of an expert.")
    page.get_by_role("button", name="Record the determination").click()
    expect(page.get_by_text("OPM’s final determination was recorded")).to_be_visible()
    check_page(page)

    page = log_in(scene.user)
    page.goto(site.page("/reconsideration/mine/"))
    page.get_by_role("link", name="Request of").click()
    expect(page.locator("#what-comes-next")).to_contain_text("This is final.")
    expect(page.get_by_text("Pay followed")).to_be_visible()
    check_page(page)
    page.goto(site.page("/reconsideration/position/"))
    expect(page.get_by_text("Senior Expert").first).to_be_visible()
    check_page(page)
    page.goto(site.page("/reconsideration/new/"))
    page.locator("label[for=id_issues_band]").click()
    page.get_by_label("Why is it not right?").fill("Again.")
    page.get_by_role("button", name="File the request").click()
    expect(page.locator("#refusal")).to_contain_text("OPM has decided this")
    expect(page.get_by_label("Why is it not right?")).to_have_value("Again.")
    check_page(page)
    assert Request.objects.get().state == RequestState.OPM_DECIDED
    rate = rate_on(scene.employee, clock.today())
    assert rate is not None
    assert (rate.band_id, rate.basic) == (scene.expert.pk, 97_200)
