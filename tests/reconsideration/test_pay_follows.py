"""Pay follows a changed band by its own order, on its day, or waits for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.actor import Actor
from casework.models import Deadline, DeadlineState, Entry, WorkItem
from casework.services.deadlines import sweep
from classification.models import Band, Direction, MovementRule
from classification.services.classify import classify
from pay.models import OrderKind, PayAction, PayOrder
from pay.queries.integrity import disagreements
from pay.queries.rates import rate_on
from pay.services.start_pay import start_pay
from reconsideration.models import Forum, Outcome, Request
from reconsideration.services.decide import decide, decide_at_opm
from reconsideration.services.follow_pay import settle_pay
from reconsideration.services.take_to_opm import take_to_opm
from reconsideration.services.take_up import take_up, take_up_at_opm
from regulation.refusals import Refused
from tests.factories import make_assignment, make_position, make_schedule, make_series
from tests.reconsideration.conftest import TODAY, Scene

pytestmark = pytest.mark.django_db

LATER = date(2025, 4, 6)


@pytest.fixture
def paid(scene: Scene) -> Scene:
    make_schedule()
    start_pay(
        scene.employee,
        basic=90_000,
        effective=date(2020, 1, 5),
        actor=Actor.system("a test"),
        authority="hired",
        on=date(2020, 1, 5),
    )
    return scene


def change(scene: Scene, band: Band, *, effective: date = TODAY, **more: Any) -> Request:
    request = take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    return decide(
        request,
        outcome=Outcome.CHANGED,
        reason="The work.",
        band=band,
        effective=effective,
        actor=scene.actor("hr"),
        on=TODAY,
        **more,
    )


def rate(scene: Scene, on: date) -> tuple[str, int | None, bool]:
    found = rate_on(scene.employee, on)
    assert found is not None
    assert found.band_id is not None
    return Band.objects.get(pk=found.band_id).code, found.basic, found.retained


def test_a_higher_band_is_a_promotion_by_its_own_order(paid: Scene) -> None:
    request = change(paid, paid.expert)
    order = PayOrder.objects.get(kind=OrderKind.PROMOTION)
    assert (order.effective, order.authority) == (
        TODAY, f"Reconsideration {request.pk}, decided by Harper Rivera",
    )  # fmt: skip
    assert order.chosen["reason"] == "reclassification"
    assert rate(paid, TODAY) == ("LE-SE", 97_200, False)
    assert disagreements(on=TODAY) == []
    assert Entry.objects.filter(subject=request.subject, act="set_pay").exists()
    held = paid.employee.assignments.get(period__contains=TODAY)
    assert held.position == paid.position


def test_a_lower_band_keeps_the_pay_by_retention(paid: Scene) -> None:
    change(paid, paid.entry)
    order = PayOrder.objects.get(kind=OrderKind.REASSIGNMENT)
    assert order.chosen["reason"] == "reclassification"
    assert rate(paid, TODAY) == ("LE-ED", 90_000, True)
    assert disagreements(on=TODAY) == []


def test_a_band_that_stays_moves_no_pay(paid: Scene) -> None:
    series = make_series(paid.full.cluster, "1801")
    before = PayAction.objects.count()
    change(paid, paid.full, series=series)
    assert PayAction.objects.count() == before
    assert not WorkItem.objects.filter(done_at=None).exists()


def test_a_coming_date_is_a_promise_that_the_sweep_of_the_day_keeps(paid: Scene) -> None:
    request = change(paid, paid.expert, effective=LATER)
    promise = Deadline.objects.get(subject=request.subject)
    assert (promise.kind, promise.due_on) == ("reconsideration_pay", date(2025, 4, 5))
    sweep(on=date(2025, 4, 5))
    assert rate(paid, date(2025, 4, 5))[0] == "LE-FP"
    sweep(on=LATER)
    assert rate(paid, LATER) == ("LE-SE", 97_200, False)
    promise.refresh_from_db()
    assert (promise.state, promise.ended_on, promise.error) == (DeadlineState.LAPSED, LATER, "")


def test_a_sweep_that_comes_late_gives_the_same_date(paid: Scene) -> None:
    change(paid, paid.expert, effective=LATER)
    for _ in range(2):
        sweep(on=date(2025, 5, 30))
    action = PayAction.objects.get(kind="promotion")
    assert (action.effective, action.basic_after) == (LATER, 97_200)


def test_whatever_comes_to_the_person_first_keeps_the_promise(paid: Scene) -> None:
    change(paid, paid.expert, effective=LATER)
    paid.file(issues=["series"], on=date(2025, 4, 9))
    assert rate(paid, LATER) == ("LE-SE", 97_200, False)


def test_the_shortest_promise_is_for_the_next_day(paid: Scene) -> None:
    change(paid, paid.expert, effective=date(2025, 3, 4))
    assert rate(paid, date(2025, 3, 4))[0] == "LE-FP"
    sweep(on=date(2025, 3, 4))
    assert rate(paid, date(2025, 3, 4))[0] == "LE-SE"


@pytest.mark.paragraph("9701.222(d)")
def test_what_opm_decides_takes_the_place_of_an_earlier_promise(paid: Scene) -> None:
    request = change(paid, paid.expert, effective=LATER)
    request = take_to_opm(request, argument="No.", actor=paid.actor("employee"), on=TODAY)
    request = take_up_at_opm(request, actor=paid.actor("opm"), on=TODAY)
    decide_at_opm(
        request,
        outcome="changed",
        reason="It was right.",
        band=paid.full,
        effective=TODAY,
        actor=paid.actor("opm"),
        on=TODAY,
    )
    assert Deadline.objects.get().state == DeadlineState.CANCELLED
    sweep(on=date(2025, 5, 1))
    assert rate(paid, date(2025, 5, 1)) == ("LE-FP", 90_000, False)


def test_a_newer_decision_leaves_the_promise_without_an_object(paid: Scene) -> None:
    change(paid, paid.expert, effective=LATER)
    classify(
        paid.position,
        series=paid.series,
        band=paid.full,
        effective=date(2025, 4, 1),
        decided_by=paid.actor("classifier"),
        reason="The duties changed.",
        on=date(2025, 3, 20),
    )
    sweep(on=date(2025, 5, 1))
    assert rate(paid, date(2025, 5, 1))[0] == "LE-FP"
    assert Deadline.objects.get().state == DeadlineState.LAPSED


def test_who_left_the_position_by_then_keeps_the_pay_he_has(paid: Scene) -> None:
    change(paid, paid.expert, effective=LATER)
    paid.employee.assignments.update(period=(date(2000, 1, 3), date(2025, 4, 1)))
    other = make_position(paid.office, series=paid.series, band=paid.full)
    make_assignment(paid.employee, other, starts=date(2025, 4, 1))
    sweep(on=LATER)
    assert rate(paid, LATER) == ("LE-FP", 90_000, False)
    assert Deadline.objects.get().state == DeadlineState.LAPSED
    assert not WorkItem.objects.filter(done_at=None).exists()


def to_other_cluster(paid: Scene) -> Request:
    return change(paid, paid.other_full, series=paid.other_series)


def test_an_unmapped_move_between_clusters_waits_for_hr_and_is_not_guessed(paid: Scene) -> None:
    request = to_other_cluster(paid)
    item = WorkItem.objects.get(subject=request.subject, done_at=None)
    assert (item.kind, item.role) == ("reconsideration_pay_to_settle", "hr_specialist")
    assert item.citation == "9701.355"
    assert rate(paid, TODAY) == ("LE-FP", 90_000, False)
    with pytest.raises(Refused) as refused:
        settle_pay(request, actor=paid.actor("hr"), on=TODAY)
    assert refused.value.code == "movement_unmapped"
    MovementRule.objects.create(
        from_band=paid.full, to_band=paid.other_full, direction=Direction.LATERAL, starts=TODAY
    )
    for part in ("employee", "hr_elsewhere", "opm", "auditor", "nobody"):
        with pytest.raises(Refused) as refused:
            settle_pay(request, actor=paid.actor(part), on=TODAY)
        assert refused.value.code == "permission_denied"
    settle_pay(request, actor=paid.actor("hr"), on=TODAY)
    assert rate(paid, TODAY) == ("MP-FP", 90_000, False)
    assert not WorkItem.objects.filter(done_at=None).exists()
    with pytest.raises(Refused) as refused:
        settle_pay(request, actor=paid.actor("hr"), on=TODAY)
    assert refused.value.code == "invalid_transition"


def test_a_promotion_out_of_entry_waits_for_the_percentage_of_the_plan(scene: Scene) -> None:
    make_schedule()
    position = make_position(
        scene.office, series=scene.series, band=scene.entry, decided_by=scene.classifier
    )
    scene.employee.assignments.update(position=position)
    start_pay(
        scene.employee,
        basic=50_000,
        effective=date(2020, 1, 5),
        actor=Actor.system("a test"),
        authority="hired",
        on=date(2020, 1, 5),
    )
    request = change(scene, scene.full)
    assert WorkItem.objects.get(subject=request.subject, done_at=None).citation == "9701.353(b)(1)"
    assert rate(scene, TODAY) == ("LE-ED", 50_000, False)


def test_pay_during_a_temporary_promotion_is_set_by_a_person(paid: Scene) -> None:
    held = make_position(paid.office, series=paid.series, band=paid.full)
    make_assignment(paid.employee, held, kind="temporary_promotion", starts=TODAY)
    request = change(paid, paid.expert)
    assert WorkItem.objects.filter(subject=request.subject, done_at=None).count() == 1
    assert rate(paid, TODAY)[0] == "LE-FP"
    assert paid.employee.assignments.filter(kind="temporary_promotion").exists()


def test_opm_changes_the_band_and_pay_follows_at_once(paid: Scene) -> None:
    request = take_up_at_opm(paid.file(Forum.OPM), actor=paid.actor("opm"), on=TODAY)
    request = decide_at_opm(
        request,
        outcome="changed",
        reason="An expert's work.",
        band=paid.expert,
        effective=TODAY,
        actor=paid.actor("opm"),
        on=TODAY,
    )
    assert rate(paid, TODAY) == ("LE-SE", 97_200, False)
    order = PayOrder.objects.get(kind=OrderKind.PROMOTION)
    assert order.authority == f"Reconsideration {request.pk}, decided by Olive Moore"
