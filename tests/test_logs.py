"""What is written to the logs names places, and neither people nor what they searched for."""

from __future__ import annotations

import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config.logs import PlacesOnly, exception_places, without_query
from regulation.refusals import Refused

NAME = "Ana Diaz"
SAID = f"Subpart D does not apply to {NAME}"


def _fail() -> None:
    try:
        raise Refused("subpart_d_not_effective", "9701.102(c)", SAID)
    except Refused as refusal:
        raise ValueError(NAME) from refusal


@pytest.mark.parametrize("given", [True, "tuple", "error"])
def test_an_error_is_logged_with_its_places_and_kinds_and_not_with_its_words(given: object) -> None:
    try:
        _fail()
    except ValueError as error:
        handed = {"tuple": sys.exc_info(), "error": error}.get(str(given), given)
        logged = str(exception_places(None, "error", {"exc_info": handed})["exception"])
        line = logging.LogRecord("x", logging.ERROR, "", 1, "failed", None, sys.exc_info())
        for text in (logged, PlacesOnly().format(line)):
            assert "Diaz" not in text
            assert "test_logs.py" in text
            assert text.index("Refused") < text.rindex("ValueError")


def test_an_event_without_an_error_is_left_alone() -> None:
    assert exception_places(None, "info", {"event": "done"}) == {"event": "done"}


@pytest.mark.parametrize(
    ("asked", "logged"),
    [("GET /people/?q=Diaz", "GET /people/"), ("POST /login/", "POST /login/")],
)
def test_an_address_is_logged_without_its_question(asked: str, logged: str) -> None:
    assert without_query(None, "info", {"request": asked}) == {"request": logged}


def test_the_console_writes_no_words_of_errors() -> None:
    configured: Any = settings.LOGGING
    console = configured["handlers"]["console"]
    assert configured["formatters"][console["formatter"]] == {"()": "config.logs.PlacesOnly"}


@pytest.mark.django_db
def test_a_search_that_fails_leaves_no_name_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Client().get("/nowhere/", {"q": "Diaz"})
    assert "/nowhere/" in caplog.text
    assert "Diaz" not in caplog.text
