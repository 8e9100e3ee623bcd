"""A supplement adjustment computed on people as they are, writing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pay.models import PayRun
from pay.pricing import supplement_of
from pay.queries.components import components_of
from pay.queries.people import PersonPay, load
from pay.queries.terms import Terms, terms_on
from pay.services.adjust_supplement import people_with_supplement
from pay.services.runs.outcomes import Mark, Outcome
from pay.services.runs.range_preview import BATCH, facts_of
from pay.services.runs.supplement_plan import (
    Publication,
    SupplementPlan,
    check_supplement_plan,
)
from pay.services.supplement_outcomes import (
    SupplementAdjustment,
    SupplementOutcome,
    postings_for_supplement_adjustment,
)
from performance.queries.completed_periods import CompletedPeriods, completed_periods
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class SupplementComputation:
    """What a supplement adjustment rests on, and the people whom it is about, by id."""

    run: PayRun
    plan: SupplementPlan
    publication: Publication
    #: The terms of the date, with what the run publishes.
    terms: Terms
    periods: CompletedPeriods
    employee_ids: Sequence[int]

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
        found = postings_for_supplement_adjustment(
            people.values(),
            before=replace(self.terms, supplements=self.publication.before),
            terms=self.terms,
            periods=self.periods,
        )
        return supplement_outcomes(found, people=people, ids=share, terms=self.terms)

    def basis(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> Iterable[Any]:
        """What the outcomes of a share rest on: the people as they are."""
        return (
            (*facts_of(person), person.supplement_kind, person.supplement_percent, person.held)
            for person in people.values()
        )

    def rests_on(self) -> tuple[Any, ...]:
        """What beside plan, terms and people the outcomes depend on."""
        before = sorted(self.publication.before.percents.items(), key=repr)
        return (self.periods, before)

    def figures(self) -> dict[str, dict[str, Any]]:
        """Nothing beyond the counts; see the payout's."""
        return {}

    def warnings(self) -> list[str]:
        """That a cut is for every rating (5 CFR 9701.334(a), 9701.335(c))."""
        places = self.publication.before.percents.keys() | self.publication.after.percents.keys()
        lower = any(
            self.publication.after.percents.get(place, 0)
            < self.publication.before.percents.get(place, 0)
            for place in places
            if place in self.publication.after.percents
        )
        return ["The percentage falls: it falls for every rating."] if lower else []


def supplement_computation(run: PayRun) -> SupplementComputation:
    """Read what a run rests on; the new percentage stands in its terms though not in the database.

    Refused: what `check_supplement_plan` refuses, and `parameter_missing`.
    """
    plan = SupplementPlan.from_json(run.plan)
    found = check_supplement_plan(plan, effective=run.effective, run=run)
    return SupplementComputation(
        run=run,
        plan=plan,
        publication=found,
        terms=replace(terms_on(run.effective), supplements=found.after),
        periods=completed_periods(run.effective),
        employee_ids=people_with_supplement(
            plan.kind, key=plan.key, on=run.effective, bands=plan.bands
        ),
    )


def supplement_outcomes(
    found: SupplementAdjustment,
    *,
    people: Mapping[int, PersonPay],
    ids: Iterable[int],
    terms: Terms,
) -> list[Outcome]:
    """Everybody of a share in one of the outcomes, so that nobody is missing, in order of id.

    Who is neither adjusted nor refused has another supplement, which is the larger one, or no rate
    any more: an exception, `not_employed`.
    """
    components = components_of(people.values())
    made = {each.person.employee_id: each for each in found.outcomes}
    refused = dict(found.exceptions)
    outcomes = []
    for employee_id in sorted(ids):
        person, group = people.get(employee_id), components.get(employee_id, "")
        if employee_id in made:
            outcomes.append(_changed(made[employee_id], group=group))
            continue
        refusal = refused.get(employee_id)
        if refusal is None and (person is None or person.basic is None or not person.employed):
            refusal = Refused("not_employed", "9701.332(a)", "Has no rate in force on the date.")
        if refusal is None and person is not None:
            outcomes.append(_other_supplement(person, group=group, terms=terms))
        else:
            outcomes.append(_left_alone(employee_id, person, refusal, group=group))
    return outcomes


def _changed(each: SupplementOutcome, *, group: str) -> Outcome:
    person, posting = each.person, each.posting
    adjusted = posting.adjusted if posting else person.adjusted
    uncapped = posting.uncapped if posting else person.uncapped
    percent = posting.supplement_percent if posting else person.supplement_percent
    capped = adjusted is not None and uncapped is not None and uncapped > adjusted
    marks = [*_what_happened(each, adjusted=adjusted)]
    if each.below_minimum:
        marks.append(Mark.BELOW_MINIMUM)
    if not each.opens_denial and not person.retained and percent < each.published:
        marks.append(Mark.STILL_FROZEN)
    if capped:
        marks.append(Mark.AT_CAP)
    return Outcome(
        employee_id=person.employee_id,
        group=group,
        marks=tuple(marks),
        before=person.basic,
        after=person.basic,
        adjusted=adjusted,
        lost=(uncapped or 0) - (adjusted or 0) if capped else 0,
        level=each.level,
        posted=posting is not None,
        adjusted_before=person.adjusted,
        percent_before=f"{person.supplement_percent.normalize():f}",
        percent=f"{percent.normalize():f}",
    )


def _what_happened(each: SupplementOutcome, *, adjusted: int | None) -> tuple[Mark, ...]:
    if each.opens_denial:
        return (Mark.DENIED,)
    before = each.person.adjusted
    if adjusted is None or before is None or adjusted == before:
        return (Mark.UNCHANGED,)
    return (Mark.INCREASE,) if adjusted > before else (Mark.REDUCED,)


def _other_supplement(person: PersonPay, *, group: str, terms: Terms) -> Outcome:
    paid = supplement_of(person, band_id=person.band.id if person.band else None, terms=terms)
    percent = f"{person.supplement_percent.normalize():f}"
    return Outcome(
        employee_id=person.employee_id,
        group=group,
        marks=(Mark.UNCHANGED,),
        before=person.basic,
        after=person.basic,
        adjusted=person.adjusted,
        message=f"The {paid.kind} supplement is the larger one and stays.",
        adjusted_before=person.adjusted,
        percent_before=percent,
        percent=percent,
    )


def _left_alone(
    employee_id: int, person: PersonPay | None, refusal: Refused | None, *, group: str
) -> Outcome:
    return Outcome(
        employee_id=employee_id,
        group=group,
        marks=(Mark.EXCEPTION,),
        before=person.basic if person else None,
        after=person.basic if person else None,
        adjusted=person.adjusted if person else None,
        code=refusal.code if refusal else "",
        message=str(refusal)[:300],
        adjusted_before=person.adjusted if person else None,
    )
