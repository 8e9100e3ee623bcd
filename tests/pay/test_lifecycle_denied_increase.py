"""Every state of a denied increase with every act on it, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Recusal, Role, User
from casework.actor import Actor
from casework.models import DeadlineState
from casework.services.deadlines import end_deadline
from casework.sweeps import run_daily
from pay.deadlines import CLOCK, MINIMUM
from pay.models import DenialState, DeniedIncrease, PayAction
from pay.services.adjust_ranges import adjust_ranges
from pay.services.initiation import record_initiation, record_initiation_ended
from pay.services.promote import promote
from pay.services.separate import separate
from performance.services.correct_rating import correct_rating
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_band,
    make_employee,
    make_organization,
    make_supervision,
    make_user,
)
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)
DELIVERED = date(2007, 2, 1)
AFTER = date(2007, 5, 1)

Act = Callable[[DeniedIncrease, Actor], object]


@pytest.fixture
def case() -> DeniedIncrease:
    """A case below the minimum with everybody who might have to do with it."""
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    make_band("LE-SE", minimum=64_500, maximum=98_400, rank=3)
    make_band("LE-SUP", minimum=78_250, maximum=121_700, rank=4)
    office = make_organization("OFFICE")
    person = make_paid_employee(band, 41_111, organization=office, user=True)
    rate(person, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    return DeniedIncrease.objects.get()


def now(case: DeniedIncrease) -> DeniedIncrease:
    return DeniedIncrease.objects.get(pk=case.pk)


def initiate(case: DeniedIncrease, actor: Actor = SYSTEM) -> object:
    on = max(DELIVERED, _today(case))
    return record_initiation(
        case, kind="removal", delivered_on=DELIVERED, ref="p", actor=actor, on=on
    )


def _today(case: DeniedIncrease) -> date:
    """A day on which nothing of the case's own lapses before the act."""
    return date(2007, 4, 9) if case.state == DenialState.DEFAULTED else DELIVERED


def _leaving(case: DeniedIncrease) -> date:
    """The day of a separation or promotion, not before what the case itself brought."""
    brought = (DenialState.RELEASED, DenialState.DEFAULTED)
    return date(2007, 4, 16) if case.state in brought else _today(case)


def ended(outcome: str, on: date) -> Act:
    def act(case: DeniedIncrease, actor: Actor) -> object:
        return record_initiation_ended(case.pk, outcome=outcome, on=on, actor=actor)

    return act


def promoted(case: DeniedIncrease, actor: Actor) -> object:
    from classification.models import Band

    code = "LE-SUP" if case.state == DenialState.CLOSED else "LE-SE"
    to = position_in(Band.objects.get(code=code))
    return promote(
        Employee.objects.get(pk=case.employee_id),
        position=to,
        effective=_leaving(case),
        actor=actor,
        authority="x",
        on=_leaving(case),
    )


def separated(case: DeniedIncrease, actor: Actor) -> object:
    return separate(
        Employee.objects.get(pk=case.employee_id), effective=_leaving(case), actor=actor,
        authority="x", on=_leaving(case),
    )  # fmt: skip


def rated(case: DeniedIncrease, actor: Actor) -> object:
    """A rating that shows performance by day 90, and the day on which it is paid."""
    issued = max(date(2007, 4, 12), _today(case))
    if case.state != DenialState.DEFAULTED:
        issued = date(2007, 4, 5)
    rate(
        Employee.objects.get(pk=case.employee_id), "ME", issued=issued, kind="additional",
        shown_by=date(2007, 4, 5), period_end=date(2007, 9, 30),
    )  # fmt: skip
    run_daily(on=date(2007, 4, 30))
    return None


def overturned(case: DeniedIncrease, actor: Actor) -> object:
    """The rating behind the denial was wrong."""
    assert case.rating is not None
    return correct_rating(
        case.rating, corrected_level="ME", reference="Award 1", decided=_leaving(case), actor=actor,
        on=_leaving(case),
    )  # fmt: skip


def reach(case: DeniedIncrease, state: str) -> DeniedIncrease:
    """Bring the case into a state by what brings it there."""
    if state in ("action_initiated", "needs_decision"):
        initiate(case)
    if state == "needs_decision":
        record_initiation_ended(case.pk, outcome="not_sustained", on=date(2007, 3, 1), actor=SYSTEM)
    if state == "defaulted":
        run_daily(on=date(2007, 4, 8))
    if state == "released":
        rated(case, SYSTEM)
    if state == "closed":
        promoted(case, SYSTEM)
    found = now(case)
    assert found.state == state
    return found


STATES = ["open", "action_initiated", "needs_decision", "defaulted", "released", "closed"]
#: What each act makes of each state; the rest are refused, or leave the case as it is.
TABLE: dict[str, tuple[Act, dict[str, str]]] = {
    "initiate": (initiate, {"open": "action_initiated", "defaulted": "action_initiated"}),
    "withdrawn_in_time": (
        ended("withdrawn", date(2007, 3, 1)), {"action_initiated": "open"},
    ),
    "withdrawn_late": (ended("withdrawn", AFTER), {"action_initiated": "defaulted"}),
    "not_sustained": (ended("not_sustained", AFTER), {"action_initiated": "needs_decision"}),
    "carried_out": (
        ended("carried_out", date(2007, 4, 1)),
        {"open": "closed", "action_initiated": "closed", "needs_decision": "closed"},
    ),
}  # fmt: skip
#: Acts on the person or by time, which never refuse because of the case.
FOLLOWS: dict[str, tuple[Act, dict[str, str]]] = {
    "promotion": (
        promoted,
        {"open": "closed", "action_initiated": "closed", "needs_decision": "closed"},
    ),
    "rating": (
        rated,
        {
            "open": "released", "action_initiated": "released", "needs_decision": "released",
            "defaulted": "released",
        },
    ),
    "overturned rating": (
        overturned,
        {
            "open": "closed", "action_initiated": "closed", "needs_decision": "closed",
            "defaulted": "closed",
        },
    ),
    "day 91": (lambda case, actor: run_daily(on=date(2007, 4, 8)), {"open": "defaulted"}),
}  # fmt: skip


@pytest.mark.paragraph("9701.325(a)(2)")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", list(TABLE))
def test_each_act_in_each_state(case: DeniedIncrease, state: str, name: str) -> None:
    act, becomes = TABLE[name]
    found = reach(case, state)
    before = PayAction.objects.count()
    if state in becomes:
        act(found, SYSTEM)
        assert now(case).state == becomes[state]
        assert PayAction.objects.count() == before
        return
    with pytest.raises(Refused) as refusal:
        act(found, SYSTEM)
    assert refusal.value.code == "invalid_transition"
    assert (now(case).state, now(case).version) == (state, found.version)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", list(FOLLOWS))
def test_what_time_a_rating_and_a_promotion_make_of_each_state(
    case: DeniedIncrease, state: str, name: str
) -> None:
    act, becomes = FOLLOWS[name]
    found = reach(case, state)
    act(found, SYSTEM)
    assert now(case).state == becomes.get(state, state)


@pytest.mark.parametrize("state", STATES)
def test_a_separation_closes_what_is_open_and_nothing_is_paid_after_it(
    case: DeniedIncrease, state: str
) -> None:
    found = reach(case, state)
    separated(found, SYSTEM)
    standing = ("open", "action_initiated", "needs_decision")
    assert now(case).state == ("closed" if state in standing else state)
    run_daily(on=date(2007, 6, 1))
    assert PayAction.objects.latest("effective", "step", "place").kind == "separation"


def test_a_separation_beyond_90_days_that_still_run_waits_for_them(case: DeniedIncrease) -> None:
    with pytest.raises(Refused) as refusal:
        separate(Employee.objects.get(), effective=AFTER, actor=SYSTEM, authority="x", on=DELIVERED)
    assert refusal.value.code == "too_early"


def people(case: DeniedIncrease) -> dict[str, User | None]:
    """Each role and relation with its log-in."""
    employee = case.employee
    office = employee.assignments.get().position.organization
    users: dict[str, User | None] = {"self": employee.user, "stranger": make_user("stranger")}
    for name, role in (
        ("hr", Role.HR_SPECIALIST), ("pay", Role.PAY_SPECIALIST), ("auditor", Role.AUDITOR),
        ("designee", Role.DESIGNEE), ("opm", Role.OPM_REVIEWER),
        ("administrator", Role.ADMINISTRATOR),
    ):  # fmt: skip
        users[name] = make_user(name)
        grant_role(make := users[name], role, organization=office)  # type: ignore[arg-type]
        assert make is not None
    elsewhere = make_user("elsewhere")
    grant_role(elsewhere, Role.HR_SPECIALIST, organization=make_organization())
    users["hr elsewhere"] = elsewhere
    boss = make_employee()
    make_supervision(boss, employee)
    users["supervisor"] = boss.user
    recused = make_user("recused")
    grant_role(recused, Role.HR_SPECIALIST, organization=office)
    Recusal.objects.create(
        user=recused, subject=employee.subject, reason="kin", starts=date(2000, 1, 1)
    )
    users["recused"] = recused
    return users


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("hr", None), ("self", "own_record"), ("stranger", "not_authorized"),
        ("pay", "not_authorized"), ("auditor", "not_authorized"), ("designee", "not_authorized"),
        ("opm", "not_authorized"), ("administrator", "not_authorized"),
        ("hr elsewhere", "not_authorized"), ("supervisor", "not_authorized"),
        ("recused", "recused"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", list(TABLE))
def test_who_may_do_each_act(case: DeniedIncrease, name: str, who: str, code: str | None) -> None:
    act, _ = TABLE[name]
    state = "open" if name == "initiate" else "action_initiated"
    found = reach(case, state)
    actor = Actor(user=people(case)[who])
    if code is None:
        act(found, actor)
        assert now(case).state != state
        return
    with pytest.raises(Refused) as refusal:
        act(found, actor)
    assert refusal.value.code == code
    assert now(case).state == state


def test_a_second_close_of_a_clock_changes_nothing(case: DeniedIncrease) -> None:
    for kind in (CLOCK, MINIMUM):
        end_deadline(case.subject, kind=kind, state=DeadlineState.MET, on=DAY, by="x")
    run_daily(on=date(2007, 6, 1))
    assert now(case).state == "open"
