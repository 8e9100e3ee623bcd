"""What a request that only reads has looked up already: roles, recusals, relations.

A page asks many times who its reader is. Nothing that acts uses this: there each question goes to
the database, under the locks of the act.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within the block each look-up is made once."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(look_up: Callable[[], T], *, name: str, about: Hashable) -> T:
    """What `look_up` says; within `reading`, what it said the first time."""
    known = _known.get()
    if known is None:
        return look_up()
    key = (name, about)
    if key not in known:
        known[key] = look_up()
    found: T = known[key]
    return found
