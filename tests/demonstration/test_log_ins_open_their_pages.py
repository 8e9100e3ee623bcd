"""Every log-in of the demonstration finds its pages, and no page of its header is broken."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from accounts.models import User
from demonstration.rules.casting import PURPOSES
from demonstration.services.load_department import load_department

pytestmark = pytest.mark.django_db


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.header: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside = self._inside or tag == "nav"
        if self._inside and tag == "a" and (found.get("href") or "").startswith("/"):
            self.header.append(str(found["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "nav"


@pytest.fixture
def department() -> None:
    load_department(60, seed=2)


@pytest.mark.usefixtures("department")
@pytest.mark.parametrize("username", PURPOSES)
def test_every_page_of_the_header_opens_on_the_business_date(username: str, client: Client) -> None:
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    home = client.get("/")
    links = _Links()
    links.feed(home.content.decode())
    assert links.header
    for address in links.header:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
    assert f"{date(2024, 10, 1):%b} 1, 2024" in home.content.decode()
