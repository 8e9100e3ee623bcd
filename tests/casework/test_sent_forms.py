"""A form acts once, for the user to whom it was shown and with the content that he sent."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Notice, SentForm
from casework.services.notices import notify
from reconsideration.models import Request
from regulation.clock import at_noon, today, use_clock
from tests import factories
from tests.reconsideration.conftest import TODAY, make_scene

pytestmark = pytest.mark.django_db

READ = "/notices/read/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def notice_for(user: User) -> int:
    notify(user, title="Something", on=today())
    return int(Notice.objects.get(recipient=user).pk)


def test_the_key_of_a_form_is_of_no_use_to_another_user() -> None:
    alice, bob = factories.make_user(), factories.make_user()
    body = {"form_key": str(uuid4()), "newest": str(notice_for(alice))}
    notice_for(bob)
    assert client_of(alice).post(READ, body).status_code == 302
    assert client_of(bob).post(READ, body).status_code == 409
    assert Notice.objects.get(recipient=bob).read_at is None


def test_the_same_key_with_other_content_is_refused() -> None:
    alice = factories.make_user()
    client, newest = client_of(alice), notice_for(alice)
    body = {"form_key": str(uuid4()), "newest": str(newest)}
    assert client.post(READ, body).status_code == 302
    assert client.post(READ, body).status_code == 302
    changed = client.post(READ, body | {"newest": str(newest + 1)})
    assert changed.status_code == 409
    assert "already sent with other content" in changed.content.decode()
    assert SentForm.objects.count() == 1


def test_a_file_is_part_of_what_was_sent() -> None:
    client = client_of(make_scene().user)
    key = str(uuid4())

    def send(data: bytes) -> Any:
        file = SimpleUploadedFile("duties.txt", data, "text/plain")
        body = {"form_key": key, "to": "DHS", "issues": ["band"], "argument": "Harder."}
        return client.post(reverse("reconsideration:file"), body | {"documents": file})

    with use_clock(at_noon(TODAY)):
        assert [send(b"one").status_code for _ in range(2)] == [302, 302]
        assert send(b"two").status_code == 409
    assert Request.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-00000000000g"])
def test_a_form_without_a_key_is_not_carried_out(key: str) -> None:
    alice = factories.make_user()
    body = {"form_key": key, "newest": str(notice_for(alice))}
    assert client_of(alice).post(READ, body).status_code == 400
    assert Notice.objects.get().read_at is None


def test_a_refused_form_leaves_its_key_free() -> None:
    alice = factories.make_user()
    client, key = client_of(alice), str(uuid4())
    assert client.post(READ, {"form_key": key, "newest": "x"}).status_code == 422
    body = {"form_key": key, "newest": str(notice_for(alice))}
    assert client.post(READ, body).status_code == 302
