"""What a decision on a proposal does: to the case, to pay, and to the 90 days it had stopped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role
from adverse_actions.models import Proposal
from adverse_actions.services.decide import decide
from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.actor import Actor
from casework.models import Deadline, Entry
from casework.sweeps import run_daily
from classification.models import Band
from governance.models import Coverage
from pay.models import DeniedIncrease, PayAction
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.services.adjust_ranges import adjust_ranges
from pay.services.separate import separate
from pay.services.special_payment import pay_special_payment
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, position_in, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

RISE = date(2007, 1, 7)
PROPOSED = date(2007, 4, 1)
DELIVERED = date(2007, 4, 20)
EFFECTIVE = date(2007, 5, 2)


@pytest.fixture
def full() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def entry(full: Band) -> Band:
    return make_band("LE-ED", minimum=31_000, maximum=45_500, level="entry_developmental", rank=1)


@pytest.fixture
def person(full: Band) -> Employee:
    """Paid below the new minimum since January 7, on an unacceptable rating."""
    found = make_paid_employee(full, 41_111, organization=make_organization("OFFICE"), user=True)
    rate(found, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges({"LE-FP": (42_139, 71_750)}, effective=RISE, actor=SYSTEM, authority="D", on=RISE)
    return found


def proposed(person: Employee, kind: str, **extra: Any) -> Proposal:
    return propose(person, kind=kind, delivered_on=PROPOSED, actor=SYSTEM, on=PROPOSED, **extra)


def decided(proposal: Proposal, outcome: str = "sustained", **extra: Any) -> Proposal:
    given: dict[str, Any] = {"delivered_on": DELIVERED, "on": DELIVERED, "actor": SYSTEM, **extra}
    return decide(proposal, outcome=outcome, **given)


def code_of(proposal: Proposal, outcome: str = "sustained", **extra: Any) -> str:
    before = PayAction.objects.count(), Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        decided(proposal, outcome, **extra)
    assert before == (PayAction.objects.count(), Entry.objects.count())
    assert Proposal.objects.get(pk=proposal.pk).state == proposal.state
    return refusal.value.code


def basic_on(person: Employee, on: date) -> int | None:
    found = rate_on(person, on)
    return found.basic if found else None


def acts(proposal: Proposal) -> list[str]:
    return list(
        Entry.objects.filter(subject=proposal.subject).order_by("id").values_list("act", flat=True)
    )


@pytest.mark.paragraph("9701.354#2")
def test_a_demotion_waits_for_its_date_and_then_closes_the_ninety_days(
    person: Employee, entry: Band
) -> None:
    proposal = proposed(person, "demotion", effective=EFFECTIVE)
    proposal = decided(proposal, position=position_in(entry), basic=37_000)
    assert (proposal.state, proposal.decided_on) == ("decided", DELIVERED)
    assert DeniedIncrease.objects.get().state == "action_initiated"
    run_daily(on=date(2007, 5, 1))
    assert basic_on(person, date(2007, 5, 2)) == 41_111
    run_daily(on=EFFECTIVE)
    action = PayAction.objects.latest("pk")
    assert (action.kind, action.effective, action.basic_after) == ("demotion", EFFECTIVE, 37_000)
    assert Proposal.objects.get().state == "effected"
    assert DeniedIncrease.objects.get().state == "closed"
    assert acts(proposal) == ["propose", "decide", "take_effect"]
    assert not Deadline.objects.filter(state="open").exists()
    run_daily(on=date(2007, 5, 3))
    assert PayAction.objects.latest("pk") == action
    assert disagreements(on=EFFECTIVE) == []


@pytest.mark.paragraph("9701.343#1")
@pytest.mark.paragraph("9701.343#3")
def test_a_reduction_is_paid_from_the_day_of_its_decision(full: Band) -> None:
    person = make_paid_employee(full, 60_000)
    proposal = decided(
        proposed(person, "reduction_in_pay"), basic=54_000, ground="unacceptable_performance"
    )
    action = PayAction.objects.latest("pk")
    assert (action.kind, action.effective, action.basic_after) == (
        "within_band_reduction", DELIVERED, 54_000,
    )  # fmt: skip
    assert action.inputs["reason"] == "unacceptable_performance"
    assert action.order is not None
    assert action.order.chosen["decision"] == proposal.subject
    assert proposal.state == "effected"


def test_a_removal_ends_pay_and_closes_the_ninety_days(person: Employee) -> None:
    proposal = decided(proposed(person, "removal"))
    assert proposal.state == "effected"
    action = PayAction.objects.latest("pk")
    assert (action.kind, action.effective, action.basic_after) == ("separation", DELIVERED, None)
    assert DeniedIncrease.objects.get().state == "closed"
    assert Employee.objects.get(pk=person.pk).state == "separated"


def test_a_suspension_changes_no_rate(full: Band) -> None:
    person = make_paid_employee(full, 60_000)
    before = PayAction.objects.count()
    assert decided(proposed(person, "suspension")).state == "effected"
    assert PayAction.objects.count() == before


def test_not_sustained_the_case_below_the_minimum_needs_a_decision(person: Employee) -> None:
    proposal = decided(proposed(person, "removal"), "not_sustained")
    assert (proposal.state, proposal.decided_on) == ("not_sustained", DELIVERED)
    assert DeniedIncrease.objects.get().state == "needs_decision"
    assert basic_on(person, DELIVERED) == 41_111


@pytest.mark.paragraph("9701.325(a)(2)")
@pytest.mark.parametrize("ended", ["not_sustained", "withdrawn"])
@pytest.mark.parametrize(
    ("delivered_on", "kind", "state"),
    [
        (date(2007, 4, 7), "removal", "action_initiated"),  # day 90
        (date(2007, 4, 8), "removal", "default"),
        (date(2007, 4, 7), "suspension", "default"),
    ],
)
def test_another_proposal_that_stands_goes_on_answering_the_case(
    person: Employee, ended: str, delivered_on: date, kind: str, state: str
) -> None:
    first = proposed(person, "demotion")
    other = propose(person, kind=kind, delivered_on=delivered_on, actor=SYSTEM, on=delivered_on)
    if ended == "withdrawn":
        withdraw(first, actor=SYSTEM, on=DELIVERED)
    else:
        decided(first, "not_sustained")
    case = DeniedIncrease.objects.get()
    without = {"not_sustained": "needs_decision", "withdrawn": "defaulted"}
    assert case.state == (without[ended] if state == "default" else state)
    if state != "default":
        assert (case.initiation_ref, case.initiated_on) == (other.subject, delivered_on)
        run_daily(on=date(2007, 5, 30))
        assert basic_on(person, date(2007, 5, 30)) == 41_111
        # The last one that stands decides.
        decided(other, delivered_on=date(2007, 6, 1), on=date(2007, 6, 1))
        assert DeniedIncrease.objects.get().state == "closed"


@pytest.mark.paragraph("9701.325(a)(2)")
def test_one_decided_and_not_yet_in_effect_stands_too(person: Employee, entry: Band) -> None:
    demotion = proposed(person, "demotion", effective=EFFECTIVE)
    removal = proposed(person, "removal")
    decided(demotion, position=position_in(entry), basic=37_000)
    decided(removal, "not_sustained")
    assert DeniedIncrease.objects.get().initiation_ref == demotion.subject
    run_daily(on=EFFECTIVE)
    assert DeniedIncrease.objects.get().state == "closed"
    assert basic_on(person, EFFECTIVE) == 37_000


@pytest.mark.parametrize("left", [date(2007, 4, 29), EFFECTIVE])
def test_what_was_decided_for_a_day_on_which_nobody_is_employed_is_cancelled(
    person: Employee, entry: Band, left: date
) -> None:
    proposal = proposed(person, "demotion", effective=EFFECTIVE)
    decided(proposal, position=position_in(entry), basic=37_000)
    separate(person, effective=left, actor=SYSTEM, authority="Resignation", on=left)
    run_daily(on=date(2007, 6, 1))
    deadline = Deadline.objects.get(kind="decided_action_takes_effect")
    assert deadline.error == ""
    # On the day of the demotion itself the demotion comes first, then the separation.
    assert deadline.state == ("met" if left == EFFECTIVE else "cancelled")
    kinds = ["separation"] if left < EFFECTIVE else ["demotion", "separation"]
    found = PayAction.objects.filter(employee=person, effective__gte=date(2007, 4, 20))
    assert [action.kind for action in found.order_by("id")] == kinds


def test_what_is_promised_for_a_date_comes_before_what_is_decided_for_a_later_one(
    person: Employee, entry: Band
) -> None:
    proposal = proposed(person, "demotion", effective=EFFECTIVE)
    decided(proposal, position=position_in(entry), basic=37_000)
    later = date(2007, 5, 9)
    paid = pay_special_payment(
        person, kind="skills", amount=Decimal(100), effective=later, actor=SYSTEM,
        authority="Order", on=later,
    )  # fmt: skip
    assert (paid.basic_after, paid.band_id) == (37_000, entry.pk)
    assert Proposal.objects.get().state == "effected"


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("demotion", {"basic": 36_999}, "reduction_over_10"),
        ("demotion", {"basic": 41_112}, "invalid_decision"),
        ("demotion", {"basic": None}, "invalid_decision"),
        ("demotion", {"basic": 37_000, "position": None}, "invalid_decision"),
        ("reduction_in_pay", {"basic": 41_000, "position": None}, "below_band_minimum"),
        ("reduction_in_pay", {"position": None}, "invalid_decision"),
        ("reduction_in_pay", {"basic": 41_000}, "invalid_decision"),
        ("removal", {}, "invalid_decision"),
        ("removal", {"basic": 41_000, "position": None}, "invalid_decision"),
        ("removal", {"outcome": "mitigated", "position": None}, "invalid_input"),
        ("removal", {"position": None, "delivered_on": PROPOSED}, "invalid_decision"),
    ],
)
def test_what_pay_would_refuse_is_refused_when_it_is_decided(
    person: Employee, entry: Band, kind: str, given: dict[str, Any], code: str
) -> None:
    proposal = proposed(person, kind, effective=EFFECTIVE)
    assert code_of(proposal, **{"position": position_in(entry), **given}) == code


def test_a_reduction_has_one_of_two_grounds(full: Band) -> None:
    proposal = proposed(make_paid_employee(full, 60_000), "reduction_in_pay")
    assert code_of(proposal, basic=58_000, ground="reorganization") == "not_adverse_action"


@pytest.mark.parametrize(
    ("delivered_on", "code"), [(date(2007, 4, 11), "reply_window_open"), (date(2007, 4, 12), None)]
)
def test_nothing_is_decided_before_the_last_day_of_the_reply_has_ended(
    full: Band, delivered_on: date, code: str | None
) -> None:
    person = make_paid_employee(full, 60_000)
    proposal = proposed(person, "removal", reply_by=date(2007, 4, 11))
    if code:
        assert code_of(proposal, delivered_on=delivered_on, on=delivered_on) == code
    else:
        assert decided(proposal, delivered_on=delivered_on, on=delivered_on).state == "effected"


@pytest.mark.parametrize("outcome", ["sustained", "not_sustained"])
def test_a_proposal_is_decided_once_and_not_after_its_withdrawal(full: Band, outcome: str) -> None:
    one = proposed(make_paid_employee(full, 60_000), "suspension")
    decided(one, outcome)
    with pytest.raises(Refused) as refusal:
        withdraw(one, actor=SYSTEM, on=DELIVERED)
    assert refusal.value.code == "invalid_transition"
    assert code_of(Proposal.objects.get(pk=one.pk), outcome) == "invalid_transition"
    other = withdraw(
        proposed(make_paid_employee(full, 60_000), "suspension"), actor=SYSTEM, on=PROPOSED
    )
    assert code_of(other, outcome) == "invalid_transition"


def test_subpart_f_must_apply_on_the_effective_date(person: Employee) -> None:
    proposal = proposed(person, "removal", effective=EFFECTIVE)
    Coverage.objects.filter(subpart="F").update(rescinded=date(2007, 4, 25))
    assert code_of(proposal) == "not_covered"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.HR_SPECIALIST, None),
        (Role.PAY_SPECIALIST, "not_authorized"),
        (Role.AUDITOR, "not_authorized"),
        (None, "not_authorized"),
    ],
)
def test_who_may_decide(person: Employee, role: Role | None, code: str | None) -> None:
    office = person.assignments.get().position.organization
    user = make_user()
    assert person.user is not None
    if role is not None:
        grant_role(user, role, organization=office)
        grant_role(person.user, role, organization=office)
    proposal = proposed(person, "removal")
    assert code_of(proposal, actor=Actor(user=person.user)) == "own_record"
    assert code_of(proposal, actor=Actor(user=user), version=99) == "stale_form"
    if code:
        assert code_of(proposal, actor=Actor(user=user)) == code
    else:
        assert decided(proposal, actor=Actor(user=user)).state == "effected"
