"""The panels of the employee file: each declares who may see it and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.urls import reverse

from accounts.access import may_open, relations_between
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


@dataclass(frozen=True, slots=True)
class View:
    """Who looks at whose file, and when."""

    user: User
    employee: Employee
    on: date

    def link(self, name: str, **kwargs: Any) -> str:
        """The address of a page about this employee, empty where it would not let the user in."""
        url = reverse(name, kwargs=kwargs)
        return url if may_open(self.user, url, self.employee, on=self.on) else ""


Load: TypeAlias = Callable[[View], Mapping[str, Any]]


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


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a panel: what, since when, how it stands, by which paragraph."""

    title: str
    on: date
    state: str
    citation: str
    url: str


def panels_for(user: User, employee: Employee, *, on: date) -> list[Shown]:
    """The panels that this user may see of this employee's file."""
    held = relations_between(user, employee, on=on)
    view = View(user=user, employee=employee, on=on)
    return [
        Shown(name=panel.name, template=panel.template, facts=panel.load(view))
        for panel in PANELS
        if panel.relations & held
    ]


def acts_for(user: User, employee: Employee, *, on: date) -> list[tuple[str, str]]:
    """What the user may begin from this file: label and address."""
    view = View(user=user, employee=employee, on=on)
    offered = [
        # What the employee himself may only read is on his pay panel.
        (
            "Personnel actions",
            view.link("pay:action_promotion", number=employee.number)
            and view.link("pay:actions", number=employee.number),
        ),
        (
            "Record a delivered proposal",
            view.link("adverse_actions:new_proposal", number=employee.number),
        ),
    ]
    return [(label, url) for label, url in offered if url]


def _assignment(view: View) -> Mapping[str, Any]:
    team = team_of(view.employee, on=view.on).order_by("family_name", "given_name")
    return {
        "assignment": assignment_on(view.employee, on=view.on),
        "supervisor": supervisor_of(view.employee, on=view.on),
        "team": list(team[:30]),
    }


def _classification(view: View) -> Mapping[str, Any]:
    assignment = assignment_on(view.employee, on=view.on)
    decision = classification_on(assignment.position, on=view.on) if assignment else None
    return {"decision": decision}


def _ratings(view: View) -> Mapping[str, Any]:
    issued = (
        RatingOfRecord.objects.filter(
            employee=view.employee,
            state__in=[RatingState.ISSUED, RatingState.SUPERSEDED],
            issued_on__lte=view.on,
        )
        .select_related("cycle", "level")
        .order_by("-issued_on")[:10]
    )
    return {
        "ratings": [
            {"rating": rating, "url": view.link("performance:rating", pk=rating.pk)}
            for rating in issued
        ],
        "circumstances": view.link("performance:circumstances", pk=view.employee.pk),
        "packets": view.link("performance:packets", pk=view.employee.pk),
    }


def _pay(view: View) -> Mapping[str, Any]:
    rates = PayRate.objects.filter(employee=view.employee, starts__lte=view.on)
    return {
        "rate": rates.select_related("band__cluster").order_by("-starts").first(),
        "url": view.link("pay:history", number=view.employee.number),
        "actions": view.link("pay:actions", number=view.employee.number),
        "ladder": view.link("pay:career_ladder", number=view.employee.number),
    }


def _cases(view: View) -> Mapping[str, Any]:
    employee = view.employee
    lines = [
        Line(
            title=f"Reconsideration of {request.position.number}",
            on=request.filed_on,
            state=request.get_state_display(),
            citation="9701.222",
            url=view.link("reconsideration:request", pk=request.pk),
        )
        for request in Request.objects.filter(employee=employee).select_related("position")
    ]
    lines += [
        Line(
            title="Denied increase",
            on=denial.adjusted_on,
            state=denial.get_state_display()
            + (f", last day {denial.due_on:%b} {denial.due_on.day}" if denial.due_on else ""),
            citation=denial.citation,
            url=view.link("pay:denied_increase", pk=denial.pk),
        )
        for denial in DeniedIncrease.objects.filter(employee=employee)
    ]
    lines += [
        Line(
            title=f"Proposed {proposal.get_kind_display().lower()}",
            on=proposal.delivered_on,
            state=proposal.get_state_display(),
            citation="9701.609",
            url=view.link("adverse_actions:proposal", pk=proposal.pk),
        )
        for proposal in Proposal.objects.filter(employee=employee)
    ]
    return {"lines": sorted(lines, key=lambda line: line.on, reverse=True)}


def _history(view: View) -> Mapping[str, Any]:
    entries = Entry.objects.filter(employee_key=view.employee.pk).select_related("actor")
    return {"entries": list(entries.order_by("-id")[:HISTORY])}


def _reads(view: View) -> Mapping[str, Any]:
    reads = ReadLog.objects.filter(subject=view.employee.subject).select_related("user")
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
