"""Going away without pay and coming back."""

from __future__ import annotations

from datetime import date

from psycopg.types.range import DateRange

from casework.actor import Actor
from casework.services.act import act
from regulation.refusals import Refused
from workforce.models import Absence, AbsenceKind, Employee, EmployeeState
from workforce.permissions import may_staff

_BEGIN = {
    AbsenceKind.LEAVE_WITHOUT_PAY: Employee.begin_leave_without_pay,
    AbsenceKind.UNIFORMED_SERVICE: Employee.begin_uniformed_service,
    AbsenceKind.INJURY_COMPENSATION: Employee.begin_injury_compensation,
}
CITATION = "9701.342(e)(2)"


def begin_absence(
    employee: Employee,
    *,
    kind: str,
    first_day: date,
    actor: Actor,
    on: date,
    version: int | None = None,
) -> Employee:
    """An absence without pay begins on its first day.

    5 CFR 9701.342(e)(2), (f), (g). Raises Refused invalid_input for a kind that does not take the
    employee off work and for a day before the hire or in an earlier absence, invalid_transition,
    not_authorized, own_record, recused, stale_form.
    """
    begin = _BEGIN.get(AbsenceKind(kind)) if kind in AbsenceKind.values else None
    if begin is None:
        raise Refused("invalid_input", "", f"{kind} is no absence without pay.")

    def do(fresh: Employee) -> None:
        begin(fresh)
        _refuse_days(fresh, first_day=first_day)
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


def _refuse_days(employee: Employee, *, first_day: date) -> None:
    if first_day < employee.hired:
        raise Refused("invalid_input", CITATION, f"{employee.name} was hired on {employee.hired}.")
    earlier = Absence.objects.filter(
        employee=employee, kind__in=list(_BEGIN), period__overlap=DateRange(first_day, None)
    ).first()
    if earlier is not None:
        message = f"{employee.name} is away until {earlier.period.upper or 'further notice'}."
        raise Refused("invalid_input", CITATION, message)


def end_absence(
    employee: Employee, *, back_on: date, actor: Actor, on: date, version: int | None = None
) -> Employee:
    """The employee is back; `back_on` is the first day on duty.

    It sets no pay: whoever is paid under subpart C comes back by `pay.services.return_to_duty`.
    Raises Refused invalid_transition, invalid_input for a day before the absence began,
    not_authorized, own_record, recused, stale_form.
    """
    return act(
        employee,
        name="end_absence",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_staff(who, row, on=on),
        do=lambda fresh: come_back(fresh, back_on=back_on),
        detail={"back_on": back_on.isoformat()},
    )


def come_back(employee: Employee, *, back_on: date) -> Absence | None:
    """End the absence as part of an act that holds the lock and saves the employee.

    `back_on` is the first day on duty. Whoever left while on injury compensation is employed again,
    without a position yet (5 CFR 9701.342(g)). The absence, if its days are on record. Raises
    Refused invalid_input for a day not after the first one; the state machine refuses the rest.
    """
    absence = (
        Absence.objects.select_for_update()
        .filter(employee=employee, kind__in=list(_BEGIN), period__endswith=None)
        .order_by("-period__startswith")
        .first()
    )
    compensated = absence is not None and absence.kind == AbsenceKind.INJURY_COMPENSATION
    if employee.state == EmployeeState.SEPARATED and compensated:
        employee.return_from_injury()
    else:
        employee.return_to_duty()
    if absence is None:
        return None
    if back_on <= absence.period.lower:
        raise Refused(
            "invalid_input", CITATION, f"The absence began on {absence.period.lower}, not before."
        )
    absence.period = DateRange(absence.period.lower, back_on)
    absence.save(update_fields=["period"])
    return absence
