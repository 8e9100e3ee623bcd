"""Going away without pay and coming back."""

from __future__ import annotations

from datetime import date

from psycopg.types.range import DateRange

from casework.actor import Actor
from casework.services.act import act
from regulation.refusals import Refused
from workforce.models import Absence, AbsenceKind, Employee
from workforce.permissions import may_staff

_BEGIN = {
    AbsenceKind.LEAVE_WITHOUT_PAY: Employee.begin_leave_without_pay,
    AbsenceKind.UNIFORMED_SERVICE: Employee.begin_uniformed_service,
    AbsenceKind.INJURY_COMPENSATION: Employee.begin_injury_compensation,
}


def begin_absence(
    employee: Employee,
    *,
    kind: str,
    first_day: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> Employee:
    """An absence without pay begins.

    Raises Refused invalid_input for a kind that does not take the employee off work,
    invalid_transition, not_authorized, own_record, recused, stale_form.
    """
    begin = _BEGIN.get(AbsenceKind(kind)) if kind in AbsenceKind.values else None
    if begin is None:
        raise Refused("invalid_input", "", f"{kind} is no absence without pay.")

    def do(fresh: Employee) -> None:
        begin(fresh)
        Absence.objects.create(employee=fresh, kind=kind, period=DateRange(first_day, None))

    return act(
        employee,
        name="begin_absence",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_staff(who, row, on=on),
        do=do,
        detail={"kind": kind, "first_day": first_day.isoformat()},
    )


def end_absence(
    employee: Employee, *, back_on: date, actor: Actor, on: date, version: int | None = None
) -> Employee:
    """The employee is back; `back_on` is the first day on duty.

    Raises Refused invalid_transition, invalid_input for a day before the absence began,
    not_authorized, own_record, recused, stale_form.
    """

    def do(fresh: Employee) -> None:
        fresh.return_to_duty()
        absence = (
            Absence.objects.select_for_update()
            .filter(employee=fresh, kind__in=list(_BEGIN), period__endswith=None)
            .order_by("-period__startswith")
            .first()
        )
        if absence is None:
            return
        if back_on <= absence.period.lower:
            raise Refused(
                "invalid_input", "", f"The absence began on {absence.period.lower}, not before."
            )
        absence.period = DateRange(absence.period.lower, back_on)
        absence.save(update_fields=["period"])

    return act(
        employee,
        name="end_absence",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_staff(who, row, on=on),
        do=do,
        detail={"back_on": back_on.isoformat()},
    )
