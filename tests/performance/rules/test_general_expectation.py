"""A procedure counts from the day it was available to the employee, a revision from its own."""

from __future__ import annotations

from datetime import date

import pytest

from performance.rules.general_expectation import check_revision, joined_on, standing_of
from regulation.refusals import Refused

AVAILABLE, REVISED = date(2007, 2, 1), date(2007, 6, 1)


@pytest.mark.paragraph("9701.406(a)#2")
@pytest.mark.parametrize(
    ("joined", "revised", "on", "counts"),
    [
        (date(2000, 1, 3), None, AVAILABLE, False),
        (date(2000, 1, 3), None, date(2007, 2, 2), True),
        # Hired later: from the day after he came.
        (date(2007, 4, 2), None, date(2007, 4, 2), False),
        (date(2007, 4, 2), None, date(2007, 4, 3), True),
        # The old version until the revised one is available.
        (date(2000, 1, 3), REVISED, date(2007, 5, 31), True),
        (date(2000, 1, 3), REVISED, REVISED, False),
    ],
)
def test_it_counts_from_the_day_after_it_was_available_to_the_employee_until_it_is_revised(
    joined: date, revised: date | None, on: date, counts: bool
) -> None:
    found = standing_of(available_on=AVAILABLE, revised_on=revised, joined=joined)
    assert found is not None
    assert found.counts(on=on) is counts


@pytest.mark.parametrize(("joined", "stands"), [(date(2007, 5, 31), True), (REVISED, False)])
def test_who_joins_when_it_is_revised_never_had_the_old_version(joined: date, stands: bool) -> None:
    found = standing_of(available_on=AVAILABLE, revised_on=REVISED, joined=joined)
    assert (found is not None) is stands


@pytest.mark.parametrize(
    ("spells", "joined"),
    [
        ([(date(2000, 1, 3), None)], date(2000, 1, 3)),
        ([(date(2000, 1, 3), date(2005, 1, 2)), (date(2005, 1, 2), None)], date(2000, 1, 3)),
        ([(date(2000, 1, 3), date(2005, 1, 2)), (date(2006, 1, 1), None)], date(2006, 1, 1)),
        ([(date(2000, 1, 3), None), (date(2007, 1, 1), date(2007, 2, 1))], date(2000, 1, 3)),
        ([(date(2000, 1, 3), date(2007, 3, 1))], None),
        ([(date(2007, 3, 2), None)], None),
        ([], None),
    ],
)
def test_time_in_the_organization_goes_on_through_a_change_of_position_and_not_over_a_gap(
    spells: list[tuple[date, date | None]], joined: date | None
) -> None:
    assert joined_on(spells, on=date(2007, 3, 1)) == joined


@pytest.mark.paragraph("9701.406(a)#2")
def test_a_revision_is_available_after_what_it_revises() -> None:
    check_revision(available_on=date(2007, 2, 2), replaced_on=AVAILABLE)
    with pytest.raises(Refused) as caught:
        check_revision(available_on=AVAILABLE, replaced_on=AVAILABLE)
    assert caught.value.code == "invalid_input"
