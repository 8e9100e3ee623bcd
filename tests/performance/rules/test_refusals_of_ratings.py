"""The smaller checks on a rating, each with its boundary and its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from performance.rules.absence import Away, check_attested, check_not_lowered_in_absence
from performance.rules.assessment import Part, check_assessment
from performance.rules.communication import check_accountable
from performance.rules.finality import (
    check_period_complete,
    check_signatures,
    refuse_final,
)
from performance.rules.interim_review import check_interim_review
from performance.rules.quota_text import check_no_quota, names_a_quota
from performance.rules.substantial_change import check_substantial_change
from regulation.refusals import Refused

START, END = date(2006, 10, 1), date(2007, 9, 30)
ISSUED = date(2007, 10, 19)
TITLES = ["Achieved Excellence", "Exceeded Expectations", "Achieved Expectations", "Unacceptable"]
CODES = ["AE", "EE", "ME", "U"]


def refused(check: Any, **fields: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        check(**fields)
    return refusal.value.code, refusal.value.message


@pytest.mark.paragraph("9701.409(d)")
@pytest.mark.parametrize(
    "text",
    [
        "only 20% can be Excellence",
        "max two AE",
        "only two AE allowed",
        "We have a quota.",
        "Please fit the curve",
        "Achieved Excellence is for 10 percent of the unit",
        "no more than 3 Exceeded Expectations in this office",
        "AE: lower this one; only three\nAE are possible",
        "at most half may be rated Exceeded Expectations",
        "EE, max 4",
        "We can have one top rating only",
    ],
)
def test_a_reason_that_names_a_number_next_to_a_level_is_refused(text: str) -> None:
    code, message = refused(lambda **f: check_no_quota(text, **f), titles=TITLES, codes=CODES)
    assert code == "quota_not_allowed"
    assert message == "Ratings may not be changed to meet a number or percentage (9701.409(d))."


@pytest.mark.paragraph("9701.409(d)")
@pytest.mark.parametrize(
    "text",
    [
        "The basis for goal 2 names no result.",
        "He achieved 3 of 5 goals and exceeded one by far.",
        "She closed 40% more cases. Exceeded Expectations is borne out.",
        "Give me 2 examples of this.",
        "The evidence does not bear out Achieved Excellence.",
        "",
    ],
)
def test_a_reason_about_the_work_passes(text: str) -> None:
    assert not names_a_quota(text, titles=TITLES, codes=CODES)


@pytest.mark.paragraph("9701.406(b)#2")
@pytest.mark.parametrize(
    ("work", "allowed"),
    [
        (date(2007, 3, 2), False),
        (date(2007, 3, 5), False),
        (date(2007, 3, 6), True),
        (None, True),
    ],
)
def test_one_is_accountable_from_the_day_after_being_told(work: date | None, allowed: bool) -> None:
    told = date(2007, 3, 5)
    if allowed:
        check_accountable(communicated_on=told, work_dated=work)
        return
    assert refused(check_accountable, communicated_on=told, work_dated=work) == (
        "expectation_not_communicated",
        f"This expectation was communicated on 2007-03-05. Work dated {work} cannot be held "
        "against the employee under it (9701.406(b)).",
    )


@pytest.mark.paragraph("9701.406(b)#2")
def test_nobody_is_accountable_for_what_was_never_communicated() -> None:
    code, _ = refused(check_accountable, communicated_on=None, work_dated=None)
    assert code == "expectation_not_communicated"


@pytest.mark.paragraph("9701.407(b)#2")
@pytest.mark.parametrize(
    ("held", "exception", "allowed"),
    [
        ([START], "", True),
        ([END], "", True),
        ([date(2006, 9, 30)], "", False),
        ([date(2007, 10, 1)], "", False),
        ([], "", False),
        ([], "  ", False),
        ([], "Hired with 91 days left", True),
    ],
)
def test_a_review_is_held_inside_the_period_or_hr_excepts_it(
    held: list[date], exception: str, allowed: bool
) -> None:
    fields: dict[str, Any] = {"period_start": START, "period_end": END, "exception": exception}
    if allowed:
        check_interim_review(held, **fields)
        return
    assert refused(lambda **f: check_interim_review(held, **f), **fields) == (
        "interim_review_missing",
        "No interim review between 2006-10-01 and 2007-09-30. Hold one, or ask HR to record an "
        "exception (9701.407(b)).",
    )


@pytest.mark.paragraph("9701.409(b)#1")
def test_an_annual_rating_is_issued_from_the_day_after_the_period() -> None:
    check_period_complete(period_end=END, on=date(2007, 10, 1))
    assert refused(check_period_complete, period_end=END, on=END) == (
        "period_not_complete",
        "The appraisal period ends 2007-09-30. The rating can be issued from 2007-10-01 "
        "(9701.409(b)).",
    )


@pytest.mark.paragraph("9701.409(c)#2")
@pytest.mark.parametrize(
    ("rater", "reviewer", "missing"),
    [
        (True, False, "signature of the reviewing official"),
        (
            False,
            False,
            "signature of the rating official, signature of the reviewing official",
        ),
    ],
)
def test_a_rating_without_both_signatures_is_not_issued(
    rater: bool, reviewer: bool, missing: str
) -> None:
    assert refused(check_signatures, rater_signed=rater, reviewer_signed=reviewer) == (
        "signatures_incomplete",
        f"Missing: {missing}. A rating is final only with all reviews and signatures "
        "(9701.409(c)).",
    )


@pytest.mark.paragraph("9701.409(c)#2")
def test_what_was_issued_cannot_be_edited() -> None:
    refuse_final(None)
    assert refused(lambda: refuse_final(ISSUED)) == (
        "rating_final",
        "Issued 2007-10-19; it cannot be edited.",
    )


@pytest.mark.paragraph("9701.409(b)#2")
@pytest.mark.parametrize(
    ("described", "evidence", "allowed"),
    [
        ("Took over the port", date(2007, 10, 20), True),
        ("Took over the port", date(2008, 2, 1), True),
        ("Took over the port", date(2008, 2, 2), False),
        ("Took over the port", ISSUED, False),
        ("Took over the port", None, False),
        ("  ", date(2007, 10, 20), False),
    ],
)
def test_a_change_is_described_and_shown_by_evidence_dated_after_the_standing_rating(
    described: str, evidence: date | None, allowed: bool
) -> None:
    fields: dict[str, Any] = {
        "standing_issued": ISSUED,
        "described": described,
        "evidence_dated": evidence,
        "on": date(2008, 2, 1),
    }
    if allowed:
        check_substantial_change(**fields)
        return
    assert refused(check_substantial_change, **fields) == (
        "no_substantial_change",
        "Describe the change since 2007-10-19 and attach evidence dated after it (9701.409(b)).",
    )


@pytest.mark.paragraph("9701.404:rating-of-record-2")
def test_without_a_standing_rating_there_is_nothing_to_have_changed_from() -> None:
    check_substantial_change(
        standing_issued=None, described="", evidence_dated=None, on=date(2008, 2, 1)
    )


@pytest.mark.paragraph("9701.409(f)")
@pytest.mark.parametrize(
    ("on", "rank", "allowed"),
    [
        (date(2008, 2, 20), 3, False),
        (date(2008, 3, 14), 3, False),
        (date(2008, 3, 14), 2, True),
        (date(2008, 3, 17), 3, True),
    ],
)
def test_a_standing_rating_is_not_lowered_in_approved_absence(
    on: date, rank: int, allowed: bool
) -> None:
    fields: dict[str, Any] = {
        "name": "Ana Diaz",
        "rank": rank,
        "standing_rank": 2,
        "approved": [Away(date(2008, 2, 4), date(2008, 3, 14))],
        "on": on,
    }
    if allowed:
        check_not_lowered_in_absence(**fields)
        return
    assert refused(check_not_lowered_in_absence, **fields) == (
        "absence_lowering",
        "Ana Diaz is on approved absence 2008-02-04-2008-03-14. The rating may not be lowered "
        "(9701.409(f)).",
    )


@pytest.mark.paragraph("9701.409(f)")
@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, True),
        ({"rank": 3, "prior_rank": 2}, False),
        ({"rank": 3, "prior_rank": 2, "attested": True}, True),
        ({"rank": 2, "prior_rank": 2}, True),
        ({"approved": [Away(END, None)]}, False),
        ({"approved": [Away(date(2006, 9, 1), START)]}, False),
        ({"approved": [Away(date(2007, 10, 1), None)]}, True),
        ({"approved": [Away(END, None)], "attested": True}, True),
    ],
)
def test_absence_or_a_lower_level_needs_the_attestation(
    fields: dict[str, Any], allowed: bool
) -> None:
    given: dict[str, Any] = {
        "attested": False,
        "rank": 2,
        "prior_rank": None,
        "approved": [],
        "period_start": START,
        "period_end": END,
        **fields,
    }
    if allowed:
        check_attested(**given)
        return
    assert refused(check_attested, **given) == (
        "absence_attestation_missing",
        "Confirm that approved absence was no factor, or raise the affected item (9701.409(f)).",
    )


COMPLETE = [Part("Goal", "EE", basis="Met"), Part("Detail", None, not_assessed_reason="Too short")]


@pytest.mark.paragraph("9701.409(c)#1")
def test_every_part_has_a_level_with_a_basis_or_a_reason() -> None:
    check_assessment(COMPLETE, level="EE", narrative="A good year.")


@pytest.mark.paragraph("9701.409(c)#1")
@pytest.mark.parametrize(
    ("parts", "level", "narrative", "named"),
    [
        ([], "EE", "x", "a level for at least one expectation"),
        ([Part("Goal", None)], "EE", "x", "a level for “Goal”"),
        ([Part("Goal", "EE", basis=" ")], "EE", "x", "the basis for “Goal”"),
        (
            [Part("Goal", None, not_assessed_reason="Too short")],
            "EE",
            "x",
            "a level for at least one expectation",
        ),
        (COMPLETE, None, "x", "the summary level"),
        (COMPLETE, "EE", " ", "the narrative"),
    ],
)
def test_what_is_still_missing_is_named(
    parts: list[Part], level: str | None, narrative: str, named: str
) -> None:
    code, message = refused(
        lambda **f: check_assessment(parts, **f), level=level, narrative=narrative
    )
    assert code == "assessment_incomplete"
    assert named in message
