"""Whether a request may be filed, on plain values."""

from __future__ import annotations

import pytest

from reconsideration.rules.filing import (
    REVIEWABLE,
    Earlier,
    Stage,
    refuse_not_reviewable,
    refuse_repeated,
)
from regulation.refusals import Refused


@pytest.mark.paragraph("9701.222(a)#2")
@pytest.mark.parametrize(
    ("issues", "code"),
    [
        ([], "record_incomplete"),
        (["title"], "not_reviewable"),
        (["band", "accuracy of the described duties"], "not_reviewable"),
        (["pay_rate"], "not_reviewable"),
        *(([issue], None) for issue in REVIEWABLE),
        (list(REVIEWABLE), None),
    ],
)
def test_only_the_four_issues_are_reviewed(issues: list[str], code: str | None) -> None:
    if code is None:
        refuse_not_reviewable(issues)
        return
    with pytest.raises(Refused) as refused:
        refuse_not_reviewable(issues)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("stage", "asked", "settled_by", "code"),
    [
        ("open", ["band"], 7, "duplicate_open"),
        ("open", ["band", "series"], 7, "duplicate_open"),
        ("open", ["series"], 7, None),
        ("open", ["band"], 5, "duplicate_open"),
        pytest.param(
            "dhs_decided", ["band"], 7, "final_decision",
            marks=pytest.mark.paragraph("9701.222(c)#2"),
        ),
        pytest.param(
            "dhs_decided", ["band"], 8, "final_decision",
            marks=pytest.mark.paragraph("9701.222(c)#2"),
        ),
        pytest.param(
            "opm_decided", ["band"], 7, "final_decision",
            marks=pytest.mark.paragraph("9701.222(d)"),
        ),
        pytest.param(
            "opm_decided", ["band"], 6, None, marks=pytest.mark.paragraph("9701.222(d)")
        ),
        ("dhs_decided", ["band"], 6, None),
        ("dhs_decided", ["series"], 7, None),
        ("closed", ["band"], 7, None),
    ],
)  # fmt: skip
def test_a_repeated_request_needs_a_newer_decision_or_another_issue(
    stage: Stage, asked: list[str], settled_by: int, code: str | None
) -> None:
    earlier = [Earlier(stage=stage, issues=frozenset({"band"}), settled_by=settled_by)]
    if code is None:
        refuse_repeated(issues=asked, in_force=7, earlier=earlier)
        return
    with pytest.raises(Refused) as refused:
        refuse_repeated(issues=asked, in_force=7, earlier=earlier)
    assert refused.value.code == code
