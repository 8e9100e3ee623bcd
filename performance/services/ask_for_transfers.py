"""Ratings follow whoever moves to another organization (5 CFR 9701.410(a))."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from accounts.models import Role
from casework.models import WorkItem
from performance.models import PacketDirection, RatingOfRecord, RatingPacket, RatingState
from performance.services.team_items import Reminder, reconcile
from regulation import clock
from workforce.models import Assignment, AssignmentKind, Employee

KIND = "ratings_not_transferred"
#: A move longer ago than this is no longer brought up by itself.
LOOKS_BACK = timedelta(days=365)


def ask_for_transfers(on: date) -> int:
    """Daily: ask HR for the packet of whoever moved; how many inboxes changed."""
    moves = _moves(on)
    rated = set(
        RatingOfRecord.objects.filter(
            employee__in=moves, state__in=[RatingState.ISSUED, RatingState.SUPERSEDED]
        ).values_list("employee_id", flat=True)
    )
    sent = dict(
        RatingPacket.objects.filter(employee__in=moves, direction=PacketDirection.OUT)
        .order_by("employee_id", "on")
        .values_list("employee_id", "on")
    )
    wanted = {
        f"employee:{pk}": Reminder(
            stage=f"Transfer the ratings of {name}",
            names=(),
            citation="9701.410(a)",
            url=reverse("performance:packets", args=[pk]),
            role=Role.HR_SPECIALIST,
            organization_id=organization,
            employee_key=pk,
            due_on=moved,
        )
        for pk, (name, organization, moved) in moves.items()
        if pk in rated and (pk not in sent or sent[pk] < moved)
    }
    return reconcile(KIND, wanted, on=on)


def ratings_transferred(employee: Employee, *, on: date) -> None:
    """The packet was sent; it need not be asked for."""
    WorkItem.objects.filter(kind=KIND, subject=employee.subject, done_at=None).update(
        done_at=clock.now(), done_on=on
    )


def _moves(on: date) -> dict[int, tuple[str, int, date]]:
    """Whoever lately came into another organization: name, where HR has him now, and the day."""
    came = (
        Assignment.objects.filter(
            kind=AssignmentKind.PERMANENT,
            period__startswith__gt=on - LOOKS_BACK,
            period__startswith__lte=on,
        )
        .select_related("employee", "position")
        .order_by("period__startswith")
    )
    latest = {row.employee_id: row for row in came}
    found: dict[int, tuple[str, int, date]] = {}
    before = (
        Assignment.objects.filter(kind=AssignmentKind.PERMANENT, employee__in=latest)
        .select_related("position")
        .order_by("period__startswith")
    )
    left = {
        row.employee_id: row.position.organization_id
        for row in before
        if row.period.lower < latest[row.employee_id].period.lower
    }
    for pk, row in latest.items():
        if pk in left and left[pk] != row.position.organization_id:
            found[pk] = (row.employee.name, row.position.organization_id, row.period.lower)
    return found
