"""Notice to OPM and its answers, kept with their history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import Role, User
from casework.actor import Actor
from casework.models import Entry
from governance.models import Coordination, CoordinationState
from governance.services.coordination import (
    give_notice,
    record_answer,
    require_coordination,
    withdraw,
)
from regulation.refusals import Refused
from tests.factories import grant_role, make_user

GIVEN = date(2005, 3, 3)

pytestmark = pytest.mark.django_db


def user_with(role: Role | None) -> User:
    user = make_user()
    if role:
        grant_role(user, role)
    return user


def notice() -> Coordination:
    return give_notice(
        paragraph="9701.211",
        action="Establish five clusters",
        intended_effective=date(2005, 6, 1),
        staff_consulted_on=date(2005, 2, 20),
        actor=Actor(user=user_with(Role.DESIGNEE)),
        on=GIVEN,
    )


@pytest.mark.paragraph("9701.103:coordination-1")
def test_the_designee_gives_notice_and_the_history_says_so() -> None:
    coordination = notice()
    entry = Entry.objects.get(subject=coordination.subject)
    assert (entry.act, entry.on, entry.to_state) == ("give_notice", GIVEN, "noticed")


@pytest.mark.paragraph("9701.103:coordination-1")
def test_a_refused_notice_leaves_no_row() -> None:
    for role, code, action in (
        (Role.HR_SPECIALIST, "not_authorized", "Establish five clusters"),
        (Role.DESIGNEE, "record_incomplete", ""),
    ):
        with pytest.raises(Refused) as refused:
            give_notice(
                paragraph="9701.211",
                action=action,
                intended_effective=date(2005, 6, 1),
                staff_consulted_on=date(2005, 2, 20),
                actor=Actor(user=user_with(role)),
                on=GIVEN,
            )
        assert refused.value.code == code
    assert not Coordination.objects.exists()


@pytest.mark.paragraph("9701.103:coordination-2")
def test_thirty_silent_days_are_awaited() -> None:
    coordination = notice()
    with pytest.raises(Refused, match="2005-04-03"):
        require_coordination(coordination, subject="clusters", on=date(2005, 4, 2))
    require_coordination(coordination, subject="clusters", on=date(2005, 4, 3))


@pytest.mark.paragraph("9701.103:coordination-3", "9701.103:coordination-4")
def test_only_a_resolution_of_opm_lifts_a_hold() -> None:
    reviewer = Actor(user=user_with(Role.OPM_REVIEWER))
    coordination = record_answer(
        notice(),
        answer=CoordinationState.RESPONDED,
        text="We have questions.",
        actor=reviewer,
        on=GIVEN + timedelta(days=5),
    )
    late = GIVEN + timedelta(days=300)
    with pytest.raises(Refused) as refused:
        require_coordination(coordination, subject="clusters", on=late)
    assert refused.value.code == "coordination_pending"
    coordination = record_answer(
        coordination, answer=CoordinationState.HELD, text="Governmentwide.", actor=reviewer, on=late
    )
    with pytest.raises(Refused) as refused:
        require_coordination(coordination, subject="clusters", on=late + timedelta(days=300))
    assert refused.value.code == "coordination_hold"
    with pytest.raises(Refused) as refused:
        record_answer(
            coordination,
            answer=CoordinationState.RESOLVED,
            text="Settled.",
            actor=Actor(user=user_with(Role.DESIGNEE)),
            on=late,
        )
    assert refused.value.code == "not_authorized"
    coordination = record_answer(
        coordination, answer=CoordinationState.RESOLVED, text="Settled.", actor=reviewer, on=late
    )
    require_coordination(coordination, subject="clusters", on=late)


def test_a_withdrawn_notice_is_none() -> None:
    designee = Actor(user=user_with(Role.DESIGNEE))
    coordination = withdraw(notice(), reason="Not now.", actor=designee, on=GIVEN)
    with pytest.raises(Refused) as refused:
        require_coordination(coordination, subject="clusters", on=GIVEN + timedelta(days=60))
    assert refused.value.code == "coordination_required"


ANSWERS = [
    CoordinationState.CONCURRED,
    CoordinationState.HELD,
    CoordinationState.RESPONDED,
    CoordinationState.RESOLVED,
]
ALLOWED = {
    (CoordinationState.NOTICED, CoordinationState.CONCURRED),
    (CoordinationState.NOTICED, CoordinationState.HELD),
    (CoordinationState.NOTICED, CoordinationState.RESPONDED),
    (CoordinationState.RESPONDED, CoordinationState.CONCURRED),
    (CoordinationState.RESPONDED, CoordinationState.HELD),
    (CoordinationState.RESPONDED, CoordinationState.RESOLVED),
    (CoordinationState.HELD, CoordinationState.RESOLVED),
}


@pytest.mark.parametrize("role", [Role.DESIGNEE, Role.OPM_REVIEWER, Role.HR_SPECIALIST, None])
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("state", list(CoordinationState))
def test_who_may_record_which_answer_in_which_state(
    state: CoordinationState, answer: CoordinationState, role: Role | None
) -> None:
    coordination = Coordination.objects.create(
        paragraph="9701.211",
        action="Establish",
        intended_effective=date(2005, 6, 1),
        noticed_on=GIVEN,
        state=state,
    )
    actor = Actor(user=user_with(role))

    def answer_it() -> Coordination:
        return record_answer(coordination, answer=answer, text="So.", actor=actor, on=GIVEN)

    if role == Role.OPM_REVIEWER and (state, answer) in ALLOWED:
        assert answer_it().state == answer
    else:
        with pytest.raises(Refused) as refused:
            answer_it()
        expected = "invalid_transition" if role == Role.OPM_REVIEWER else "not_authorized"
        assert refused.value.code == expected
        assert Coordination.objects.get(pk=coordination.pk).state == state
