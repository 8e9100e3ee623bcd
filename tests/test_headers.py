"""Every answer, the admin and the error pages included, tells the browser what it may not do."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from portal.views import home
from tests.access_table import TABLE
from tests.access_world import World

#: A script or style inside the page, which the policy would forbid.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:"
)
ADMIN = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/rolegrant/add/",
    "/admin/classification/band/",
    "/admin/casework/sweep/",
]


def _refuse_laxness(answer: HttpResponse) -> None:
    policy = answer["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'self'",
    ):
        assert directive in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    if not answer.streaming and answer["Content-Type"].startswith("text/html"):
        assert INLINE.findall(answer.content.decode()) == []


def test_every_page_is_strict(world: World) -> None:
    for name, row in TABLE.items():
        part = next((part for part in sorted(row.get) if part in world.people), None)
        if not row.get or (part or "").startswith("recused"):
            continue
        world.enter(world.people[part] if part else None)
        _refuse_laxness(world.client.get(world.address(name, row)))  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ADMIN)
def test_the_admin_is_strict(world: World, address: str) -> None:
    world.enter(world.people["administrator"])
    answer = world.client.get(address)
    assert answer.status_code == 200
    _refuse_laxness(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "status"), [("/people/", 403), ("/nowhere/", 404), ("/people/?q=%00", 400)]
)
def test_an_error_page_is_strict(world: World, address: str, status: int) -> None:
    world.enter(world.people["self"])
    answer = world.client.get(address)
    assert answer.status_code == status
    _refuse_laxness(answer)  # type: ignore[arg-type]


def test_a_fault_is_strict(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(home, "inbox_of", fail)
    monkeypatch.setattr(world.client, "raise_request_exception", False)
    world.enter(world.people["self"])
    answer = world.client.get("/")
    assert answer.status_code == 500
    assert "a fault" not in answer.content.decode()
    _refuse_laxness(answer)  # type: ignore[arg-type]


def test_a_document_is_saved_and_not_shown(world: World) -> None:
    name = "reconsideration:document"
    world.enter(world.people["self"])
    answer = world.client.get(world.address(name, TABLE[name]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
