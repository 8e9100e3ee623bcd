"""What the acts on an appraisal share (5 CFR 9701.409(h))."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.actor import Actor
from casework.services.act import act
from performance.models import Appraisal, AppraisalItem, Expectation, Plan, RatingLevel
from performance.permissions import may_appraise
from performance.rules.appraisal import CITATION, check_purpose, check_time
from performance.services.guards import level_named
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class AppraisalContent:
    """The form: for what, of which time, progress, and a suggested level for some parts."""

    purpose: str
    covers_from: date
    covers_to: date
    progress: str = ""
    #: Level code and note by the id of the expectation.
    items: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def act_on_appraisal(
    appraisal: Appraisal,
    *,
    name: str,
    do: Callable[[Appraisal], object],
    actor: Actor,
    on: date,
    version: int | None,
) -> Appraisal:
    """One act of whoever prepares the appraisal; the appraisal as saved.

    Raises Refused: `stale_form`, `recused`, `own_record`, `not_rating_official`,
    `invalid_transition`, and what `do` refuses.
    """
    return act(
        appraisal,
        name=name,
        actor=actor,
        on=on,
        do=do,
        may=lambda who, fresh: may_appraise(who, fresh.employee, owed_by=fresh.prepared_by, on=on),
        version=version,
        citation=CITATION,
    )


def write_items(appraisal: Appraisal, content: AppraisalContent) -> None:
    """The suggested levels; inputs and nothing more. Raises Refused level_not_in_system."""
    known = {row.pk: row for row in Expectation.objects.filter(plan=appraisal.plan_id)}
    for pk, (code, note) in content.items.items():
        if pk not in known or known[pk].communicated_on is None:
            raise Refused(
                "expectation_not_communicated",
                "9701.406(b)",
                "This expectation was not communicated to the employee (9701.406(b)).",
            )
        if not code and not note.strip():
            AppraisalItem.objects.filter(appraisal=appraisal, expectation=known[pk]).delete()
            continue
        AppraisalItem.objects.update_or_create(
            appraisal=appraisal,
            expectation=known[pk],
            defaults={"suggested": _level(appraisal.plan, code), "note": note},
        )


def check_form(content: AppraisalContent, *, plan: Plan, listed: list[str], on: date) -> None:
    """Refuse what the form may not hold.

    Raises Refused purpose_not_listed, invalid_range, future_date, outside_period.
    """
    check_purpose(content.purpose, listed=listed)
    check_time(
        covers_from=content.covers_from,
        covers_to=content.covers_to,
        period_start=plan.cycle.starts,
        period_end=plan.cycle.ends,
        on=on,
    )


def _level(plan: Plan, code: str) -> RatingLevel | None:
    return level_named(plan.cycle, code) if code else None
