"""A person's steps of pay from a date on, as they should have been (R37)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pay.kinds import Kind, step_of
from pay.ledger import Corrected, Posting
from pay.models import DeniedIncrease, PayAction
from pay.pricing import Source, rate_posting, supplement_of
from pay.queries.people import PersonPay, load_one
from pay.queries.terms import Terms, terms_on
from pay.rules import payout as payout_rule
from pay.rules.payout import EQUAL_TO_BOUND
from pay.rules.rebuild import CITATION, Ground, rebuild
from pay.services.certify_pool import payout_of
from pay.services.range_outcomes import gate_of
from pay.services.wrong_payouts import WrongPayout
from performance.queries.published import latest_completed_period_end
from regulation.refusals import Refused

_PAYOUTS = (payout_rule.RULE, payout_rule.RETAINED_RULE)
_GATED = ("R5", "R6", "R11")
_MOVES = (Kind.PROMOTION, Kind.DEMOTION, Kind.REASSIGNMENT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the steps before leave: whole dollars a year, percent of the supplement, band."""

    basic: int | None
    retained: bool
    percent: Decimal
    band_id: int | None


@dataclass(slots=True)
class Timeline:
    """The steps that stand, and what of them the wrong rating decided."""

    employee_id: int
    actions: Sequence[PayAction]
    since: date
    denials: Sequence[DeniedIncrease]
    payouts: Sequence[WrongPayout]
    source: Source
    #: Denials of other ratings that stand, by their step.
    others: Mapping[int, DeniedIncrease] = field(default_factory=dict)

    @property
    def undone(self) -> frozenset[date]:
        """The dates of the range increases that were to be paid after all."""
        return frozenset(each.adjusted_on for each in self.denials if each.kind == "range")

    @property
    def unfrozen(self) -> date | None:
        """From when a frozen supplement was to be the published one."""
        dates = [each.adjusted_on for each in self.denials if each.kind == "supplement"]
        return min(dates, default=None)


def corrected_steps(timeline: Timeline) -> list[Corrected]:
    """Each step that should have been another, or that should have been and was not; no write.

    5 CFR 9701.323, 9701.335, 9701.342(a)(2) (preamble to 323). Denied steps by the rules of their
    own dates, and every later one again on what they make. Refused: `correction_not_replayable`,
    and what a rule refuses on the new rate.
    """
    _refuse_other_freeze(timeline)
    standing = _before(timeline)
    found: list[Corrected] = []
    for step in _steps(timeline):
        if isinstance(step, WrongPayout):
            posting = _new_payout(step, standing, timeline=timeline)
            if posting is not None:
                found.append(Corrected(posting, None))
                standing = replace(standing, basic=posting.basic_after)
            continue
        posting = _again(step, standing, timeline=timeline)
        if posting is None:
            standing = _of(step)
            continue
        found.append(Corrected(posting, step))
        standing = Standing(
            basic=posting.basic_after,
            retained=posting.retained,
            percent=posting.supplement_percent,
            band_id=posting.band_id,
        )
    return found


def _refuse_other_freeze(timeline: Timeline) -> None:
    if timeline.unfrozen is not None and any(
        each.kind == "supplement" for each in timeline.others.values()
    ):
        message = (
            "Another unacceptable rating froze a supplement too; what of it stays frozen needs a "
            "person's decision."
        )
        raise Refused("correction_not_replayable", CITATION, message)


def _before(timeline: Timeline) -> Standing:
    earlier = [each for each in timeline.actions if each.effective < timeline.since]
    return _of(earlier[-1]) if earlier else Standing(None, False, Decimal(0), None)


def _of(action: PayAction) -> Standing:
    return Standing(
        basic=action.basic_after,
        retained=action.retained,
        percent=action.supplement_percent,
        band_id=action.band_id,
    )


def _steps(timeline: Timeline) -> Iterator[PayAction | WrongPayout]:
    """The steps from `since` on in their order, with payouts that were never posted in place."""
    posted = {each.effective for each in timeline.actions if each.rule in _PAYOUTS}
    missing = [each for each in timeline.payouts if each.effective not in posted]
    ordered: list[tuple[date, int, int, PayAction | WrongPayout]] = [
        (each.effective, each.step, place, each)
        for place, each in enumerate(timeline.actions)
        if each.effective >= timeline.since
    ]
    for payout in missing:
        policy = terms_on(payout.effective).policy
        rank = step_of(Kind.PERFORMANCE_PAYOUT, policy=policy)
        ordered.append((payout.effective, rank, len(timeline.actions), payout))
    return (each[-1] for each in sorted(ordered, key=lambda each: each[:3]))


def _again(action: PayAction, standing: Standing, *, timeline: Timeline) -> Posting | None:
    """The step on the new ground; None where it stays as it was."""
    if action.basic_before is None or standing.basic is None:
        return None
    if not action.rule:
        same = action.basic_before == standing.basic
        return None if same else replace(_copy(action, timeline), basic_before=standing.basic)
    ground = _ground(action, standing, timeline=timeline)
    made = rebuild(
        action.rule,
        action.rule_version,
        action.inputs,
        citation=action.citation,
        ground=ground,
    )
    terms = terms_on(action.effective)
    band = terms.range_of(action.band_id)
    result = made.result
    below = bool(result.get("below_minimum", result["basic"] < band.minimum))
    other = timeline.others.get(action.pk)
    if other is not None and below != other.below_minimum:
        message = (
            f"The increase of {other.adjusted_on}, denied on another rating, would fall on the "
            "other side of the band minimum; that needs a person's decision."
        )
        raise Refused("correction_not_replayable", CITATION, message)
    posting = replace(
        _copy(action, timeline),
        rule=made.rule,
        citation=made.citation,
        inputs=made.inputs,
        basic_before=standing.basic,
        basic_after=result["basic"],
        uncapped=result["uncapped"],
        adjusted=result["adjusted"],
        supplement=result["supplement"],
        supplement_percent=Decimal(result["supplement_percent"]),
        supplement_kind=_supplement_kind(action, timeline=timeline),
        retained=result["retained"],
        lump_sum=Decimal(result.get("lump_sum", 0)),
        below_minimum=below,
        minimum=band.minimum,
        maximum=band.maximum,
        cap=_cap(made.inputs),
    )
    return None if _unchanged(action, posting) else posting


def _unchanged(action: PayAction, posting: Posting) -> bool:
    """Whether the step came to the same, and nothing that it decided was wrong."""
    figures = (
        *("rule", "basic_before", "basic_after", "uncapped", "adjusted", "supplement_kind"),
        *("supplement_percent", "retained", "lump_sum", "below_minimum"),
    )
    decided = ("denied", "denials", "points")
    return all(getattr(action, each) == getattr(posting, each) for each in figures) and all(
        action.inputs.get(each) == posting.inputs.get(each) for each in decided
    )


def _ground(action: PayAction, standing: Standing, *, timeline: Timeline) -> Ground:
    terms = terms_on(action.effective)
    denied = bool(action.inputs.get("denied", False))
    if action.rule in _GATED and denied:
        person = load_one(timeline.employee_id, on=action.effective)
        period_end = latest_completed_period_end(action.effective)
        denied = gate_of(person, terms=terms.for_one(), period_end=period_end).denied
    unfrozen = timeline.unfrozen
    published = None
    if unfrozen is not None and unfrozen <= action.effective:
        person = _placed(action, timeline=timeline)
        published = supplement_of(person, band_id=action.band_id, terms=terms).percent
    points = [each.points for each in timeline.payouts if each.effective == action.effective]
    return Ground(
        basic=standing.basic or 0,
        retained=standing.retained,
        percent=standing.percent,
        undone=timeline.undone,
        denied=denied,
        points=points[0] if points and action.rule in _PAYOUTS else None,
        published=published,
        same_band=action.band_id == standing.band_id,
        still_denied=bool(timeline.others),
        retained_lump=terms.policy["retained.lump"] if action.rule in _PAYOUTS else EQUAL_TO_BOUND,
    )


def _placed(action: PayAction, *, timeline: Timeline) -> PersonPay:
    """The person where he was at this step: before a move of the same day, where he came from."""
    moves_later = any(
        each.effective == action.effective and each.kind in _MOVES and each.place > action.place
        for each in timeline.actions
    )
    on = action.effective - timedelta(days=1) if moves_later else action.effective
    return load_one(timeline.employee_id, on=on)


def _supplement_kind(action: PayAction, *, timeline: Timeline) -> str:
    if timeline.unfrozen is None or timeline.unfrozen > action.effective:
        return action.supplement_kind
    person = _placed(action, timeline=timeline)
    return supplement_of(person, band_id=action.band_id, terms=terms_on(action.effective)).kind


def _cap(inputs: Mapping[str, Any]) -> int:
    return int(inputs.get("payable", inputs).get("cap", inputs.get("cap", 0)))


def _copy(action: PayAction, timeline: Timeline) -> Posting:
    """The same step as a correction, to be changed."""
    source = timeline.source
    return Posting(
        employee_id=action.employee_id,
        effective=action.effective,
        step=action.step,
        kind=Kind.CORRECTION.value,
        rule=action.rule,
        rule_version=action.rule_version,
        citation=action.citation,
        inputs=action.inputs,
        basic_before=action.basic_before,
        basic_after=action.basic_after,
        order_id=source.order_id,
        run_id=action.run_id,
        policy=action.policy,
        band_id=action.band_id,
        amount=action.amount,
        actor_id=source.actor_id,
        authority=source.authority,
    )


def _new_payout(wrong: WrongPayout, standing: Standing, *, timeline: Timeline) -> Posting | None:
    """The payout that the wrong rating gave no points for; None where it comes to nothing."""
    person = load_one(timeline.employee_id, on=wrong.effective)
    if standing.basic is None or person.band is None or not person.employed:
        return None
    terms: Terms = terms_on(wrong.effective).for_one()
    limits = terms.range_of(standing.band_id)
    past = wrong.past
    result = payout_of(
        standing.basic,
        retained=standing.retained,
        mode=past.mode,
        value=past.value,
        points=wrong.points,
        factor=wrong.proration,
        maximum=limits.maximum,
        policy=terms.policy,
    )
    if result.paid == 0:
        return None
    arguments: dict[str, Any] = {
        "rate" if standing.retained else "basic": standing.basic,
        "mode": past.mode,
        "value": _plain(past.value),
        "points": wrong.points,
        "proration": wrong.proration,
        "maximum": limits.maximum,
        "excess_lump": terms.policy["payout.excess_lump"] == "pay",
    }
    if standing.retained:
        arguments["retained_lump"] = terms.policy["retained.lump"]
    unfrozen = timeline.unfrozen is not None and timeline.unfrozen <= wrong.effective
    return rate_posting(
        replace(
            person,
            basic=standing.basic,
            retained=standing.retained,
            held=None if unfrozen else person.held,
        ),
        kind=Kind.PERFORMANCE_PAYOUT if result.increase else Kind.LUMP_SUM_PAYOUT,
        rule=payout_rule.RETAINED_RULE if standing.retained else payout_rule.RULE,
        citation=payout_rule.RETAINED_CITATION if standing.retained else payout_rule.CITATION,
        arguments=arguments,
        basic=result.basic,
        retained=standing.retained,
        below_minimum=result.basic < limits.minimum,
        terms=terms,
        source=timeline.source,
        band_id=standing.band_id,
        lump_sum=Decimal(result.lump_sum),
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """The value of a point without the idle zeros of its column, cents at least."""
    if value is None:
        return None
    cents = value.quantize(Decimal("0.01"))
    return cents if cents == value else value.normalize()
