"""What a range adjustment is for each person; writes nothing (9701.323, 9701.356; R3 to R6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pay.deadlines import ninety_days
from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.models import DenialState
from pay.pricing import Source, lifted, rate_posting
from pay.queries.people import PersonPay, fact_of
from pay.queries.standing import as_of_place
from pay.queries.terms import Terms
from pay.rules import range_increase as rule
from pay.rules.eligibility import GateResult, market_gate
from pay.rules.range_change import RangeChange
from pay.rules.range_increase import RangeIncreaseResult, range_increase
from pay.services.denials import DENIED_CITATION
from performance.queries.completed_periods import CompletedPeriods
from regulation.refusals import Refused

#: What every market adjustment is figured by; without one of them nobody is adjusted.
MARKET_POLICY = ("round.annual", "gate.additional_rating", "supp.retained_mode", "supp.tie")


@dataclass(frozen=True, slots=True)
class RangeOutcome:
    """What the adjustment is for one person; without a posting nothing of the rate changes."""

    person: PersonPay
    gate: GateResult
    rating_id: int | None
    result: RangeIncreaseResult
    posting: Posting | None

    @property
    def opens_denial(self) -> bool:
        """Whether an increase is withheld."""
        return self.result.outcome == "denied" and self.result.withheld > 0


@dataclass(frozen=True, slots=True)
class RangeAdjustment:
    """Outcomes, and the people whom the adjustment leaves alone with the reason."""

    outcomes: list[RangeOutcome] = field(default_factory=list)
    exceptions: list[tuple[int, Refused]] = field(default_factory=list)


def postings_for_range_adjustment(
    people: Iterable[PersonPay],
    *,
    changes: Mapping[int, RangeChange],
    terms: Terms,
    periods: CompletedPeriods,
    source: Source,
) -> RangeAdjustment:
    """What an adjustment effective on the terms' date is for each of these people; writes nothing.

    `periods` are the appraisal periods completed most recently. People without a rate, or
    in a band that does not change, are passed over. Refused for all of them: `parameter_missing`.
    """
    found = RangeAdjustment()
    for _ in range_outcomes_of(
        people, changes=changes, terms=terms, periods=periods, source=source, found=found
    ):
        """Each is kept in `found`."""
    return found


def range_outcomes_of(
    people: Iterable[PersonPay],
    *,
    changes: Mapping[int, RangeChange],
    terms: Terms,
    periods: CompletedPeriods,
    source: Source,
    found: RangeAdjustment,
) -> Iterator[RangeOutcome]:
    """The same one by one, kept in `found` too; what is to be read is read before the first."""
    terms.policy.require(*MARKET_POLICY)
    step = step_of(Kind.RANGE_INCREASE, policy=terms.policy)
    standing = list(as_of_place(people, on=terms.on, step=step))

    def made() -> Iterator[RangeOutcome]:
        one = terms.for_one()
        for person in standing:
            change = changes.get(person.band.id) if person.band else None
            if change is None or person.basic is None or not person.employed:
                continue
            one.policy.forget()
            try:
                outcome = _outcome(person, change=change, terms=one, periods=periods, source=source)
            except Refused as refusal:
                found.exceptions.append((person.employee_id, refusal))
                continue
            found.outcomes.append(outcome)
            yield outcome

    return made()


def _outcome(
    person: PersonPay,
    *,
    change: RangeChange,
    terms: Terms,
    periods: CompletedPeriods,
    source: Source,
) -> RangeOutcome:
    step = step_of(Kind.RANGE_INCREASE, policy=terms.policy)
    refuse_unready(person, effective=terms.on, step=step)
    basic, _ = person.paid()
    gate = gate_of(person, terms=terms, periods=periods)
    arguments = {
        "basic": basic,
        "change": change,
        "retained": person.retained,
        "denied": gate.denied,
    }
    result = range_increase(basic, change=change, retained=person.retained, denied=gate.denied)
    withheld = gate.denied and result.withheld > 0
    posting = rate_posting(
        person if gate.denied else lifted(person, terms=terms),
        kind=Kind.RANGE_INCREASE_DENIED if withheld else Kind.RANGE_INCREASE,
        rule=rule.RETAINED_RULE if person.retained else rule.RULE,
        citation=_citation(person, withheld=withheld),
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=result.below_minimum,
        terms=terms,
        source=source,
        step=step,
    )
    changed = withheld or _rate(person) != (
        posting.basic_after, posting.adjusted, posting.uncapped, posting.retained,
        posting.below_minimum,
    )  # fmt: skip
    return RangeOutcome(
        person=person,
        gate=gate,
        rating_id=rating_behind(gate, person),
        result=result,
        posting=posting if changed else None,
    )


def _rate(person: PersonPay) -> tuple[int | None, int | None, int | None, bool, bool]:
    return (
        person.basic,
        person.adjusted,
        person.uncapped,
        person.retained,
        person.below_minimum,
    )


def _citation(person: PersonPay, *, withheld: bool) -> str:
    if withheld:
        return DENIED_CITATION
    return rule.RETAINED_CITATION if person.retained else rule.CITATION


def refuse_unready(person: PersonPay, *, effective: date, step: int) -> None:
    """Refuse what cannot be set for a person on a date.

    `not_covered` outside subpart C, `earlier_than_posted`, and `too_early` while 90 days that end
    before the date are still running (5 CFR 9701.325(b)).
    """
    if not person.covered:
        raise Refused(
            "not_covered",
            "9701.102(c)",
            f"Subpart C does not apply to {person.number} on {effective}: the category "
            f"“{person.coverage_category}” is not covered.",
        )
    if person.last_posted is not None and (effective, step) < person.last_posted:
        raise Refused(
            "earlier_than_posted",
            "",
            f"Pay of {person.last_posted[0]} is posted already for {person.number}, so nothing "
            f"dated {effective} can come before it.",
        )
    refuse_before_day_90(person, effective=effective)


def refuse_before_day_90(person: PersonPay, *, effective: date) -> None:
    """Refuse, as `too_early`, a date beyond 90 days that still run (9701.325(b), 9701.337(b)).

    What day 90 brings comes first, and nobody knows it yet.
    """
    for denial in (*person.denials, *person.supplement_denials):
        running = denial.state == DenialState.OPEN and denial.due_on is not None
        if running and denial.due_on is not None and denial.due_on < effective:
            raise Refused(
                "too_early",
                ninety_days(denial.kind).default,
                f"The 90 days of {person.number} end on {denial.due_on}, before {effective}.",
            )


def gate_of(person: PersonPay, *, terms: Terms, periods: CompletedPeriods) -> GateResult:
    """Whether a market increase is denied on the terms' date (R4), by gate.additional_rating."""
    ratings = person.rating_facts
    if terms.policy["gate.additional_rating"] == "annual_only":
        ratings = tuple(rating for rating in ratings if rating.kind == "annual")
    return market_gate(ratings, on=terms.on, period_end=person.period_end(periods))


def rating_behind(gate: GateResult, person: PersonPay) -> int | None:
    """Id of the rating that a gate's result rests on."""
    for rating in reversed(person.ratings):
        if gate.rating is not None and fact_of(rating) == gate.rating:
            return rating.rating_id
    return None
