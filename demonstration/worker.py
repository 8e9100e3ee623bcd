"""Runs every Celery task of a demonstration under its clock."""

from __future__ import annotations

from contextlib import ExitStack

from celery.signals import task_postrun, task_prerun

from demonstration.clock import is_demonstration, lazy_demonstration_clock
from regulation.clock import use_clock

_entered: dict[str, ExitStack] = {}


def connect() -> None:
    """Listens for tasks that begin and end, in a demonstration only."""
    if is_demonstration():
        task_prerun.connect(enter_clock, dispatch_uid="demonstration-clock")
        task_postrun.connect(leave_clock, dispatch_uid="demonstration-clock")


def enter_clock(*, task_id: str, **signal: object) -> None:
    """The task asks the demonstration for the time, once it asks."""
    stack = ExitStack()
    stack.enter_context(use_clock(lazy_demonstration_clock()))
    _entered[task_id] = stack


def leave_clock(*, task_id: str, **signal: object) -> None:
    """The clock outside holds again."""
    stack = _entered.pop(task_id, None)
    if stack is not None:
        stack.close()
