"""Coming back to duty, and pay upon return (5 CFR 9701.342(e)(2), (f), (g); R20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from casework.actor import Actor
from casework.services.act import act
from classification.models import Position
from governance.queries.policy import policy_on
from pay.bands import position_held
from pay.deadlines import lock_and_settle
from pay.kinds import Kind, step_of
from pay.models import OrderKind, PayAction, PoolMembership
from pay.permissions import may_set_pay
from pay.pricing import rate_posting
from pay.queries.people import BandFacts, PersonPay, load_one
from pay.queries.standing import person_at
from pay.queries.terms import terms_on
from pay.rules import return_to_duty as rule
from pay.rules.missed_events import MissedDevelopmental
from pay.rules.return_to_duty import ReturnResult
from pay.services.denials import NewDenial, end_freeze, open_denials
from pay.services.missed_events import Missed, missed_events, pool_of
from pay.services.orders import Decision, place_order
from pay.services.range_outcomes import refuse_unready
from pay.services.replay import post_at_its_place, replay_after_action
from regulation.refusals import Refused
from workforce.models import AbsenceKind, Employee, EmployeeState
from workforce.queries.coverage import refuse_uncovered
from workforce.services.absences import come_back
from workforce.services.place import place

_CITATIONS = {
    AbsenceKind.LEAVE_WITHOUT_PAY: "9701.342(e)(2)",
    AbsenceKind.UNIFORMED_SERVICE: rule.CITATION,
    AbsenceKind.INJURY_COMPENSATION: rule.INJURY_CITATION,
}
_DIRECTED = {
    AbsenceKind.UNIFORMED_SERVICE: "return.uniformed_service",
    AbsenceKind.INJURY_COMPENSATION: "return.injury_compensation",
}


@dataclass(frozen=True, slots=True)
class CreditedStep:
    """A developmental step that the directive credits: dollars, or percent (6 is 6 %)."""

    effective: date
    amount: int | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Return:
    """An absence as it ended, and the person as he left it."""

    departed: PersonPay
    first_day: date
    back_on: date
    effective: date
    kind: AbsenceKind
    separated: bool

    @property
    def citation(self) -> str:
        """The paragraph under which he returns."""
        return _CITATIONS[self.kind]

    @property
    def credited(self) -> bool:
        """Whether what was missed is credited: not upon ordinary leave, where nothing is missed."""
        return self.kind != AbsenceKind.LEAVE_WITHOUT_PAY


def return_to_duty(
    employee: Employee,
    *,
    back_on: date,
    actor: Actor,
    authority: str,
    on: date,
    evidence: str = "",
    effective: date | None = None,
    developmental: Sequence[CreditedStep] = (),
    position: Position | None = None,
    version: int | None = None,
) -> PayAction:
    """End an absence and set pay prospectively, from the first day on duty or a later one.

    5 CFR 9701.342(e)(2), (f), (g). Upon uniformed service or injury compensation every missed
    change is credited, and nothing is paid for the time before; `evidence` names the service or
    compensation and the right to return, `developmental` the steps that the directive credits. An
    increase denied on its own date is open for release (R7); where that leaves the rate below the
    minimum, the 90 days run from the return. Upon ordinary leave the rate stays. Who left while on
    injury compensation comes back into `position`, or the one he left. A supplement is the
    published one of the duty station, whatever was frozen before, but for ordinary leave. What is
    posted for after the return is taken again on it.

    Refused: `parameter_missing` without a directive on such returns (return.uniformed_service,
    return.injury_compensation), `invalid_transition`, `invalid_input`, `record_incomplete` without
    evidence, `retroactive` for a date before the return, `too_early` for a future one,
    `earlier_than_posted` where a change after that date was missed too, `not_eligible`,
    `not_covered`, `not_employed`, `own_record`, `not_authorized`, `recused`, `stale_form`, and what
    `missed_events` refuses.
    """
    starts = effective or back_on
    made: list[PayAction] = []

    def do(fresh: Employee) -> None:
        back = _come_back(fresh, back_on=back_on, effective=starts)
        refuse_uncovered(fresh, subpart="C", on=starts)
        _refuse_dates(back, on=on, evidence=evidence)
        lock_and_settle([fresh.pk], on=on, effective=starts)
        person = _person(fresh, back, position=position)
        missed = _missed(back, person=person, steps=developmental, on=on)
        made.append(
            _post(
                person,
                missed,
                back=back,
                evidence=evidence,
                decision=Decision(actor=actor, authority=authority),
                on=on,
            )
        )

    act(
        employee,
        name="return_to_duty",
        actor=actor,
        on=on,
        version=version,
        may=lambda who, row: may_set_pay(who, row, on=on),
        do=do,
        citation=rule.CITATION,
        detail={
            "back_on": back_on.isoformat(),
            "effective": starts.isoformat(),
            "evidence": evidence,
            "authority": authority,
        },
    )
    return made[0]


def _come_back(employee: Employee, *, back_on: date, effective: date) -> _Return:
    """End the absence; the person as of the last day on the rolls."""
    separated = employee.separated if employee.state == EmployeeState.SEPARATED else None
    if separated is None:
        rank = step_of(Kind.RETURN_TO_DUTY, policy=policy_on(effective))
        departed = person_at(employee.pk, on=effective, step=rank)
    else:
        departed = load_one(employee.pk, on=separated - timedelta(days=1))
    absence = come_back(employee, back_on=back_on)
    if absence is None:
        message = f"No days are on record on which {employee.name} was away."
        raise Refused("record_incomplete", rule.CITATION, message)
    return _Return(
        departed=departed,
        first_day=absence.period.lower,
        back_on=back_on,
        effective=effective,
        kind=AbsenceKind(absence.kind),
        separated=separated is not None,
    )


def _refuse_dates(back: _Return, *, on: date, evidence: str) -> None:
    if back.effective < back.back_on:
        message = f"Pay is set prospectively, from the return on {back.back_on}; no arrears."
        raise Refused("retroactive", back.citation, message)
    if max(back.effective, back.back_on) > on:
        message = "A return is recorded on its day: what happens by then is credited too."
        raise Refused("too_early", back.citation, message)
    if back.credited and not evidence.strip():
        message = "Name the service or compensation and the right to return that were shown."
        raise Refused("record_incomplete", back.citation, message)


def _person(employee: Employee, back: _Return, *, position: Position | None) -> PersonPay:
    """The person on the rolls again: whoever had left gets a position and his pool back."""
    if not back.separated:
        return back.departed
    departed = back.departed
    place(
        employee,
        position or position_held(departed),
        effective=back.effective,
        area=departed.area,
        special_category=departed.special_category,
    )
    pool = pool_of(employee.pk, on=back.effective)
    if pool is not None:
        PoolMembership.objects.create(employee=employee, pool=pool, period=(back.effective, None))
    return departed


def _missed(
    back: _Return, *, person: PersonPay, steps: Sequence[CreditedStep], on: date
) -> list[Missed]:
    """What is credited on the date of effect. Refused where a later change was missed as well."""
    if not back.credited:
        if steps:
            message = "A developmental step is credited upon service or injury compensation only."
            raise Refused("invalid_input", "9701.345", message)
        return []
    found = missed_events(person, first=back.first_day, last=on)
    later = [each for each in found if each.event.effective > back.effective]
    if later:
        message = (
            f"A change of {later[0].event.effective} did not reach {person.number}, who was still "
            "recorded as away. Set pay from that date or later."
        )
        raise Refused("earlier_than_posted", back.citation, message)
    _, band = person.paid()
    return found + [_step(step, back=back, band=band) for step in steps]


def _step(step: CreditedStep, *, back: _Return, band: BandFacts) -> Missed:
    if not band.entry_developmental:
        message = "Developmental increases are for the Entry/Developmental band."
        raise Refused("not_eligible", "9701.345", message)
    if not back.first_day <= step.effective <= back.effective:
        message = f"A step of {step.effective} is not one that the absence missed."
        raise Refused("invalid_input", "9701.345", message)
    maximum = terms_on(step.effective).range_of(band.id).maximum
    event = MissedDevelopmental(
        effective=step.effective, amount=step.amount, percent=step.percent, maximum=maximum
    )
    return Missed(event, None)


def _post(
    person: PersonPay,
    missed: Sequence[Missed],
    *,
    back: _Return,
    evidence: str,
    decision: Decision,
    on: date,
) -> PayAction:
    basic, band = person.paid()
    terms = terms_on(back.effective).for_one()
    if back.credited:
        # The directive on setting pay upon such a return: read, so that the ledger names it.
        terms.policy[_DIRECTED[back.kind]]
        # R20: what is published for the duty station is paid, whatever was frozen before.
        person = replace(person, held=None)
    step = step_of(Kind.RETURN_TO_DUTY, policy=terms.policy)
    refuse_unready(person, effective=back.effective, step=step)
    arguments = {
        "basic": basic,
        "retained": person.retained,
        "events": [each.event for each in missed],
    }
    result = rule.return_to_duty(**arguments)  # type: ignore[arg-type]
    below = result.basic < terms.range_of(band.id).minimum
    source = place_order(
        person.employee_id,
        kind=OrderKind.RETURN_TO_DUTY,
        effective=back.effective,
        chosen={
            "absence": back.kind.value,
            "first_day": back.first_day,
            "back_on": back.back_on,
            "evidence": evidence,
        },
        decision=decision,
    )
    action = post_at_its_place(
        rate_posting(
            person,
            kind=Kind.RETURN_TO_DUTY,
            rule=rule.RULE,
            citation=back.citation,
            arguments=arguments,
            basic=result.basic,
            retained=result.retained,
            below_minimum=below,
            terms=terms,
            source=source,
            step=step,
        )
    )
    ratings = {each.event.effective: each.rating_id for each in missed}
    if back.credited and person.supplement_denials:
        end_freeze(person.employee_id, on=back.effective, actor=decision.actor, reason="return")
    open_denials(
        _denials(result, action=action, ratings=ratings, below=below),
        actor=decision.actor,
        on=on,
    )
    replay_after_action(action, source=source, actor=decision.actor, on=on)
    return action


def _denials(
    result: ReturnResult, *, action: PayAction, ratings: dict[date, int | None], below: bool
) -> list[NewDenial]:
    """The increases denied meanwhile, each open under 5 CFR 9701.324 as of its own date.

    Where the rate is below the minimum, nobody could act on the last one before the return: its 90
    days (5 CFR 9701.325(a)) begin there.
    """
    last = len(result.withheld) - 1
    return [
        NewDenial(
            employee_id=action.employee_id,
            action_id=action.pk,
            rating_id=ratings.get(denial.effective),
            adjusted_on=action.effective if below and place_of == last else denial.effective,
            percentage=denial.percentage,
            basic=result.basic,
            below_minimum=below and place_of == last,
        )
        for place_of, denial in enumerate(result.withheld)
    ]
