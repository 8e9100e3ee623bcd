"""Every state of a request, every act, every part: who may, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from casework.models import Entry
from reconsideration.models import Request, RequestState
from reconsideration.queries.acts import acts_for
from reconsideration.services.close import cancel, make_moot
from reconsideration.services.decide import decide, decide_at_opm
from reconsideration.services.take_to_opm import take_to_opm
from reconsideration.services.take_up import take_up, take_up_at_opm
from regulation.refusals import Refused
from tests.reconsideration.conftest import TODAY, Scene

pytestmark = pytest.mark.django_db

S = RequestState
PARTS = [
    "employee", "hr", "classifier", "hr_elsewhere", "opm", "auditor", "pay", "nobody", "system",
]  # fmt: skip
OPEN = {S.FILED_DHS, S.UNDER_DHS_REVIEW, S.FILED_OPM, S.UNDER_OPM_REVIEW}

#: act -> (who may, code for everybody else, {state: state})
TABLE: dict[str, tuple[set[str], str, dict[str, str]]] = {
    "take_up": ({"hr"}, "permission_denied", {S.FILED_DHS: S.UNDER_DHS_REVIEW}),
    "decide": ({"hr"}, "permission_denied", {S.UNDER_DHS_REVIEW: S.DHS_DECIDED}),
    "take_to_opm": ({"employee"}, "not_authorized", {S.DHS_DECIDED: S.FILED_OPM}),
    "take_up_at_opm": ({"opm"}, "permission_denied", {S.FILED_OPM: S.UNDER_OPM_REVIEW}),
    "decide_at_opm": ({"opm"}, "permission_denied", {S.UNDER_OPM_REVIEW: S.OPM_DECIDED}),
    "cancel": ({"employee"}, "permission_denied", dict.fromkeys(OPEN, S.CANCELLED)),
}


def carry_out(act: str, request: Request, scene: Scene, part: str) -> Request:
    actor = scene.actor(part)
    services: dict[str, Callable[[], Request]] = {
        "take_up": lambda: take_up(request, actor=actor, on=TODAY),
        "decide": lambda: decide(
            request, outcome="sustained", reason="It fits.", actor=actor, on=TODAY
        ),
        "take_to_opm": lambda: take_to_opm(request, argument="No.", actor=actor, on=TODAY),
        "take_up_at_opm": lambda: take_up_at_opm(request, actor=actor, on=TODAY),
        "decide_at_opm": lambda: decide_at_opm(
            request, outcome="sustained", reason="It fits.", actor=actor, on=TODAY
        ),
        "cancel": lambda: cancel(request, actor=actor, on=TODAY),
        "make_moot": lambda: make_moot(request, reason="Left.", actor=actor, on=TODAY),
    }
    return services[act]()


@pytest.mark.paragraph("9701.222(c)#1", "9701.222(d)")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("act", sorted(TABLE))
@pytest.mark.parametrize("state", list(RequestState))
def test_lifecycle_of_a_request(scene: Scene, state: RequestState, act: str, part: str) -> None:
    who, otherwise, moves = TABLE[act]
    expect(
        scene,
        state=state,
        act=act,
        part=part,
        otherwise=otherwise if part not in who | {"system"} else None,
        target=moves.get(state),
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("state", list(RequestState))
def test_lifecycle_of_closing_as_moot(scene: Scene, state: RequestState, part: str) -> None:
    scene.employee.assignments.update(period=(date(2000, 1, 3), TODAY))
    at_opm = state in (S.FILED_OPM, S.UNDER_OPM_REVIEW, S.OPM_DECIDED)
    who = {"opm", "system"} if at_opm else {"hr", "classifier", "system"}
    expect(
        scene,
        state=state,
        act="make_moot",
        part=part,
        otherwise=None if part in who else "permission_denied",
        target=S.MOOT if state in OPEN else None,
    )


def expect(
    scene: Scene,
    *,
    state: RequestState,
    act: str,
    part: str,
    otherwise: str | None,
    target: str | None,
) -> None:
    request = scene.request_in(state)
    code = otherwise or (None if target else "invalid_transition")
    if part != "system":
        assert (act in acts_for(scene.actor(part), request, on=TODAY)) is (code is None)
    if code is None:
        moved = carry_out(act, request, scene, part)
        assert moved.state == target
        entry = Entry.objects.get(subject=request.subject)
        assert (entry.act, entry.from_state, entry.to_state) == (act, state, target)
        assert moved.version == request.version + 1
        return
    with pytest.raises(Refused) as refused:
        carry_out(act, request, scene, part)
    assert refused.value.code == code
    kept = Request.objects.get(pk=request.pk)
    assert (kept.state, kept.version) == (state, request.version)
    assert not Entry.objects.filter(subject=request.subject).exists()
