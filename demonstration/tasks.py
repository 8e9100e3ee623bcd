"""Moving the demonstration's date, under Celery."""

from __future__ import annotations

from celery import shared_task

from demonstration.clock import is_demonstration


@shared_task(name="demonstration.tasks.move_clock")
def move_clock(move_id: int) -> None:
    """Carry out one move; a second worker on it, or a second time, does nothing twice."""
    from demonstration.services.move_clock import carry_out_move

    if is_demonstration():
        carry_out_move(move_id)


@shared_task(name="demonstration.tasks.pick_up_moves")
def pick_up_moves() -> None:
    """Take up the moves that a killed worker left."""
    from demonstration.services.move_clock import carry_out_move, open_moves

    if is_demonstration():
        for move_id in open_moves():
            carry_out_move(move_id)
