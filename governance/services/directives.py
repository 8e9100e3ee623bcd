"""Carrying parameters by directive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
from governance.parameters.encoding import as_stored


def first_directive(
    *, effective: date, signed_by: str, number: str = "D-1", text: str = ""
) -> Directive:
    """The first directive: every registered parameter with its default, coordinated with OPM."""
    return coordinated_directive(
        number=number,
        title="First implementing directive",
        effective=effective,
        signed_by=signed_by,
        values={key: known.default for key, known in PARAMETERS.items()},
        text=text,
    )


@transaction.atomic
def coordinated_directive(
    *,
    number: str,
    title: str,
    effective: date,
    signed_by: str,
    values: Mapping[str, Any],
    text: str = "",
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
        text=text,
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
    text: str = "",
) -> Directive:
    """A directive taken over as issued, with the parameters it carries; None takes one away.

    What is drafted and issued here goes through `draft_directive`, which asks who and whether OPM
    was told.

    Raises Refused invalid_parameter for an unknown key or a value of the wrong kind.
    """
    for key, value in values.items():
        known = parameter(key)
        if value is not None:
            known.parse(value)
    directive = Directive.objects.create(
        number=number,
        title=title,
        text=text,
        state=DirectiveState.IN_EFFECT,
        signed_by=signed_by,
        decided_on=effective,
        effective=effective,
        coordination=coordination,
    )
    carry_values(directive, values=values)
    return directive


def carry_values(directive: Directive, *, values: Mapping[str, Any]) -> None:
    """Let the values begin with the directive's date."""
    starts = directive.effective
    PolicyValue.objects.bulk_create(
        PolicyValue(key=key, starts=starts, value=as_stored(value), directive=directive)
        for key, value in values.items()
    )
