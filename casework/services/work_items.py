"""What waits for whom."""

from __future__ import annotations

from datetime import date

from accounts.models import Organization, Role, User
from casework.models import Case, WorkItem
from regulation import clock


def open_work_item(
    case: Case,
    *,
    kind: str,
    title: str,
    on: date,
    url: str = "",
    citation: str = "",
    due_on: date | None = None,
    user: User | None = None,
    role: Role | None = None,
    organization: Organization | None = None,
) -> None:
    """Put one thing to do into an inbox; the same kind for the same case stands there only once."""
    if user is None and role is None:
        return
    WorkItem.objects.update_or_create(
        kind=kind,
        subject=case.subject,
        done_at=None,
        defaults={
            "employee_key": case.employee_key,
            "title": title,
            "citation": citation,
            "url": url,
            "user": user,
            "role": role or "",
            "organization": organization,
            "opened_on": on,
            "due_on": due_on,
        },
    )


def finish_work_item(case: Case, *, kind: str, on: date) -> None:
    """The thing is done; it leaves the inbox."""
    WorkItem.objects.filter(kind=kind, subject=case.subject, done_at=None).update(
        done_at=clock.now(), done_on=on
    )
