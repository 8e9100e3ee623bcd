"""Beginning a supplement adjustment, and posting its chunks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actor import Actor
from pay.deadlines import lock_and_settle
from pay.models import DeniedIncrease, PayRun
from pay.queries.people import RELEASABLE, load
from pay.queries.terms import terms_on
from pay.services.adjust_supplement import apply_supplement_adjustment, people_with_supplement
from pay.services.runs.outcomes import Outcome
from pay.services.runs.supplement_plan import SupplementPlan, publication
from pay.services.runs.supplement_preview import supplement_outcomes
from pay.services.set_supplement import set_supplement


def people_of_supplement(run: PayRun) -> list[int]:
    """Ids of the people whom the run is about, in order."""
    plan = SupplementPlan.from_json(run.plan)
    return people_with_supplement(plan.kind, key=plan.key, on=run.effective, bands=plan.bands)


def begin_supplement(run: PayRun, on: date) -> None:
    """Publish the new percentage, before the run's chunks.

    5 CFR 9701.332(a), 9701.334(b). What a rating releases on the same date comes first, at the
    percentage published until then (R39), so those with a denied increase are settled here.
    Refused: what `set_supplement` refuses.
    """
    plan = SupplementPlan.from_json(run.plan)
    ids = people_of_supplement(run)
    denied = DeniedIncrease.objects.filter(employee_id__in=ids, state__in=RELEASABLE)
    lock_and_settle(denied.values_list("employee_id", flat=True), on=on, effective=run.effective)
    set_supplement(
        plan.kind, key=plan.key, percent=plan.percent, effective=run.effective, bands=plan.bands
    )


def post_supplement(run: PayRun, *, ids: Sequence[int], actor: Actor, on: date) -> list[Outcome]:
    """Adjust the people of a chunk; each one's outcome, in order of id."""
    plan = SupplementPlan.from_json(run.plan)
    found = apply_supplement_adjustment(
        ids,
        before=publication(plan, effective=run.effective).before,
        effective=run.effective,
        actor=actor,
        authority=run.title,
        on=on,
        run=run,
    )
    known = {each.person.employee_id: each.person for each in found.outcomes}
    # Those who are not adjusted are as they were; the others are told as they were before.
    others = load([pk for pk in ids if pk not in known], on=run.effective)
    return supplement_outcomes(
        found, people={**known, **others}, ids=ids, terms=terms_on(run.effective)
    )
