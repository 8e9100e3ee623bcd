"""Carrying parameters by directive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from governance.models import (
    Coordination,
    CoordinationState,
    Directive,
    DirectiveState,
    PolicyValue,
)
from governance.parameters import PARAMETERS, parameter


def first_directive(*, effective: date, signed_by: str, number: str = "D-1") -> Directive:
    """The first directive: every registered parameter with its default, coordinated with OPM."""
    return coordinated_directive(
        number=number,
        title="First implementing directive",
        effective=effective,
        signed_by=signed_by,
        values={key: known.default for key, known in PARAMETERS.items()},
    )


@transaction.atomic
def coordinated_directive(
    *, number: str, title: str, effective: date, signed_by: str, values: Mapping[str, Any]
) -> Directive:
    """A directive taken over with its coordination with OPM recorded as done (5 CFR 9701.103).

    For directives decided before the program knew them: the first one, and those of a scenario.
    """
    coordination = Coordination.objects.create(
        paragraph="9701.103",
        action=f"{number} {title}",
        intended_effective=effective,
        staff_consulted_on=effective,
        noticed_on=effective,
        state=CoordinationState.CONCURRED,
        answered_on=effective,
        answer="Recorded as done before this program.",
    )
    return issue_directive(
        number=number,
        title=title,
        effective=effective,
        signed_by=signed_by,
        values=values,
        coordination=coordination,
    )


@transaction.atomic
def issue_directive(
    *,
    number: str,
    title: str,
    effective: date,
    signed_by: str,
    values: Mapping[str, Any],
    coordination: Coordination | None = None,
) -> Directive:
    """A directive in effect from a date with the parameters it carries; None takes one away.

    Raises Refused invalid_parameter for an unknown key or a value of the wrong kind.
    """
    for key, value in values.items():
        known = parameter(key)
        if value is not None:
            known.parse(value)
    directive = Directive.objects.create(
        number=number,
        title=title,
        state=DirectiveState.IN_EFFECT,
        signed_by=signed_by,
        decided_on=effective,
        effective=effective,
        coordination=coordination,
    )
    PolicyValue.objects.bulk_create(
        [
            PolicyValue(key=key, starts=effective, value=_plain(value), directive=directive)
            for key, value in values.items()
        ],
        update_conflicts=True,
        unique_fields=["key", "starts"],
        update_fields=["value", "directive"],
    )
    return directive


def _plain(value: Any) -> Any:
    """JSON keeps decimals as text, so that nothing passes through a float."""
    if isinstance(value, (Decimal, float)):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return value
