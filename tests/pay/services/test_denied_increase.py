"""The 90-day case and the release of denied increases, with the dates the law gives (R7, R8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Role
from adverse_actions.models import Proposal
from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.actor import Actor
from casework.models import Deadline, Entry, Notice, WorkItem
from casework.sweeps import run_daily
from classification.models import Band
from governance.services.directives import issue_directive
from pay.models import DeniedIncrease, PayAction, PayOrder
from pay.queries.integrity import disagreements
from pay.rules.explain import replay
from pay.services.adjust_ranges import adjust_ranges
from pay.services.initiation import record_initiation, record_initiation_ended
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_band,
    make_employee,
    make_organization,
    make_supervision,
    make_user,
)
from tests.pay.factories import SYSTEM, make_ground, make_paid_employee, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

SUNDAY = date(2007, 1, 7)
MONDAY = date(2007, 1, 1)
PERIOD = date(2006, 9, 30)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def deny(band: Band, basic: int = 41_111, on: date = SUNDAY, **fields: Any) -> DeniedIncrease:
    """A denied increase of an adjustment on a date."""
    person = make_paid_employee(band, basic, **fields)
    rate(person, "U", issued=date(2006, 11, 15), period_end=PERIOD)
    adjust(on)
    return DeniedIncrease.objects.get(employee=person)


def adjust(on: date, minimum: int = 42_139, maximum: int = 71_750) -> None:
    adjust_ranges({"LE-FP": (minimum, maximum)}, effective=on, actor=SYSTEM, authority="D", on=on)


def sweep_from(first: date, last: date) -> None:
    """The daily sweep on every day between two dates."""
    day = first
    while day <= last:
        run_daily(on=day)
        day += timedelta(days=1)


def better(case: DeniedIncrease, issued: date, level: str = "ME", **extra: Any) -> None:
    """A new additional rating of record."""
    rate(
        Employee.objects.get(pk=case.employee_id), level, issued=issued,
        period_end=date(2007, 9, 30), kind="additional", **extra,
    )  # fmt: skip


def notice(case: DeniedIncrease, kind: str, delivered: date, on: date | None = None) -> Proposal:
    return propose(
        Employee.objects.get(pk=case.employee_id), kind=kind, delivered_on=delivered,
        actor=SYSTEM, on=on or delivered,
    )  # fmt: skip


def actions(case: DeniedIncrease) -> list[tuple[str, date, int | None]]:
    """What was posted after the denial."""
    found = PayAction.objects.filter(employee=case.employee_id, effective__gte=case.adjusted_on)
    return [
        (each.kind, each.effective, each.basic_after)
        for each in found.exclude(kind="range_increase_denied").order_by(
            "effective", "step", "place"
        )
    ]


def state(case: DeniedIncrease) -> str:
    return str(DeniedIncrease.objects.get(pk=case.pk).state)


def check_books(case: DeniedIncrease, on: date) -> None:
    assert disagreements(on=on) == []
    for action in PayAction.objects.filter(employee=case.employee_id):
        replayed = replay(action.rule, action.rule_version, action.inputs)
        assert replayed["basic"] == action.basic_after
        assert replayed["adjusted"] == action.adjusted


@pytest.mark.paragraph("9701.325(b)")
@pytest.mark.parametrize(
    ("adjusted_on", "basic", "effective"),
    [
        (SUNDAY, 41_111, date(2007, 4, 15)),
        (SUNDAY, 41_500, date(2007, 4, 15)),
        # Day 90 is itself the first day of a pay period.
        (MONDAY, 41_111, date(2007, 4, 1)),
    ],
)
@pytest.mark.parametrize("late", [1, 2, 8, 9, 100])
def test_nothing_done_in_90_days_gives_the_minimum_however_late_the_sweep(
    band: Band, adjusted_on: date, basic: int, effective: date, late: int
) -> None:
    case = deny(band, basic, on=adjusted_on)
    last = adjusted_on + timedelta(days=90)
    run_daily(on=last)
    assert (state(case), actions(case)) == ("open", [])
    run_daily(on=last + timedelta(days=late))
    assert state(case) == "defaulted"
    run_daily(on=effective + timedelta(days=1))
    assert actions(case) == [("minimum_by_default", effective, 42_139)]
    action = PayAction.objects.get(kind="minimum_by_default")
    assert (action.citation, action.rule) == ("9701.325(b)", "R8")
    assert PayOrder.objects.filter(pk=action.order_id or 0, kind="minimum_by_default").exists()
    clock = Deadline.objects.get(kind="below_minimum_90_days")
    assert (clock.state, clock.ended_on) == ("lapsed", last)
    check_books(case, effective)


@pytest.mark.paragraph("9701.325(b)")
def test_day_90_itself_has_not_ended_and_sweeps_may_be_many(band: Band) -> None:
    case = deny(band)
    sweep_from(SUNDAY, date(2007, 4, 7))
    assert state(case) == "open"
    sweep_from(date(2007, 4, 7), date(2007, 4, 8))
    assert (state(case), actions(case)) == ("defaulted", [])
    for _ in range(3):
        sweep_from(date(2007, 4, 14), date(2007, 4, 16))
    assert actions(case) == [("minimum_by_default", date(2007, 4, 15), 42_139)]


@pytest.mark.paragraph("9701.325(a)")
def test_the_supervisor_and_hr_are_alerted_once_on_day_30_60_and_80(band: Band) -> None:
    office = make_organization()
    boss = make_employee()
    hr = make_user("hr")
    grant_role(hr, Role.HR_SPECIALIST, organization=office)
    person = make_paid_employee(band, 41_111, organization=office, user=True)
    make_supervision(boss, person)
    rate(person, "U", issued=date(2006, 11, 15), period_end=PERIOD)
    adjust(SUNDAY)
    assert WorkItem.objects.filter(done_at=None).count() == 2
    sweep_from(SUNDAY, date(2007, 4, 7))
    for user in (boss.user, hr):
        assert user is not None
        told = Notice.objects.filter(recipient=user, title__startswith="Day").order_by("on")
        assert [(each.title.split(":")[0], each.on) for each in told] == [
            ("Day 30 of 90", date(2007, 2, 6)),
            ("Day 60 of 90", date(2007, 3, 8)),
            ("Day 80 of 90", date(2007, 3, 28)),
        ]
    run_daily(on=date(2007, 4, 8))
    assert not WorkItem.objects.filter(done_at=None).exists()


@pytest.mark.paragraph("9701.325(a)(2)")
@pytest.mark.parametrize(
    ("kind", "delivered", "ends"),
    [
        ("removal", date(2007, 4, 7), "action_initiated"),
        ("demotion", date(2007, 4, 7), "action_initiated"),
        ("removal", date(2007, 4, 8), "defaulted"),
        ("suspension", date(2007, 2, 26), "defaulted"),
        ("reduction_in_pay", date(2007, 2, 26), "defaulted"),
    ],
)
def test_only_a_demotion_or_removal_delivered_by_day_90_stops_it(
    band: Band, kind: str, delivered: date, ends: str
) -> None:
    case = deny(band)
    sweep_from(date(2007, 2, 25), delivered)
    notice(case, kind, delivered)
    sweep_from(delivered, date(2007, 4, 30))
    assert state(case) == ends
    assert actions(case) == (
        [] if ends == "action_initiated" else [("minimum_by_default", date(2007, 4, 15), 42_139)]
    )
    assert Proposal.objects.count() == 1


@pytest.mark.paragraph("9701.325(a)(2)")
@pytest.mark.parametrize(
    ("told_on", "ends"),
    [
        (date(2007, 4, 8), "action_initiated"),
        (date(2007, 4, 14), "action_initiated"),
        # The minimum is paid from the 15th, so on that day it is too late to recall it.
        (date(2007, 4, 15), "defaulted"),
    ],
)
@pytest.mark.parametrize("swept", [True, False])
def test_the_day_of_delivery_counts_though_it_is_recorded_after_day_90(
    band: Band, told_on: date, ends: str, swept: bool
) -> None:
    case = deny(band)
    if swept:
        sweep_from(date(2007, 4, 7), told_on)
    notice(case, "removal", date(2007, 4, 6), on=told_on)
    sweep_from(told_on, date(2007, 4, 17))
    assert state(case) == ends
    assert bool(actions(case)) is (ends == "defaulted")


@pytest.mark.paragraph("9701.325(b)")
@pytest.mark.parametrize(
    ("withdrawn", "value", "effective"),
    [
        (date(2007, 4, 7), "prospective", date(2007, 4, 15)),
        (date(2007, 3, 1), "prospective", date(2007, 4, 15)),
        (date(2007, 5, 13), "prospective", date(2007, 5, 13)),
        (date(2007, 5, 14), "prospective", date(2007, 5, 27)),
        (date(2007, 5, 14), "from_default_date", date(2007, 4, 15)),
    ],
)
def test_a_withdrawn_proposal_leaves_the_minimum_due(
    band: Band, withdrawn: date, value: str, effective: date
) -> None:
    issue_directive(
        number="D-9", title="t", effective=date(2007, 1, 1), signed_by="x",
        values={"below_min.withdrawn_action": value},
    )  # fmt: skip
    case = deny(band)
    proposal = notice(case, "removal", date(2007, 2, 1))
    sweep_from(date(2007, 2, 1), withdrawn)
    withdraw(proposal, actor=SYSTEM, on=withdrawn)
    sweep_from(withdrawn, date(2007, 6, 10))
    assert state(case) == "defaulted"
    assert actions(case) == [("minimum_by_default", effective, 42_139)]
    check_books(case, effective)


def test_alerts_sent_before_a_proposal_are_not_sent_again_after_it(band: Band) -> None:
    case = deny(band)
    proposal = notice(case, "removal", date(2007, 2, 1))
    withdraw(proposal, actor=SYSTEM, on=date(2007, 3, 1))
    clock = Deadline.objects.get(kind="below_minimum_90_days", state="open")
    assert (clock.due_on, clock.alerts_sent) == (date(2007, 4, 7), [30])
    assert state(case) == "open"


def test_another_timely_proposal_takes_the_place_of_one_withdrawn(band: Band) -> None:
    case = deny(band)
    first = notice(case, "removal", date(2007, 2, 1))
    second = notice(case, "demotion", date(2007, 4, 1))
    withdraw(first, actor=SYSTEM, on=date(2007, 5, 1))
    sweep_from(date(2007, 5, 1), date(2007, 6, 1))
    found = DeniedIncrease.objects.get(pk=case.pk)
    assert (found.state, found.initiation_ref) == ("action_initiated", second.subject)
    assert actions(case) == []


def test_neither_demoted_nor_removed_needs_a_decision(band: Band) -> None:
    case = deny(band)
    notice(case, "removal", date(2007, 2, 1))
    record_initiation_ended(case.pk, outcome="not_sustained", on=date(2007, 5, 1), actor=SYSTEM)
    sweep_from(date(2007, 5, 1), date(2007, 6, 1))
    assert (state(case), actions(case)) == ("needs_decision", [])


@pytest.mark.paragraph("9701.325(a)(1)")
@pytest.mark.parametrize(
    ("basic", "issued", "effective", "after"),
    [
        (41_500, date(2007, 3, 8), date(2007, 3, 18), 42_538),
        (41_111, date(2007, 3, 18), date(2007, 3, 18), 42_139),
        (41_111, date(2007, 3, 19), date(2007, 4, 1), 42_139),
        (41_500, date(2007, 4, 7), date(2007, 4, 15), 42_538),
    ],
)
def test_a_better_rating_in_time_pays_the_whole_percentage(
    band: Band, basic: int, issued: date, effective: date, after: int
) -> None:
    case = deny(band, basic)
    sweep_from(issued, issued)
    better(case, issued)
    assert actions(case) == []
    sweep_from(issued, date(2007, 4, 30))
    assert state(case) == "released"
    assert actions(case) == [("denied_increase_released", effective, after)]
    assert PayAction.objects.get(kind="denied_increase_released").citation == "9701.325(a)(1)"
    check_books(case, effective)


@pytest.mark.paragraph("9701.325(a)(1)")
@pytest.mark.parametrize(
    ("issued", "shown_by", "expected"),
    [
        # Already effective from the day of the default: the minimum first, then the percentage.
        (date(2007, 4, 10), date(2007, 4, 7), [
            ("minimum_by_default", date(2007, 4, 15), 42_139),
            ("denied_increase_released", date(2007, 4, 15), 42_538),
        ]),
        (date(2007, 4, 20), date(2007, 4, 7), [
            ("minimum_by_default", date(2007, 4, 15), 42_139),
            ("denied_increase_released", date(2007, 4, 29), 42_538),
        ]),
        (date(2007, 4, 20), date(2007, 4, 8), [("minimum_by_default", date(2007, 4, 15), 42_139)]),
        (date(2007, 4, 20), None, [("minimum_by_default", date(2007, 4, 15), 42_139)]),
    ],
)  # fmt: skip
def test_after_day_90_only_performance_shown_by_then_releases(
    band: Band, issued: date, shown_by: date | None, expected: list[Any]
) -> None:
    case = deny(band, 41_500)
    sweep_from(date(2007, 4, 1), issued)
    better(case, issued, shown_by=shown_by)
    sweep_from(issued, date(2007, 5, 1))
    assert actions(case) == expected
    assert state(case) == ("released" if len(expected) == 2 else "defaulted")
    check_books(case, date(2007, 5, 1))


@pytest.mark.paragraph("9701.325(a)(1)")
def test_a_worker_down_from_day_90_to_100_and_a_rating_on_day_95_end_as_the_law_says(
    band: Band,
) -> None:
    case = deny(band, 41_500)
    better(case, date(2007, 4, 12))
    run_daily(on=date(2007, 4, 17))
    assert actions(case) == [("minimum_by_default", date(2007, 4, 15), 42_139)]
    assert state(case) == "defaulted"


@pytest.mark.paragraph("9701.325(a)(1)")
def test_a_rating_in_time_overrides_a_proposal(band: Band) -> None:
    case = deny(band, 41_500)
    notice(case, "removal", date(2007, 2, 1))
    better(case, date(2007, 3, 8))
    sweep_from(date(2007, 3, 8), date(2007, 4, 30))
    assert state(case) == "released"
    assert actions(case) == [("denied_increase_released", date(2007, 3, 18), 42_538)]


@pytest.mark.paragraph("9701.324#1")
@pytest.mark.paragraph("9701.324#2")
@pytest.mark.paragraph("9701.409(b)(1)")
@pytest.mark.parametrize(
    ("issued", "effective"),
    [
        (date(2007, 3, 15), date(2007, 3, 18)),
        (date(2007, 3, 18), date(2007, 3, 18)),
        (date(2007, 3, 19), date(2007, 4, 1)),
        (date(2009, 3, 19), date(2009, 3, 29)),
    ],
)
def test_at_or_above_the_minimum_there_is_no_time_limit(
    band: Band, issued: date, effective: date
) -> None:
    case = deny(band, 55_000)
    run_daily(on=date(2007, 7, 1) if issued.year > 2007 else issued)
    better(case, issued)
    sweep_from(issued, effective)
    assert actions(case) == [("denied_increase_released", effective, 56_375)]
    assert state(case) == "released"
    check_books(case, effective)


@pytest.mark.paragraph("9701.324#1")
def test_the_next_annual_rating_releases_it_too(band: Band) -> None:
    case = deny(band, 55_000)
    rate(case.employee, "ME", issued=date(2007, 10, 26), period_end=date(2007, 9, 30))
    sweep_from(date(2007, 10, 26), date(2007, 10, 29))
    assert actions(case) == [("denied_increase_released", date(2007, 10, 28), 56_375)]


def test_another_unacceptable_rating_releases_nothing(band: Band) -> None:
    case = deny(band, 55_000)
    better(case, date(2007, 3, 15), level="U")
    sweep_from(date(2007, 3, 15), date(2007, 4, 2))
    assert (state(case), actions(case)) == ("open", [])


@pytest.mark.paragraph("9701.324#1")
def test_two_denials_are_released_together_oldest_first(band: Band) -> None:
    case = deny(band, 55_000)
    rate(case.employee, "U", issued=date(2007, 11, 15), period_end=date(2007, 9, 30))
    adjust(date(2008, 1, 6), minimum=43_403, maximum=73_900)
    better(case, date(2008, 3, 3))
    sweep_from(date(2008, 3, 3), date(2008, 3, 17))
    assert actions(case)[-1] == ("denied_increase_released", date(2008, 3, 16), 58_066)
    assert set(DeniedIncrease.objects.values_list("state", flat=True)) == {"released"}
    check_books(case, date(2008, 3, 16))


def test_a_release_comes_before_the_range_adjustment_of_the_same_day(band: Band) -> None:
    case = deny(band, 55_000)
    better(case, date(2007, 12, 28))
    adjust(date(2008, 1, 6), minimum=43_403, maximum=73_900)
    assert actions(case) == [
        ("denied_increase_released", date(2008, 1, 6), 56_375),
        ("range_increase", date(2008, 1, 6), 58_066),
    ]
    check_books(case, date(2008, 1, 6))


def test_a_rating_issued_on_the_day_of_an_adjustment_releases_first(band: Band) -> None:
    case = deny(band, 55_000)
    better(case, date(2008, 1, 6))
    adjust(date(2008, 1, 6), minimum=43_403, maximum=73_900)
    assert [kind for kind, _, _ in actions(case)] == ["denied_increase_released", "range_increase"]


def test_while_90_days_run_nothing_beyond_them_is_set(band: Band) -> None:
    case = deny(band)
    found = adjust_ranges(
        {"LE-FP": (43_403, 73_900)}, effective=date(2007, 4, 29), actor=SYSTEM, authority="D",
        on=date(2007, 4, 1),
    )  # fmt: skip
    ((who, refusal),) = found.exceptions
    assert (who, refusal.code) == (case.employee_id, "too_early")


def test_an_initiation_is_refused_for_another_kind_a_late_day_or_a_closed_case(
    band: Band,
) -> None:
    case = deny(band)
    for kind, delivered, code in (
        ("suspension", date(2007, 2, 1), "not_initiation"),
        ("removal", date(2007, 4, 8), "initiation_late"),
    ):
        with pytest.raises(Refused) as refusal:
            record_initiation(
                case, kind=kind, delivered_on=delivered, ref="x", actor=SYSTEM, on=delivered
            )
        assert refusal.value.code == code
    better(case, date(2007, 2, 2))
    sweep_from(date(2007, 2, 2), date(2007, 2, 4))
    with pytest.raises(Refused) as refusal:
        record_initiation(
            case, kind="removal", delivered_on=date(2007, 2, 5), ref="x", actor=SYSTEM,
            on=date(2007, 2, 5),
        )  # fmt: skip
    assert refusal.value.code == "invalid_transition"


def test_only_hr_of_the_organization_records_a_proposal(band: Band) -> None:
    office = make_organization()
    case = deny(band, organization=office, user=True)
    own, stranger, hr = case.employee.user, make_user("stranger"), make_user("hr")
    assert own is not None
    grant_role(own, Role.HR_SPECIALIST, organization=office)
    grant_role(stranger, Role.HR_SPECIALIST, organization=make_organization())
    grant_role(hr, Role.HR_SPECIALIST, organization=office)
    for user, code in ((own, "own_record"), (stranger, "not_authorized")):
        with pytest.raises(Refused) as refusal:
            propose(
                case.employee, kind="removal", delivered_on=date(2007, 2, 1),
                actor=Actor(user=user), on=date(2007, 2, 1),
            )  # fmt: skip
        assert refusal.value.code == code
    assert not Proposal.objects.exists()
    propose(
        case.employee, kind="removal", delivered_on=date(2007, 2, 1), actor=Actor(user=hr),
        on=date(2007, 2, 1),
    )  # fmt: skip
    assert state(case) == "action_initiated"
    entry = Entry.objects.get(subject=case.subject, act="record_initiation")
    assert (entry.actor, entry.from_state, entry.to_state) == (hr, "open", "action_initiated")
