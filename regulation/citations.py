"""Citations of part 9701 in running text, and which paragraph lies under which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STEPS = r"(?:\([A-Za-z0-9]{1,5}\))*"
_CITATION = re.compile(
    rf"(?<![\w.])(?P<part>9701)?\.(?P<section>\d{{3}})(?P<steps>{_STEPS})(?:\s+[\"“](?P<term>[^\"”]+)[\"”])?"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One paragraph named in a text, with its place in it; `term` where a definition is quoted."""

    paragraph: str
    term: str
    start: int
    end: int


def citations_in(text: str) -> Iterator[Citation]:
    """Every paragraph of part 9701 that a text names; ".325(b)" counts after a full citation."""
    named = False
    for match in _CITATION.finditer(text):
        if match["part"]:
            named = True
        elif not named:
            continue
        end = match.end("steps")
        yield Citation(
            paragraph=f"9701.{match['section']}{match['steps']}",
            term=slug(match["term"] or ""),
            start=match.start(),
            end=end,
        )


def slug(term: str) -> str:
    """A defined term as the index writes it: "Rating of record" is rating-of-record."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


def holds(outer: str, inner: str) -> bool:
    """Whether paragraph `inner` is `outer` or lies under it."""
    return inner == outer or inner.startswith(f"{outer}(")


def page_of(paragraph: str) -> str:
    """The address of the page on a paragraph."""
    return f"/regulation/{paragraph}/"
