from workforce.models.absence import Absence, AbsenceKind
from workforce.models.assignment import Assignment, AssignmentKind
from workforce.models.employee import Employee, EmployeeState
from workforce.models.employee_case import EmployeeCase
from workforce.models.hours_paid import HoursPaid
from workforce.models.supervision import Supervision

__all__ = [
    "Absence",
    "AbsenceKind",
    "Assignment",
    "AssignmentKind",
    "Employee",
    "EmployeeCase",
    "EmployeeState",
    "HoursPaid",
    "Supervision",
]
