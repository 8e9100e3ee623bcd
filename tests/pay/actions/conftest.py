"""The HR desk of the tests of personnel actions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from regulation import clock
from tests.pay.actions.desk import TODAY, Desk, make_desk


@pytest.fixture
def today() -> Iterator[None]:
    with clock.use_clock(clock.at_noon(TODAY)):
        yield


@pytest.fixture
def desk(db: None, today: None) -> Desk:
    return make_desk()
