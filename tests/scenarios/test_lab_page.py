"""The lab's page: what is written or uploaded is played apart, shown, and kept nowhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from pay.models import PayAction
from scenarios import simulation, views
from scenarios.parsing import parse
from scenarios.play import play
from scenarios.simulation import MOST_BYTES, Fault, fault_of, simulate
from scenarios.told import lines_around, told
from tests import factories

EXAMPLES = {path.stem: path for path in views.EXAMPLES.glob("*.yaml")}
RANGE, PROMOTION = (EXAMPLES[name].read_text("utf-8") for name in ("range_adjustment", "promotion"))


@pytest.fixture
def specialist(db: None) -> User:
    user = factories.make_user()
    factories.grant_role(user, Role.HR_SPECIALIST)
    return user


@pytest.fixture
def staff(specialist: User) -> Client:
    client = Client()
    client.force_login(specialist, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, text: str = "", **more: Any) -> tuple[int, str]:
    answer = client.post(reverse("scenarios:lab"), {"text": text, **more})
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_holds_and_says_what_it_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert play(parse(text)).answer.failed == []


def test_each_example_is_there_to_start_from(staff: Client) -> None:
    page = staff.get(reverse("scenarios:lab")).content.decode()
    for example in views.examples():
        assert f"?example={example.name}" in page
        assert example.about in page
    page = staff.get(reverse("scenarios:lab"), {"example": "promotion"}).content.decode()
    assert "title: Promoted by at least eight percent" in page
    unknown = staff.get(reverse("scenarios:lab"), {"example": "../../secret"})
    assert unknown.status_code == 200


def test_a_scenario_is_played_and_shown_a_person_at_a_time(staff: Client) -> None:
    status, page = send(staff, PROMOTION.replace("\n", "\r\n"), explain="ada")
    assert status == 200
    assert "Every expectation held." in page
    assert page.count('<details class="lab-person"') == 3
    assert "$66,960" in page
    assert 'href="/regulation/9701.353(a)/"' in page
    assert "parameter_missing" in page
    assert "Every step in words" in page
    assert "62,000 × (1 + 8%)" in page
    assert "Basic pay of ada" in page
    assert "title: Promoted by at least eight percent" in page
    assert not PayAction.objects.exists()


def test_an_uploaded_file_takes_the_place_of_the_text_and_a_doubt_that_fails_is_said(
    staff: Client,
) -> None:
    doubted = RANGE.replace("basic: 56375}", "basic: 56376}")
    upload = SimpleUploadedFile("doubt.yaml", doubted.encode("utf-8-sig"))
    status, page = send(staff, "nothing of it", file=upload)
    assert status == 200
    assert "Not as expected" in page
    line = 1 + doubted[: doubted.index("56376")].count("\n")
    assert re.search(rf"<strong>Line {line}</strong>: expected employee ana.*56375", page)
    assert "nothing of it" not in page
    assert "defaulted" in page


def test_a_fault_is_named_by_key_and_line_beside_the_text(staff: Client) -> None:
    status, page = send(staff, RANGE.replace("basic: 55000", "basic: lots"))
    assert status == 422
    assert "Line 14 cannot be read" in page
    assert "<code>employees.ana.basic</code>: expected whole dollars" in page
    assert '<li class="is-meant">' in page
    assert page.count("basic: lots") == 2


@pytest.mark.parametrize(
    ("sent", "told_of"),
    [
        ({"text": "   "}, "Write a scenario, upload one, or start from an example."),
        ({"text": "hello"}, "this key is required"),
        ({"text": "x" * (MOST_BYTES + 1)}, "The text is longer than 200 kB."),
        ({"file": b"\xff\xfe"}, "The file is not text in UTF-8."),
        ({"file": b"x" * (MOST_BYTES + 1)}, "The file is larger than 200 kB."),
    ],
    ids=["nothing", "no scenario", "too long", "no text", "too large"],
)
def test_what_is_no_scenario_starts_no_process(
    staff: Client, monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any], told_of: str
) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    if "file" in sent:
        sent = {"text": "kept", "file": SimpleUploadedFile("a.yaml", sent["file"])}
    status, page = send(staff, **sent)
    assert status == 422
    assert told_of in page
    assert "kept" in page or "file" not in sent


def test_one_play_at_a_time(staff: Client, specialist: User) -> None:
    key = f"lab-play-{specialist.pk}"
    cache.set(key, True, timeout=5)
    try:
        status, page = send(staff, PROMOTION)
    finally:
        cache.delete(key)
    assert status == 409
    assert "still being played" in page
    assert "title: Promoted by" in page


def test_the_next_play_may_follow_even_one_that_failed(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(text: str, *, explain: str) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(views, "simulate", burst)
    for _ in range(2):
        with pytest.raises(OSError, match="no more processes"):
            send(staff, PROMOTION)


def test_a_server_without_the_owner_says_so(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OWNER_DATABASE_URL")
    answer = staff.get(reverse("scenarios:lab"))
    assert answer.status_code == 503
    assert "This server has no lab" in answer.content.decode()
    status, page = send(staff, PROMOTION)
    assert status == 503
    assert "title: Promoted by" in page


def test_a_play_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "MOST_SECONDS", 0.05)
    found = simulate(PROMOTION)
    assert isinstance(found, Fault)
    assert "not played to its end" in found.expected


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("-: line 6: a.b: expected x: y", Fault("expected x: y", key="a.b", line=6)),
        (
            "warning\n-: --explain: there is no employee 'x' in this scenario",
            Fault("--explain: there is no employee 'x' in this scenario"),
        ),
        ("Killed", Fault("The scenario could not be played, and the program does not say why.")),
    ],
)
def test_what_the_command_tells_is_read(message: str, fault: Fault) -> None:
    assert fault_of(message) == fault


@pytest.mark.parametrize(
    ("line", "numbers"), [(1, [1, 2, 3]), (9, [4, 5, 6]), (3, [1, 2, 3, 4, 5]), (None, [])]
)
def test_a_line_is_shown_with_its_neighbours(line: int | None, numbers: list[int]) -> None:
    shown = lines_around("a\nb\nc\nd\ne\nf", line)
    assert [each.number for each in shown] == numbers
    assert [each.number for each in shown if each.meant] == ([min(line, 6)] if line else [])


@pytest.mark.django_db
def test_a_page_shows_so_many_actions_and_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = play(parse(PROMOTION)).answer.as_json()
    monkeypatch.setattr("scenarios.told.MOST_ACTIONS", 2)
    shown = told(document)
    assert sum(len(person.actions) for person in shown["people"]) == 2
    assert (shown["actions"], shown["left_out"]) == (3, 1)


def test_the_page_asks_this_database_nothing_but_who_reads_it(staff: Client) -> None:
    counts = []
    for address in (reverse("accounts:password_change"), reverse("scenarios:lab")):
        staff.get(address)
        with CaptureQueriesContext(connection) as captured:
            staff.get(address)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
