"""Requests of an employee, and the queues of those who review them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.queries.roles import organizations_of
from reconsideration.models import Request, RequestState
from reconsideration.models.request import OPEN_STATES
from reconsideration.permissions import is_opm_reviewer
from workforce.models import Employee

PAGE = 25
COUNTED = 1_000

AT_DHS = (RequestState.FILED_DHS, RequestState.UNDER_DHS_REVIEW)
AT_OPM = (RequestState.FILED_OPM, RequestState.UNDER_OPM_REVIEW)


@dataclass(frozen=True, slots=True)
class Queued:
    """A request as a queue shows it: since when it waits there, and for how many days."""

    request: Request
    since: date
    age: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a queue, the oldest first; `following` is where the next page begins."""

    rows: Sequence[Queued]
    count: int
    capped: bool
    following: str


def requests_of(employee: Employee) -> QuerySet[Request]:
    """Every request of an employee, the latest first."""
    return _with_names(Request.objects.filter(employee=employee)).order_by("-id")


def request_named(pk: int) -> QuerySet[Request]:
    """One request with all that its page shows."""
    return _with_names(Request.objects.filter(pk=pk)).select_related(
        "contested__series", "contested__decided_by", "dhs_decided_by", "opm_decided_by",
        "resulting__series", "resulting__band__cluster",
    )  # fmt: skip


def has_request_at_opm(user: User, employee: Employee, on: date) -> bool:
    """Whether the user reviews for OPM and a request of the employee went there."""
    return (
        employee.user_id != user.pk
        and is_opm_reviewer(user, on=on)
        and Request.objects.filter(employee=employee, opm_filed_on__isnull=False).exists()
    )


def has_request_of_hr(user: User, employee: Employee, on: date) -> bool:
    """Whether the user is HR over the position of a request, wherever the employee is now."""
    return (
        employee.user_id != user.pk
        and Request.objects.filter(
            employee=employee,
            position__organization__in=organizations_of(user, Role.HR_SPECIALIST, on=on),
        ).exists()
    )


def dhs_queue(user: User, *, on: date, state: str = "", find: str = "", after: str = "") -> Queue:
    """Requests over whose organization the user is HR; open with DHS unless a state is named."""
    rows = Request.objects.filter(
        position__organization__in=organizations_of(user, Role.HR_SPECIALIST, on=on)
    ).exclude(employee__user=user)
    return _page(rows, states=_states(state, open_=AT_DHS), find=find, after=after, on=on)


def opm_queue(user: User, *, on: date, state: str = "", find: str = "", after: str = "") -> Queue:
    """Requests that went to OPM; open there unless a state is named."""
    rows = Request.objects.filter(opm_filed_on__isnull=False).exclude(employee__user=user)
    return _page(
        rows, states=_states(state, open_=AT_OPM), find=find, after=after, on=on, at_opm=True
    )


def _states(state: str, *, open_: Sequence[str]) -> Sequence[str] | None:
    if state == "all":
        return None
    return [state] if state in RequestState.values else open_


def _page(
    rows: QuerySet[Request],
    *,
    states: Sequence[str] | None,
    find: str,
    after: str,
    on: date,
    at_opm: bool = False,
) -> Queue:
    if states is not None:
        rows = rows.filter(state__in=states)
    for word in find.split()[:4]:
        rows = rows.filter(
            Q(employee__family_name__istartswith=word)
            | Q(employee__given_name__istartswith=word)
            | Q(position__number__iexact=word)
        )
    count = len(rows.values_list("pk", flat=True)[: COUNTED + 1])
    since = "opm_filed_on" if at_opm else "filed_on"
    key = _key(after)
    if key is not None:
        rows = rows.filter(Q(**{f"{since}__gt": key[0]}) | Q(**{since: key[0], "pk__gt": key[1]}))
    found = list(_with_names(rows).order_by(since, "pk")[: PAGE + 1])
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return Queue(
        rows=[_queued(row, since=getattr(row, since), on=on) for row in shown],
        count=min(count, COUNTED),
        capped=count > COUNTED,
        following=f"{getattr(last, since).isoformat()}.{last.pk}" if last else "",
    )


def _queued(row: Request, *, since: date, on: date) -> Queued:
    until = row.closed_on or (row.dhs_decided_on if row.state not in OPEN_STATES else None) or on
    return Queued(request=row, since=since, age=(until - since).days)


def _key(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _with_names(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.select_related(
        "employee__user", "position__organization", "contested__band__cluster"
    )
