"""Moves the business date of a demonstration forward, with the daily work of every day passed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import structlog
from django.db import IntegrityError, models, transaction

from accounts.models import Role, User
from accounts.queries.roles import holds_role
from casework import sweeps
from demonstration.clock import is_demonstration, set_business_date
from demonstration.models import ClockMove, DemonstrationClock, MoveState
from demonstration.services.rate_the_rest import rate_the_rest
from regulation import clock
from regulation.days import DEPARTMENT_ZONE
from regulation.refusals import Refused

log = structlog.get_logger(__name__)

#: When the daily work of a date is done: just after the day before has ended.
SWEEP_TIME = time(0, 5)


class Stretch(models.TextChoices):
    """How far the date may be moved at once."""

    DAY = "day", "1 day"
    PAY_PERIOD = "pay_period", "1 pay period (14 days)"
    NINETY_DAYS = "ninety_days", "90 days"


_DAYS = {Stretch.DAY: 1, Stretch.PAY_PERIOD: 14, Stretch.NINETY_DAYS: 90}


def ask_for_move(stretch: str, *, by: User) -> ClockMove:
    """Writes the job's row; the caller hands its id to the queue after the commit.

    Raises Refused not_authorized, invalid_input for an unknown stretch, duplicate_open while the
    date is still moving.
    """
    on = clock.today()
    if not is_demonstration() or not holds_role(by, [Role.ADMINISTRATOR], on=on):
        raise Refused(
            "not_authorized", "", "Only an administrator of a demonstration moves its date."
        )
    if stretch not in Stretch.values:
        raise Refused("invalid_input", "", f"The date cannot be moved by “{stretch}”.")
    try:
        with transaction.atomic():
            row = DemonstrationClock.objects.select_for_update().get()
            return ClockMove.objects.create(
                from_date=row.business_date,
                to_date=row.business_date + timedelta(days=_DAYS[Stretch(stretch)]),
                reached=row.business_date,
                asked_by=by,
                asked_at=clock.now(),
            )
    except IntegrityError:
        raise Refused(
            "duplicate_open", "", "The date is already moving. Wait until it has arrived."
        ) from None


def carry_out_move(move_id: int) -> None:
    """Goes on from the day that was reached; killed at any moment, it is taken up from there."""
    while _pass_a_day(move_id):
        pass


def open_moves() -> list[int]:
    """Moves that have not arrived, for whoever picks up what was left."""
    return list(ClockMove.objects.filter(state=MoveState.MOVING).values_list("pk", flat=True))


def _pass_a_day(move_id: int) -> bool:
    """One day, its daily work and its progress in one commit; False when there is none to do."""
    try:
        with transaction.atomic():
            move = _claim(move_id)
            if move is None:
                return False
            day = move.reached + timedelta(days=1)
            _begin_day(day)
            move.reached = day
            if day == move.to_date:
                move.finish()
            move.save()
            return day < move.to_date
    except Exception as error:
        log.exception("clock_move_failed", move=move_id)
        _give_up(move_id, error=f"{type(error).__name__}: {error}"[:2000])
        return False


def _claim(move_id: int) -> ClockMove | None:
    return (
        ClockMove.objects.select_for_update(skip_locked=True)
        .filter(pk=move_id, state=MoveState.MOVING)
        .first()
    )


def _give_up(move_id: int, *, error: str) -> None:
    with transaction.atomic():
        move = _claim(move_id)
        if move is not None:
            move.fail(error=error)
            move.save()


def _begin_day(day: date) -> None:
    set_business_date(day)
    moment = datetime.combine(day, SWEEP_TIME, DEPARTMENT_ZONE)
    with clock.use_clock(lambda: moment):
        sweeps.run_daily(on=day)
        rate_the_rest(on=day)
