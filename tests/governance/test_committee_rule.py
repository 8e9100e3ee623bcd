"""R41: the Compensation Committee's roster, and the facilitator by alternate strikes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.committee import (
    STAGES,
    Party,
    Seat,
    SeatKind,
    Strike,
    check_direct_selection,
    check_roster,
    check_selection,
    check_stage,
    check_strike,
    combined_list,
    names_for_the_chair,
    strikes_due,
)
from regulation.refusals import Refused

USM = "Under Secretary for Management"


def roster(
    *, members: int = 14, labor: int = 4, chair: str = USM, consulted: bool = True
) -> list[Seat]:
    seats = [Seat("Member 0", "chair", chair, False)]
    for number in range(1, members):
        kind: SeatKind = "labor" if number <= labor else "member"
        seats.append(Seat(f"Member {number}", kind, "", kind == "labor" and consulted))
    return seats


def refused_roster(seats: Sequence[Seat], *, ex_officio: str = "OPM official") -> str:
    with pytest.raises(Refused) as refused:
        check_roster(seats, chair_office=USM, ex_officio=ex_officio)
    assert (refused.value.code, refused.value.citation) == ("record_incomplete", "9701.313(b)")
    return refused.value.message


@pytest.mark.paragraph("9701.313(b)#1")
@pytest.mark.paragraph("9701.313(b)#2")
def test_fourteen_members_with_the_chair_four_labor_seats_and_opm_beside_them() -> None:
    check_roster(roster(), chair_office=USM, ex_officio="OPM official")


@pytest.mark.paragraph("9701.313(b)#1")
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"members": 15}, "not 15"),
        ({"members": 13}, "not 13"),
        ({"labor": 3}, "not 3"),
        ({"labor": 5}, "not 5"),
        ({"chair": "Chief Human Capital Officer"}, "the chair"),
        ({"consulted": False}, "is lost"),
    ],
)
def test_another_roster_cannot_be_certified(changed: dict[str, Any], says: str) -> None:
    assert says in refused_roster(roster(**changed))


@pytest.mark.paragraph("9701.313(b)#1")
def test_each_seat_is_another_person_and_one_is_the_chair() -> None:
    seats = roster()
    assert "name of its own" in refused_roster([*seats[:-1], seats[-2]])
    second = Seat("Member 13", "chair", USM, False)
    assert "the chair" in refused_roster([*seats[:-1], second])


@pytest.mark.paragraph("9701.313(b)#2")
@pytest.mark.parametrize("ex_officio", ["", "  ", "member  5"])
def test_the_official_of_opm_is_named_and_none_of_the_fourteen(ex_officio: str) -> None:
    assert "ex officio" in refused_roster(roster(), ex_officio=ex_officio)


@pytest.mark.paragraph("9701.313(d)#3")
@pytest.mark.parametrize(
    ("stage", "failed", "allowed"),
    [
        ("joint_list", (), True),
        ("mediation", ("joint_list",), True),
        ("separate_lists", ("joint_list", "mediation"), True),
        ("mediation", (), False),
        ("separate_lists", ("joint_list",), False),
        ("joint_list", ("joint_list",), False),
        ("lottery", STAGES, False),
    ],
)
def test_nominees_are_sought_in_order(stage: str, failed: tuple[str, ...], allowed: bool) -> None:
    if allowed:
        check_stage(stage, failed=failed)
        return
    with pytest.raises(Refused) as refused:
        check_stage(stage, failed=failed)
    assert refused.value.code == "invalid_transition"


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


@pytest.mark.paragraph("9701.313(d)#3")
@pytest.mark.paragraph("9701.313(d)#4")
@pytest.mark.parametrize(
    ("dhs", "unions", "mediators", "strikes"),
    [
        (3, 3, 3, ("DHS", "unions", "DHS", "unions")),
        (3, 3, 0, ("DHS",)),
        (3, 2, 0, ()),
        (3, 3, 1, ("DHS", "unions")),
        (1, 0, 0, ()),
    ],
)
def test_the_parties_strike_in_turn_until_five_names_remain(
    dhs: int, unions: int, mediators: int, strikes: tuple[str, ...]
) -> None:
    listed = combined_list(
        dhs=names("d", dhs), unions=names("u", unions), mediators=names("m", mediators)
    )
    assert len(listed) == dhs + unions + mediators
    assert strikes_due(len(listed), first="DHS") == strikes


@pytest.mark.paragraph("9701.313(d)#3")
def test_a_name_on_two_lists_counts_once() -> None:
    listed = combined_list(
        dhs=["Ann Lee", "B", "C"], unions=["ann  lee", "D", "E"], mediators=["F"]
    )
    assert listed == ("Ann Lee", "B", "C", "D", "E", "F")
    assert strikes_due(len(listed), first="DHS") == ("DHS",)


@pytest.mark.paragraph("9701.313(d)#3")
@pytest.mark.parametrize("source", ["dhs", "unions", "mediators"])
def test_a_fourth_name_from_one_source_is_refused(source: str) -> None:
    lists = {"dhs": names("d", 1), "unions": names("u", 1), "mediators": names("m", 0)}
    lists[source] = names("x", 4)
    with pytest.raises(Refused) as refused:
        combined_list(dhs=lists["dhs"], unions=lists["unions"], mediators=lists["mediators"])
    assert refused.value.code == "limit_exceeded"


LISTED = tuple("ABCDEFG")


def refused_strike(
    by: Party, name: str, *, struck: Sequence[Strike] = (), listed: Sequence[str] = LISTED
) -> str:
    with pytest.raises(Refused) as refused:
        check_strike(Strike(by, name), names=listed, struck=struck, first="unions")
    return refused.value.code


@pytest.mark.paragraph("9701.313(d)#4")
def test_strikes_are_taken_in_turn_from_what_remains() -> None:
    check_strike(Strike("unions", "A"), names=LISTED, struck=[], first="unions")
    assert refused_strike("DHS", "A") == "invalid_transition"
    one = [Strike("unions", "A")]
    check_strike(Strike("DHS", "b"), names=LISTED, struck=one, first="unions")
    assert refused_strike("unions", "B", struck=one) == "invalid_transition"
    assert refused_strike("DHS", "A", struck=one) == "invalid_input"
    assert refused_strike("DHS", "Z", struck=one) == "invalid_input"


@pytest.mark.paragraph("9701.313(d)#4")
def test_nobody_strikes_with_five_names_or_fewer() -> None:
    assert refused_strike("unions", "A", listed=LISTED[:5]) == "limit_exceeded"
    two = [Strike("unions", "A"), Strike("DHS", "B")]
    assert refused_strike("unions", "C", struck=two) == "limit_exceeded"


@pytest.mark.paragraph("9701.313(d)#4")
def test_five_names_go_to_the_chair() -> None:
    with pytest.raises(Refused) as refused:
        names_for_the_chair(LISTED, struck=[Strike("unions", "A")])
    assert refused.value.code == "invalid_transition"
    two = [Strike("unions", "A"), Strike("DHS", "B")]
    assert names_for_the_chair(LISTED, struck=two) == tuple("CDEFG")
    assert names_for_the_chair(LISTED[:4], struck=[]) == tuple("ABCD")


@pytest.mark.paragraph("9701.313(d)#1")
def test_only_a_nominee_submitted_can_be_selected() -> None:
    check_selection(" c ", submitted=["C", "D"])
    with pytest.raises(Refused) as refused:
        check_selection("A", submitted=["C", "D"])
    assert refused.value.code == "not_eligible"


LAST = date(2006, 3, 1)


@pytest.mark.paragraph("9701.313(d)#6")
@pytest.mark.parametrize(
    ("on", "took_part", "limit", "code"),
    [
        (date(2006, 3, 2), False, LAST, None),
        (date(2006, 3, 1), False, LAST, "too_early"),
        (date(2006, 3, 2), True, LAST, "not_eligible"),
        (date(2006, 3, 2), False, None, "directive_required"),
    ],
)
def test_the_chair_selects_alone_only_after_the_time_limit_passed_without_the_unions(
    on: date, took_part: bool, limit: date | None, code: str | None
) -> None:
    if code is None:
        check_direct_selection(on=on, unions_took_part=took_part, time_limit=limit)
        return
    with pytest.raises(Refused) as refused:
        check_direct_selection(on=on, unions_took_part=took_part, time_limit=limit)
    assert refused.value.code == code


@given(st.integers(0, 9), st.sampled_from(["DHS", "unions"]))
def test_strikes_leave_at_most_five_and_differ_by_one_at_most(count: int, first: Party) -> None:
    turns = strikes_due(count, first=first)
    assert count - len(turns) == min(count, 5)
    assert 0 <= turns.count(first) - (len(turns) - turns.count(first)) <= 1
