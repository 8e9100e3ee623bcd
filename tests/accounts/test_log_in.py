"""Logging in and out, passwords, and the end of a session."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice", email="alice@example.gov", password=PASSWORD)


def test_a_page_asks_for_log_in_and_goes_on_to_where_one_was_going(
    client: Client, alice: User
) -> None:
    asked = client.get("/my-file/?a=1")
    assert asked.status_code == 302
    assert asked["Location"] == "/accounts/login/?next=/my-file/%3Fa%3D1"
    answer = client.post(asked["Location"], {"username": "alice", "password": PASSWORD})
    assert answer["Location"] == "/my-file/?a=1"


def test_log_in_never_leads_to_another_site(client: Client, alice: User) -> None:
    answer = client.post(
        "/accounts/login/?next=https://evil.example/", {"username": "alice", "password": PASSWORD}
    )
    assert answer["Location"] == "/"


def test_a_wrong_password_says_no_more_than_that(client: Client, alice: User) -> None:
    wrong = client.post("/accounts/login/", {"username": "alice", "password": "x"})
    nobody = client.post("/accounts/login/", {"username": "nobody", "password": "x"})
    message = "The user name or the password is not right."
    assert message in wrong.content.decode()
    assert message in nobody.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_log_in(client: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    client.post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_pause_the_account(
    client: Client, alice: User, settings: pytest.FixtureRequest
) -> None:
    settings.AXES_ENABLED = True  # type: ignore[attr-defined]
    for _ in range(settings.AXES_FAILURE_LIMIT):  # type: ignore[attr-defined]
        answer = client.post("/accounts/login/", {"username": "alice", "password": "x"})
    assert answer.status_code == 429
    assert "Log-in is paused" in answer.content.decode()
    right = client.post("/accounts/login/", {"username": "alice", "password": PASSWORD})
    assert right.status_code == 429


def test_log_out_is_a_form_and_ends_the_session(client: Client, alice: User) -> None:
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert client.get("/my-file/").status_code == 302


def test_a_password_is_changed_by_whoever_knows_the_old_one(client: Client, alice: User) -> None:
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    new = {"new_password1": "another long phrase", "new_password2": "another long phrase"}
    refused = client.post("/accounts/password/", {"old_password": "x", **new})
    assert refused.status_code == 200
    done = client.post("/accounts/password/", {"old_password": PASSWORD, **new})
    assert done["Location"] == "/accounts/password/set/"
    alice.refresh_from_db()
    assert alice.check_password("another long phrase")
    assert client.get("/accounts/session/").status_code == 204


@pytest.mark.parametrize("weak", ["short", "password1234", "alice-alice-"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    user = User.objects.create_user("alice-alice", password=PASSWORD)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    body = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/accounts/password/", body).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_forgotten_password_is_set_by_a_link_that_works_once(client: Client, alice: User) -> None:
    answer = client.post("/accounts/password/forgotten/", {"email": "alice@example.gov"})
    assert answer["Location"] == "/accounts/password/sent/"
    (letter,) = mail.outbox
    found = re.search(r"http://testserver(\S+)", str(letter.body))
    assert found is not None
    form = client.get(found[1], follow=True)
    place = form.redirect_chain[-1][0]
    new = {"new_password1": "another long phrase", "new_password2": "another long phrase"}
    assert client.post(place, new)["Location"] == "/accounts/password/set/"
    alice.refresh_from_db()
    assert alice.check_password("another long phrase")
    assert "no longer works" in Client().get(found[1], follow=True).content.decode()


def test_an_unknown_address_is_answered_alike_and_gets_no_letter(client: Client) -> None:
    answer = client.post("/accounts/password/forgotten/", {"email": "nobody@example.gov"})
    assert answer["Location"] == "/accounts/password/sent/"
    assert mail.outbox == []


def test_a_script_without_a_session_is_told_so_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.get("/accounts/session/", headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client) -> None:
    answer = client.post("/notices/read/", headers={"Referer": "http://testserver/my-file/"})
    assert answer["Location"] == "/accounts/login/?next=/my-file/"
    elsewhere = client.post("/notices/read/", headers={"Referer": "https://evil.example/x/"})
    assert elsewhere["Location"] == "/accounts/login/?next=/"


def test_an_old_form_is_refused_with_advice(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/notices/read/")
    assert answer.status_code == 403
    assert "The form was open too long" in answer.content.decode()


def test_a_user_is_named_by_full_name_or_user_name() -> None:
    assert str(factories.make_user("bob")) == "bob"
    assert str(factories.make_user("eve", full_name="Eve Stone")) == "Eve Stone"
