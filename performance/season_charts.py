"""The charts of the season page, laid out for SVG templates.

Geometry only: counts become coordinates, and what a table leaves out has no place of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from performance.queries.season_page import Levels
from performance.rules.small_cells import ALL


@dataclass(frozen=True, slots=True)
class Segment:
    """One level's share of a bar, or what is not shown of it."""

    #: Place of the level among those of the system, from 1; 0 for what is not shown.
    shade: int
    title: str
    x: float
    width: float
    label: str
    label_x: float


@dataclass(frozen=True, slots=True)
class Row:
    """One bar with its title."""

    title: str
    title_x: float
    title_y: float
    anchor: str
    y: float
    height: float
    segments: tuple[Segment, ...]
    note: str = ""
    value: str = ""
    value_x: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws, in units of its own box."""

    key: str
    width: int
    height: float
    left: int
    right: int
    bottom: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Size:
    key: str
    width: int
    left: int
    right: int
    row: int
    above: int
    #: Least width of a segment that carries its percent.
    room: int


_WIDE = _Size(key="wide", width=760, left=230, right=744, row=36, above=6, room=34)
_NARROW = _Size(key="narrow", width=300, left=4, right=296, row=54, above=26, room=30)
_BAR = 24
_LETTERS = 30
NOT_SHOWN = "Too few people to show"


def share_charts(levels: Levels) -> tuple[Chart, ...]:
    """Shares of the levels component by component, for a wide and a narrow screen."""
    table = levels.by_component
    if not table.counts[ALL, ALL]:
        return ()
    return tuple(_shares(levels, size=size) for size in (_WIDE, _NARROW))


def _shares(levels: Levels, *, size: _Size) -> Chart:
    names = [*levels.by_component.rows, *([ALL] if len(levels.by_component.rows) > 1 else [])]
    rows = []
    for number, name in enumerate(names):
        title = levels.components.get(name, "All")
        top = number * size.row
        total = levels.by_component.shown(name, ALL)
        rows.append(
            Row(
                **_title(title, top=top, size=size),
                segments=_segments(levels, name, total=total, size=size) if total else (),
                note="" if total else NOT_SHOWN,
            )
        )
    return _chart(rows, size=size)


def _segments(levels: Levels, name: str, *, total: int, size: _Size) -> tuple[Segment, ...]:
    table, span = levels.by_component, size.right - size.left
    pieces = [
        (shade, levels.titles[code], table.shown(name, code))
        for shade, code in enumerate(levels.codes, start=1)
    ]
    pieces.append((0, NOT_SHOWN, total - sum(number or 0 for _, _, number in pieces)))
    found, at = [], 0
    for shade, title, number in pieces:
        if not number:
            continue
        x = size.left + at / total * span
        width = number / total * span
        percent = f"{(200 * number + total) // (2 * total)}%"
        found.append(
            Segment(
                shade=shade,
                title=title,
                x=round(x, 1),
                width=round(width, 1),
                label=percent if width >= size.room else "",
                label_x=round(x + width / 2, 1),
            )
        )
        at += number
    return tuple(found)


def review_charts(levels: Levels) -> tuple[Chart, ...]:
    """Each level as sent and as issued, for a wide and a narrow screen."""
    if not levels.on_review.counts[ALL, ALL]:
        return ()
    return tuple(_review(levels, size=size) for size in (_WIDE, _NARROW))


def _review(levels: Levels, *, size: _Size) -> Chart:
    table = levels.on_review
    pairs = [
        (code, kind, number)
        for code in levels.codes
        for kind, number in (("sent", table.shown(code, ALL)), ("issued", table.shown(ALL, code)))
    ]
    most = max((number or 0 for _, _, number in pairs), default=0) or 1
    # Room at the right for the figure.
    span = size.right - size.left - 60
    rows = []
    for number, (code, kind, people) in enumerate(pairs):
        title = f"{levels.titles[code]}, {kind}"
        width = round((people or 0) / most * span, 1)
        shade = 1 if kind == "issued" else 2
        segment = Segment(shade, title, float(size.left), width, "", 0)
        rows.append(
            Row(
                **_title(title, top=number * size.row, size=size),
                segments=(segment,) if people else (),
                note=NOT_SHOWN if people is None else "",
                value=f"{people:,}" if people is not None else "",
                value_x=size.left + width + 8,
            )
        )
    return _chart(rows, size=size)


def _title(title: str, *, top: float, size: _Size) -> dict[str, Any]:
    wide = size.key == "wide"
    cut = title if len(title) <= _LETTERS else f"{title[: _LETTERS - 1]}…"
    return {
        "title": cut if wide else title,
        "title_x": size.left - 12 if wide else size.left,
        "title_y": top + size.above + _BAR / 2 if wide else top + 14,
        "anchor": "end" if wide else "start",
        "y": top + size.above,
        "height": _BAR,
    }


def _chart(rows: Sequence[Row], *, size: _Size) -> Chart:
    bottom = len(rows) * size.row + 4
    return Chart(
        key=size.key,
        width=size.width,
        height=bottom + 4,
        left=size.left,
        right=size.right,
        bottom=bottom,
        rows=tuple(rows),
    )
