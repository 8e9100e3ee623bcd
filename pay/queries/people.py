"""What the rules need to know of people on a date, read at once for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection

from classification.models import BandLevel
from governance.queries.coverage import is_covered
from pay.ledger import Place
from pay.models import DenialState, DeniedIncrease, PayAction
from pay.rules.eligibility import RatingFact
from performance.published import PublishedRating
from performance.queries.published import rating_facts
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


@dataclass(frozen=True, slots=True)
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

    def paid(self) -> tuple[int, BandFacts]:
        """Basic pay and band. Raises Refused not_employed without a rate in force."""
        if not self.employed or self.basic is None or self.band is None:
            raise Refused("not_employed", "9701.321(a)", f"{self.number} has no rate in force.")
        return self.basic, self.band


def fact_of(rating: PublishedRating) -> RatingFact:
    """A published rating as the pure rules read it."""
    return RatingFact(
        level=rating.level_code,
        unacceptable=rating.unacceptable,
        kind=rating.kind,
        period_end=rating.period_end,
        issued=rating.issued_on,
    )


_PEOPLE = """
SELECT e.id, e.number, e.hired, e.state, e.separated, e.coverage_category, e.senior_executive,
       r.starts, r.basic, r.adjusted, r.uncapped, r.supplement_kind, r.supplement_percent,
       r.retained, r.below_minimum, r.action_id,
       b.id AS band_id, b.code, b.level, b.rank, b.cluster_id,
       a.id AS assignment_id, a.position_id, a.area, a.special_category,
       l.effective, l.step
  FROM workforce_employee e
  LEFT JOIN LATERAL (SELECT * FROM pay_payrate
                      WHERE employee_id = e.id AND starts <= %(on)s
                      ORDER BY starts DESC LIMIT 1) r ON true
  LEFT JOIN classification_band b ON b.id = r.band_id
  LEFT JOIN LATERAL (SELECT * FROM workforce_assignment
                      WHERE employee_id = e.id AND period @> %(on)s
                      ORDER BY kind DESC LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT effective, step FROM pay_payaction
                      WHERE employee_id = e.id
                      ORDER BY effective DESC, step DESC, place DESC LIMIT 1) l ON true
 WHERE e.id = ANY(%(ids)s)
 ORDER BY e.id
"""

#: A defaulted one stays releasable, where the performance was shown in time (R8).
RELEASABLE = (
    DenialState.OPEN,
    DenialState.ACTION_INITIATED,
    DenialState.NEEDS_DECISION,
    DenialState.DEFAULTED,
)


def load(employee_ids: Iterable[int], *, on: date) -> dict[int, PersonPay]:
    """People by id on a date, in order of id; a few queries for any number.

    Of people unknown there is no entry.
    """
    ids = sorted(set(employee_ids))
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"ids": ids, "on": on})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    denials = open_denials(ids)
    frozen = [row for row in rows if _of_kind(denials.get(row["id"], ()), "supplement")]
    held = _held_supplements(frozen) if frozen else {}
    ratings = rating_facts(ids, on=on)
    covered = {
        category: is_covered(category, subpart="C", on=on)
        for category in {row["coverage_category"] for row in rows}
    }
    return {
        row["id"]: _person(
            row,
            on=on,
            covered=covered[row["coverage_category"]],
            denials=denials.get(row["id"], ()),
            held=held.get(row["id"]),
            ratings=tuple(ratings[row["id"]]),
        )
        for row in rows
    }


def load_one(employee_id: int, *, on: date) -> PersonPay:
    """One person. Raises Refused unknown_employee."""
    found = load([employee_id], on=on).get(employee_id)
    if found is None:
        raise Refused("unknown_employee", "", f"There is no employee {employee_id}.")
    return found


def open_denials(employee_ids: Iterable[int]) -> dict[int, tuple[OpenDenial, ...]]:
    """Denied increases that a rating may yet release, oldest first; one query."""
    found: dict[int, list[OpenDenial]] = defaultdict(list)
    rows = DeniedIncrease.objects.filter(
        employee_id__in=list(employee_ids), state__in=RELEASABLE
    ).order_by("employee_id", "adjusted_on", "kind")
    for row in rows:
        found[row.employee_id].append(
            OpenDenial(
                id=row.pk,
                kind=row.kind,
                adjusted_on=row.adjusted_on,
                percentage=Fraction(row.percentage),
                basic_denied=row.basic_denied,
                below_minimum=row.below_minimum,
                due_on=row.due_on,
                state=str(row.state),
            )
        )
    return {employee_id: tuple(each) for employee_id, each in found.items()}


def _of_kind(denials: Iterable[OpenDenial], kind: str) -> tuple[OpenDenial, ...]:
    return tuple(denial for denial in denials if denial.kind == kind)


def _held_supplements(rows: Iterable[Mapping[str, Any]]) -> dict[int, HeldSupplement]:
    """What each of these rates was figured with; one query.

    Where the ledger's percentage is not the one that the rule began with, dollars made it.
    """
    rows = [row for row in rows if row["basic"] is not None]
    actions = PayAction.objects.filter(pk__in=[row["action_id"] for row in rows])
    inputs = dict(actions.values_list("pk", "inputs"))
    return {row["id"]: _held(row, inputs.get(row["action_id"]) or {}) for row in rows}


def _held(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> HeldSupplement:
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
    row: Mapping[str, Any],
    *,
    on: date,
    covered: bool,
    denials: tuple[OpenDenial, ...],
    held: HeldSupplement | None,
    ratings: tuple[PublishedRating, ...],
) -> PersonPay:
    gone = row["state"] == EmployeeState.SEPARATED and (
        row["separated"] is None or row["separated"] <= on
    )
    return PersonPay(
        employee_id=row["id"],
        number=row["number"],
        hired=row["hired"],
        employed=not gone,
        covered=covered,
        coverage_category=row["coverage_category"],
        senior_executive=row["senior_executive"],
        rate_since=row["starts"],
        basic=row["basic"],
        adjusted=row["adjusted"],
        uncapped=row["uncapped"],
        supplement_kind=row["supplement_kind"] or "",
        supplement_percent=row["supplement_percent"] or Decimal(0),
        retained=bool(row["retained"]),
        below_minimum=bool(row["below_minimum"]),
        band=_band(row),
        assignment_id=row["assignment_id"],
        position_id=row["position_id"],
        area=row["area"] or "",
        special_category=row["special_category"] or "",
        last_posted=(row["effective"], row["step"]) if row["effective"] else None,
        denials=_of_kind(denials, "range"),
        supplement_denials=_of_kind(denials, "supplement"),
        held=held,
        ratings=ratings,
    )


def _band(row: Mapping[str, Any]) -> BandFacts | None:
    if row["band_id"] is None:
        return None
    return BandFacts(
        id=row["band_id"],
        code=row["code"],
        level=row["level"],
        rank=row["rank"],
        cluster_id=row["cluster_id"],
    )
