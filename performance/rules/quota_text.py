"""A reason that names a number or percentage of ratings is refused (5 CFR 9701.409(d)).

The check can be fooled; the real control is that no cap, target or ranking can be written anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regulation.refusals import Refused

_QUOTA = re.compile(r"\bquotas?\b|\bcurves?\b|\bforced distribution\b", re.IGNORECASE)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve half quarter third"
_COUNT = rf"(?i:\d+(?:\.\d+)?(?:\s*%|\s+percent|\s+per\s+cent)?|{_NUMBERS.replace(' ', '|')})"
#: Up to three words of the same clause between the number and the level.
_GAP = r"(?:[ ,]+[\w’'-]+){0,3}?[ ,]+"
#: Words by which people name levels besides their titles.
_SHORT_NAMES = ("excellence", "unacceptable", "top rating", "top ratings", "top level")


def names_a_quota(text: str, *, titles: Iterable[str], codes: Iterable[str]) -> bool:
    """Whether a text sets a number or percentage next to a level, or speaks of a quota or curve.

    Titles match in any case, codes only as written, so that "me" is no level.
    """
    if _QUOTA.search(text):
        return True
    named = "|".join(re.escape(title) for title in (*titles, *_SHORT_NAMES))
    coded = "|".join(re.escape(code) for code in codes) or "(?!)"
    level = rf"\b(?:(?i:{named})|{coded})s?(?!\w)"
    near = rf"(?<!\w){_COUNT}{_GAP}{level}|{level}{_GAP}{_COUNT}(?!\w)"
    return re.search(near, " ".join(text.split())) is not None


def check_no_quota(text: str, *, titles: Iterable[str], codes: Iterable[str]) -> None:
    """Refuse a reason that speaks of numbers of ratings: quota_not_allowed (5 CFR 9701.409(d))."""
    if names_a_quota(text, titles=titles, codes=codes):
        raise Refused(
            "quota_not_allowed",
            "9701.409(d)",
            "Ratings may not be changed to meet a number or percentage (9701.409(d)).",
        )
