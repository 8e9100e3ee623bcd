"""Who may open what: declared on every URL, tested as a table (rule 9 of the design).

A view states its rule once:

    @access(relations={"self", "team"}, readers={Role.AUDITOR}, subject=employee_of)

`roles` may read and act; `readers` may read only; `relations` hold between the user and the
employee whom `subject` names. Relations are registered by the app that knows them (workforce).
Nobody who is recused from the employee gets in. Reading another person's record is logged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve

from accounts.models import ReadLog, Role, User
from accounts.queries.roles import roles_of
from accounts.services.recusal import is_recused
from regulation import clock


class Subject(Protocol):
    """The employee whose record a page shows."""

    pk: Any


View: TypeAlias = Callable[..., HttpResponseBase]
SubjectOf: TypeAlias = Callable[..., Subject | None]
Relation: TypeAlias = Callable[[User, Subject, date], bool]

READING = ("GET", "HEAD", "OPTIONS")

_relations: dict[str, Relation] = {}


def register_relation(name: str, holds: Relation) -> None:
    """Make a relation known by name."""
    _relations[name] = holds


def relations_between(user: User, subject: Subject, *, on: date) -> frozenset[str]:
    """Every relation that holds; none for somebody who is recused."""
    if is_recused(user, employee_key=int(subject.pk), on=on):
        return frozenset()
    return frozenset(name for name, holds in _relations.items() if holds(user, subject, on))


@dataclass(frozen=True, slots=True)
class Access:
    """The declared rule of one view."""

    public: bool = False
    anyone: bool = False
    roles: frozenset[Role] = frozenset()
    readers: frozenset[Role] = frozenset()
    relations: frozenset[str] = frozenset()
    reading_relations: frozenset[str] = frozenset()
    subject: SubjectOf | None = field(default=None, compare=False)
    logged: bool = True

    def allows(self, user: User, subject: Subject | None, *, on: date, reading: bool) -> bool:
        """Whether this user may make this request about this subject on this date."""
        if self.anyone:
            return True
        if subject is not None and is_recused(user, employee_key=int(subject.pk), on=on):
            return False
        held = roles_of(user, on=on)
        if held & (self.roles | (self.readers if reading else frozenset())):
            return True
        if subject is None:
            return False
        names = self.relations | (self.reading_relations if reading else frozenset())
        return any(_relations[name](user, subject, on) for name in sorted(names))


def may_open(user: User, url: str, subject: Subject | None, *, on: date) -> bool:
    """Whether a page about a subject would let the user in to read."""
    rule: Access | None = getattr(resolve(url).func, "access", None)
    return rule is not None and rule.allows(user, subject, on=on, reading=True)


def access(
    *,
    public: bool = False,
    anyone: bool = False,
    roles: Collection[Role] = (),
    readers: Collection[Role] = (),
    relations: Collection[str] = (),
    reading_relations: Collection[str] = (),
    subject: SubjectOf | None = None,
    logged: bool = True,
) -> Callable[[View], View]:
    """Declare and enforce the rule of a view.

    `public`: without log-in. `anyone`: every user who is logged in. The view gets the subject it
    declared as `request.subject`.
    """
    rule = Access(
        public=public,
        anyone=anyone,
        roles=frozenset(roles),
        readers=frozenset(readers),
        relations=frozenset(relations),
        reading_relations=frozenset(reading_relations),
        subject=subject,
        logged=logged,
    )

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if rule.public:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _ask_to_log_in(request)
            on = clock.today()
            about = rule.subject(request, *args, **kwargs) if rule.subject else None
            reading = request.method in READING
            if not rule.allows(request.user, about, on=on, reading=reading):
                raise PermissionDenied("This account may not open this page.")
            if about is not None and rule.logged:
                _log_read(request, request.user, about)
            request.subject = about  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.access = rule  # type: ignore[attr-defined]
        return guarded

    return declare


def user_of(request: HttpRequest) -> User:
    """The user behind a guarded request."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied("Log in first.")
    return user


def _ask_to_log_in(request: HttpRequest) -> HttpResponseBase:
    """The log-in page, and from there back to the page that was open.

    A script gets 401 and keeps what was typed.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse("You were logged out.", status=401)
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", ""))
    here = came_from.netloc == request.get_host()
    return redirect_to_login(came_from.path if here and came_from.path else "/")


def _log_read(request: HttpRequest, user: User, subject: Subject) -> None:
    """Keep who opened whose file; one's own is not logged."""
    if getattr(subject, "user_id", None) == user.pk:
        return
    ReadLog.objects.create(
        user=user,
        subject=f"employee:{subject.pk}",
        page=request.path[:120],
        read_at=clock.now(),
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
    )
