"""A range adjustment computed on people as they are, writing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pay.models import PayRun
from pay.pricing import Source
from pay.queries.people import PersonPay, load
from pay.queries.ranges import BandRange
from pay.queries.terms import Terms, terms_on
from pay.rules.range_change import RangeChange
from pay.services.adjust_ranges import people_in_bands
from pay.services.range_outcomes import RangeAdjustment, RangeOutcome, postings_for_range_adjustment
from pay.services.runs.checks import BandChange, check_range_plan
from pay.services.runs.outcomes import Mark, Outcome
from pay.services.runs.plans import RangePlan
from performance.queries.completed_periods import CompletedPeriods, completed_periods
from regulation.refusals import Refused

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class RangeComputation:
    """What a range adjustment rests on, and the people whom it is about, by id."""

    run: PayRun
    bands: list[BandChange]
    terms: Terms
    periods: CompletedPeriods
    employee_ids: Sequence[int]

    @property
    def changes(self) -> dict[int, RangeChange]:
        """Each band's change by its id."""
        return {each.band.pk: each.change for each in self.bands}

    def shares(
        self, ids: Sequence[int] | None = None, *, size: int = BATCH
    ) -> Iterator[tuple[list[int], dict[int, PersonPay]]]:
        """Ids and the people behind them, some at a time, so that memory stays flat."""
        wanted = self.employee_ids if ids is None else ids
        for start in range(0, len(wanted), size):
            share = list(wanted[start : start + size])
            yield share, load(share, on=self.run.effective)

    def outcomes(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> list[Outcome]:
        """What the adjustment is for each of a share, in order of id."""
        found = postings_for_range_adjustment(
            people.values(),
            changes=self.changes,
            terms=self.terms,
            periods=self.periods,
            source=Source(),
        )
        return range_outcomes(found, people=people, ids=share)

    def basis(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> Iterable[Any]:
        """What the outcomes of a share rest on: the people as they are."""
        return (facts_of(person) for person in people.values())

    def rests_on(self) -> tuple[Any, ...]:
        """What beside plan, terms and people the outcomes depend on."""
        return (self.periods, sorted(self.changes.items(), key=lambda each: each[0]))

    def figures(self) -> dict[str, dict[str, Any]]:
        """Nothing beyond the counts; see the payout's."""
        return {}

    def warnings(self) -> list[str]:
        """Bands whose maximum rises by less than the minimum (5 CFR 9701.322(d))."""
        return [
            f"In {each.band} the maximum rises by less than the minimum: it will cut increases off."
            for each in self.bands
            if each.change.maximum_lags
        ]


def facts_of(person: PersonPay) -> tuple[Any, ...]:
    """Everything of a person that an adjustment reads, flat, so that it is quickly hashed."""
    return (
        *(person.employee_id, person.employed, person.covered, person.senior_executive),
        *(person.basic, person.adjusted, person.uncapped, person.retained, person.below_minimum),
        *(person.band.id if person.band else None, person.area, person.special_category),
        person.last_posted,
        [
            (each.id, each.state, each.due_on)
            for each in (*person.denials, *person.supplement_denials)
        ],
        [
            (each.rating_id, each.level_code, each.kind, each.period_end, each.issued_on)
            for each in person.ratings
        ],
    )


def range_computation(run: PayRun) -> RangeComputation:
    """Read what a range run rests on; the new ranges stand in its terms though not in the database.

    Refused: what `check_range_plan` refuses, and `parameter_missing`.
    """
    bands = check_range_plan(RangePlan.from_json(run.plan), effective=run.effective, run=run)
    terms = terms_on(run.effective)
    new = {
        each.band.pk: BandRange(each.band.pk, each.change.new_minimum, each.change.new_maximum)
        for each in bands
    }
    return RangeComputation(
        run=run,
        bands=bands,
        terms=replace(terms, ranges={**terms.ranges, **new}),
        periods=completed_periods(run.effective),
        employee_ids=people_in_bands(new, on=run.effective),
    )


def range_outcomes(
    found: RangeAdjustment, *, people: Mapping[int, PersonPay], ids: Iterable[int]
) -> list[Outcome]:
    """Everybody of a share in one of the outcomes, so that nobody is missing, in order of id.

    Who is neither adjusted nor refused has no rate any more: an exception, `not_employed`.
    """
    outcomes = {each.person.employee_id: _outcome(each) for each in found.outcomes}
    for employee_id, refusal in found.exceptions:
        outcomes[employee_id] = exception(employee_id, refusal, person=people.get(employee_id))
    for employee_id in ids:
        if employee_id not in outcomes:
            gone = Refused("not_employed", "9701.321(a)", "Has no rate in a band of this run.")
            outcomes[employee_id] = exception(employee_id, gone, person=people.get(employee_id))
    return [outcomes[employee_id] for employee_id in sorted(outcomes)]


def exception(employee_id: int, refusal: Refused, *, person: PersonPay | None) -> Outcome:
    """A person whom the run leaves alone, and why."""
    band = person.band if person else None
    return Outcome(
        employee_id=employee_id,
        group=band.code if band else "",
        marks=(Mark.EXCEPTION,),
        before=person.basic if person else None,
        after=person.basic if person else None,
        adjusted=person.adjusted if person else None,
        code=refusal.code,
        message=str(refusal)[:300],
    )


def _outcome(each: RangeOutcome) -> Outcome:
    band = each.person.band
    denied = each.opens_denial
    marks = (Mark.DENIED,) if denied else _marks(each)
    return Outcome(
        employee_id=each.person.employee_id,
        group=band.code if band else "",
        marks=marks,
        before=each.person.basic,
        after=each.result.basic,
        adjusted=each.posting.adjusted if each.posting else each.person.adjusted,
        lost=each.result.lost,
        level=each.gate.rating.level if each.gate.rating else "",
        posted=each.posting is not None,
    )


def _marks(each: RangeOutcome) -> tuple[Mark, ...]:
    if each.result.outcome == "cut_at_maximum":
        raised = each.person.basic is not None and each.result.basic > each.person.basic
        return (Mark.INCREASE, Mark.CUT_AT_MAXIMUM) if raised else (Mark.CUT_AT_MAXIMUM,)
    if each.result.outcome == "increased":
        return (Mark.INCREASE,)
    return (Mark.UNCHANGED,)
