"""Rates, when ratings fall due, the teams whose supervisors have no log-in.

A dozen people cannot rate a department in a browser, and a pool without a single rating has no
modal rating (5 CFR 9701.342(a)(2)): without this no payout of the whole Department could be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from casework.actor import Actor
from casework.models import Entry
from demonstration.published import load_figures
from demonstration.rules.allotment import apportion
from demonstration.rules.history import MINIMUM_PERIOD_DAYS
from demonstration.services.set_based import copy_in, reserve_ids
from governance.queries.policy import policy_on
from pay.models import DenialState, DeniedIncrease
from performance.models import Cycle, Plan, RatingKind, RatingOfRecord, RatingState
from performance.services.record_final_rating import record_final_rating
from regulation import clock
from workforce.models import Employee, EmployeeState, Supervision

SOURCE = "demonstration"
REASON = "rating a team whose supervisor has no log-in"
NARRATIVE = "Drawn from published shares: this team's supervisor has no log-in here."


@dataclass(frozen=True)
class _Unrated:
    employee_id: int
    rater_id: int
    reviewer_id: int | None
    #: Rank of the last level; 1 is the best.
    last_rank: int


def rate_the_rest(*, on: date) -> int:
    """Issues the annual ratings that are due on the date; how many."""
    ended = Cycle.objects.filter(ends__lt=on).order_by("ends").last()
    if ended is None:
        return 0
    due_on = ended.ends + timedelta(days=policy_on(on)["rating_due_days"])
    return _rate(ended, on=on) if on == due_on else 0


def _rate(cycle: Cycle, *, on: date) -> int:
    people = _unrated(cycle, on=on)
    shares = load_figures().rating_shares
    share = shares[max(shares)]
    rng = Random(cycle.ends.toordinal())  # noqa: S311 - drawn again the same
    people.sort(key=lambda person: (person.last_rank + rng.gauss(0, 1), person.employee_id))
    counts = apportion(len(people), weights=list(share.values()))
    levels = [level for level, count in zip(share, counts, strict=True) for _ in range(count)]
    drawn = list(zip(people, levels, strict=True))
    waiting = _with_open_denial()
    for person, level in drawn:
        if person.employee_id in waiting:
            # What a rating releases is heard only through the service.
            record_final_rating(
                Employee.objects.get(pk=person.employee_id),
                period_end=cycle.ends,
                level_code=level,
                issued_on=on,
                actor=Actor.system(REASON),
                source=SOURCE,
                system_code=cycle.system.code,
            )
    _copy(
        [(person, level) for person, level in drawn if person.employee_id not in waiting],
        cycle=cycle,
        on=on,
    )
    return len(drawn)


def _unrated(cycle: Cycle, *, on: date) -> list[_Unrated]:
    """Who served the minimum period, has no rating of the cycle, and whose rater cannot log in."""
    over = {
        row.employee_id: row.supervisor
        for row in Supervision.objects.filter(period__contains=on).select_related("supervisor")
    }
    rated = set(
        RatingOfRecord.objects.filter(cycle=cycle, kind=RatingKind.ANNUAL)
        .exclude(state=RatingState.CANCELLED)
        .values_list("employee_id", flat=True)
    )
    last = dict(
        RatingOfRecord.objects.filter(state=RatingState.ISSUED, cycle__ends__lt=cycle.ends)
        .order_by("issued_on")
        .values_list("employee_id", "level__rank")
    )
    served = (
        Plan.objects.filter(
            cycle=cycle,
            communicated_on__lte=cycle.ends - timedelta(days=MINIMUM_PERIOD_DAYS - 1),
        )
        .exclude(employee__state=EmployeeState.SEPARATED)
        .order_by("employee_id")
    )
    found = []
    for employee_id in served.values_list("employee_id", flat=True):
        rater = over.get(employee_id)
        if employee_id in rated or rater is None or rater.user_id is not None:
            continue
        reviewer = over.get(rater.pk)
        found.append(
            _Unrated(
                employee_id=employee_id,
                rater_id=rater.pk,
                reviewer_id=reviewer.pk if reviewer else None,
                last_rank=last.get(employee_id) or 3,
            )
        )
    return found


def _with_open_denial() -> set[int]:
    closed = (DenialState.RELEASED, DenialState.CLOSED)
    return set(
        DeniedIncrease.objects.exclude(state__in=closed).values_list("employee_id", flat=True)
    )


def _copy(drawn: Sequence[tuple[_Unrated, str]], *, cycle: Cycle, on: date) -> None:
    ids = reserve_ids(RatingOfRecord, len(drawn))
    levels = dict(cycle.system.levels.values_list("code", "pk"))
    now = clock.now()

    def rows() -> Iterator[tuple[object, ...]]:
        for pk, (person, level) in zip(ids, drawn, strict=True):
            yield (
                pk, person.employee_id, cycle.pk, RatingState.ISSUED.value, person.rater_id,
                person.reviewer_id, levels[level], levels[level], NARRATIVE, True, now, now,
                on, now, "in person", SOURCE, cycle.ends,
            )  # fmt: skip

    copy_in(
        RatingOfRecord,
        columns=(
            "id", "employee_id", "cycle_id", "state", "rater_id",
            "reviewer_id", "level_id", "rater_level_id", "narrative", "absence_is_no_factor",
            "rater_signed_at", "reviewer_signed_at", "issued_on", "issued_at", "delivery",
            "source", "shown_by",
        ),
        rows=rows(),
    )  # fmt: skip
    copy_in(
        Entry,
        columns=(
            "subject", "employee_key", "act", "system_reason", "to_state", "on", "recorded_at",
            "citation",
        ),
        rows=(
            (
                f"{RatingOfRecord.subject_kind}:{pk}", person.employee_id, "take_over", REASON,
                RatingState.ISSUED.value, on, now, "9701.409(c)",
            )
            for pk, (person, _) in zip(ids, drawn, strict=True)
        ),
    )  # fmt: skip
