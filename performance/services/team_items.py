"""Reminders kept as one open item for each supervisor or office, whatever day the sweep wakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.models import Notice, WorkItem
from regulation import clock

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What one inbox should hold; another `stage` is worth another notice."""

    stage: str
    names: Sequence[str]
    citation: str
    url: str
    user_id: int | None = None
    role: str = ""
    organization_id: int | None = None
    employee_key: int = 0
    due_on: date | None = None

    @property
    def title(self) -> str:
        """The stage with the names, cut to what an inbox holds."""
        words = f"{self.stage}: {', '.join(self.names)}" if self.names else self.stage
        return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


def reconcile(
    kind: str,
    wanted: Mapping[str, Reminder],
    *,
    on: date,
    among: Iterable[str] | None = None,
) -> int:
    """Bring the open items of a kind to what is wanted; how many inboxes changed.

    `among` limits it to some subjects. A person is told when an item is opened, and when its stage
    changes.
    """
    open_items = WorkItem.objects.filter(kind=kind, done_at__isnull=True)
    if among is not None:
        open_items = open_items.filter(subject__in=list(among))
    there = {item.subject: item for item in open_items}
    gone = [item.pk for subject, item in there.items() if subject not in wanted]
    WorkItem.objects.filter(pk__in=gone).update(done_at=clock.now(), done_on=on)
    changed = [
        (there[subject], reminder)
        for subject, reminder in wanted.items()
        if subject in there and _differs(there[subject], reminder)
    ]
    told = [one for item, one in changed if not item.title.startswith(one.stage)]
    for item, reminder in changed:
        item.title, item.due_on = reminder.title, reminder.due_on
        item.user_id, item.organization_id = reminder.user_id, reminder.organization_id
    WorkItem.objects.bulk_update(
        [item for item, _ in changed], ["title", "due_on", "user", "organization"]
    )
    missing = {subject: one for subject, one in wanted.items() if subject not in there}
    WorkItem.objects.bulk_create(
        [_item(kind, subject, one, on=on) for subject, one in missing.items()],
        ignore_conflicts=True,
    )
    Notice.objects.bulk_create(
        _notice(one.user_id, one, on=on)
        for one in (*told, *missing.values())
        if one.user_id is not None
    )
    return len(gone) + len(changed) + len(missing)


def _differs(item: WorkItem, one: Reminder) -> bool:
    return (item.title, item.due_on, item.user_id, item.organization_id) != (
        one.title,
        one.due_on,
        one.user_id,
        one.organization_id,
    )


def _item(kind: str, subject: str, one: Reminder, *, on: date) -> WorkItem:
    return WorkItem(
        kind=kind,
        subject=subject,
        employee_key=one.employee_key,
        title=one.title,
        citation=one.citation,
        url=one.url,
        user_id=one.user_id,
        role=one.role,
        organization_id=one.organization_id,
        opened_on=on,
        due_on=one.due_on,
    )


def _notice(user_id: int, one: Reminder, *, on: date) -> Notice:
    return Notice(
        recipient_id=user_id,
        title=one.title,
        citation=one.citation,
        url=one.url,
        on=on,
        recorded_at=clock.now(),
    )
