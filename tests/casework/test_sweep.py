"""The daily sweep: nothing early, nothing twice, and no deadline stops another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework import settlement
from casework.models import Deadline, DeadlineState, Sweep
from casework.services.deadlines import next_day_with_work, sweep
from casework.settlement import DeadlineKind, register
from regulation.refusals import Refused

pytestmark = pytest.mark.django_db

DAY_ZERO = date(2007, 1, 7)
DAY_NINETY = date(2007, 4, 7)
KIND = "test_clock"


class Heard:
    """What the app that owns the deadlines was asked to do."""

    def __init__(self) -> None:
        self.lapsed: list[int] = []
        self.alerted: list[tuple[int, int]] = []
        self.fails: set[int] = set()

    def lapse(self, deadline: Deadline) -> str:
        if deadline.pk in self.fails:
            raise Refused("parameter_missing", "9701.325(b)", "No directive carries it.")
        self.lapsed.append(deadline.pk)
        return "done"

    def alert(self, deadline: Deadline, day: int) -> None:
        if deadline.pk in self.fails:
            raise RuntimeError("nobody to tell")
        self.alerted.append((deadline.pk, day))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr(settlement, "_kinds", dict(settlement._kinds))
    ears = Heard()
    register(DeadlineKind(name=KIND, lapse=ears.lapse, alert=ears.alert))
    return ears


def clock(number: int, *, alerts: tuple[int, ...] = ()) -> Deadline:
    return Deadline.objects.create(
        kind=KIND,
        subject=f"thing:{number}",
        citation="9701.325(a)",
        trigger_on=DAY_ZERO,
        days=90,
        due_on=DAY_NINETY,
        alerts=list(alerts),
    )


@pytest.mark.paragraph("9701.304:day")
def test_the_last_day_belongs_to_the_clock_and_the_sweep_comes_after_it(heard: Heard) -> None:
    deadline = clock(1)
    sweep(on=DAY_NINETY)
    assert heard.lapsed == []
    sweep(on=DAY_NINETY + timedelta(days=1))
    deadline = Deadline.objects.get(pk=deadline.pk)
    assert heard.lapsed == [deadline.pk]
    assert (deadline.state, deadline.ended_on) == (DeadlineState.LAPSED, DAY_NINETY)


def test_a_sweep_that_comes_late_or_again_acts_once_with_the_date_of_the_law(heard: Heard) -> None:
    deadline = clock(1)
    for late in (100, 100, 130):
        sweep(on=DAY_NINETY + timedelta(days=late))
    assert heard.lapsed == [deadline.pk]
    assert Deadline.objects.get(pk=deadline.pk).ended_on == DAY_NINETY


def test_one_that_fails_keeps_its_error_blocks_no_other_and_is_tried_again(heard: Heard) -> None:
    broken, sound = clock(1), clock(2)
    heard.fails = {broken.pk}
    after = DAY_NINETY + timedelta(days=1)
    assert sweep(on=after).counts["failed"] == 1
    assert heard.lapsed == [sound.pk]
    assert "parameter_missing" in Deadline.objects.get(pk=broken.pk).error
    heard.fails = set()
    sweep(on=after)
    mended = Deadline.objects.get(pk=broken.pk)
    assert (mended.state, mended.error) == (DeadlineState.LAPSED, "")


def test_each_alert_is_sent_once_on_its_day_and_a_failing_one_stops_no_other(heard: Heard) -> None:
    broken, sound = clock(1, alerts=(30, 60)), clock(2, alerts=(30, 60))
    heard.fails = {broken.pk}
    sweep(on=DAY_ZERO + timedelta(days=29))
    assert heard.alerted == []
    sweep(on=DAY_ZERO + timedelta(days=30))
    sweep(on=DAY_ZERO + timedelta(days=31))
    assert heard.alerted == [(sound.pk, 30)]
    heard.fails = set()
    sweep(on=DAY_ZERO + timedelta(days=60))
    assert heard.alerted == [(sound.pk, 30), (broken.pk, 30), (broken.pk, 60), (sound.pk, 60)]


def test_the_next_day_with_work_is_that_of_the_next_alert_or_end(heard: Heard) -> None:
    clock(1, alerts=(30, 80))
    assert next_day_with_work(after=DAY_ZERO) == DAY_ZERO + timedelta(days=30)
    sweep(on=DAY_ZERO + timedelta(days=80))
    assert next_day_with_work(after=DAY_ZERO) == DAY_NINETY + timedelta(days=1)
    sweep(on=DAY_NINETY + timedelta(days=1))
    assert next_day_with_work(after=DAY_ZERO) is None


def test_each_sweep_says_when_it_ran_and_what_it_did(heard: Heard) -> None:
    clock(1)
    sweep(on=DAY_NINETY + timedelta(days=1))
    run = Sweep.objects.get()
    assert run.finished_at is not None
    assert run.counts == {"lapsed": 1, "alerts": 0, "failed": 0}
