"""The cases of denied increases after a replay: figures that follow, cases that end or open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django_fsm import can_proceed

from casework.actor import Actor
from casework.models import DeadlineState
from pay.ledger import Corrected
from pay.models import DeniedIncrease, PayAction
from pay.queries.people import load_one
from pay.queries.permanent_rate import StandingDenial, permanent_of, standing_denials
from pay.queries.terms import terms_on
from pay.rules.encoding import decode
from pay.rules.explain import replay as result_of
from pay.services.denials import NewDenial, end_clocks, move, open_denials
from pay.services.denials_left import leave_denials, refigure
from pay.services.range_outcomes import gate_of, rating_behind
from pay.services.timeline import RANGES, SUPPLEMENTS, Timeline
from performance.queries.completed_periods import completed_periods
from regulation.refusals import Refused


def follow_denials(
    step: Corrected, row: PayAction, *, timeline: Timeline, actor: Actor, on: date
) -> None:
    """Let the cases of a step follow it (5 CFR 9701.323-325; R7, R8).

    A denied step has its case, with its day 90 from the adjustment; one that falls away ends it.
    Refused: `conflicting_order`, or `correction_not_replayable` for a wrong rating, where a case
    that was decided since would have been another.
    """
    cases = _cases(step, timeline=timeline)
    if row.annuls:
        for case in cases:
            _end(case, timeline=timeline, actor=actor, on=on)
    elif row.rule in RANGES:
        _follow_range(row, cases, timeline=timeline, actor=actor, on=on)
    elif row.rule in SUPPLEMENTS:
        _follow_supplement(row, cases, timeline=timeline, actor=actor, on=on)
    elif row.inputs.get("permanent") is not None:
        person = load_one(row.employee_id, on=row.effective)
        permanent = permanent_of(person, on=row.effective, ended=True)
        leave_denials(person, standing_denials(permanent), actor=actor, on=on)
    else:
        for case in cases:
            _set_basic(case, row)


def _cases(step: Corrected, *, timeline: Timeline) -> list[DeniedIncrease]:
    """Those of the step, but for what a wrong rating withheld, which is closed for itself."""
    if step.corrects is None or _paid_by_now(step.corrects):
        return []
    rows = PayAction.objects.filter(
        employee_id=timeline.employee_id, place=step.corrects.place
    ).values("pk")
    cases = DeniedIncrease.objects.filter(action_id__in=rows)
    return list(cases.exclude(pk__in=[case.pk for case in timeline.denials]))


def _paid_by_now(action: PayAction) -> bool:
    """An increase that the correction of a rating has paid: its case was decided by that."""
    return action.rule in RANGES and not action.inputs.get("denied")


def _follow_range(
    row: PayAction,
    cases: list[DeniedIncrease],
    *,
    timeline: Timeline,
    actor: Actor,
    on: date,
) -> None:
    result = result_of(row.rule, row.rule_version, row.inputs)
    withheld = decode(result["withheld"], Fraction)
    if not (row.inputs["denied"] and withheld):
        for case in cases:
            _end(case, timeline=timeline, actor=actor, on=on)
        return
    denial = StandingDenial(
        adjusted_on=row.effective,
        percentage=withheld,
        basic=row.basic_after or 0,
        below_minimum=row.below_minimum,
    )
    for case in cases:
        _refigure(case, denial, row=row, timeline=timeline, actor=actor, on=on)
    if not cases:
        open_denials([_new(row, denial)], actor=actor, on=on)


def _new(row: PayAction, denial: StandingDenial) -> NewDenial:
    person = load_one(row.employee_id, on=row.effective)
    periods = completed_periods(row.effective)
    gate = gate_of(person, terms=terms_on(row.effective).for_one(), periods=periods)
    return NewDenial(
        employee_id=row.employee_id,
        action_id=row.pk,
        rating_id=rating_behind(gate, person),
        adjusted_on=row.effective,
        percentage=denial.percentage,
        basic=denial.basic,
        below_minimum=denial.below_minimum,
    )


def _follow_supplement(
    row: PayAction,
    cases: list[DeniedIncrease],
    *,
    timeline: Timeline,
    actor: Actor,
    on: date,
) -> None:
    if row.inputs.get("denied") and row.corrects is None:
        message = "An increase of another supplement would have been denied; decide that first."
        raise _refusal(timeline, message, citation="9701.335(c)")
    for case in cases:
        _set_basic(case, row)


def _refigure(
    case: DeniedIncrease,
    denial: StandingDenial,
    *,
    row: PayAction,
    timeline: Timeline,
    actor: Actor,
    on: date,
) -> None:
    same = Fraction(case.percentage) == denial.percentage
    if same and case.below_minimum == denial.below_minimum:
        _set_basic(case, row)
        return
    if case.closed_on is not None:
        raise _decided(case, timeline=timeline)
    refigure(case, denial, actor=actor, on=on)


def _set_basic(case: DeniedIncrease, row: PayAction) -> None:
    DeniedIncrease.objects.filter(pk=case.pk).update(basic_denied=row.basic_after)


def _end(case: DeniedIncrease, *, timeline: Timeline, actor: Actor, on: date) -> None:
    if case.closed_on is not None or not can_proceed(case.close):
        raise _decided(case, timeline=timeline)
    end_clocks(case, state=DeadlineState.CANCELLED, on=on, by="the increase was not due")
    move(
        case,
        lambda fresh: fresh.close(on=on),
        name="close",
        actor=actor,
        on=on,
        citation=str(case.citation),
        detail={"reason": "replayed"},
    )


def _decided(case: DeniedIncrease, *, timeline: Timeline) -> Refused:
    message = (
        f"The increase denied on {case.adjusted_on} would have been another, and its case is "
        "decided; that needs a person's decision."
    )
    return _refusal(timeline, message, citation=str(case.citation))


def _refusal(timeline: Timeline, message: str, *, citation: str) -> Refused:
    code = "correction_not_replayable" if timeline.after is None else "conflicting_order"
    return Refused(code, citation, message)
