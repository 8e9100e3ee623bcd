"""Whatever is sent to whatever address by whomever: an answer, and never a fault of the program."""

from __future__ import annotations

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access_table import TABLE
from tests.access_world import PAGES, World, page_of

ROWS = sorted(TABLE)
FORM = "application/x-www-form-urlencoded"

#: Percent-encoded, as they stand in an address.
HOSTILE = {
    "null byte": "a%00b",
    "what is no text": "%ff%fe" + quote("'\"`;--<script>%_\\{{7*7}}${7}𝔘‮💥é\u0301"),
    "no day": "2025-13-45",
    "a date and a number beyond every column": f"2025-02-03.{'9' * 30}",
    "a number beyond every column": "9" * 30,
    "a number too long to read": "9" * 5_000,
    "below zero": "-1",
    "digits of another script": quote("٣²"),
}
ASKED = (
    "q", "after", "state", "find", "cycle", "known", "show", "name", "next", "period_end",
    "page", "o", "pool", "on",
)  # fmt: skip
PARTS = ("self", "supervisor", "second_line", "hr", "pay", "opm", "auditor", "administrator")


def _reader(row_name: str, *, post: bool = False) -> str:
    """The first part that the table lets in; otherwise nobody's."""
    allowed = TABLE[row_name].post if post else TABLE[row_name].get
    return next((part for part in PARTS if part in allowed), "anonymous")


def _send(
    world: World, part: str, method: str, address: str, body: str | bytes = "", kind: str = FORM
) -> tuple[int, str]:
    """The status and the body of the answer; whatever it did is undone."""
    with transaction.atomic():
        world.enter(world.people.get(part))
        if method == "GET":
            answer = world.client.get(address)
        else:
            answer = world.client.post(address, body, content_type=kind)
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    return answer.status_code, text


@pytest.mark.parametrize("name", [name for name in ROWS if TABLE[name].get])
def test_no_query_is_a_fault(world: World, name: str) -> None:
    address = world.address(name, TABLE[name])
    for value in HOSTILE.values():
        query = "&".join(f"{key}={value}" for key in ASKED)
        status, _ = _send(world, _reader(name), "GET", f"{address}?{query}")
        assert status < 500, value[:40]


@pytest.mark.parametrize("name", [name for name in ROWS if TABLE[name].about])
def test_no_address_is_a_fault(world: World, name: str) -> None:
    row = TABLE[name]
    part = _reader(name, post=not row.get)
    good = world.address(name, row)
    for fact in set(row.about.values()):
        for value in HOSTILE.values():
            address = re.sub(rf"/{re.escape(world.facts[fact])}(?=/)", f"/{value}", good, count=1)
            for method in ("GET", "POST"):
                status, _ = _send(world, part, method, address)
                assert status < 500, (method, value[:40])


@pytest.mark.parametrize("name", [name for name in ROWS if TABLE[name].post])
def test_no_form_is_a_fault(world: World, name: str) -> None:
    row = TABLE[name]
    part = _reader(name, post=True)
    address = world.address(name, row)
    fields = {"version", "do", "reason", "stretch", "newest", "cycle", "kind", "level"}
    if row.get:
        fields |= set(re.findall(r'name="([\w.-]+)"', _send(world, part, "GET", address)[1]))
    fields -= {"csrfmiddlewaretoken", "form_key", "viewport", "htmx-config"}
    sent = [(value, str(uuid4())) for value in HOSTILE.values()]
    for value, key in [*sent, ("1", ""), ("1", "x"), ("1", "9" * 5_000)]:
        body = "&".join(f"{quote(field)}={value}" for field in sorted(fields))
        status, _ = _send(world, part, "POST", address, f"{body}&form_key={key}")
        assert status < 500, (value[:40], key[:40])


@pytest.mark.parametrize(
    "name", [name for name in ROWS if PAGES[page_of(name)].rule and TABLE[name].post]
)
def test_what_is_no_form_at_all_is_no_fault(world: World, name: str) -> None:
    address = world.address(name, TABLE[name])
    part = _reader(name, post=True)
    bodies = (
        ("application/json", b'{"a": [1'),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded; charset=latin-1", b"a=%ff"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(1_200))),
    )
    for content_type, data in bodies:
        status, _ = _send(world, part, "POST", address, data, content_type)
        assert status < 500, content_type


def test_a_null_byte_is_refused_with_a_page(world: World) -> None:
    for address in ("/people/?q=a%00b", "/people/a%00b/"):
        status, text = _send(world, "hr", "GET", address)
        assert status == 400
        assert "That request could not be read" in text


def test_a_null_byte_in_a_form_is_refused_beside_the_form(world: World) -> None:
    address = reverse("reconsideration:moot", args=[world.facts["request"]])
    status, text = _send(world, "opm", "POST", address, f"form_key={uuid4()}&reason=kept%00words")
    assert status == 422
    assert "holds a null byte" in text


def test_a_body_beyond_the_limit_is_refused(world: World) -> None:
    body = "argument=" + "a" * 13_000_000
    status, _ = _send(world, "self", "POST", reverse("reconsideration:file"), body)
    assert status == 400
