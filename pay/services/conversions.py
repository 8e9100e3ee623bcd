"""What conversion is for people, computed and not written; preview, runs and acts share it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pay.kinds import Kind, step_of
from pay.ledger import Posting, check
from pay.pricing import Source, rate_posting, supplement_of
from pay.queries.conversions import InPlace, in_place
from pay.queries.parallel_systems import parallel_categories
from pay.queries.people import PersonPay
from pay.queries.terms import Terms
from pay.rules import conversion as rule
from pay.rules.conversion import convert as least_rate
from pay.rules.conversion import refuse_reduction
from pay.rules.conversion_day import ConversionDay, FormerPay, plan_conversion_day
from pay.services.buy_in import FormerRate, buy_in_posting, former_rate
from regulation.refusals import Refused

CITATION = "9701.371(a)"
PARALLEL_CITATION = "9701.374"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What conversion is for one person: the day by R33, and the steps for the ledger."""

    employee_id: int
    band_id: int
    former: FormerPay
    day: ConversionDay
    postings: tuple[Posting, ...]

    @property
    def result(self) -> Posting:
        """The step that is the conversion itself, the last of the day."""
        return self.postings[-1]


def conversions_of(
    people: Mapping[int, PersonPay], *, formers: Mapping[int, FormerPay], terms: Terms
) -> tuple[list[Conversion], dict[int, Refused]]:
    """What conversion is for each, and who cannot be converted and why; writes nothing.

    5 CFR 9701.371-374; R32 to R34. Raises Refused `parameter_missing` for everybody at once.
    """
    buy_in = terms.policy["conversion.buyin"]
    places = in_place(people.values(), on=terms.on)
    parallel = parallel_categories(on=terms.on)
    found: list[Conversion] = []
    refused: dict[int, Refused] = {}
    for employee_id, person in people.items():
        try:
            found.append(
                _conversion(
                    person,
                    places.get(employee_id),
                    former=formers.get(employee_id),
                    buy_in=buy_in,
                    parallel=parallel,
                    terms=terms.for_one(),
                )
            )
        except Refused as refusal:
            refused[employee_id] = refusal
    return found, refused


def in_position_of_record(person: PersonPay, place: InPlace) -> PersonPay:
    """The person where the position of record stands, which a temporary promotion may not be."""
    return replace(person, area=place.area, special_category=place.special_category)


def _conversion(
    person: PersonPay,
    place: InPlace | None,
    *,
    former: FormerPay | None,
    buy_in: str,
    parallel: Collection[str],
    terms: Terms,
) -> Conversion:
    _refuse_not_converted(person, place, parallel=parallel, terms=terms)
    former = _stated(person, former)
    band_id, moved = _band_of(person, place, former=former, on=terms.on)
    day = plan_conversion_day(former, buy_in=terms.policy["conversion.buyin"])
    before = former_rate(former, day=day)
    postings: list[Posting] = []
    if day.buy_in:
        postings.append(
            buy_in_posting(
                moved, former=former, before=before, mode=buy_in, band_id=band_id, terms=terms
            )
        )
    postings.append(
        _conversion_posting(moved, day=day, before=before, band_id=band_id, terms=terms)
    )
    # One by one, so that whom the door of the ledger refuses keeps nobody else out.
    for posting in postings:
        check(posting)
    return Conversion(
        employee_id=person.employee_id,
        band_id=band_id,
        former=former,
        day=day,
        postings=tuple(postings),
    )


def _stated(person: PersonPay, former: FormerPay | None) -> FormerPay:
    if former is None:
        message = f"No former rate of {person.number} is on record. Load it first."
        raise Refused("record_incomplete", rule.CITATION, message)
    return former


def _refuse_not_converted(
    person: PersonPay, place: InPlace | None, *, parallel: Collection[str], terms: Terms
) -> None:
    """Refuse who does not come under the system in place on this day."""
    if not person.covered:
        message = (
            f"Subpart C does not apply to {person.number} on {terms.on}: the category "
            f"“{person.coverage_category}” is not covered."
        )
        raise Refused("not_covered", "9701.102(c)", message)
    if person.coverage_category in parallel:
        message = f"A parallel pay system holds for {person.coverage_category}."
        raise Refused("not_eligible", PARALLEL_CITATION, message)
    if person.basic is not None:
        message = f"{person.number} is paid {person.basic:,} under this system already."
        raise Refused("already_employed", CITATION, message)
    step = step_of(Kind.CONVERSION, policy=terms.policy)
    if person.last_posted is not None and person.last_posted > (terms.on, step):
        message = f"Pay of {person.number} is posted for {person.last_posted[0]} already."
        raise Refused("earlier_than_posted", CITATION, message)
    if place is None or place.covered_before or not place.held_before:
        message = (
            f"{person.number} did not become covered in place on {terms.on}. Who moves into a "
            "covered position has pay set on appointment (9701.351)."
        )
        raise Refused("not_a_conversion", CITATION, message)


def _band_of(
    person: PersonPay, place: InPlace | None, *, former: FormerPay, on: date
) -> tuple[int, PersonPay]:
    """The band of the position of record, and the person in it."""
    if place is not None and place.moved and not former.same_day:
        message = (
            f"{person.number} moved on {on}: say what the former system made of it, which comes "
            "first."
        )
        raise Refused("record_incomplete", "9701.373(c)", message)
    if place is None or place.band_id is None:
        message = f"The position of record of {person.number} is not classified on {on}."
        raise Refused("record_incomplete", "9701.221", message)
    return place.band_id, in_position_of_record(person, place)


def _conversion_posting(
    person: PersonPay, *, day: ConversionDay, before: FormerRate, band_id: int, terms: Terms
) -> Posting:
    limits = terms.range_of(band_id)
    arguments: dict[str, Any] = {
        "total": day.total,
        "percent": supplement_of(person, band_id=band_id, terms=terms).percent,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retained_mode": terms.policy["supp.retained_mode"],
        "cap": terms.schedule.cap(senior_executive=person.senior_executive),
        "former_basic": before.basic if before.special else None,
    }
    result = least_rate(**arguments)
    posting = rate_posting(
        replace(person, basic=before.basic),
        kind=Kind.CONVERSION,
        rule=rule.RULE,
        citation=rule.SPECIAL_RATE_CITATION if before.special else rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=result.retained,
        below_minimum=False,
        terms=terms,
        source=Source(),
        band_id=band_id,
    )
    refuse_reduction(before=day.total, after=posting.adjusted or 0)
    return posting
