"""Applying a subpart to a category of employees, and rescinding it (5 CFR 9701.102(b), (e))."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import Role
from accounts.queries.roles import holds_role
from casework.actor import Actor
from casework.services.history import record
from governance.models import Coordination, Coverage
from governance.queries.coverage import is_covered
from governance.rules.coverage import (
    LATEST_START,
    STARTS_BY_ITSELF,
    refuse_ineligible,
    refuse_late_notice,
)
from governance.services.coordination import require_coordination
from regulation.refusals import Refused


def may_determine(actor: Actor, on: date) -> None:
    """The Secretary or a designee determines; others may draft. Raises Refused not_authorized."""
    if actor.user and not holds_role(actor.user, [Role.DESIGNEE], on=on):
        raise Refused(
            "not_authorized", "9701.102(b)", "Only the Secretary or a designee determines coverage."
        )


@transaction.atomic
def determine_coverage(
    category: str,
    *,
    subpart: str,
    effective: date,
    coordination: Coordination | None,
    employees_notified_on: date | None,
    labor_notified_on: date | None,
    actor: Actor,
    on: date,
) -> Coverage:
    """Apply a subpart to a category from a date (5 CFR 9701.102(b)(2)-(4)).

    Raises Refused not_authorized, not_eligible, coordination_required, coordination_pending,
    coordination_hold, notice_required, or duplicate_open where it already applies.
    """
    may_determine(actor, on)
    refuse_ineligible(category=category, subpart=subpart)
    if subpart in STARTS_BY_ITSELF and effective > LATEST_START:
        raise Refused(
            "not_authorized",
            "9701.102(b)(2)",
            "A later date than 1 August 2005 is for the Secretary and the Director jointly.",
        )
    require_coordination(coordination, subject="coverage", on=on)
    refuse_late_notice(
        notices=(employees_notified_on, labor_notified_on),
        before=effective,
        citation="9701.102(b)(4)",
    )
    if is_covered(category, subpart=subpart, on=effective):
        raise Refused(
            "duplicate_open", "9701.102(b)", f"Subpart {subpart} applies to {category} already."
        )
    coverage = Coverage.objects.create(
        category=category,
        subpart=subpart,
        effective=effective,
        coordination=coordination,
        determined_by=str(actor),
        employees_notified_on=employees_notified_on,
        labor_notified_on=labor_notified_on,
    )
    record(f"coverage:{coverage.pk}", act="determine", actor=actor, on=on, citation="9701.102(b)")
    return coverage


@transaction.atomic
def rescind_coverage(
    coverage: Coverage,
    *,
    rescinded: date,
    coordination: Coordination | None,
    employees_notified_on: date | None,
    labor_notified_on: date | None,
    actor: Actor,
    on: date,
) -> Coverage:
    """End a subpart's coverage of a category from a date on (5 CFR 9701.102(e)).

    Notice comes before the decision itself. Raises Refused not_authorized, coordination_required,
    coordination_pending, coordination_hold, notice_required, retroactive or invalid_transition.
    """
    may_determine(actor, on)
    coverage = Coverage.objects.select_for_update().get(pk=coverage.pk)
    if coverage.rescinded is not None:
        raise Refused("invalid_transition", "9701.102(e)", "It was rescinded already.")
    require_coordination(coordination, subject="rescission", on=on)
    refuse_late_notice(
        notices=(employees_notified_on, labor_notified_on), before=on, citation="9701.102(e)"
    )
    if rescinded <= on:
        raise Refused("retroactive", "9701.102(e)", "A rescission works for the time to come.")
    coverage.rescinded = rescinded
    coverage.save(update_fields=["rescinded"])
    record(f"coverage:{coverage.pk}", act="rescind", actor=actor, on=on, citation="9701.102(e)")
    return coverage
