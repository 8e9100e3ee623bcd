"""What the rules need to know of people on a date, read at once for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from classification.models import BandLevel
from governance.queries.coverage import is_covered
from pay.ledger import Place
from pay.models import DenialState, PayAction
from pay.rules.eligibility import RatingFact
from performance.published import PublishedRating
from performance.queries.completed_periods import CompletedPeriods
from performance.queries.published import rating_facts
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused
from workforce.models import EmployeeState


@dataclass(frozen=True, slots=True)
class BandFacts:
    """A band as the rules want it."""

    id: int
    code: str
    level: str
    rank: int
    cluster_id: int

    @property
    def entry_developmental(self) -> bool:
        """Whether it is an Entry/Developmental band."""
        return self.level == BandLevel.ENTRY_DEVELOPMENTAL


@dataclass(frozen=True, slots=True)
class OpenDenial:
    """A denied increase that no rating has released yet; `state` as of now.

    `percentage` is the part of one that is withheld: of basic pay, or points of a supplement.
    """

    id: int
    kind: str
    adjusted_on: date
    percentage: Fraction
    basic_denied: int
    below_minimum: bool
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class HeldSupplement:
    """The supplement that a person keeps while an increase of it is denied (R11, R12).

    `kept` are the dollars that lift the rate to the minimum adjusted rate, 0 where `percent` alone
    makes the supplement; `least` is a rate in whole dollars that the adjusted one must reach.
    """

    kind: str
    percent: Decimal
    kept: int = 0
    least: int = 0


# Not frozen, though nobody changes one: making a frozen one takes two to three times as long.
@dataclass(slots=True)
class PersonPay:
    """One person on a date: rate in force, band, duty station, denials and ratings.

    Rates are whole dollars a year, None without a rate in force. Not `employed`: separated by then.
    """

    employee_id: int
    number: str
    hired: date
    employed: bool
    covered: bool
    coverage_category: str
    senior_executive: bool
    rate_since: date | None
    basic: int | None
    adjusted: int | None
    uncapped: int | None
    supplement_kind: str
    supplement_percent: Decimal
    retained: bool
    below_minimum: bool
    band: BandFacts | None
    assignment_id: int | None
    position_id: int | None
    area: str
    special_category: str
    last_posted: Place | None
    denials: tuple[OpenDenial, ...] = ()
    supplement_denials: tuple[OpenDenial, ...] = ()
    held: HeldSupplement | None = None
    ratings: tuple[PublishedRating, ...] = ()

    @property
    def rating_facts(self) -> tuple[RatingFact, ...]:
        """The ratings as the pure rules read them."""
        return tuple(fact_of(rating) for rating in self.ratings)

    def period_end(self, periods: CompletedPeriods) -> date | None:
        """Last day of the appraisal period completed most recently in the person's system."""
        level = self.band.level if self.band is not None else ""
        return periods.end_for(band_level=level, category=self.coverage_category)

    def paid(self) -> tuple[int, BandFacts]:
        """Basic pay and band. Raises Refused not_employed without a rate in force."""
        if not self.employed or self.basic is None or self.band is None:
            raise Refused("not_employed", "9701.321(a)", f"{self.number} has no rate in force.")
        return self.basic, self.band


def fact_of(rating: PublishedRating) -> RatingFact:
    """A published rating as the pure rules read it."""
    return _fact(
        rating.level_code, rating.unacceptable, rating.kind, rating.period_end, rating.issued_on
    )


#: Thousands share one: same level, same period, issued on the same day.
_fact = lru_cache(maxsize=4096)(RatingFact)
_SEPARATED = EmployeeState.SEPARATED.value


_PEOPLE = """
SELECT e.id, e.number, e.hired, e.state, e.separated, e.coverage_category, e.senior_executive,
       r.starts, r.basic, r.adjusted, r.uncapped, r.supplement_kind, r.supplement_percent,
       r.retained, r.below_minimum, r.action_id,
       b.id, b.code, b.level, b.rank, b.cluster_id,
       a.id, a.position_id, a.area, a.special_category,
       l.effective, l.step
  FROM workforce_employee e
  LEFT JOIN LATERAL (SELECT * FROM pay_payrate
                      WHERE employee_id = e.id AND starts <= %(on)s::date
                      ORDER BY starts DESC LIMIT 1) r ON true
  LEFT JOIN classification_band b ON b.id = r.band_id
  LEFT JOIN LATERAL (SELECT * FROM workforce_assignment
                      WHERE employee_id = e.id AND period @> %(on)s::date
                      ORDER BY kind DESC LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT effective, step FROM pay_payaction
                      WHERE employee_id = e.id
                      ORDER BY effective DESC, step DESC, place DESC LIMIT 1) l ON true
 WHERE e.id = ANY(%(ids)s::bigint[])
 ORDER BY e.id
"""


class _Row(NamedTuple):
    """One row of `_PEOPLE`."""

    id: int
    number: str
    hired: date
    state: str
    separated: date | None
    coverage_category: str
    senior_executive: bool
    starts: date | None
    basic: int | None
    adjusted: int | None
    uncapped: int | None
    supplement_kind: str | None
    supplement_percent: Decimal | None
    retained: bool | None
    below_minimum: bool | None
    action_id: int | None
    band_id: int | None
    code: str
    level: str
    rank: int
    cluster_id: int
    assignment_id: int | None
    position_id: int | None
    area: str | None
    special_category: str | None
    effective: date | None
    step: int


#: A defaulted one stays releasable, where the performance was shown in time (R8).
RELEASABLE = (
    DenialState.OPEN,
    DenialState.ACTION_INITIATED,
    DenialState.NEEDS_DECISION,
    DenialState.DEFAULTED,
)


def load(employee_ids: Iterable[int], *, on: date, rated: bool = True) -> dict[int, PersonPay]:
    """People by id on a date, in order of id; a few queries for any number.

    Of people unknown there is no entry. Their ratings are read unless `rated` is False.
    """
    ids = sorted(set(employee_ids))
    rows = [_Row._make(row) for row in binary_rows(_PEOPLE, {"ids": ids, "on": on})]
    denials = open_denials(ids)
    frozen = [row for row in rows if _of_kind(denials.get(row.id, ()), "supplement")]
    held = _held_supplements(frozen) if frozen else {}
    ratings = rating_facts(ids, on=on) if rated else {}
    covered = {
        category: is_covered(category, subpart="C", on=on)
        for category in {row.coverage_category for row in rows}
    }
    bands: dict[int, BandFacts] = {}
    people = {}
    for row in rows:
        people[row.id] = _person(
            row,
            on=on,
            band=_band(row, known=bands),
            covered=covered[row.coverage_category],
            denials=denials.get(row.id, ()),
            held=held.get(row.id),
            ratings=tuple(ratings.get(row.id, ())),
        )
    return people


def load_one(employee_id: int, *, on: date) -> PersonPay:
    """One person. Raises Refused unknown_employee."""
    found = load([employee_id], on=on).get(employee_id)
    if found is None:
        raise Refused("unknown_employee", "", f"There is no employee {employee_id}.")
    return found


_DENIALS = """
SELECT employee_id, id, kind, adjusted_on, percentage, basic_denied, below_minimum, due_on, state
  FROM pay_deniedincrease
 WHERE employee_id = ANY(%(ids)s::bigint[]) AND state = ANY(%(states)s::text[])
 ORDER BY employee_id, adjusted_on, kind
"""


def open_denials(employee_ids: Iterable[int]) -> dict[int, tuple[OpenDenial, ...]]:
    """Denied increases that a rating may yet release, oldest first; one query."""
    found: dict[int, list[OpenDenial]] = defaultdict(list)
    states = [state.value for state in RELEASABLE]
    rows = binary_rows(_DENIALS, {"ids": list(employee_ids), "states": states})
    for employee_id, pk, kind, adjusted_on, percentage, *rest in rows:
        found[employee_id].append(OpenDenial(pk, kind, adjusted_on, Fraction(percentage), *rest))
    return {employee_id: tuple(each) for employee_id, each in found.items()}


def _of_kind(denials: Iterable[OpenDenial], kind: str) -> tuple[OpenDenial, ...]:
    return tuple(denial for denial in denials if denial.kind == kind)


def _held_supplements(rows: Iterable[_Row]) -> dict[int, HeldSupplement]:
    """What each of these rates was figured with; one query.

    Where the ledger's percentage is not the one that the rule began with, dollars made it.
    """
    paid = [row for row in rows if row.basic is not None]
    actions = PayAction.objects.filter(pk__in=[row.action_id for row in paid])
    inputs = dict(actions.values_list("pk", "inputs"))
    return {row.id: held_with(row._asdict(), inputs.get(row.action_id or 0) or {}) for row in paid}


def held_with(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> HeldSupplement:
    """The supplement of one rate, by the inputs that it was figured with."""
    figured = inputs.get("frozen") or inputs.get("payable", inputs).get("percent")
    percent = row["supplement_percent"] or Decimal(0)
    if figured is None or Decimal(figured) == percent:
        return HeldSupplement(kind=row["supplement_kind"], percent=percent)
    return HeldSupplement(
        kind=row["supplement_kind"],
        percent=Decimal(figured),
        kept=row["uncapped"] - row["basic"],
    )


def _person(
    row: _Row,
    *,
    on: date,
    band: BandFacts | None,
    covered: bool,
    denials: tuple[OpenDenial, ...],
    held: HeldSupplement | None,
    ratings: tuple[PublishedRating, ...],
) -> PersonPay:
    gone = row.state == _SEPARATED and (row.separated is None or row.separated <= on)
    return PersonPay(
        employee_id=row.id,
        number=row.number,
        hired=row.hired,
        employed=not gone,
        covered=covered,
        coverage_category=row.coverage_category,
        senior_executive=row.senior_executive,
        rate_since=row.starts,
        basic=row.basic,
        adjusted=row.adjusted,
        uncapped=row.uncapped,
        supplement_kind=row.supplement_kind or "",
        supplement_percent=row.supplement_percent or Decimal(0),
        retained=bool(row.retained),
        below_minimum=bool(row.below_minimum),
        band=band,
        assignment_id=row.assignment_id,
        position_id=row.position_id,
        area=row.area or "",
        special_category=row.special_category or "",
        last_posted=(row.effective, row.step) if row.effective else None,
        denials=_of_kind(denials, "range") if denials else (),
        supplement_denials=_of_kind(denials, "supplement") if denials else (),
        held=held,
        ratings=ratings,
    )


def _band(row: _Row, *, known: dict[int, BandFacts]) -> BandFacts | None:
    """The band of a row; people in one band share one."""
    if row.band_id is None:
        return None
    band = known.get(row.band_id)
    if band is None:
        band = known[row.band_id] = BandFacts(
            id=row.band_id,
            code=row.code,
            level=row.level,
            rank=row.rank,
            cluster_id=row.cluster_id,
        )
    return band
