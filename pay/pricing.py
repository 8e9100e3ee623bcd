"""The one way from basic pay to what is paid: supplement, cap, and the posting that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.queries.people import HeldSupplement, PersonPay
from pay.queries.terms import Terms
from pay.rules.payable_rate import PayableRate, payable_rate
from pay.rules.supplement import SelectedSupplement, uncapped_adjusted


@dataclass(frozen=True, slots=True)
class _Tariff:
    """What the rates of people alike are figured with, and the parameters that told it."""

    supplement: SelectedSupplement
    payable: Mapping[str, Any]
    read: Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Priced:
    """What a rate of basic pay comes to for one person, and the arguments it was figured with."""

    supplement: SelectedSupplement
    rate: PayableRate
    #: Shared with others, so not to be changed.
    payable: Mapping[str, Any]


def supplement_of(person: PersonPay, *, band_id: int | None, terms: Terms) -> SelectedSupplement:
    """The published supplement of a person in a band, by duty station and category (R9).

    5 CFR 9701.304 (special rate supplement). Refused: `parameter_missing`.
    """
    return terms.supplements.select(
        person.area, person.special_category, band_id=band_id, tie=terms.policy["supp.tie"]
    )


def priced(
    person: PersonPay, *, basic: int, retained: bool, band_id: int | None, terms: Terms
) -> Priced:
    """Supplement, uncapped and payable rate of basic pay in a band (R9, then R10 as the last step).

    5 CFR 9701.331, 9701.335(c), 9701.312. A supplement that the person holds while an increase of
    it is denied goes before the published one, but not above it. Refused: `above_executive_level`,
    `invalid_range`, `parameter_missing`.
    """
    tariff = _tariff(person, retained=retained, band_id=band_id, terms=terms)
    chosen, payable, held = tariff.supplement, tariff.payable, person.held
    if held is not None:
        chosen = SelectedSupplement(
            kind=held.kind or "none",  # type: ignore[arg-type]
            percent=min(held.percent, chosen.percent),
        )
        payable = {**payable, "percent": chosen.percent} | _lifted(tariff, held)
    return Priced(supplement=chosen, rate=payable_rate(basic, **payable), payable=payable)


def _tariff(person: PersonPay, *, retained: bool, band_id: int | None, terms: Terms) -> _Tariff:
    """The tariff of people like this one, without a supplement held; found once for all of them."""
    key = (person.area, person.special_category, band_id, person.senior_executive, retained)
    tariff = terms.tariffs.get(key)
    if tariff is None:
        one = terms.for_one()
        chosen = supplement_of(person, band_id=band_id, terms=one)
        payable = {
            "percent": chosen.percent,
            "retained_mode": one.policy["supp.retained_mode"],
            "maximum": one.range_of(band_id).maximum,
            "cap": one.schedule.cap(senior_executive=person.senior_executive),
            "critical_pay": False,
            "retained": retained,
        }
        tariff = terms.tariffs[key] = _Tariff(chosen, payable, one.policy.read)
    terms.policy.read.update(tariff.read)
    return tariff


def _lifted(tariff: _Tariff, held: HeldSupplement) -> dict[str, Any]:
    """What a held supplement in dollars adds to the arguments."""
    added: dict[str, Any] = {}
    if held.kept:
        added["kept_supplement"] = held.kept
    if held.least:
        added["least"] = held.least
    if added:
        added["published"] = tariff.supplement.percent
    return added


def lifted(person: PersonPay, *, terms: Terms) -> PersonPay:
    """The person as one whose adjusted rate must reach the minimum adjusted rate of his band.

    5 CFR 9701.357(a). Changes nothing where no supplement is denied.
    """
    if person.held is None or person.band is None:
        return person
    return replace(person, held=replace(person.held, least=least_adjusted(person, terms=terms)))


def raised_to(person: PersonPay, *, basic: int, terms: Terms) -> PersonPay:
    """The person whose basic pay a release or default raises while he keeps dollars of a lift.

    They are kept as far as the minimum adjusted rate goes, to which they lifted him (R12).
    """
    if person.held is None or person.band is None or not person.held.kept:
        return person
    room = max(0, least_adjusted(person, terms=terms) - basic)
    return replace(person, held=replace(person.held, kept=min(person.held.kept, room)))


def least_adjusted(person: PersonPay, *, terms: Terms) -> int:
    """The minimum adjusted rate of the person's band, in whole dollars, before the cap."""
    _, band = person.paid()
    published = supplement_of(person, band_id=band.id, terms=terms).percent
    return uncapped_adjusted(terms.range_of(band.id).minimum, percent=published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a posting comes from: order, run, who acts and on whose authority."""

    order_id: int | None = None
    run_id: int | None = None
    actor_id: int | None = None
    authority: str = ""


def rate_posting(
    person: PersonPay,
    *,
    kind: Kind,
    rule: str,
    citation: str,
    arguments: Mapping[str, Any],
    basic: int,
    retained: bool,
    below_minimum: bool,
    terms: Terms,
    source: Source,
    band_id: int | None = None,
    step: int | None = None,
    lump_sum: Decimal = Decimal(0),
    amount: Decimal | None = None,
) -> Posting:
    """The posting of a rate that a rule made, priced on the date of the terms.

    `arguments` are those of the rule; `band_id` is the new band where it changes.
    """
    band_id = band_id if band_id is not None else (person.band.id if person.band else None)
    price = priced(person, basic=basic, retained=retained, band_id=band_id, terms=terms)
    band = terms.range_of(band_id)
    return Posting(
        employee_id=person.employee_id,
        order_id=source.order_id,
        run_id=source.run_id,
        effective=terms.on,
        step=step if step is not None else step_of(kind, policy=terms.policy),
        kind=kind.value,
        rule=rule,
        citation=citation,
        inputs={**arguments, "payable": price.payable},
        policy=terms.policy.read.copy(),
        band_id=band_id,
        basic_before=person.basic,
        basic_after=basic,
        uncapped=price.rate.uncapped,
        adjusted=price.rate.adjusted,
        supplement_kind=price.supplement.kind,
        supplement_percent=price.rate.supplement_percent,
        supplement=price.rate.supplement,
        retained=retained,
        lump_sum=lump_sum,
        amount=amount,
        below_minimum=below_minimum,
        actor_id=source.actor_id,
        authority=source.authority,
        minimum=band.minimum,
        maximum=band.maximum,
        cap=price.payable["cap"],
        critical_pay=False,
    )
