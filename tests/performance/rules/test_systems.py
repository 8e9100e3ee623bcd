"""Which system covers whom, what a system must say, and appraisals that are no rating."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.appraisal import check_purpose, check_served, check_time, refuse_as_rating
from performance.rules.equal_opportunity import check_assessed
from performance.rules.minimum_period import days_served
from performance.rules.packet import digest_of, opened
from performance.rules.special_circumstance import days_between, rule_of
from performance.rules.summary_score import GoalResult, ScoringPolicy, score
from performance.rules.system_content import (
    PROCEDURES,
    check_minimum_period,
    check_procedures,
    determination_of,
)
from performance.rules.system_coverage import CoveredGroup, check_no_conflict, system_for
from regulation.refusals import Refused

ALL = CoveredGroup("DHS", date(1900, 1, 1))
ED = CoveredGroup("ED", date(2007, 10, 1), band_level="entry_developmental")
LAB = CoveredGroup("LAB", date(2007, 10, 1), category="scientists")
BOTH = CoveredGroup("DHS", date(2007, 10, 1), "entry_developmental", "scientists")


def refused(code: str, act: object) -> None:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


@pytest.mark.paragraph("9701.405(b)(1)", "9701.409(a)(2)")
@pytest.mark.parametrize(
    ("band", "start", "system"),
    [
        ("full_performance", date(2007, 10, 1), "DHS"),
        ("entry_developmental", date(2007, 10, 1), "ED"),
        # A group counts from the period that begins on or after its date.
        ("entry_developmental", date(2007, 9, 30), "DHS"),
        ("", date(2007, 10, 1), "DHS"),
    ],
)
def test_the_narrowest_group_of_the_period_s_first_day_holds(
    band: str, start: date, system: str
) -> None:
    found = system_for([ALL, ED], band_level=band, category="general", period_start=start)
    assert found == system


@pytest.mark.paragraph("9701.405(b)(1)")
def test_nobody_and_two_systems_are_refused_by_name() -> None:
    start = date(2007, 10, 1)
    refused(
        "coverage_unspecified",
        lambda: system_for([ED], band_level="manager", category="general", period_start=start),
    )
    refused("system_conflict", lambda: check_no_conflict([ALL, ED, LAB], period_start=start))
    check_no_conflict([ALL, ED, LAB, BOTH], period_start=start)


@pytest.mark.paragraph("9701.405(b)(5)")
@pytest.mark.parametrize("missing", sorted(PROCEDURES))
def test_each_of_the_seven_procedures_needs_a_clause(missing: str) -> None:
    clauses = dict.fromkeys(PROCEDURES, "IV.A")
    check_procedures(clauses)
    refused("procedure_missing", lambda: check_procedures({**clauses, missing: " "}))


@pytest.mark.paragraph("9701.405(b)(3)")
def test_a_system_without_a_minimum_period_is_refused() -> None:
    check_minimum_period(1)
    for days in (None, 0):
        refused("minimum_period_missing", lambda days=days: check_minimum_period(days))


@pytest.mark.paragraph("9701.409(a)(3)")
def test_a_component_head_s_determination_counts_for_nothing() -> None:
    assert determination_of(text=" War ", determined_by="deputy_secretary") == "War"
    assert determination_of(text="War", determined_by="component_head") == ""


@pytest.mark.paragraph("9701.405(b)(6)")
def test_a_circumstance_without_a_rule_is_refused() -> None:
    rules = {"detail": {"rater": "supervisor_of_record", "appraiser": "supervisor_at_its_end"}}
    assert rule_of(rules, kind="detail", title="Detail").rater == "supervisor_of_record"
    refused("special_rule_missing", lambda: rule_of(rules, kind="transfer", title="Transfer"))
    assert days_between(date(2007, 3, 1), date(2007, 3, 1), on=date(2007, 6, 1)) == 1
    assert days_between(date(2007, 3, 1), None, on=date(2007, 3, 10)) == 10
    assert days_between(date(2007, 3, 2), None, on=date(2007, 3, 1)) == 0


@pytest.mark.paragraph("9701.409(h)")
@pytest.mark.parametrize(
    ("on", "allowed"), [(date(2006, 12, 29), False), (date(2006, 12, 30), True)]
)
def test_an_appraisal_waits_for_the_employee_s_own_minimum_period_only(
    on: date, allowed: bool
) -> None:
    served = days_served(
        period_start=date(2006, 10, 1),
        period_end=date(2007, 9, 30),
        communicated_on=date(2006, 10, 1),
        hired=date(2000, 1, 1),
        minimum=90,
        on=on,
    )
    if allowed:
        check_served(served)
    else:
        refused("min_period_not_met", lambda: check_served(served))


@pytest.mark.paragraph("9701.409(h)")
def test_an_appraisal_is_for_a_listed_purpose_and_a_past_time_of_the_period() -> None:
    check_purpose("detail", listed=["detail"])
    refused("purpose_not_listed", lambda: check_purpose("award", listed=["detail"]))
    bounds = {"period_start": date(2006, 10, 1), "period_end": date(2007, 9, 30)}
    for code, first, last in (
        ("invalid_range", date(2007, 2, 2), date(2007, 2, 1)),
        ("future_date", date(2007, 2, 2), date(2007, 3, 2)),
        ("outside_period", date(2006, 9, 30), date(2007, 2, 1)),
    ):
        refused(
            code,
            lambda first=first, last=last: check_time(
                covers_from=first, covers_to=last, on=date(2007, 3, 1), **bounds
            ),
        )


@pytest.mark.paragraph("9701.410(d)")
@pytest.mark.parametrize(
    ("supervises", "assessed", "allowed"),
    [(True, False, False), (True, True, True), (False, False, True)],
)
def test_every_supervisor_is_assessed_on_equal_opportunity(
    supervises: bool, assessed: bool, allowed: bool
) -> None:
    if allowed:
        check_assessed(supervises=supervises, assessed=assessed)
    else:
        refused(
            "eeo_not_assessed", lambda: check_assessed(supervises=supervises, assessed=assessed)
        )


@pytest.mark.paragraph("9701.409(a)(2)")
@pytest.mark.parametrize(
    ("parts", "level"), [(["P", "P"], "P"), (["P", "U"], "U"), ([None, None], None)]
)
def test_two_levels_are_met_or_not_and_need_no_points(
    parts: list[str | None], level: str | None
) -> None:
    policy = ScoringPolicy({}, {}, 60, 40, unacceptable="U", fully_successful="P", two_levels=True)
    found = score([GoalResult(100, parts[0])], parts[1:], policy)
    assert (found.level, found.total) == (level, None)


PACKET = {
    "format": "MaxHR rating packet 1",
    "sent_at": "2007-10-02T12:00:00",
    "sent_by": "DHS",
    "receiver": "Treasury",
    "employee": {"number": "1", "given_name": "Ana", "family_name": "Diaz"},
    "systems": {
        "X": {
            "title": "X",
            "levels": [
                {"code": "P", "title": "P", "unacceptable": False, "fully_successful": True},
                {"code": "U", "title": "U", "unacceptable": True, "fully_successful": False},
            ],
        }
    },
    "ratings": [
        {
            "document": "rating:1",
            "line": "Official",
            "kind": "annual",
            "system": "X",
            "level": "P",
            "period_start": "2006-10-01",
            "period_end": "2007-09-30",
            "issued_on": "2007-10-01",
            "superseded": False,
        }
    ],
    "appraisals": [],
}


def envelope(packet: object, digest: str = "") -> bytes:
    digest = digest or digest_of(packet)  # type: ignore[arg-type]
    return json.dumps({"packet": packet, "digest": digest, "signature": "s"}).encode()


@pytest.mark.paragraph("9701.410(a)")
def test_a_packet_opens_with_its_own_pattern_and_no_other_form() -> None:
    assert opened(envelope(PACKET))["packet"] == PACKET
    rating = PACKET["ratings"][0]  # type: ignore[index]
    for code, data in (
        ("packet_malformed", b"{"),
        ("packet_malformed", b"[" * 100_000),
        ("packet_malformed", envelope({**PACKET, "more": 1})),
        ("packet_malformed", envelope({**PACKET, "ratings": [{**rating, "level": "AE"}]})),
        ("packet_malformed", b" " * (1024 * 1024 + 1)),
        ("packet_tampered", envelope(PACKET, "0" * 64)),
        (
            "not_a_rating_of_record",
            envelope({**PACKET, "ratings": [{**rating, "document": "appraisal:1"}]}),
        ),
    ):
        refused(code, lambda data=data: opened(data))


@pytest.mark.paragraph("9701.410(a)")
@given(st.binary(max_size=60))
def test_no_file_does_more_than_open_or_be_refused(data: bytes) -> None:
    refused("packet_malformed", lambda: opened(data))


@pytest.mark.paragraph("9701.409(h)")
def test_the_refusal_names_the_document() -> None:
    assert "appraisal:7" in refuse_as_rating("appraisal:7").message
