"""New supervisors' training programs, as payouts take them into account (5 CFR 9701.346; R23)."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.services.act import act
from pay.models import SupervisorProgram
from pay.permissions import may_set_pay
from pay.rules.developmental import SUPERVISOR_CITATION
from regulation.refusals import Refused
from workforce.models import Employee


def begin_supervisor_program(
    employee: Employee,
    *,
    began_on: date,
    due_on: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> SupervisorProgram:
    """Open the program of a new supervisor, with the day by which its points are due.

    5 CFR 9701.346. Refused: `invalid_input` for a due day before it began, `duplicate_open` while
    one is not complete, `own_record`, `not_authorized`, `recused`, `stale_form`.
    """
    made: list[SupervisorProgram] = []

    def do(fresh: Employee) -> None:
        if due_on < began_on:
            raise Refused("invalid_input", SUPERVISOR_CITATION, "It is due before it begins.")
        if SupervisorProgram.objects.filter(employee=fresh, completed_on__isnull=True).exists():
            message = f"{fresh.name} is in a program that is not complete."
            raise Refused("duplicate_open", SUPERVISOR_CITATION, message)
        made.append(
            SupervisorProgram.objects.create(employee=fresh, began_on=began_on, due_on=due_on)
        )

    act(
        employee,
        name="begin_supervisor_program",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=SUPERVISOR_CITATION,
        detail={"began_on": began_on.isoformat(), "due_on": due_on.isoformat()},
    )
    return made[0]


def complete_supervisor_program(
    program: SupervisorProgram,
    *,
    completed_on: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> SupervisorProgram:
    """Record that every point of a program is certified, from which day on payouts are whole.

    5 CFR 9701.346. Refused: `already_done`, `too_early` for a day to come, `invalid_input` before
    it began, `own_record`, `not_authorized`, `recused`, `stale_form`.
    """
    made: list[SupervisorProgram] = []

    def do(fresh: Employee) -> None:
        row = SupervisorProgram.objects.select_for_update().get(pk=program.pk, employee=fresh)
        if row.completed_on is not None:
            message = f"The program was complete on {row.completed_on}."
            raise Refused("already_done", SUPERVISOR_CITATION, message)
        if completed_on > on:
            message = "A program is complete once its points are certified."
            raise Refused("too_early", SUPERVISOR_CITATION, message)
        if completed_on < row.began_on:
            raise Refused("invalid_input", SUPERVISOR_CITATION, "It had not begun by then.")
        row.completed_on = completed_on
        row.save(update_fields=["completed_on"])
        made.append(row)

    act(
        program.employee,
        name="complete_supervisor_program",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=SUPERVISOR_CITATION,
        detail={"program": program.pk, "completed_on": completed_on.isoformat()},
    )
    return made[0]
