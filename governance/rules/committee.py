"""The Homeland Security Compensation Committee's roster and its facilitator (R41)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from regulation.refusals import Refused

RULE = "R41"
VERSION = 1
ROSTER_CITATION = "9701.313(b)"
CITATION = "9701.313(d)"

#: 5 CFR 9701.313(b): members including the chair, and officials of labor organizations among them.
MEMBERS = 14
LABOR_MEMBERS = 4
#: 5 CFR 9701.313(d): the most names from one source, and how many go to the chair.
NAMES_OF_ONE_SOURCE = 3
NAMES_FOR_THE_CHAIR = 5

SeatKind: TypeAlias = Literal["chair", "labor", "member"]
Party: TypeAlias = Literal["DHS", "unions"]
PARTIES: tuple[Party, Party] = ("DHS", "unions")
#: How a list of nominees is sought, one after the other (5 CFR 9701.313(d)).
STAGES = ("joint_list", "mediation", "separate_lists")


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the seats; `consulted` that the organization has national consultation rights."""

    name: str
    kind: SeatKind
    office: str
    consulted: bool


@dataclass(frozen=True, slots=True)
class Strike:
    """A name that a party struck from the list; the unions act as one party."""

    by: Party
    name: str


def check_roster(seats: Sequence[Seat], *, chair_office: str, ex_officio: str) -> None:
    """Refuse, as `record_incomplete`, a roster that cannot be certified.

    5 CFR 9701.313(b). Fourteen different members: the chair, who is the Under Secretary for
    Management (`chair_office`), and exactly four officials of labor organizations with national
    consultation rights. The official of OPM sits beside them, ex officio.
    """
    names = [_key(seat.name) for seat in seats]
    chairs = [seat for seat in seats if seat.kind == "chair"]
    labor = [seat for seat in seats if seat.kind == "labor"]
    lacking = [
        sentence
        for sentence, fails in (
            (f"{MEMBERS} members are needed, not {len(seats)}", len(seats) != MEMBERS),
            ("each member needs a name of its own", len(set(names)) != len(names) or "" in names),
            (
                f"one member, the {chair_office}, is the chair",
                [seat.office for seat in chairs] != [chair_office],
            ),
            (
                f"{LABOR_MEMBERS} seats are of labor organizations, not {len(labor)}",
                len(labor) != LABOR_MEMBERS,
            ),
            (
                "a labor seat is lost with national consultation rights",
                not all(seat.consulted for seat in labor),
            ),
            (
                "an official of OPM beside the members is ex officio",
                not ex_officio.strip() or _key(ex_officio) in names,
            ),
        )
        if fails
    ]
    if lacking:
        message = f"The roster cannot be certified: {'; '.join(lacking)}."
        raise Refused("record_incomplete", ROSTER_CITATION, message)


def check_stage(stage: str, *, failed: Sequence[str]) -> None:
    """Refuse, as `invalid_transition`, a way to nominees before the ways ahead of it failed.

    5 CFR 9701.313(d): a joint list; with the help of the mediation service; separate lists.
    """
    if stage not in STAGES or tuple(failed) != STAGES[: STAGES.index(stage)]:
        message = "Nominees come from a joint list, then mediation, then separate lists."
        raise Refused("invalid_transition", CITATION, message)


def combined_list(
    *, dhs: Sequence[str], unions: Sequence[str], mediators: Sequence[str]
) -> tuple[str, ...]:
    """The nominees of all three lists, each name once.

    5 CFR 9701.313(d). Refused `limit_exceeded` for a fourth name from one source.
    """
    found: dict[str, str] = {}
    for source in (dhs, unions, mediators):
        if len(source) > NAMES_OF_ONE_SOURCE:
            message = f"One source lists at most {NAMES_OF_ONE_SOURCE} names, not {len(source)}."
            raise Refused("limit_exceeded", CITATION, message)
        for name in source:
            found.setdefault(_key(name), name)
    return tuple(found.values())


def strikes_due(names: int, *, first: Party) -> tuple[Party, ...]:
    """Who strikes, in turn, until five names remain; `first` is parameter strike.first (313(d))."""
    second = PARTIES[1 - PARTIES.index(first)]
    return tuple((first, second)[turn % 2] for turn in range(max(0, names - NAMES_FOR_THE_CHAIR)))


def remaining_names(names: Sequence[str], *, struck: Iterable[Strike]) -> tuple[str, ...]:
    """The names not struck."""
    gone = {_key(strike.name) for strike in struck}
    return tuple(name for name in names if _key(name) not in gone)


def check_strike(
    strike: Strike, *, names: Sequence[str], struck: Sequence[Strike], first: Party
) -> None:
    """Refuse a strike that is not due, not this party's, or not of a name that remains.

    5 CFR 9701.313(d). `limit_exceeded` where five or fewer remain, `invalid_transition` out of
    turn, `invalid_input` for another name.
    """
    turns = strikes_due(len(names), first=first)
    if len(struck) >= len(turns):
        message = f"With {NAMES_FOR_THE_CHAIR} names or fewer nobody strikes."
        raise Refused("limit_exceeded", CITATION, message)
    if strike.by != turns[len(struck)]:
        message = f"The parties strike in turn, and it is that of {turns[len(struck)]}."
        raise Refused("invalid_transition", CITATION, message)
    left = remaining_names(names, struck=struck)
    if _key(strike.name) not in {_key(name) for name in left}:
        message = f"{strike.name} is not on the list; it holds {', '.join(left)}."
        raise Refused("invalid_input", CITATION, message)


def names_for_the_chair(names: Sequence[str], *, struck: Sequence[Strike]) -> tuple[str, ...]:
    """The names submitted to the chair, five at most (5 CFR 9701.313(d)).

    Refused `invalid_transition` while more remain.
    """
    left = remaining_names(names, struck=struck)
    if len(left) > NAMES_FOR_THE_CHAIR:
        message = f"{len(left)} names remain: strike until {NAMES_FOR_THE_CHAIR} do."
        raise Refused("invalid_transition", CITATION, message)
    return left


def check_selection(name: str, *, submitted: Sequence[str]) -> None:
    """Refuse, as `not_eligible`, a facilitator who is not on the list submitted (313(d))."""
    if _key(name) not in {_key(each) for each in submitted}:
        message = f"{name} is not among the nominees submitted."
        raise Refused("not_eligible", CITATION, message)


def check_direct_selection(*, on: date, unions_took_part: bool, time_limit: date | None) -> None:
    """Refuse the chair's own choice unless the unions let their time pass without taking part.

    5 CFR 9701.313(d). `time_limit` is the last day that the directive gives them. Refused:
    `directive_required` without one, `not_eligible` where they took part, `too_early` through it.
    """
    if time_limit is None:
        message = "Without a directive's time limit nobody can be found not to take part."
        raise Refused("directive_required", CITATION, message)
    if unions_took_part:
        message = "The unions took part: the chair selects from the list."
        raise Refused("not_eligible", CITATION, message)
    if on <= time_limit:
        raise Refused("too_early", CITATION, f"The unions may take part through {time_limit}.")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
