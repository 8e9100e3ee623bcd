"""A demonstration made by an earlier version goes on with the parameters of this one."""

from __future__ import annotations

from datetime import date

import pytest

from demonstration.services.carry_new_parameters import carry_new_parameters
from governance.models import Directive
from governance.parameters import PARAMETERS
from governance.queries.policy import policy_on
from governance.services.directives import issue_directive
from tests.factories import make_policy

pytestmark = pytest.mark.django_db

ON = date(2024, 10, 1)
OLD = {key: known.default for key, known in PARAMETERS.items() if key != "rater_reply_days"}


def test_what_no_directive_ever_carried_comes_with_its_default() -> None:
    issue_directive(
        number="D-1", title="Old", effective=date(2020, 10, 1), signed_by="S", values=OLD
    )
    assert carry_new_parameters() == ["rater_reply_days"]
    assert policy_on(ON)["rater_reply_days"] == PARAMETERS["rater_reply_days"].default
    assert carry_new_parameters() == []
    assert Directive.objects.count() == 2


def test_what_a_directive_took_away_stays_away() -> None:
    make_policy()
    issue_directive(
        number="D-2", title="Less", effective=ON, signed_by="S", values={"rater_reply_days": None}
    )
    assert carry_new_parameters() == []
