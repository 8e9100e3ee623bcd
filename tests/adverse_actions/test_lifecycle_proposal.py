"""What may be recorded as a proposal of adverse action, and what each act makes of one."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role
from adverse_actions.models import Proposal
from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.actor import Actor
from casework.models import Entry
from governance.models import Coverage
from pay.services.separate import separate
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 2, 1)


@pytest.fixture
def person() -> Employee:
    make_ground()
    band = make_band("LE-FP", minimum=41_111, maximum=70_000)
    return make_paid_employee(band, 50_000, organization=make_organization("OFFICE"), user=True)


def record(person: Employee, kind: str = "removal", actor: Actor = SYSTEM) -> Proposal:
    return propose(person, kind=kind, delivered_on=DAY, actor=actor, on=DAY)


@pytest.mark.parametrize("kind", ["removal", "demotion", "reduction_in_pay", "suspension"])
def test_each_kind_is_recorded_and_withdrawn_once(person: Employee, kind: str) -> None:
    proposal = record(person, kind)
    assert (proposal.state, proposal.delivered_on) == ("proposed", DAY)
    taken_back = withdraw(proposal, actor=SYSTEM, on=date(2007, 2, 5))
    assert (taken_back.state, taken_back.withdrawn_on) == ("withdrawn", date(2007, 2, 5))
    with pytest.raises(Refused) as refusal:
        withdraw(proposal, actor=SYSTEM, on=date(2007, 2, 6))
    assert refusal.value.code == "invalid_transition"
    acts = Entry.objects.filter(subject=proposal.subject).order_by("id")
    assert list(acts.values_list("act", flat=True)) == ["propose", "withdraw"]


def test_another_kind_is_refused(person: Employee) -> None:
    with pytest.raises(Refused) as refusal:
        record(person, "reprimand")
    assert refusal.value.code == "unknown_action_kind"
    assert not Proposal.objects.exists()


def test_subpart_f_must_apply_on_the_day_of_delivery(person: Employee) -> None:
    Coverage.objects.filter(subpart="F").update(effective=date(2007, 2, 2))
    with pytest.raises(Refused) as refusal:
        record(person)
    assert refusal.value.code == "not_covered"


def test_nothing_is_proposed_to_one_who_left(person: Employee) -> None:
    separate(person, effective=DAY, actor=SYSTEM, authority="Resignation", on=DAY)
    with pytest.raises(Refused) as refusal:
        record(person)
    assert refusal.value.code == "not_employed"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.HR_SPECIALIST, None), (Role.PAY_SPECIALIST, "not_authorized"),
        (Role.AUDITOR, "not_authorized"), (Role.DESIGNEE, "not_authorized"),
        (Role.ADMINISTRATOR, "not_authorized"), (None, "not_authorized"),
    ],
)  # fmt: skip
def test_who_may_record_and_withdraw(person: Employee, role: Role | None, code: str | None) -> None:
    user = make_user("someone")
    if role is not None:
        office = person.assignments.get().position.organization
        grant_role(user, role, organization=office)
    actor = Actor(user=user)
    if code is None:
        assert withdraw(record(person, actor=actor), actor=actor, on=DAY).state == "withdrawn"
        return
    with pytest.raises(Refused) as refusal:
        record(person, actor=actor)
    assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        withdraw(record(person), actor=actor, on=DAY)
    assert refusal.value.code == code


def test_nobody_acts_in_his_own_case(person: Employee) -> None:
    assert person.user is not None
    grant_role(person.user, Role.HR_SPECIALIST)
    with pytest.raises(Refused) as refusal:
        record(person, actor=Actor(user=person.user))
    assert refusal.value.code == "own_record"
