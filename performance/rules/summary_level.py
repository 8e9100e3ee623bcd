"""The summary level against its parts (5 CFR 9701.404 "Unacceptable performance")."""

from __future__ import annotations

from collections.abc import Iterable

from regulation.refusals import Refused

CITATION = "9701.404"


def check_summary(*, failed: Iterable[str], unacceptable: bool) -> None:
    """Refuse a summary level that the parts contradict: unacceptable_mismatch.

    Unacceptable performance is failure to meet one or more expectations: `failed` names those
    rated unacceptable, in the form's order.
    """
    item = next(iter(failed), None)
    if item is not None and not unacceptable:
        raise Refused(
            "unacceptable_mismatch",
            CITATION,
            f"{item} is rated Unacceptable, so the summary must be Unacceptable (9701.404).",
        )
    if item is None and unacceptable:
        raise Refused(
            "unacceptable_mismatch",
            CITATION,
            "Summary Unacceptable needs at least one expectation not met.",
        )
