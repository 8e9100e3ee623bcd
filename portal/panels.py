"""The panels of the employee file: each declares who may see it and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.access import relations_between
from accounts.models import ReadLog, User
from adverse_actions.models import Proposal
from casework.models import Entry
from classification.queries.decisions import classification_on
from pay.models import DeniedIncrease, PayRate
from performance.models import RatingOfRecord
from performance.models.rating import RatingState
from reconsideration.models import Request
from workforce.models import Employee
from workforce.queries.relations import assignment_on, supervisor_of, team_of

HISTORY = 25
READS = 25

Load = Callable[[Employee, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its template, the relations that may see it, and its facts."""

    name: str
    relations: frozenset[str]
    load: Load

    @property
    def template(self) -> str:
        """Its template."""
        return f"portal/panels/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with its facts, as a page shows it."""

    name: str
    template: str
    facts: Mapping[str, Any]


def panels_for(user: User, employee: Employee, *, on: date) -> list[Shown]:
    """The panels that this user may see of this employee's file."""
    held = relations_between(user, employee, on=on)
    return [
        Shown(name=panel.name, template=panel.template, facts=panel.load(employee, on))
        for panel in PANELS
        if panel.relations & held
    ]


def _assignment(employee: Employee, on: date) -> Mapping[str, Any]:
    return {
        "assignment": assignment_on(employee, on=on),
        "supervisor": supervisor_of(employee, on=on),
        "team": list(team_of(employee, on=on).order_by("family_name", "given_name")[:30]),
    }


def _classification(employee: Employee, on: date) -> Mapping[str, Any]:
    assignment = assignment_on(employee, on=on)
    decision = classification_on(assignment.position, on=on) if assignment else None
    return {"position": assignment.position if assignment else None, "decision": decision}


def _ratings(employee: Employee, on: date) -> Mapping[str, Any]:
    issued = RatingOfRecord.objects.filter(
        employee=employee,
        state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
        issued_on__lte=on,
    )
    return {"ratings": list(issued.select_related("cycle", "level").order_by("-issued_on")[:10])}


def _pay(employee: Employee, on: date) -> Mapping[str, Any]:
    rates = PayRate.objects.filter(employee=employee, starts__lte=on).select_related("band")
    return {
        "rate": rates.order_by("-starts").first(),
        "url": reverse("pay:history", kwargs={"number": employee.number}),
    }


def _cases(employee: Employee, on: date) -> Mapping[str, Any]:
    return {
        "requests": list(
            Request.objects.filter(employee=employee).select_related("position").order_by("-id")
        ),
        "denied": list(DeniedIncrease.objects.filter(employee=employee).order_by("-id")),
        "proposals": list(Proposal.objects.filter(employee=employee).order_by("-id")),
    }


def _history(employee: Employee, on: date) -> Mapping[str, Any]:
    entries = Entry.objects.filter(employee_key=employee.pk).select_related("actor")
    return {"entries": list(entries.order_by("-id")[:HISTORY])}


def _reads(employee: Employee, on: date) -> Mapping[str, Any]:
    reads = ReadLog.objects.filter(subject=employee.subject).select_related("user")
    return {"reads": list(reads.order_by("-id")[:READS])}


EVERY = frozenset({"self", "team", "line", "hr", "pay_office", "audit"})
PANELS = (
    Panel("assignment", EVERY, _assignment),
    Panel("classification", EVERY, _classification),
    Panel("pay", EVERY - {"team", "line"}, _pay),
    Panel("ratings", EVERY, _ratings),
    Panel("cases", frozenset({"self", "hr", "audit"}), _cases),
    Panel("history", frozenset({"hr", "audit"}), _history),
    Panel("reads", frozenset({"self", "audit"}), _reads),
)
