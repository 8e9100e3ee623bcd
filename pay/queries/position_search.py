"""Finding a position for a move, by its number or words of its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from classification.models import BandLevel, ClassificationDecision, Position, PositionState
from workforce.models import Assignment, AssignmentKind

SHOWN = 8


@dataclass(frozen=True, slots=True)
class FoundPosition:
    """One position of a result; `band` is its code, empty where it is not classified."""

    number: str
    title: str
    organization: str
    band: str
    level: str
    occupied: bool


@dataclass(frozen=True, slots=True)
class FoundPositions:
    """What a search gave; `more` where there are others than those shown."""

    text: str
    rows: Sequence[FoundPosition]
    more: bool


def find_positions(text: str, *, on: date) -> FoundPositions:
    """Positions whose number begins with, or whose title holds, every word; one query."""
    words = text.replace("\x00", " ").split()[:6]
    matching = Position.objects.exclude(state=PositionState.ABOLISHED)
    for word in words:
        matching = matching.filter(Q(number__istartswith=word) | Q(title__icontains=word))
    decisions = ClassificationDecision.objects.filter(
        position=OuterRef("pk"), effective__lte=on
    ).order_by("-id")
    held = Assignment.objects.filter(
        position=OuterRef("pk"), kind=AssignmentKind.PERMANENT, period__contains=on
    )
    rows = (
        matching.annotate(
            band=Subquery(decisions.values("band__code")[:1]),
            level=Subquery(decisions.values("band__level")[:1]),
            occupied=Exists(held),
        )
        .order_by("number")
        .values_list("number", "title", "organization__name", "band", "level", "occupied")
    )
    found = list(rows[: SHOWN + 1]) if words else []
    levels = dict(BandLevel.choices)
    return FoundPositions(
        text=" ".join(words),
        rows=[
            FoundPosition(
                number=number,
                title=title,
                organization=organization,
                band=band or "",
                level=str(levels.get(level or "", "")),
                occupied=occupied,
            )
            for number, title, organization, band, level, occupied in found[:SHOWN]
        ],
        more=len(found) > SHOWN,
    )
