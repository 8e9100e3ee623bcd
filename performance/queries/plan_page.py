"""A plan as a person reads it: what is drafted, what stands, what ended, and who said what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django_fsm import can_proceed

from accounts.models import User
from performance.models import (
    Expectation,
    ExpectationForm,
    ExpectationState,
    Plan,
    PlanNote,
    PlanState,
)
from performance.queries.general_expectations import GeneralRow, general_expectations_of
from workforce.models import Employee
from workforce.queries import relations


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan; `writes` and `says` are what the reader may do now."""

    plan: Plan
    drafts: Sequence[Expectation]
    standing: Sequence[Expectation]
    ended: Sequence[Expectation]
    notes: Sequence[PlanNote]
    general: Sequence[GeneralRow]
    writes: bool
    says: bool

    @property
    def invites(self) -> bool:
        """Whether the reader may show the drafts to the employee now."""
        return self.writes and bool(can_proceed(self.plan.invite_input))

    @property
    def goal_weights(self) -> int | None:
        """What the weights of goals drafted and standing add up to; None where there is no goal."""
        replaced = {draft.replaces_id for draft in self.drafts}
        weights = [
            each.weight or 0
            for each in (*self.standing, *self.drafts)
            if each.form == ExpectationForm.GOAL and each.pk not in replaced
        ]
        return sum(weights) if weights else None

    @property
    def receipts(self) -> frozenset[int]:
        """Ids of the expectations that the employee marked as received."""
        return frozenset(
            note.expectation_id
            for note in self.notes
            if note.kind == "received" and note.expectation_id is not None
        )


def plan_page(plan: Plan, *, reader: User, on: date) -> PlanPage:
    """What a reader sees of a plan; five queries.

    5 CFR 9701.406(b), (d). The employee sees drafts once he was shown them.
    """
    own = relations.is_self(reader, plan.employee, on)
    rows = list(
        plan.expectations.select_related(
            "aligned_with__plan__employee", "communicated_by"
        ).order_by("order", "id")
    )
    hidden = own and plan.state == PlanState.DRAFT
    by_state = {state: [row for row in rows if row.state == state] for state in ExpectationState}
    return PlanPage(
        plan=plan,
        drafts=[] if hidden else by_state[ExpectationState.DRAFT],
        standing=by_state[ExpectationState.COMMUNICATED],
        ended=[*by_state[ExpectationState.REPLACED], *by_state[ExpectationState.WITHDRAWN]],
        notes=list(plan.notes.select_related("expectation")),
        general=general_expectations_of(plan, on=on),
        writes=bool(can_proceed(plan.write) and relations.is_supervisor(reader, plan.employee, on)),
        says=own and not hidden and bool(can_proceed(plan.write)),
    )


def goals_above(employee: Employee, *, on: date) -> list[Expectation]:
    """Goals that stand in the supervisor's own plan, for the line of sight; one query more."""
    supervisor = relations.supervisor_of(employee, on=on)
    if supervisor is None:
        return []
    return list(
        Expectation.objects.filter(
            plan__employee=supervisor,
            plan__cycle__starts__lte=on,
            plan__cycle__ends__gte=on,
            state=ExpectationState.COMMUNICATED,
            form=ExpectationForm.GOAL,
        ).order_by("order", "id")
    )
