"""Nothing that was typed is lost: not by a time-out, a stale form or a lost connection."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import factories
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

#: A page of the program with a form put into it that keeps and saves what is typed.
FORM = """([version, text]) => {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  document.getElementById("main-content").insertAdjacentHTML("beforeend", `
    <form data-keep-draft="note-1" data-draft-version="${version}"
          data-autosave="/accounts/session/" data-autosave-status="saved"
          action="/notices/read/" method="post">
      <input type="hidden" name="csrfmiddlewaretoken" value="${token}">
      <label for="note">Note</label><textarea id="note" name="note">${text}</textarea>
      <label for="done">Done</label><input type="checkbox" id="done" name="done" value="1">
      <p id="saved" role="status"></p>
      <button type="submit">Send</button>
    </form>`);
  document.dispatchEvent(new CustomEvent("htmx:load"));
  document.body.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}"""

KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def alice(site: Site) -> User:
    return factories.make_user("alice", full_name="Alice Shaw")


def _show_form(page: Page, site: Site, *, version: int = 1, text: str = "") -> None:
    page.goto(site.page("/"))
    page.evaluate(FORM, [version, text])


def test_text_comes_back_after_the_session_ended_and_one_logged_in_again(
    site: Site, alice: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(alice)
    _show_form(page, site)
    page.get_by_label("Note").fill("An afternoon of work.")
    page.get_by_label("Done").check()
    Session.objects.all().delete()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.get_by_label("User name").fill("alice")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    _show_form(page, site)
    expect(page.get_by_label("Note")).to_have_value("An afternoon of work.")
    expect(page.get_by_label("Done")).to_be_checked()
    expect(page.get_by_text("Your text is back")).to_be_visible()
    page.get_by_role("button", name="Show the saved version instead").click()
    expect(page.get_by_label("Note")).to_have_value("")


def test_a_changed_record_is_never_overwritten_by_kept_text(
    site: Site, alice: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(alice)
    _show_form(page, site, version=1, text="old")
    page.get_by_label("Note").fill("mine")
    _show_form(page, site, version=2, text="changed by another")
    expect(page.get_by_label("Note")).to_have_value("changed by another")
    page.get_by_role("button", name="Put my text into the form").click()
    expect(page.get_by_label("Note")).to_have_value("mine")


def test_a_save_that_finds_the_session_ended_says_so_and_keeps_the_text(
    site: Site,
    alice: User,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
) -> None:
    page = log_in(alice)
    _show_form(page, site)
    Session.objects.all().delete()
    page.get_by_label("Note").fill("kept")
    expect(page.get_by_role("dialog", name="You were logged out")).to_be_visible(timeout=10_000)
    assert page.get_by_role("link", name="Log in").get_attribute("href") == (
        "/accounts/login/?next=%2F"
    )
    check_page(page)


def test_a_save_without_a_connection_keeps_the_text(
    site: Site, alice: User, log_in: Callable[[User], Page], faults: list[str]
) -> None:
    page = log_in(alice)
    _show_form(page, site)
    page.context.set_offline(True)
    page.get_by_label("Note").fill("kept")
    expect(page.locator("#saved")).to_contain_text("there is no connection", timeout=10_000)
    page.context.set_offline(False)
    _show_form(page, site)
    expect(page.get_by_label("Note")).to_have_value("kept")


def test_the_session_warns_before_it_ends_and_goes_on_when_asked(
    site: Site,
    alice: User,
    log_in: Callable[[User], Page],
    check_page: Callable[[Page], None],
    settings: pytest.FixtureRequest,
) -> None:
    settings.SESSION_COOKIE_AGE = 40  # type: ignore[attr-defined]
    page = log_in(alice)
    page.goto(site.page("/"))
    dialog = page.get_by_role("dialog", name="Are you still here?")
    expect(dialog).to_be_visible(timeout=30_000)
    check_page(page)
    page.get_by_role("button", name="Stay logged in").click()
    expect(dialog).to_be_hidden()


def test_logging_out_leaves_no_text_behind(
    site: Site, alice: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(alice)
    _show_form(page, site)
    page.get_by_label("Note").fill("private")
    assert page.evaluate(KEPT) == 1
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_another_user_of_the_same_window_sees_none_of_it(
    site: Site, alice: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(alice)
    _show_form(page, site)
    page.get_by_label("Note").fill("private")
    log_in(factories.make_user("bob"))
    _show_form(page, site)
    expect(page.get_by_label("Note")).to_have_value("")


def test_the_header_works_from_the_keyboard_and_the_menu_at_320_pixels(
    site: Site, alice: User, log_in: Callable[[User], Page], check_page: Callable[[Page], None]
) -> None:
    page = log_in(alice)
    page.goto(site.page("/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("link", name="Change password")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change password")).to_be_hidden()


def test_a_form_that_was_carried_out_offers_nothing_when_its_own_page_comes_back(
    site: Site, alice: User, log_in: Callable[[User], Page]
) -> None:
    page = log_in(alice)
    page.goto(site.page("/"))
    store = """([user, arrived]) => {
      const values = { note: ["Said already."], done: [["1", false]] };
      const draft = { version: "1", values, at: 0, sent: true, formKey: "k" };
      sessionStorage.setItem(`draft:${user}:note-1`, JSON.stringify(draft));
      document.body.dataset.carriedOut = arrived;
    }"""
    page.evaluate(store, [alice.pk, "k"])
    page.evaluate(FORM, [2, ""])
    expect(page.get_by_label("Note")).to_have_value("")
    expect(page.get_by_text("There is text of yours")).to_have_count(0)
    assert page.evaluate(KEPT) == 0

    page.goto(site.page("/"))
    page.evaluate(store, [alice.pk, "another"])
    page.evaluate(FORM, [2, ""])
    expect(page.get_by_text("There is text of yours")).to_be_visible()
