"""Keeping a recused person out."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.db.models import Q

from accounts.models import Recusal, User
from accounts.queries.reading import once
from regulation.refusals import Refused


class HasEmployeeKey(Protocol):
    @property
    def employee_key(self) -> int: ...


def is_recused(user: User, *, employee_key: int, on: date) -> bool:
    """Whether the user is kept out of an employee's matters on a date."""
    return f"employee:{employee_key}" in recusals_of(user, on=on)


def recusals_of(user: User, *, on: date) -> frozenset[str]:
    """The subjects that the user is kept out of on a date, read once by a page."""
    in_force = Recusal.objects.filter(user=user, starts__lte=on).filter(
        Q(ends=None) | Q(ends__gte=on)
    )
    return once(
        lambda: frozenset(in_force.values_list("subject", flat=True)),
        name="recusals",
        about=(user.pk, on),
    )


def refuse_recused(user: User | None, case: HasEmployeeKey, *, on: date) -> None:
    """Raise Refused recused where the user takes no part in this employee's matters."""
    if (
        user is not None
        and case.employee_key
        and is_recused(user, employee_key=case.employee_key, on=on)
    ):
        raise Refused("recused", "", "You are recused from this person's matters.")
