"""Loads a whole demonstration in one transaction, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from demonstration.clock import is_demonstration, moment_on, set_business_date
from demonstration.published import load_figures
from demonstration.rules.casting import cast
from demonstration.rules.department import FEWEST, MOST, draw_department
from demonstration.services.load_log_ins import load_log_ins
from demonstration.services.load_pay import load_pay
from demonstration.services.load_performance import load_performance
from demonstration.services.load_policy import load_policy
from demonstration.services.load_pools import load_pools
from demonstration.services.load_workforce import load_workforce
from performance.services.rating_stage import open_rating_stage
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


@dataclass(frozen=True)
class Loaded:
    """What was loaded, in numbers."""

    employees: int
    organizations: int
    ratings: int
    log_ins: int


def load_department(employees: int, *, seed: int) -> Loaded:
    """Draws and loads a department that opens on 1 October 2024.

    Raises Refused not_authorized outside a demonstration, invalid_input for a size out of bounds,
    already_done where there are employees.
    """
    if not is_demonstration():
        raise Refused("not_authorized", "", "These settings are not those of a demonstration.")
    if not FEWEST <= employees <= MOST:
        raise Refused("invalid_input", "", f"A demonstration has {FEWEST} to {MOST:,} employees.")
    department = draw_department(employees, seed=seed, figures=load_figures())
    started = clock.system_clock()
    opening = moment_on(department.opens_on, set_at=started, machine_time=started)
    with transaction.atomic(), clock.use_clock(lambda: opening):
        if Employee.objects.exists():
            raise Refused(
                "already_done", "", "There are employees already; make reset empties the database."
            )
        reference = load_policy(department)
        log_ins = cast(department)
        users = load_log_ins(log_ins, department=department, reference=reference)
        loaded = load_workforce(department, reference=reference, log_ins=log_ins, users=users)
        load_performance(department, loaded=loaded)
        load_pools(department, reference=reference, loaded=loaded)
        load_pay(department, reference=reference, loaded=loaded)
        open_rating_stage(department.opens_on)
        set_business_date(department.opens_on)
    return Loaded(
        employees=len(department.employees),
        organizations=len(department.organizations),
        ratings=len(department.ratings),
        log_ins=len(log_ins),
    )
