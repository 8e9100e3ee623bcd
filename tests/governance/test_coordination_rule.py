"""R40: when the Department may proceed after its notice to OPM."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.coordination import (
    REQUIRED,
    Answer,
    Notice,
    first_day_after_silence,
    may_proceed,
    refuse_incomplete_notice,
    refuse_uncoordinated,
)
from regulation.refusals import Refused

GIVEN = date(2005, 3, 3)


@pytest.mark.paragraph("9701.103:coordination-2")
@pytest.mark.parametrize(
    ("given", "on", "clear"),
    [
        (date(2005, 3, 3), date(2005, 3, 3), False),
        (date(2005, 3, 3), date(2005, 4, 2), False),  # day 30, a Saturday: nothing rolls
        (date(2005, 3, 3), date(2005, 4, 3), True),
        (date(2006, 11, 1), date(2006, 12, 1), False),
        (date(2006, 11, 1), date(2006, 12, 2), True),
    ],
)
def test_silence_of_thirty_days_lets_the_department_proceed(
    given: date, on: date, clear: bool
) -> None:
    assert may_proceed(Notice(given=given), on=on) is clear


@pytest.mark.parametrize(
    ("answer", "answered", "on", "code"),
    [
        pytest.param(
            "concurred", 4, 4, None, marks=pytest.mark.paragraph("9701.103:coordination-2")
        ),
        pytest.param(
            "concurred", 4, 3, "coordination_pending",
            marks=pytest.mark.paragraph("9701.103:coordination-2"),
        ),
        pytest.param(
            "held_governmentwide", 30, 31, "coordination_hold",
            marks=pytest.mark.paragraph("9701.103:coordination-3"),
        ),
        pytest.param(
            "held_governmentwide", 35, 400, "coordination_hold",
            marks=pytest.mark.paragraph("9701.103:coordination-3"),
        ),
        pytest.param(
            "held_governmentwide", 35, 34, None,
            marks=pytest.mark.paragraph("9701.103:coordination-3"),
        ),
        pytest.param(
            "resolved", 90, 90, None, marks=pytest.mark.paragraph("9701.103:coordination-3")
        ),
        pytest.param(
            "responded_other", 30, 31, "coordination_pending",
            marks=pytest.mark.paragraph("9701.103:coordination-4"),
        ),
        pytest.param(
            "responded_other", 10, 900, "coordination_pending",
            marks=pytest.mark.paragraph("9701.103:coordination-4"),
        ),
    ],
)  # fmt: skip
def test_an_answer_of_opm_decides_from_the_day_it_comes(
    answer: Answer, answered: int, on: int, code: str | None
) -> None:
    notice = Notice(given=GIVEN, answer=answer, answered=GIVEN + timedelta(days=answered))
    asked = GIVEN + timedelta(days=on)
    assert may_proceed(notice, on=asked) is (code is None)
    if code is None:
        refuse_uncoordinated(notice, subject="ranges", on=asked)
    else:
        with pytest.raises(Refused) as refused:
            refuse_uncoordinated(notice, subject="ranges", on=asked)
        assert (refused.value.code, refused.value.citation) == (code, "9701.321(a)")


@pytest.mark.parametrize("subject", sorted(REQUIRED))
def test_every_subject_that_the_text_names_needs_a_notice(subject: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_uncoordinated(None, subject=subject, on=GIVEN)
    assert refused.value.code == "coordination_required"
    assert refused.value.citation == REQUIRED[subject]


@pytest.mark.parametrize("subject", ["pools", "point_values", "crosswalk", "opm_standards"])
def test_what_the_text_does_not_name_needs_none(subject: str) -> None:
    refuse_uncoordinated(None, subject=subject, on=GIVEN)


@given(given=st.dates(date(2000, 1, 1), date(2090, 1, 1)), wait=st.integers(0, 400))
def test_silence_clears_on_day_31_and_stays_clear(given: date, wait: int) -> None:
    assert may_proceed(Notice(given=given), on=given + timedelta(days=wait)) is (wait >= 31)
    assert first_day_after_silence(given) - given == timedelta(days=31)


@pytest.mark.paragraph("9701.103:coordination-1")
@pytest.mark.parametrize(
    ("staff", "action", "effective"),
    [
        (None, "Set ranges", date(2005, 6, 1)),
        (GIVEN, "  ", date(2005, 6, 1)),
        (GIVEN, "Set ranges", None),
        (GIVEN + timedelta(days=1), "Set ranges", date(2005, 6, 1)),
    ],
)
def test_a_notice_lacking_what_the_text_asks_for_is_refused(
    staff: date | None, action: str, effective: date | None
) -> None:
    with pytest.raises(Refused) as refused:
        refuse_incomplete_notice(
            staff_consulted=staff, action=action, intended_effective=effective, given=GIVEN
        )
    assert refused.value.code == "record_incomplete"
