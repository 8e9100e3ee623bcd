"""Drafting a directive that changes parameters, and issuing it (5 CFR 9701.103)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from casework.models import Case
from casework.services.act import act
from casework.services.history import record
from governance.models import Coordination, Directive, DirectiveState, PolicyValue
from governance.models.directive import ISSUED
from governance.parameters import parameter
from governance.rules.coordination import REQUIRED
from governance.rules.directives import (
    CITATION,
    refuse_other_date,
    refuse_overlap,
    refuse_retroactive,
)
from governance.services.coordination import give_notice, require_coordination
from governance.services.directives import carry_values
from regulation.refusals import Refused

OPEN = (DirectiveState.DRAFT, DirectiveState.DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a directive is to say; `values` as the database keeps them, None takes one away."""

    number: str
    title: str
    reason: str
    effective: date
    values: Mapping[str, Any]


def may_direct(actor: Actor, on: date) -> None:
    """The Secretary or designee drafts and issues. Raises Refused not_authorized."""
    if actor.user is None or not holds_role(actor.user, [Role.DESIGNEE], on=on):
        message = "Only the Secretary or the Secretary's designee issues directives."
        raise Refused("not_authorized", CITATION, message)


@transaction.atomic
def draft_directive(draft: Draft, *, actor: Actor, on: date) -> Directive:
    """Keep a draft. Raises Refused not_authorized, record_incomplete, invalid_parameter.

    `duplicate_open` where the number is taken.
    """
    may_direct(actor, on)
    _refuse_incomplete(draft)
    _refuse_taken_number(draft.number, other_than=0)
    directive = Directive.objects.create(
        number=draft.number,
        title=draft.title,
        reason=draft.reason,
        effective=draft.effective,
        proposed=dict(draft.values),
        drafted_by=actor.user,
    )
    record(
        directive.subject,
        act="draft",
        actor=actor,
        on=on,
        to_state=str(directive.state),
        citation=CITATION,
    )
    return directive


def change_draft(
    directive: Directive, *, draft: Draft, actor: Actor, on: date, version: int | None
) -> Directive:
    """Change a draft; a notice to OPM that no longer says what the draft says falls away.

    Raises Refused stale_form, invalid_transition and what `draft_directive` refuses.
    """

    def do(row: Directive) -> None:
        _refuse_closed(row)
        _refuse_incomplete(draft)
        _refuse_taken_number(draft.number, other_than=row.pk)
        if _coordinated(row.proposed) != _coordinated(draft.values) or (
            row.coordination is not None and draft.effective < row.coordination.intended_effective
        ):
            row.coordination = None
        row.number, row.title, row.reason = draft.number, draft.title, draft.reason
        row.effective, row.proposed = draft.effective, dict(draft.values)

    return act(
        directive,
        name="change_draft",
        actor=actor,
        on=on,
        do=do,
        may=_may(on),
        version=version,
        citation=CITATION,
    )


def notify_opm(
    directive: Directive,
    *,
    staff_consulted_on: date | None,
    actor: Actor,
    on: date,
    version: int | None,
) -> Directive:
    """Give OPM the notice of what the draft would change (5 CFR 9701.103, R40).

    Raises Refused record_incomplete, no_effect where nothing needs it, and as `change_draft`.
    """

    def do(row: Directive) -> None:
        _refuse_closed(row)
        subjects = coordinated_subjects(row.proposed)
        if not subjects:
            message = "Nothing in this draft needs coordination with OPM."
            raise Refused("no_effect", CITATION, message)
        row.coordination = give_notice(
            paragraph=", ".join(REQUIRED[subject] for subject in subjects)[:30],
            action=f"{row.number} {row.title}: {', '.join(sorted(_coordinated(row.proposed)))}",
            intended_effective=row.effective,
            staff_consulted_on=staff_consulted_on,
            actor=actor,
            on=on,
        )

    return act(
        directive,
        name="notify_opm",
        actor=actor,
        on=on,
        do=do,
        may=_may(on),
        version=version,
        citation=CITATION,
    )


def issue_draft(
    directive: Directive, *, actor: Actor, on: date, version: int | None = None
) -> Directive:
    """Issue a draft: its values hold from its date on, and nothing of it changes any more.

    5 CFR 9701.103. Raises Refused not_authorized, invalid_transition, retroactive, duplicate_open,
    invalid_parameter, coordination_required, coordination_pending, coordination_hold, stale_form.
    """

    def do(row: Directive) -> None:
        _refuse_closed(row)
        refuse_unissuable(row, on=on)
        carry_values(row, values=row.proposed)
        row.issue(by=actor.user, on=on)

    return act(
        directive,
        name="issue",
        actor=actor,
        on=on,
        do=do,
        may=_may(on),
        version=version,
        citation=CITATION,
        detail={"effective": directive.effective.isoformat()},
    )


def give_up_draft(
    directive: Directive, *, actor: Actor, on: date, version: int | None = None
) -> Directive:
    """Do not pursue a draft. Raises Refused not_authorized, invalid_transition, stale_form."""
    return act(
        directive,
        name="give_up",
        actor=actor,
        on=on,
        do=lambda row: row.give_up(),
        may=_may(on),
        version=version,
        citation=CITATION,
    )


def refuse_unissuable(directive: Directive, *, on: date) -> None:
    """What stands in the way of issuing a draft on a date; see `issue_draft`."""
    refuse_retroactive(effective=directive.effective, on=on)
    _refuse_values(directive.proposed)
    others = PolicyValue.objects.filter(
        starts=directive.effective, key__in=list(directive.proposed), directive__state__in=ISSUED
    )
    for number, key in others.values_list("directive__number", "key"):
        refuse_overlap([key], other=number, effective=directive.effective)
    for subject in coordinated_subjects(directive.proposed):
        require_coordination(directive.coordination, subject=subject, on=on)
        _refuse_other_date(directive.coordination, effective=directive.effective)


def coordinated_subjects(values: Mapping[str, Any]) -> list[str]:
    """The subjects of R40 that the values touch, in order of their paragraphs."""
    return sorted({parameter(key).coordinated for key in _coordinated(values)}, key=REQUIRED.get)  # type: ignore[arg-type]


def _coordinated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if parameter(key).coordinated}


def _refuse_other_date(coordination: Coordination | None, *, effective: date) -> None:
    if coordination is not None:
        refuse_other_date(effective=effective, noticed=coordination.intended_effective)


def _refuse_incomplete(draft: Draft) -> None:
    lacking = [
        name
        for name, value in (
            ("a number", draft.number.strip()),
            ("a title", draft.title.strip()),
            ("the reason", draft.reason.strip()),
            ("a value that changes", draft.values),
        )
        if not value
    ]
    if lacking:
        message = f"The directive lacks {', '.join(lacking)}."
        raise Refused("record_incomplete", CITATION, message)
    _refuse_values(draft.values)


def _refuse_values(values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        known = parameter(key)
        if value is not None:
            known.parse(value)


def _refuse_taken_number(number: str, *, other_than: int) -> None:
    if Directive.objects.filter(number=number).exclude(pk=other_than).exists():
        raise Refused("duplicate_open", CITATION, f"There is already a directive {number}.")


def _refuse_closed(directive: Directive) -> None:
    if directive.state not in OPEN:
        message = f"{directive.number} is in the state “{directive.get_state_display()}”."
        raise Refused("invalid_transition", CITATION, message)


def _may(on: date) -> Any:
    def may(actor: Actor, case: Case) -> None:
        may_direct(actor, on)

    return may
