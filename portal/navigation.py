"""The pages in the header, each only for those who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import resolve, reverse

from accounts.access import Access
from accounts.models import Role, User
from accounts.queries.roles import roles_of
from workforce.models import Employee, Supervision
from workforce.queries.relations import employee_of_user


@dataclass(frozen=True, slots=True)
class Person:
    """What the header needs to know of who looks at it."""

    user: User
    employee: Employee | None
    supervises: bool
    roles: frozenset[Role]


def always(person: Person) -> bool:
    """For every user."""
    return True


def has_record(person: Person) -> bool:
    """For employees of the Department."""
    return person.employee is not None


def supervises(person: Person) -> bool:
    """For those who supervise somebody now."""
    return person.supervises


def administers(person: Person) -> bool:
    """For administrators."""
    return Role.ADMINISTRATOR in person.roles


def deals_with_policy(person: Person) -> bool:
    """For those who set the Department's policy, compute by it, or look over it."""
    return bool(
        person.roles & {Role.DESIGNEE, Role.PAY_SPECIALIST, Role.OPM_REVIEWER, Role.AUDITOR}
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the header; `url` is a name, and `shown` a wish beyond the page's own rule."""

    label: str
    url: str
    shown: Callable[[Person], bool] = always


@dataclass(frozen=True, slots=True)
class Item:
    """One link as the header shows it."""

    label: str
    url: str
    current: bool


ENTRIES = (
    Entry("Home", "portal:home"),
    Entry("My team", "performance:team", supervises),
    Entry("Reviews", "performance:review_queue", supervises),
    Entry("My rating", "performance:mine", has_record),
    Entry("My pay", "pay:mine", has_record),
    Entry("My position", "reconsideration:my_position", has_record),
    Entry("My file", "portal:my_file", has_record),
    Entry("People", "portal:people"),
    Entry("Rating season", "performance:season"),
    Entry("Pay runs", "pay:runs"),
    Entry("What if", "pay:what_if"),
    Entry("90-day clocks", "pay:clocks"),
    Entry("Reconsideration", "reconsideration:queue"),
    Entry("Requests to OPM", "reconsideration:opm_queue"),
    Entry("Policy", "governance:parameters", deals_with_policy),
    Entry("Lab", "scenarios:lab"),
    Entry("Administration", "admin:index", administers),
)


def person_of(user: User, *, on: date) -> Person:
    """The user with the employee record, whether it supervises anybody, and the roles."""
    employee = employee_of_user(user)
    team = Supervision.objects.filter(supervisor=employee, period__contains=on)
    return Person(
        user=user,
        employee=employee,
        supervises=employee is not None and team.exists(),
        roles=roles_of(user, on=on),
    )


def items_for(request: HttpRequest, user: User, *, on: date) -> list[Item]:
    """The links this user may open now, in order; the page shown is marked."""
    person = person_of(user, on=on)
    items = []
    for entry in ENTRIES:
        url = reverse(entry.url)
        if not entry.shown(person) or not _allowed(url, person):
            continue
        items.append(Item(label=entry.label, url=url, current=_is_current(request.path, url)))
    return items


def _allowed(url: str, person: Person) -> bool:
    """By the page's own rule; a page about somebody, and the admin, judge when they are opened."""
    rule: Access | None = getattr(resolve(url).func, "access", None)
    if rule is None or rule.subject is not None or rule.anyone:
        return True
    return bool(person.roles & (rule.roles | rule.readers))


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
