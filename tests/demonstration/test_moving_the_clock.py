"""The demonstration's date moves forward as a job, and the daily work of every day is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from celery import Celery
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Role, RoleGrant, User
from demonstration.clock import demonstration_clock, hold_for_command, moment_on, set_business_date
from demonstration.middleware import DemonstrationClockMiddleware
from demonstration.models import ClockMove, MoveState
from demonstration.services.move_clock import Stretch, ask_for_move, carry_out_move, open_moves
from demonstration.tasks import move_clock, pick_up_moves
from demonstration.worker import enter_clock, leave_clock
from regulation import clock
from regulation.refusals import Refused

OPENS = date(2024, 10, 1)
MACHINE = datetime(2031, 5, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> None:
    set_business_date(OPENS)


@pytest.fixture
def administrator() -> User:
    user = User.objects.create(username="ada")
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, starts=date(2020, 1, 1))
    return user


@pytest.fixture
def swept() -> Iterator[list[tuple[date, date]]]:
    """Days on which the daily work was done, with the date that the clock told meanwhile."""
    days: list[tuple[date, date]] = []
    with (
        patch("demonstration.services.move_clock.rate_the_rest"),
        patch(
            "casework.sweeps.run_daily",
            side_effect=lambda *, on: days.append((on, clock.today())),
        ),
    ):
        yield days


def business_date() -> date:
    current = demonstration_clock()
    assert current is not None
    with clock.use_clock(current):
        return clock.today()


def ask(stretch: str, administrator: User) -> ClockMove:
    return ask_for_move(stretch, by=administrator)


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("stretch", "days"), [(Stretch.DAY, 1), (Stretch.PAY_PERIOD, 14), (Stretch.NINETY_DAYS, 90)]
)
def test_every_day_passed_does_its_daily_work_under_its_own_date(
    stretch: str, days: int, administrator: User, swept: list[tuple[date, date]]
) -> None:
    move = ask(stretch, administrator)
    carry_out_move(move.pk)
    passed = [OPENS + timedelta(days=n) for n in range(1, days + 1)]
    assert swept == [(day, day) for day in passed]
    assert business_date() == passed[-1]
    move = ClockMove.objects.get(pk=move.pk)
    assert (move.state, move.reached, move.days_done) == (MoveState.DONE, passed[-1], days)


@pytest.mark.usefixtures("opened")
def test_a_killed_move_goes_on_from_the_day_it_reached(
    administrator: User, swept: list[tuple[date, date]]
) -> None:
    move = ask(Stretch.PAY_PERIOD, administrator)
    killed_on = OPENS + timedelta(days=2)

    def stand_at(on: date) -> None:
        if on == killed_on:
            raise KeyboardInterrupt
        set_business_date(on)

    with (
        patch("demonstration.services.move_clock.set_business_date", side_effect=stand_at),
        pytest.raises(KeyboardInterrupt),
    ):
        carry_out_move(move.pk)
    move = ClockMove.objects.get(pk=move.pk)
    assert move.state == MoveState.MOVING
    assert move.days_done == 1
    assert open_moves() == [move.pk]
    pick_up_moves()
    assert [on for on, _ in swept] == [OPENS + timedelta(days=n) for n in range(1, 15)]
    assert business_date() == OPENS + timedelta(days=14)


@pytest.mark.usefixtures("opened")
def test_a_move_carried_out_twice_passes_no_day_twice(
    administrator: User, swept: list[tuple[date, date]]
) -> None:
    move = ask(Stretch.DAY, administrator)
    move_clock(move.pk)
    move_clock(move.pk)
    assert len(swept) == 1


@pytest.mark.usefixtures("opened")
def test_a_day_that_fails_keeps_its_error_and_the_date_before_it(administrator: User) -> None:
    move = ask(Stretch.PAY_PERIOD, administrator)
    third = OPENS + timedelta(days=3)

    def work(*, on: date) -> None:
        if on == third:
            raise RuntimeError("the third day is cursed")

    with (
        patch("demonstration.services.move_clock.rate_the_rest"),
        patch("casework.sweeps.run_daily", side_effect=work),
    ):
        carry_out_move(move.pk)
    move = ClockMove.objects.get(pk=move.pk)
    assert move.state == MoveState.FAILED
    assert move.reached == third - timedelta(days=1)
    assert "the third day is cursed" in move.error
    assert business_date() == third - timedelta(days=1)
    assert not open_moves()


@pytest.mark.usefixtures("opened")
def test_a_second_move_waits_for_the_first(administrator: User) -> None:
    ask(Stretch.DAY, administrator)
    with pytest.raises(Refused) as refusal:
        ask(Stretch.DAY, administrator)
    assert refusal.value.code == "duplicate_open"
    assert ClockMove.objects.count() == 1


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("stretch", ["", "year", "-1", "day "])
def test_an_unknown_stretch_is_refused(stretch: str, administrator: User) -> None:
    with pytest.raises(Refused) as refusal:
        ask(stretch, administrator)
    assert refusal.value.code == "invalid_input"
    assert not ClockMove.objects.exists()


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_moves_the_date(role: Role) -> None:
    user = User.objects.create(username="other")
    RoleGrant.objects.create(user=user, role=role, starts=date(2020, 1, 1))
    with pytest.raises(Refused) as refusal:
        ask_for_move(Stretch.DAY, by=user)
    assert refusal.value.code == "not_authorized"


@pytest.mark.usefixtures("opened")
def test_outside_a_demonstration_there_is_no_clock_and_no_move(
    settings: Settings, administrator: User
) -> None:
    settings.DEMONSTRATION = False
    assert demonstration_clock() is None
    with pytest.raises(MiddlewareNotUsed):
        DemonstrationClockMiddleware(lambda request: HttpResponse())
    with pytest.raises(Refused):
        ask_for_move(Stretch.DAY, by=administrator)


def test_before_a_demonstration_is_loaded_the_clock_outside_holds() -> None:
    assert demonstration_clock() is None
    told: list[date] = []

    def page(request: HttpRequest) -> HttpResponse:
        told.append(clock.today())
        return HttpResponse()

    with clock.use_clock(clock.at_noon(date(2007, 1, 7))):
        DemonstrationClockMiddleware(page)(HttpRequest())
    assert told == [date(2007, 1, 7)]


@pytest.mark.usefixtures("opened")
def test_a_request_and_a_task_run_on_the_business_date_and_leave_no_trace() -> None:
    told: list[date] = []

    def page(request: HttpRequest) -> HttpResponse:
        told.append(clock.today())
        return HttpResponse()

    with clock.use_clock(clock.at_noon(date(2007, 1, 7))):
        DemonstrationClockMiddleware(page)(HttpRequest())
        enter_clock(task_id="one")
        told.append(clock.today())
        leave_clock(task_id="one")
        leave_clock(task_id="never entered")
        assert told == [OPENS, OPENS]
        assert clock.today() == date(2007, 1, 7)


@pytest.mark.usefixtures("opened")
def test_celery_runs_every_task_under_the_clock() -> None:
    app = Celery("eager", set_as_current=False)
    app.conf.task_always_eager = True
    told: list[date] = []

    @app.task
    def look() -> None:
        told.append(clock.today())

    look.delay().get()
    assert told == [OPENS]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("program", "told"), [("manage.py", OPENS), ("/usr/bin/pytest", date(2007, 1, 7))]
)
def test_a_command_runs_on_the_business_date(program: str, told: date) -> None:
    def command() -> date:
        with clock.use_clock(clock.at_noon(date(2007, 1, 7))), patch("sys.argv", [program]):
            hold_for_command()
            return clock.today()

    assert copy_context().run(command) == told


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (timedelta(0), "2024-10-01T09:00:00-04:00"),
        (timedelta(minutes=5), "2024-10-01T09:05:00-04:00"),
        (timedelta(hours=14, minutes=59, seconds=58), "2024-10-01T23:59:58-04:00"),
        (timedelta(hours=15), "2024-10-01T23:59:59-04:00"),
        (timedelta(days=40), "2024-10-01T23:59:59-04:00"),
        (timedelta(hours=-2), "2024-10-01T09:00:00-04:00"),
    ],
)
def test_the_time_of_day_runs_on_and_never_leaves_the_date(after: timedelta, told: str) -> None:
    moment = moment_on(OPENS, set_at=MACHINE, machine_time=MACHINE + after)
    assert moment.isoformat() == told


@pytest.mark.usefixtures("opened")
class TestTheBanner:
    def test_an_administrator_sees_the_date_and_the_three_buttons(
        self, client: Client, administrator: User
    ) -> None:
        client.force_login(administrator)
        page = client.get("/demonstration/banner").content.decode()
        assert "Tue, Oct 1, 2024" in page
        for value in Stretch.values:
            assert f'value="{value}"' in page

    def test_somebody_else_sees_the_date_and_no_button(self, client: Client) -> None:
        client.force_login(User.objects.create(username="ben"))
        page = client.get("/demonstration/banner").content.decode()
        assert "Tue, Oct 1, 2024" in page
        assert "<button" not in page

    def test_while_the_date_moves_it_shows_progress_and_asks_again(
        self, client: Client, administrator: User
    ) -> None:
        ask(Stretch.PAY_PERIOD, administrator)
        client.force_login(administrator)
        response = client.get("/demonstration/banner")
        page = response.content.decode()
        assert "0 of 14 days" in page
        assert 'hx-trigger="every 1s"' in page
        assert "HX-Refresh" not in response
        assert "<button" not in page

    def test_once_it_has_arrived_the_clock_page_is_loaded_again(
        self, client: Client, administrator: User
    ) -> None:
        client.force_login(administrator)
        response = client.get(
            "/demonstration/banner", headers={"HX-Current-URL": "http://here/demonstration/"}
        )
        assert response["HX-Refresh"] == "true"

    def test_a_page_that_may_hold_typed_text_is_told_and_left_alone(
        self, client: Client, administrator: User
    ) -> None:
        client.force_login(administrator)
        response = client.get(
            "/demonstration/banner", headers={"HX-Current-URL": "http://here/performance/"}
        )
        assert "HX-Refresh" not in response
        assert "Load this page again" in response.content.decode()

    def test_a_form_sent_twice_moves_once(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)
        form = {"stretch": "day", "form_key": "0b6f3c1e-5f4f-4a4c-9f0e-2a5d0a1b2c3d"}
        with patch("demonstration.views.current_app.send_task"):
            first = client.post("/demonstration/move", form)
            second = client.post("/demonstration/move", form)
        assert first.status_code == second.status_code == 302
        assert ClockMove.objects.count() == 1

    def test_a_refused_move_says_why(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)
        form = {"stretch": "year", "form_key": "1b6f3c1e-5f4f-4a4c-9f0e-2a5d0a1b2c3d"}
        response = client.post("/demonstration/move", form)
        assert response.status_code == 422
        assert "cannot be moved by" in response.content.decode()

    def test_the_job_goes_to_the_queue_after_the_commit(
        self,
        client: Client,
        administrator: User,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        client.force_login(administrator)
        form = {"stretch": "day", "form_key": "2b6f3c1e-5f4f-4a4c-9f0e-2a5d0a1b2c3d"}
        with (
            patch("demonstration.views.current_app.send_task") as sent,
            django_capture_on_commit_callbacks(execute=True),
        ):
            client.post("/demonstration/move", form)
            sent.assert_not_called()
        sent.assert_called_once_with("demonstration.tasks.move_clock", [ClockMove.objects.get().pk])
