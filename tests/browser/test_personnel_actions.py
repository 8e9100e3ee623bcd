"""A promotion by an HR specialist, from the file to the employee's own pay page, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from performance.services.systems import ensure_system
from regulation import clock
from tests.browser.conftest import Site
from tests.pay.actions.desk import make_desk

pytestmark = pytest.mark.browser


def test_a_promotion_is_refused_put_right_looked_at_and_carried_out(
    site: Site, log_in: Callable[[User], Page], check_page: Callable[[Page], None]
) -> None:
    ensure_system()
    desk = make_desk(user=True, given_name="Ada", family_name="Okafor")
    position = desk.position(desk.senior)
    page = log_in(desk.user)

    page.goto(site.page("/"))
    page.get_by_label("Name or employee number").fill("okafor")
    page.get_by_role("button", name="Find the person").click()
    page.get_by_role("link", name="Ada Okafor").click()
    page.get_by_role("link", name="Personnel actions", exact=True).click()
    expect(page.get_by_role("heading", name="Start a new action")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Promotion").click()

    page.get_by_label("New position").fill(position.title)
    page.get_by_role("button", name="Search positions").click()
    page.get_by_role("button", name=position.number).click()
    expect(page.get_by_label("New position")).to_have_value(position.number)
    page.get_by_label("Effective date").fill(clock.today().isoformat())
    page.get_by_label("Percent of the increase").fill("5")
    page.get_by_label("Authority").fill("Selection 26-104")
    page.get_by_role("button", name="Show the result").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("A promotion raises pay by at least 8%")
    expect(refusal).to_contain_text("5 CFR 9701.353(a)")
    expect(page.get_by_role("button", name="Carry out")).to_have_count(0)
    expect(page.get_by_label("Authority")).to_have_value("Selection 26-104")
    check_page(page)

    page.get_by_label("Percent of the increase").fill("10")
    page.get_by_role("button", name="Show the result").click()
    heading = page.get_by_role("heading", name="The result, if carried out")
    expect(heading).to_be_focused()
    expect(page.get_by_text("62,000 × (1 + 10%) = 68,200")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Carry out").click()

    expect(page.get_by_text("Promotion of Ada Okafor is on record.")).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text="Selection 26-104")
    expect(line).to_contain_text("$62,000")
    expect(line).to_contain_text("$68,200")
    expect(line).to_contain_text("In force")
    expect(line).to_contain_text("Harper Quinn")
    check_page(page)

    assert desk.employee.user is not None
    page = log_in(desk.employee.user)
    page.goto(site.page("/pay/mine/"))
    expect(page.get_by_text("62,000 × (1 + 10%) = 68,200")).to_be_visible()
