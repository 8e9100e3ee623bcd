"""Times a range adjustment and a payout of everybody, through the services and as the floor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db import connection, connections

from bench.databases import copy_of, databases, dropped, use_database
from bench.department import EFFECTIVE, PERIOD_END, fill
from bench.floor import make_plain, time_floor
from bench.stages import AMOUNT, Measured, measure
from pay.models import PayRun, RunKind
from performance.models import Cycle

RANGE, PAYOUT, TOGETHER = "range_adjustment", "payout", "together"


@dataclass(frozen=True, slots=True)
class Department:
    """How large a department is: people, and earlier rates of each."""

    people: int
    history: int


@dataclass(frozen=True, slots=True)
class Once:
    """One cycle and its floor, by work."""

    cycle: dict[str, Measured]
    floor: dict[str, float]


def time_cycles(department: Department, *, times: int, workers: int, plain: bool) -> None:
    """Print the medians of several cycles as JSON lines; what each stage took goes to stderr.

    Floor and cycle run in turns on copies of one database, so that what else the machine does
    touches both alike.
    """
    with databases("filled") as (filled,):
        use_database(filled)
        fill(people=department.people, history=department.history)
        _analyze()
        found = []
        for turn in range(times):
            floor = _floors(filled, plain=plain)
            with dropped(f"{filled}_cycle") as name:
                copy_of(filled, name=name)
                found.append(Once(cycle=measure(name, workers=workers), floor=floor))
            _tell(found[-1], turn=turn, people=department.people)
    for work in (RANGE, PAYOUT, TOGETHER):
        print(json.dumps(_line(work, found, people=department.people)), flush=True)


def _analyze() -> None:
    connection.close()
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    owner.close()


def _floors(filled: str, *, plain: bool) -> dict[str, float]:
    with dropped(f"{filled}_floor") as name:
        copy_of(filled, name=name)
        use_database(name)
        if plain:
            make_plain()
        cycle = Cycle.objects.get(ends=PERIOD_END).pk
        seconds = {}
        for kind in (RunKind.RANGE_ADJUSTMENT, RunKind.PAYOUT):
            run = PayRun.objects.create(
                kind=kind, title=kind, effective=EFFECTIVE, created_at="2025-01-13T12:00Z"
            )
            seconds[kind.value] = time_floor(
                run=run.pk, cycle=cycle, amount=AMOUNT, payout=kind == RunKind.PAYOUT
            )
        return seconds


def _line(work: str, found: list[Once], *, people: int) -> dict[str, object]:
    """Seconds and ratio are medians of the runs, memory and queries the most of any."""
    works = (RANGE, PAYOUT) if work == TOGETHER else (work,)
    seconds = [_sum(once.cycle[each].seconds for each in works) for once in found]
    floors = [_sum(once.floor[each] for each in works) for once in found]
    ratios = [ours / floor for ours, floor in zip(seconds, floors, strict=True)]
    return {
        "work": work,
        "n": people,
        "seconds": round(median(seconds), 3),
        "floor_seconds": round(median(floors), 3),
        "ratio": round(median(ratios), 2),
        "peak_rss_mb": round(max(once.cycle[each].peak_rss_mb for once in found for each in works)),
        "queries": max(sum(once.cycle[each].queries for each in works) for once in found),
    }


def _sum(figures: Iterable[float]) -> float:
    return sum(figures)


def _tell(once: Once, *, turn: int, people: int) -> None:
    for work, measured in once.cycle.items():
        stages = " ".join(f"{name} {each:.2f}" for name, each in measured.stages.items())
        print(
            f"{people:,} people, turn {turn + 1}, {work}: {stages}; "
            f"counted {measured.seconds:.2f} s, floor {once.floor[work]:.2f} s",
            file=sys.stderr,
            flush=True,
        )
