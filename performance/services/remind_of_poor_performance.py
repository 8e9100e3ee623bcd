"""Records of poor performance without an action stay on the list of HR (5 CFR 9701.408(b)(2))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.models import Role
from performance.queries.owed import poor_performance_without_action
from performance.rules.poor_performance import ACT
from performance.services.team_items import Reminder, reconcile

NO_ACTION = "poor_performance_no_action"


def remind_of_poor_performance(on: date) -> int:
    """One item of HR for each record of an ended period on which nothing was done."""
    wanted = {
        record.subject: Reminder(
            stage="No action on poor performance by the end of the period",
            names=[record.employee.name],
            citation=ACT,
            url=reverse("performance:poor_performance", args=[record.pk]),
            role=Role.HR_SPECIALIST,
            organization_id=record.organization_id,  # type: ignore[attr-defined]
            employee_key=record.employee_id,
        )
        for record in poor_performance_without_action(on=on)
    }
    return reconcile(NO_ACTION, wanted, on=on)
