"""Every state of an employee with every act on it, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry
from classification.models import Band
from pay.services.separate import separate
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_band,
    make_employee,
    make_organization,
    make_supervision,
    make_user,
)
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in
from workforce.models import Absence, Assignment, Employee, Supervision
from workforce.services.absences import begin_absence, end_absence
from workforce.services.hire import NewEmployee, hire
from workforce.services.place import place

pytestmark = pytest.mark.django_db

DAY = date(2007, 3, 5)
LATER = date(2007, 6, 4)

Act = Callable[[Employee, Actor], object]
KINDS = ("leave_without_pay", "uniformed_service", "injury_compensation")


@pytest.fixture
def person() -> Employee:
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    return make_paid_employee(band, 50_000, organization=make_organization("OFFICE"), user=True)


def begin(kind: str) -> Act:
    return lambda employee, actor: begin_absence(
        employee, kind=kind, first_day=DAY, actor=actor, on=DAY
    )


def end(employee: Employee, actor: Actor) -> object:
    return end_absence(employee, back_on=LATER, actor=actor, on=LATER)


def leave(employee: Employee, actor: Actor) -> object:
    return separate(employee, effective=LATER, actor=actor, authority="Resignation", on=LATER)


def reach(employee: Employee, state: str) -> Employee:
    if state in KINDS:
        begin(state)(employee, SYSTEM)
    if state == "separated":
        leave(employee, SYSTEM)
    return Employee.objects.get(pk=employee.pk)


STATES = ["on_board", *KINDS, "separated"]
ACTS: dict[str, tuple[Act, dict[str, str]]] = {
    **{kind: (begin(kind), {"on_board": kind}) for kind in KINDS},
    "return": (end, dict.fromkeys(KINDS, "on_board")),
    "separate": (leave, dict.fromkeys(["on_board", *KINDS], "separated")),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", list(ACTS))
def test_each_act_in_each_state(person: Employee, state: str, name: str) -> None:
    act, becomes = ACTS[name]
    found = reach(person, state)
    entries = Entry.objects.count()
    if state in becomes:
        act(found, SYSTEM)
        assert Employee.objects.get(pk=person.pk).state == becomes[state]
        assert Entry.objects.count() == entries + 1
        return
    with pytest.raises(Refused) as refusal:
        act(found, SYSTEM)
    assert refusal.value.code == "invalid_transition"
    assert Employee.objects.get(pk=person.pk).state == state
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.HR_SPECIALIST, None), (Role.AUDITOR, "not_authorized"),
        (Role.ADMINISTRATOR, "not_authorized"), (Role.OPM_REVIEWER, "not_authorized"),
        (None, "not_authorized"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["leave_without_pay", "return", "separate"])
def test_who_may_do_each_act(
    person: Employee, name: str, role: Role | None, code: str | None
) -> None:
    user = make_user("someone")
    if role is not None:
        office = person.assignments.get().position.organization
        grant_role(user, role, organization=office)
    found = reach(person, "leave_without_pay" if name == "return" else "on_board")
    act, becomes = ACTS[name]
    if code is None:
        act(found, Actor(user=user))
        assert Employee.objects.get(pk=person.pk).state == becomes[str(found.state)]
        return
    with pytest.raises(Refused) as refusal:
        act(found, Actor(user=user))
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["leave_without_pay", "separate"])
def test_nobody_acts_on_his_own_record(person: Employee, name: str) -> None:
    assert person.user is not None
    grant_role(person.user, Role.HR_SPECIALIST)
    with pytest.raises(Refused) as refusal:
        ACTS[name][0](person, Actor(user=person.user))
    assert refusal.value.code == "own_record"


def test_an_absence_has_its_days(person: Employee) -> None:
    begin("leave_without_pay")(person, SYSTEM)
    with pytest.raises(Refused, match="began on"):
        end_absence(person, back_on=DAY, actor=SYSTEM, on=DAY)
    end(person, SYSTEM)
    absence = Absence.objects.get()
    assert (absence.period.lower, absence.period.upper) == (DAY, LATER)
    with pytest.raises(Refused) as refusal:
        begin("approved_leave")(person, SYSTEM)
    assert refusal.value.code == "invalid_input"


def newcomer(number: str = "N1") -> NewEmployee:
    return NewEmployee(
        number=number, given_name="New", family_name="Comer", coverage_category="general"
    )


def test_a_hire_puts_the_employee_into_a_position(person: Employee) -> None:
    position = position_in(Band.objects.get())
    hired = hire(newcomer(), position=position, area="DC", hired=DAY, actor=SYSTEM, on=DAY)
    assignment = Assignment.objects.get(employee=hired)
    assert (assignment.position, assignment.area, assignment.period.lower) == (position, "DC", DAY)
    assert Entry.objects.filter(subject=hired.subject, act="hire").exists()
    for number, place_at, code in (
        ("N1", position_in(Band.objects.get()), "already_employed"),
        ("N2", position, "duplicate_open"),
    ):
        with pytest.raises(Refused) as refusal:
            hire(newcomer(number), position=place_at, area="", hired=DAY, actor=SYSTEM, on=DAY)
        assert refusal.value.code == code
    assert not Employee.objects.filter(number="N2").exists()


def test_only_hr_of_the_office_hires(person: Employee) -> None:
    position = position_in(Band.objects.get())
    user = make_user("hr")
    grant_role(user, Role.HR_SPECIALIST, organization=make_organization())
    with pytest.raises(Refused) as refusal:
        hire(newcomer(), position=position, area="", hired=DAY, actor=Actor(user=user), on=DAY)
    assert refusal.value.code == "not_authorized"


def test_an_assignment_before_a_later_one_lasts_until_that(person: Employee) -> None:
    band = Band.objects.get()
    later = place(person, position_in(band), effective=LATER, area="")
    found = place(person, position_in(band), effective=DAY, area="")
    assert (found.period.lower, found.period.upper) == (DAY, LATER)
    assert Assignment.objects.get(pk=later.pk).period.lower == LATER


def test_no_assignment_to_an_abolished_position(person: Employee) -> None:
    band = Band.objects.get()
    gone = position_in(band)
    gone.abolish()
    gone.save()
    with pytest.raises(Refused) as refusal:
        place(person, gone, effective=LATER, area="")
    assert refusal.value.code == "not_position_of_record"


def test_a_separation_ends_supervision_either_way(person: Employee) -> None:
    boss, below = make_employee(), make_employee()
    make_supervision(boss, person)
    make_supervision(person, below)
    leave(person, SYSTEM)
    assert not Supervision.objects.filter(period__contains=LATER).exists()
    with pytest.raises(Refused):
        separate(person, effective=date(2000, 1, 3), actor=SYSTEM, authority="x", on=LATER)
