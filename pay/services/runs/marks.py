"""Which outcomes the pages of each kind of run tell apart."""

from __future__ import annotations

from pay.models import RunKind
from pay.services.runs.outcomes import Mark

_USUAL = (
    Mark.INCREASE,
    Mark.CUT_AT_MAXIMUM,
    Mark.DENIED,
    Mark.LUMP_SUM,
    Mark.UNCHANGED,
    Mark.EXCEPTION,
)
_MARKS: dict[str, tuple[Mark, ...]] = {
    RunKind.SUPPLEMENT_ADJUSTMENT: (
        Mark.INCREASE,
        Mark.REDUCED,
        Mark.DENIED,
        Mark.BELOW_MINIMUM,
        Mark.STILL_FROZEN,
        Mark.AT_CAP,
        Mark.UNCHANGED,
        Mark.EXCEPTION,
    ),
    RunKind.CONVERSION: (Mark.CONVERTED, Mark.RETAINED, Mark.RAISED_TO_MINIMUM, Mark.EXCEPTION),
}


def marks_of_kind(kind: str) -> tuple[Mark, ...]:
    """The marks of a kind of run, in the order of its filters."""
    return _MARKS.get(kind, _USUAL)
