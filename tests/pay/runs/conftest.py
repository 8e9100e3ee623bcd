from __future__ import annotations

import pytest

from tests.pay.runs.department import Department, make_department


@pytest.fixture
def department(db: None) -> Department:
    """A department in the test's own transaction."""
    return make_department()
