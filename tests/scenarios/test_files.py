"""Every scenario file of the project holds, played through the services."""

from __future__ import annotations

from pathlib import Path

import pytest

from pay.models import PayAction
from scenarios.parsing import parse
from scenarios.play import play
from workforce.models import Employee

FILES = sorted((Path(__file__).parent / "files").glob("*.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_expectation_of_the_file_holds(path: Path) -> None:
    played = play(parse(path.read_text(encoding="utf-8")))
    assert played.answer.failed == []


@pytest.mark.django_db
def test_playing_keeps_nothing() -> None:
    play(parse(FILES[0].read_text(encoding="utf-8")))
    assert not PayAction.objects.exists()
    assert not Employee.objects.exists()
