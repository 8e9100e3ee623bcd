"""Posting what was certified, person by person (5 CFR 9701.342(d); R17, R18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from pay.kinds import Kind, step_of
from pay.ledger import Posting, post_many
from pay.models import OrderKind
from pay.pricing import Source, rate_posting
from pay.queries.people import PersonPay
from pay.queries.standing import as_of_place
from pay.queries.terms import Terms
from pay.rules import payout as rule
from pay.rules.encoding import decode
from pay.services.late_adjustments import Due, LatePosting, post_late, posted_for_later
from pay.services.orders import Decision, place_orders
from pay.services.pool_lines import payout_of
from pay.services.range_outcomes import refuse_unready
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One payout to be posted: what certification froze, without the person."""

    employee_id: int
    mode: str
    value: Decimal | None
    points: Decimal
    proration: Fraction
    basic: int
    maximum: int
    retained: bool


class FrozenLine(Protocol):
    """What certification froze of a member, as it is read back."""

    @property
    def employee_id(self) -> int: ...
    @property
    def points(self) -> Decimal: ...
    @property
    def proration(self) -> str: ...
    @property
    def basic(self) -> int: ...
    @property
    def band_maximum(self) -> int: ...
    @property
    def retained(self) -> bool: ...


def due_line(line: FrozenLine, *, mode: str, value: Decimal | None) -> DueLine:
    """A stored line with the mode and the value of a point of its pool."""
    return DueLine(
        employee_id=line.employee_id,
        mode=mode,
        value=value,
        points=line.points,
        proration=_part(line.proration),
        basic=line.basic,
        maximum=line.band_maximum,
        retained=line.retained,
    )


@lru_cache(maxsize=4096)
def _part(text: str) -> Fraction:
    part: Fraction = decode(text, Fraction)
    return part


@dataclass(frozen=True, slots=True)
class Payouts:
    """Payouts that are posted, none of zero, and the people left alone with the reason."""

    due: list[Due]
    exceptions: list[tuple[int, Refused]]

    @property
    def postings(self) -> list[Posting]:
        """The steps."""
        return [each.posting for each in self.due]


def post_payouts(
    lines: Iterable[DueLine],
    *,
    people: Mapping[int, PersonPay],
    terms: Terms,
    decision: Decision,
    on: date,
    chosen: Mapping[str, Any] | None = None,
) -> Payouts:
    """Post certified lines on the terms' date, in the caller's commit and under his locks.

    A payout is one posting that carries its lump sum; `chosen` is ordered for each outside a run.
    Of whom a step is posted for later, that is replayed. Left alone is whose pay changed since
    certification, as `stale_form`, or whose later steps do not fit, as `conflicting_order`.
    """
    found = Payouts([], [])
    due = {line.employee_id: line for line in lines}
    at = (terms.on, step_of(Kind.PERFORMANCE_PAYOUT, policy=terms.policy))
    apart = set(posted_for_later((people[pk] for pk in due), at=at))
    # Here and not while postings are written, when nothing can be read.
    standing = list(as_of_place((people[pk] for pk in due), on=at[0], step=at[1]))
    made = _payouts(due, standing, found=found, terms=terms, source=decision.source)
    postings = (posting for posting in made if posting.employee_id not in apart)

    def ordered(postings: list[Posting]) -> list[Posting]:
        if chosen is None:
            return postings
        orders = place_orders(
            [posting.employee_id for posting in postings],
            kind=OrderKind.PAYOUT,
            effective=terms.on,
            chosen=chosen,
            decision=decision,
        )
        return [
            replace(posting, order_id=orders[posting.employee_id].order_id) for posting in postings
        ]

    if chosen is None:
        post_many(postings, at_most=len(due))
    else:
        post_many(ordered(list(postings)))
    later = [each.person.employee_id for each in found.due if each.person.employee_id in apart]
    post_late(
        found.due,
        found.exceptions,
        later=later,
        how=LatePosting(
            at=at, decision=decision, on=on, ordered=lambda posting: ordered([posting])[0]
        ),
    )
    return found


def _payouts(
    due: Mapping[int, DueLine],
    people: Iterable[PersonPay],
    *,
    found: Payouts,
    terms: Terms,
    source: Source,
) -> Iterator[Posting]:
    """The postings of certified lines for these people as they stand, which `found` keeps too."""
    one = terms.for_one()
    for person in people:
        one.policy.forget()
        try:
            posting = _posting(due[person.employee_id], person=person, terms=one, source=source)
        except Refused as refusal:
            found.exceptions.append((person.employee_id, refusal))
            continue
        if posting is not None:
            found.due.append(Due(person, posting))
            yield posting


def _posting(line: DueLine, *, person: PersonPay, terms: Terms, source: Source) -> Posting | None:
    basic, band = person.paid()
    limits = terms.range_of(band.id)
    maximum = limits.maximum
    if (basic, person.retained, maximum) != (line.basic, line.retained, line.maximum):
        raise Refused(
            "stale_form",
            "9701.342(d)(3)",
            f"The pay of {person.number} changed after its payout was certified.",
        )
    result = payout_of(
        basic,
        retained=person.retained,
        mode=line.mode,
        value=line.value,
        points=line.points,
        factor=line.proration,
        maximum=maximum,
        policy=terms.policy,
    )
    if result.paid == 0:
        return None
    kind = Kind.PERFORMANCE_PAYOUT if result.increase else Kind.LUMP_SUM_PAYOUT
    step = step_of(kind, policy=terms.policy)
    refuse_unready(person, effective=terms.on, step=step)
    arguments: dict[str, Any] = {
        "mode": line.mode,
        "value": line.value,
        "points": line.points,
        "proration": line.proration,
        "maximum": maximum,
        "excess_lump": terms.policy["payout.excess_lump"] == "pay",
    }
    if person.retained:
        arguments |= {"rate": basic, "retained_lump": terms.policy["retained.lump"]}
    else:
        arguments |= {"basic": basic}
    return rate_posting(
        person,
        kind=kind,
        rule=rule.RETAINED_RULE if person.retained else rule.RULE,
        citation=rule.RETAINED_CITATION if person.retained else rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=person.retained,
        below_minimum=person.below_minimum and result.basic < limits.minimum,
        terms=terms,
        source=source,
        step=step,
        lump_sum=Decimal(result.lump_sum),
    )
