"""The pages of errors, and /healthz."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from casework.models import Sweep
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as ours
from regulation import clock
from regulation.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

REQUEST_ID = re.compile(r"Request id: <code>[0-9a-f-]{36}</code>")
RAISED = {
    "bad": BadRequest("The form has no key. Open it again."),
    "odd": SuspiciousOperation("secret detail"),
    "denied": PermissionDenied("why"),
    "missing": Http404("what"),
    "stale": Refused("stale_form", "", "This record was changed after you opened the form."),
    "early": Refused("min_period_not_met", "9701.409(b)", "Too few days were served."),
    "fault": RuntimeError("secret detail"),
}


def _raise(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]


urlpatterns = [*ours, path("raise/<str:what>/", _raise)]
handlers = (handler400, handler403, handler404, handler500)


@pytest.mark.urls("tests.portal.test_errors")
@pytest.mark.parametrize(
    ("what", "status", "title", "message"),
    [
        ("bad", 400, "That request could not be read", "The form has no key. Open it again."),
        ("odd", 400, "That request could not be read", "Go back and try again."),
        ("denied", 403, "You may not open this page", "no role or relation"),
        ("missing", 404, "There is no such page", "Check the address"),
        ("stale", 409, "This cannot be done", "This record was changed"),
        ("early", 422, "This cannot be done", "Too few days were served."),
        ("fault", 500, "Something went wrong on our side", "Nothing was half done."),
    ],
)
@pytest.mark.parametrize("logged_in", [False, True])
def test_every_error_has_a_page_with_the_id_of_the_request(
    what: str, status: int, title: str, message: str, logged_in: bool
) -> None:
    client = Client(raise_request_exception=False)
    if logged_in:
        client.force_login(
            factories.make_user(), backend="django.contrib.auth.backends.ModelBackend"
        )
    answer = client.get(f"/raise/{what}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert title in page
    assert message in page
    assert REQUEST_ID.search(page)
    assert "secret detail" not in page


@pytest.mark.urls("tests.portal.test_errors")
def test_a_refusal_links_its_paragraph() -> None:
    page = Client().get("/raise/early/").content.decode()
    assert 'href="/regulation/9701.409(b)/"' in page


def test_the_id_of_a_request_is_our_own_whatever_the_browser_says() -> None:
    page = Client().get("/nowhere/", headers={"X-Request-Id": "mine"}).content.decode()
    assert REQUEST_ID.search(page)


def test_healthz_tells_of_servers_and_the_last_sweep() -> None:
    Sweep.objects.create(on=date(2024, 10, 1), started_at=clock.now(), finished_at=clock.now())
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["database"], body["broker"]) == ("ok", "ok", "ok")
    assert body["last_sweep"]["on"] == "2024-10-01"


def test_healthz_fails_with_the_broker(settings: pytest.FixtureRequest) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "failing"
    assert answer.json()["database"] == "ok"


def test_every_page_carries_a_strict_policy_and_is_not_framed() -> None:
    answer = Client().get("/accounts/login/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"


def test_old_browsers_find_the_icon() -> None:
    assert Client().get("/favicon.ico")["Location"].endswith("img/favicon.svg")
