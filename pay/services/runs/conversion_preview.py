"""A conversion computed on people as they are, writing nothing; and what a run made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from classification.models import Band
from pay.models import FormerRate, PayRun
from pay.queries.conversions import in_place
from pay.queries.former_rates import former_pay, former_rates
from pay.queries.people import PersonPay, load
from pay.queries.terms import Terms, terms_on
from pay.rules.conversion_day import BUY_IN, CONVERSION, DayStep
from pay.services.conversions import Conversion, conversions_of
from pay.services.runs.conversion_plan import ConversionPlan, check_conversion_plan, population
from pay.services.runs.law_enforcement import ranges_below_officers
from pay.services.runs.outcomes import Mark, Outcome
from regulation.refusals import Refused

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ConversionComputation:
    """What a conversion rests on, and the people whom it is about, by id."""

    run: PayRun
    terms: Terms
    employee_ids: Sequence[int]
    bands: Mapping[int, str]
    #: Former rates of the share read last, so that basis and outcomes share one query.
    _read: dict[int, FormerRate] = field(default_factory=dict)

    def shares(
        self, ids: Sequence[int] | None = None, *, size: int = BATCH
    ) -> Iterator[tuple[list[int], dict[int, PersonPay]]]:
        """Ids and the people behind them, some at a time, so that memory stays flat."""
        wanted = self.employee_ids if ids is None else ids
        for start in range(0, len(wanted), size):
            share = list(wanted[start : start + size])
            self._read.clear()
            self._read.update(former_rates(share, converts_on=self.run.effective))
            yield share, load(share, on=self.run.effective)

    def outcomes(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> list[Outcome]:
        """What conversion is for each of a share, in order of id."""
        formers = {pk: former_pay(row) for pk, row in self._read.items()}
        found, refused = conversions_of(people, formers=formers, terms=self.terms)
        return conversion_outcomes(found, refused, ids=share, bands=self.bands)

    def basis(self, share: Sequence[int], people: Mapping[int, PersonPay]) -> Iterable[Any]:
        """What the outcomes of a share rest on: people, their places and their former rates."""
        places = in_place(people.values(), on=self.run.effective)
        for pk, person in people.items():
            row = self._read.get(pk)
            yield (
                *(pk, person.employed, person.covered, person.coverage_category, person.basic),
                *(person.senior_executive, person.last_posted, places.get(pk)),
                None if row is None else (former_pay(row), row.law_enforcement),
            )

    def rests_on(self) -> tuple[Any, ...]:
        """Nothing beside plan, terms and people."""
        return ()

    def figures(self) -> dict[str, dict[str, Any]]:
        """Nothing beyond the counts."""
        return {}

    def warnings(self) -> list[str]:
        """Ranges that give officers less than the former system did (5 CFR 9701.372(b))."""
        return [str(refusal) for refusal in self.below_officers()]

    def below_officers(self) -> list[Refused]:
        """Each initial range that does not pass the test of R36."""
        return ranges_below_officers(
            self.employee_ids, on=self.run.effective, terms=self.terms, bands=self.bands
        )


def conversion_computation(run: PayRun) -> ConversionComputation:
    """Read what a conversion rests on. Refused: what `check_conversion_plan` refuses."""
    plan = ConversionPlan.from_json(run.plan)
    organizations = check_conversion_plan(plan, effective=run.effective, run=run)
    return ConversionComputation(
        run=run,
        terms=terms_on(run.effective),
        employee_ids=population(plan, organizations=organizations, effective=run.effective),
        bands=band_codes(),
    )


def refuse_ranges_below_officers(computation: ConversionComputation) -> None:
    """Refuse, as `invalid_range`, initial ranges that fail the test of R36 (5 CFR 9701.372(b))."""
    for refusal in computation.below_officers():
        raise refusal


def band_codes() -> dict[int, str]:
    """Every band's code by its id."""
    return dict(Band.objects.values_list("pk", "code"))


def conversion_outcomes(
    found: Iterable[Conversion],
    refused: Mapping[int, Refused],
    *,
    ids: Sequence[int],
    bands: Mapping[int, str],
) -> list[Outcome]:
    """Everybody of a share converted or an exception, so that nobody is missing, in order of id."""
    outcomes = {each.employee_id: _outcome(each, bands=bands) for each in found}
    for employee_id in ids:
        if employee_id not in outcomes:
            gone = Refused("unknown_employee", "9701.371(a)", "Is no longer on record.")
            outcomes[employee_id] = _exception(employee_id, refused.get(employee_id, gone))
    return [outcomes[employee_id] for employee_id in sorted(outcomes)]


def _outcome(each: Conversion, *, bands: Mapping[int, str]) -> Outcome:
    result = each.result
    marks = [Mark.CONVERTED]
    if result.retained:
        marks.append(Mark.RETAINED)
    elif result.basic_after == result.minimum and (result.adjusted or 0) > each.day.total:
        marks.append(Mark.RAISED_TO_MINIMUM)
    return Outcome(
        employee_id=each.employee_id,
        group=bands.get(each.band_id, ""),
        marks=tuple(marks),
        before=each.postings[0].basic_before,
        after=result.basic_after,
        adjusted=result.adjusted,
        posted=True,
        message=_day_in_words(each.day.steps),
        former_total=each.day.total,
        buy_in=each.day.buy_in,
    )


def _day_in_words(steps: Sequence[DayStep]) -> str:
    """What came before conversion on its day, for the eye (R33)."""
    told = [
        f"{step.kind.replace('_', ' ')} {step.total:,}"
        for step in steps
        if step.block not in (BUY_IN, CONVERSION)
    ]
    return "; ".join(told)[:300].capitalize()


def _exception(employee_id: int, refusal: Refused) -> Outcome:
    return Outcome(
        employee_id=employee_id,
        group="",
        marks=(Mark.EXCEPTION,),
        code=refusal.code,
        message=str(refusal)[:300],
    )
