"""The ratings of a period as the detectors want them, group by group; four queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from os.path import commonpath

from accounts.models import Organization
from casework.models import Entry
from performance.groupings import groupings
from performance.models import Cycle, RatingOfRecord
from performance.rules.detection.facts import (
    REVIEWER,
    SUPERVISOR,
    Change,
    Fact,
    Group,
    GroupKey,
)
from regulation.binary_rows import binary_rows
from workforce.models import Employee

ORGANIZATION = "organization"
#: Only what was written here; a text taken over from elsewhere is nobody's copy.
_WRITTEN_HERE = "web"
_RATINGS = """
SELECT r.id, r.employee_id, r.rater_id, r.reviewer_id, l.code, l.rank, coalesce(t.rank, l.rank),
       CASE WHEN r.source = %(web)s::text THEN r.narrative ELSE '' END,
       e.given_name, e.family_name, coalesce(o.path, ''), r.reviewer_reason <> ''
  FROM performance_ratingofrecord r
  JOIN workforce_employee e ON e.id = r.employee_id
  JOIN performance_ratinglevel l ON l.id = r.level_id
  LEFT JOIN performance_ratinglevel t ON t.id = r.rater_level_id
  LEFT JOIN LATERAL (SELECT a.position_id FROM workforce_assignment a
                      WHERE a.employee_id = e.id AND lower(a.period) <= %(ends)s::date
                      ORDER BY lower(a.period) DESC, a.id DESC LIMIT 1) a ON true
  LEFT JOIN classification_position p ON p.id = a.position_id
  LEFT JOIN accounts_organization o ON o.id = p.organization_id
 WHERE r.cycle_id = %(cycle)s::bigint AND r.kind = 'annual'
   AND r.state IN ('issued', 'superseded')
 ORDER BY r.id
"""


@dataclass(slots=True)
class Grouped:
    """A group with its title, the place that holds all of it, and who reviewed in it."""

    group: Group
    title: str
    place: str
    reviewers: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Heap:
    facts: list[Fact] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    title: str = ""


def groups_of(cycle: Cycle) -> list[Grouped]:
    """Issued annual ratings by supervisor, reviewing official, organization and added groups."""
    rows = binary_rows(_RATINGS, {"cycle": cycle.pk, "ends": cycle.ends, "web": _WRITTEN_HERE})
    changes = _changes(row[0] for row in rows if row[11])
    added = {
        kind: members([row[1] for row in rows], cycle.ends) for kind, members in groupings().items()
    }
    heaps: dict[GroupKey, _Heap] = defaultdict(_Heap)
    for row in rows:
        fact = Fact(
            rating=row[0],
            supervisor=row[2],
            reviewer=row[3],
            level=row[4],
            rank=row[5],
            sent_rank=row[6],
            text=row[7],
            names=(row[8], row[9]),
            changes=changes.get(row[0], ()),
        )
        keys = [(ORGANIZATION, path) for path in _upward(row[10])]
        keys += [(SUPERVISOR, str(row[2]))] if row[2] else []
        keys += [(REVIEWER, str(row[3]))] if row[3] else []
        for kind, members in added.items():
            if row[1] in members:
                key, title = members[row[1]]
                keys.append((kind, key))
                heaps[kind, key].title = title
        for name in keys:
            heaps[name].facts.append(fact)
            heaps[name].places.add(row[10])
    titles = _titles(heaps)
    return [
        Grouped(
            group=Group(kind, key, heap.facts),
            title=heap.title or titles.get((kind, key), key),
            place=key if kind == ORGANIZATION else _common_place(heap.places),
            reviewers=sorted({fact.reviewer for fact in heap.facts if fact.reviewer}),
        )
        for (kind, key), heap in sorted(heaps.items())
    ]


def counts_before(cycle: Cycle) -> dict[GroupKey, dict[str, int]]:
    """Counts by level of each group in the period of the same system before; three queries."""
    before = Cycle.objects.filter(system_id=cycle.system_id, ends__lt=cycle.ends).first()
    if before is None:
        return {}
    return {
        each.group.name: dict(Counter(fact.level for fact in each.group.facts))
        for each in groups_of(before)
    }


def _changes(ratings: Iterable[int]) -> dict[int, tuple[Change, ...]]:
    subjects = [f"{RatingOfRecord.subject_kind}:{pk}" for pk in ratings]
    found: dict[int, list[Change]] = defaultdict(list)
    rows = Entry.objects.filter(act="change_level", subject__in=subjects).order_by("id")
    for subject, on, at, by in rows.values_list("subject", "on", "recorded_at", "actor_id"):
        found[int(subject.partition(":")[2])].append(Change(on=on, at=at, by=by))
    return {pk: tuple(changes) for pk, changes in found.items()}


def _upward(path: str) -> list[str]:
    """A place and everything above it: "/A/B/" is in "/A/" and in "/A/B/"."""
    parts = path.strip("/").split("/") if path else []
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def _common_place(places: Iterable[str]) -> str:
    """The narrowest organization that holds all of them."""
    known = list(places)
    return "" if "" in known else f"{commonpath(known).rstrip('/')}/"


def _titles(names: Iterable[GroupKey]) -> dict[GroupKey, str]:
    known = list(names)
    people = {int(key) for kind, key in known if kind in (SUPERVISOR, REVIEWER)}
    by_key = {str(one.pk): one.name for one in Employee.objects.filter(pk__in=people)}
    by_path = dict(Organization.objects.values_list("path", "name"))
    return {
        (kind, key): by_path.get(key, key) if kind == ORGANIZATION else by_key.get(key, key)
        for kind, key in known
    }


def closes_on(cycle: Cycle, *, due_days: int) -> date:
    """The last day of the rating stage: when the period closed, or else when ratings are due."""
    return cycle.closed_on or cycle.ends + timedelta(days=due_days)
