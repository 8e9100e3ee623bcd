"""Structured logs on standard error, one JSON object a line; no names, no amounts."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TypeAlias

import structlog
from structlog.typing import EventDict

_Failure: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def places_of(error: BaseException | None) -> str:
    """Where an error arose and of what kind, causes first, without what it says.

    A refusal names the person and a database error quotes the row.
    """
    parts: list[str] = []
    while error is not None:
        parts.insert(0, "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(parts)


class PlacesOnly(logging.Formatter):
    """Lines of the standard library's loggers, errors with their places alone."""

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the library's name
        """The places of an error."""
        return places_of(ei[1])


def exception_places(logger: object, method: str, event: EventDict) -> EventDict:
    """Put the places of an error where the error was handed in."""
    given: Any = event.pop("exc_info", None)
    if given:
        error = given if isinstance(given, BaseException) else None
        error = error or (given[1] if isinstance(given, tuple) else sys.exc_info()[1])
        event["exception"] = places_of(error)
    return event


def without_query(logger: object, method: str, event: EventDict) -> EventDict:
    """Leave out of an address what somebody searched for."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    return event


def configure() -> None:
    """Send structlog through the standard library, so that one level rules both."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            without_query,
            exception_places,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
