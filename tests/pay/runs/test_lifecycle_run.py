"""Every state of a run x every act x everybody who might try it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from casework.actor import Actor
from casework.models import Entry
from pay.models import PayRun, RunKind, RunState
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import cancel_run, change_plan
from pay.services.runs.execution import finish_run, start_run
from pay.services.runs.preview import Preview, read_preview, record_preview
from pay.services.runs.verification import verify_run
from regulation.days import DEPARTMENT_ZONE
from regulation.refusals import Refused
from tests import factories
from tests.pay.runs.department import EFFECTIVE, ON, Department

D, P, A, R, DONE, V, X = (
    RunState.DRAFT,
    RunState.PREVIEWED,
    RunState.APPROVED,
    RunState.RUNNING,
    RunState.DONE,
    RunState.VERIFIED,
    RunState.CANCELLED,
)
#: Act, and the state each source goes to; any other source is refused.
ACTS: dict[str, dict[RunState, RunState]] = {
    "change": {D: D, P: D},
    "preview": {D: P, P: P},
    "approve": {P: A},
    "start": {A: R},
    "verify": {DONE: V},
    "cancel": {D: X, P: X, A: X},
}
PEOPLE = ["drafter", "another specialist", "office specialist", "nobody", *Role.values]


def _act(
    name: str, run: PayRun, *, department: Department, actor: Actor, preview: Preview
) -> PayRun:
    shared: dict[str, Any] = {"actor": actor, "on": ON}
    acts: dict[str, Callable[[], PayRun]] = {
        "change": lambda: change_plan(
            run, plan=department.range_plan(), title="T", effective=EFFECTIVE, **shared
        ),
        "preview": lambda: record_preview(run, preview=preview, **shared),
        "approve": lambda: approve_run(run, **shared),
        "start": lambda: start_run(run, **shared),
        "verify": lambda: verify_run(run, **shared),
        "cancel": lambda: cancel_run(run, reason="Given up", **shared),
    }
    return acts[name]()


def _run_in(state: RunState, department: Department, *, preview: Preview) -> PayRun:
    finished = state in (DONE, V)
    counts = dict.fromkeys(("posted", "as_is", "denied", "increase_dollars", "lump_sum_dollars"), 0)
    run = PayRun.objects.create(
        kind=RunKind.RANGE_ADJUSTMENT,
        title="Range adjustment",
        effective=EFFECTIVE,
        plan=department.range_plan().as_json(),
        preview=preview.summary,
        fingerprint=preview.fingerprint,
        state=state,
        totals={"groups": {}, "all": counts} if finished else {},
        drafted_by=department.drafter,
        approved_by=department.approver if state in (A, R, DONE, V) else None,
        created_at=datetime(2007, 1, 2, tzinfo=DEPARTMENT_ZONE),
    )
    if finished:
        from pay.services.set_ranges import set_ranges

        set_ranges({"FP": (42_139, 71_750)}, effective=EFFECTIVE, run=run)
    return run


def _expected(act: str, state: RunState, person: str) -> RunState | str:
    if person == "drafter" and act == "approve":
        return "same_approver"
    if person not in ("drafter", "another specialist", Role.PAY_SPECIALIST):
        return "not_authorized"
    return ACTS[act].get(state, "invalid_transition")


@pytest.fixture
def people(department: Department) -> dict[str, User]:
    found = {"drafter": department.drafter, "another specialist": department.approver}
    found["nobody"] = factories.make_user()
    for role in Role:
        found[role] = factories.make_user()
        factories.grant_role(found[role], role)
    top = factories.make_organization("HS")
    found["office specialist"] = factories.make_user()
    factories.grant_role(
        found["office specialist"],
        Role.PAY_SPECIALIST,
        organization=factories.make_organization("HS01", parent=top),
    )
    return found


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", RunState)
def test_each_act_in_each_state_by_each_person(
    department: Department, people: dict[str, User], state: RunState, act: str
) -> None:
    preview = _preview(department)
    for person in PEOPLE:
        with transaction.atomic():
            run = _run_in(state, department, preview=preview)
            actor = Actor(user=people[person])
            expected = _expected(act, state, person)
            entries = Entry.objects.count()
            try:
                with transaction.atomic():
                    found: str = _act(
                        act, run, department=department, actor=actor, preview=preview
                    ).state
            except Refused as refusal:
                found = refusal.code
                kept = PayRun.objects.get(pk=run.pk)
                assert (kept.state, kept.version) == (state, 1)
                assert Entry.objects.count() == entries
            else:
                entry = Entry.objects.filter(subject=run.subject).latest("id")
                assert (entry.from_state, entry.to_state) == (state, found)
            assert found == expected, f"{act} of a run {state} by {person}"
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", RunState)
def test_only_a_running_run_is_finished(department: Department, state: RunState) -> None:
    run = _run_in(state, department, preview=_preview(department))
    assert finish_run(run, on=ON) is (state == R)


def _preview(department: Department) -> Preview:
    run = PayRun.objects.create(
        kind=RunKind.RANGE_ADJUSTMENT,
        title="Only to preview",
        effective=EFFECTIVE,
        plan=department.range_plan().as_json(),
        state=X,
        created_at=datetime(2007, 1, 2, tzinfo=DEPARTMENT_ZONE),
    )
    return read_preview(run, on=ON)


def test_the_system_does_not_approve(department: Department) -> None:
    run = _run_in(P, department, preview=_preview(department))
    with pytest.raises(Refused) as refused:
        approve_run(run, actor=Actor.system("a test"), on=ON)
    assert refused.value.code == "same_approver"


def test_the_database_too_refuses_an_approver_who_drafted(department: Department) -> None:
    run = _run_in(P, department, preview=_preview(department))
    with pytest.raises(IntegrityError, match="run_approver_is_another_person"):
        PayRun.objects.filter(pk=run.pk).update(approved_by=department.drafter)


def test_a_state_is_not_assigned(department: Department) -> None:
    run = _run_in(D, department, preview=_preview(department))
    with pytest.raises(AttributeError):
        run.state = V
