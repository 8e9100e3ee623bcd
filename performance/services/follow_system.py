"""A plan and its rating follow the employee into the system of the band held at the period's end.

5 CFR 9701.405(b)(1), .409(a)(2).
"""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.history import record
from performance.models import (
    Cycle,
    CycleState,
    PerformanceSystem,
    Plan,
    RatingElement,
    RatingKind,
    RatingLevel,
    RatingOfRecord,
    RatingState,
    SystemCoverage,
)
from performance.queries.systems import band_levels, covered_groups, system_of
from performance.rules.system_coverage import CITATION, system_for
from regulation.refusals import Refused
from workforce.models import Employee

SYSTEM = Actor.system("the band held at the end of the appraisal period")
OPEN = (RatingState.DRAFT, RatingState.SUBMITTED, RatingState.APPROVED)


def cycle_for(employee: Employee, cycle: Cycle, *, on: date) -> Cycle:
    """The same period in the employee's own system; his plan goes with him.

    Raises Refused coverage_unspecified, system_conflict.
    """
    system = system_of(employee, cycle=cycle, on=on)
    if system.pk == cycle.system_id:
        return cycle
    own = same_period(cycle, system)
    _move_plan(employee, cycle, own, on=on)
    return own


def same_period(cycle: Cycle, system: PerformanceSystem) -> Cycle:
    """The period of the same days in another system; made where it is not there yet."""
    found, _ = Cycle.objects.get_or_create(
        system=system,
        ends=cycle.ends,
        defaults={"starts": cycle.starts, "title": cycle.title, "state": cycle.state},
    )
    return found


def follow_systems(on: date) -> int:
    """Bring open plans and annual ratings to the systems of the day; how many moved.

    A band change on the last day of a period counts, one after it does not.
    """
    if SystemCoverage.objects.values("system").distinct().count() < 2:
        return 0
    groups, moved = covered_groups(), 0
    systems = {system.code: system for system in PerformanceSystem.objects.all()}
    for cycle in Cycle.objects.filter(starts__lte=on).exclude(state=CycleState.CLOSED):
        people = _people_of(cycle)
        levels = band_levels(people, on=min(on, cycle.ends))
        for pk, employee in people.items():
            try:
                code = system_for(
                    groups,
                    band_level=levels.get(pk, ""),
                    category=employee.coverage_category,
                    period_start=cycle.starts,
                )
            except Refused:
                # Told where somebody acts on the plan; one gap must not hold up all the others.
                continue
            if systems[code].pk != cycle.system_id:
                own = same_period(cycle, systems[code])
                _move_plan(employee, cycle, own, on=on)
                _move_rating(employee, cycle, own, on=on)
                moved += 1
    return moved


def _people_of(cycle: Cycle) -> dict[int, Employee]:
    final = RatingOfRecord.objects.filter(cycle=cycle, kind=RatingKind.ANNUAL).exclude(
        state__in=OPEN
    )
    people: dict[int, Employee] = {}
    for plan in (
        Plan.objects.filter(cycle=cycle)
        .exclude(employee__in=final.values("employee"))
        .select_related("employee")
    ):
        people[plan.employee_id] = plan.employee
    return people


def _move_plan(employee: Employee, cycle: Cycle, own: Cycle, *, on: date) -> None:
    if Plan.objects.filter(employee=employee, cycle=own).exists():
        return
    for plan in Plan.objects.select_for_update().filter(employee=employee, cycle=cycle):
        plan.cycle = own
        plan.version += 1
        plan.save()
        _record(plan, cycle, own, on=on)


def _move_rating(employee: Employee, cycle: Cycle, own: Cycle, *, on: date) -> None:
    """A rating not yet final is written anew on the other system's levels where they differ."""
    for rating in RatingOfRecord.objects.select_for_update().filter(
        employee=employee, cycle=cycle, kind=RatingKind.ANNUAL, state__in=OPEN
    ):
        if rating.state != RatingState.DRAFT:
            rating.hand_over()
        levels = list(RatingLevel.objects.filter(system=own.system_id))
        rating.cycle = own
        rating.level = _same(rating.level, levels)
        rating.rater_level = None
        rating.version += 1
        rating.save()
        for element in RatingElement.objects.filter(rating=rating).select_related("level"):
            element.level = _same(element.level, levels)
            element.save(update_fields=["level"])
        _record(rating, cycle, own, on=on)


def _same(level: RatingLevel | None, levels: list[RatingLevel]) -> RatingLevel | None:
    """The unacceptable and the fully successful level of the other system; no other has an equal.

    5 CFR 9701.409(a): what lies above is not in every system, so the rating official decides anew.
    """
    if level is None or not (level.unacceptable or level.fully_successful):
        return None
    return next(
        each
        for each in levels
        if (each.unacceptable, each.fully_successful)
        == (level.unacceptable, level.fully_successful)
    )


def _record(case: Plan | RatingOfRecord, cycle: Cycle, own: Cycle, *, on: date) -> None:
    record(
        case.subject,
        act="follow_system",
        actor=SYSTEM,
        on=on,
        employee_key=case.employee_id,
        from_state=str(case.state),
        to_state=str(case.state),
        citation=CITATION,
        detail={"from": cycle.system.code, "to": own.system.code},
    )
