"""A person's steps of pay taken again, one after the other, on what comes before them (R37, R39).

A step keeps what was decided about it, and is run again by its own rule on the new ground. A move
keeps its band; a change within the band follows the person into the band that he then holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from pay.kinds import Kind
from pay.ledger import Corrected, Posting
from pay.models import PayAction
from pay.pricing import Source, supplement_of
from pay.queries.standing import Standing
from pay.queries.terms import terms_on
from pay.rules.rebuild import rebuild
from pay.rules.wording.kinds import words_of
from pay.services.adjusted_rates import from_source
from pay.services.grounds import NotDue, band_after, ground_of, placed
from pay.services.new_steps import new_payout, unposted_step
from pay.services.timeline import Timeline, Unposted
from pay.services.wrong_payouts import WrongPayout
from regulation.refusals import Refused

Made = TypeVar("Made")
#: What a step sets from outside: the rate before it decides nothing of it.
_OWN_GROUND = (Kind.STARTING_PAY, Kind.BUY_IN, Kind.CONVERSION)
#: Adjustments: where one changes nothing it is no step. What a person decided stays on record.
_ADJUSTMENTS = (
    Kind.RANGE_INCREASE,
    Kind.RANGE_INCREASE_DENIED,
    Kind.SUPPLEMENT_CHANGE,
    Kind.SUPPLEMENT_INCREASE_DENIED,
    Kind.CAP_CHANGE,
    Kind.PERFORMANCE_PAYOUT,
    Kind.LUMP_SUM_PAYOUT,
    Kind.RELEASED,
    Kind.MINIMUM_BY_DEFAULT,
)


def rebuilt_steps(timeline: Timeline) -> Iterator[Corrected]:
    """Each step that changes, is new or falls away; the caller posts each before asking for more.

    5 CFR 9701.323, 9701.335, 9701.342(a)(2) (preamble to 323); rule 2 of the design. Refused where
    a step does not fit the new ground: `conflicting_order`, naming it, where an order landed before
    it, `correction_not_replayable` where a rating was wrong.
    """
    standing = timeline.before()
    for event in timeline.events():
        if isinstance(event, WrongPayout):
            posting = new_payout(event, standing, timeline=timeline)
        elif isinstance(event, Unposted):
            posting = _guarded(
                partial(unposted_step, event, standing, timeline=timeline),
                timeline=timeline,
                what=f"The {event.kind.replace('_', ' ')} of {event.effective}",
            )
        else:
            step = _again(event, standing, timeline=timeline)
            if step is None:
                standing = Standing.after(event)
                continue
            yield step
            standing = standing if step.annuls else _after(step.posting)
            continue
        if posting is not None:
            yield Corrected(posting, None)
            standing = _after(posting)


def _after(posting: Posting) -> Standing:
    return Standing(
        basic=posting.basic_after,
        retained=posting.retained,
        percent=posting.supplement_percent,
        band_id=posting.band_id,
        kind=posting.supplement_kind,
        uncapped=posting.uncapped,
        adjusted=posting.adjusted,
        below_minimum=posting.below_minimum,
        action=PayAction(inputs=posting.inputs),
        departed=posting.basic_before if posting.basic_after is None else None,
    )


def _guarded(make: Callable[[], Made], *, timeline: Timeline, what: str) -> Made:
    """What it makes; a refusal names the later step that stops the whole act."""
    try:
        return make()
    except Refused as refusal:
        if timeline.after is None:
            raise
        raise Refused(
            "conflicting_order",
            refusal.citation,
            f"{what} is posted already and does not fit what would come before it: "
            f"{_reason(refusal)}",
        ) from refusal


def _reason(refusal: Refused) -> str:
    """What the rule itself said, where its refusal was passed on."""
    cause = refusal.__cause__
    return cause.message if isinstance(cause, Refused) else refusal.message


def _again(action: PayAction, standing: Standing, *, timeline: Timeline) -> Corrected | None:
    """The step on the new ground; None where it stays as it was."""
    if standing.basic is None:
        return _without_a_rate(action, standing, timeline=timeline)
    if action.basic_before is None and timeline.after is None:
        return None
    if not action.rule or timeline.origin(action).kind in _OWN_GROUND:
        posting = _on_its_own(action, standing, timeline=timeline)
        return Corrected(posting, action) if posting is not None else None
    try:
        made = _guarded(
            partial(_rebuilt, action, standing, timeline=timeline),
            timeline=timeline,
            what=_told(action, timeline=timeline),
        )
    except NotDue:
        made = None
    if made is None or (timeline.after is not None and _changes_nothing(made, standing, action)):
        if timeline.origin(action).kind not in _ADJUSTMENTS:
            return None if made is None or _unchanged(action, made) else Corrected(made, action)
        return Corrected(annulment(action, source=timeline.source), action, annuls=True)
    return None if _unchanged(action, made) else Corrected(made, action)


def _without_a_rate(
    action: PayAction, standing: Standing, *, timeline: Timeline
) -> Corrected | None:
    """A step after a separation: one that landed before it leaves no adjustment due.

    A new appointment does not rest on the rate that ended. A return credits what was missed to that
    rate, so that another rate on departure needs a person's decision.
    """
    kind = timeline.origin(action).kind
    if kind == Kind.RETURN_TO_DUTY and action.inputs.get("basic") != standing.departed:
        raise Refused(
            "correction_not_replayable" if timeline.after is None else "conflicting_order",
            action.citation,
            f"{_told(action, timeline=timeline)} was figured on the rate of the departure, which "
            "would be another. Cancel the return, and record it again afterwards.",
        )
    begins = kind in (Kind.STARTING_PAY, Kind.RETURN_TO_DUTY)
    if timeline.after is None or begins or action.basic_before is None:
        return None
    if kind in _ADJUSTMENTS:
        return Corrected(annulment(action, source=timeline.source), action, annuls=True)
    message = f"{_told(action, timeline=timeline)} is posted for after the employment ends."
    raise Refused("conflicting_order", action.citation, message)


def _told(action: PayAction, *, timeline: Timeline) -> str:
    words = words_of(timeline.origin(action).kind, below_minimum=False, retained=False)
    return f"“{words.title}” of {action.effective}"


def _changes_nothing(posting: Posting, standing: Standing, action: PayAction) -> bool:
    """Whether an adjustment leaves everything as it was and withholds nothing."""
    if posting.lump_sum or posting.inputs.get("denied"):
        return False
    if action.rule in ("R7", "R8") and (posting.basic_after or 0) <= (standing.basic or 0):
        return True
    return (
        posting.basic_after, posting.adjusted, posting.uncapped, posting.retained,
        posting.below_minimum, posting.supplement_percent, posting.supplement_kind,
    ) == (
        standing.basic, standing.adjusted, standing.uncapped, standing.retained,
        standing.below_minimum, standing.percent, standing.kind,
    )  # fmt: skip


def _on_its_own(action: PayAction, standing: Standing, *, timeline: Timeline) -> Posting | None:
    """A step that rests on nothing before it: only the rate it takes the place of is another."""
    if action.basic_before == standing.basic or action.basic_before is None:
        return None
    posting = replace(posting_like(action, source=timeline.source), basic_before=standing.basic)
    if action.basic_after is None:
        return posting
    limits = terms_on(action.effective).range_of(action.band_id)
    cap = cap_of(action.inputs) or max(action.adjusted or 0, action.basic_after)
    return replace(posting, minimum=limits.minimum, maximum=limits.maximum, cap=cap)


def _rebuilt(action: PayAction, standing: Standing, *, timeline: Timeline) -> Posting:
    band_id = band_after(action, standing, timeline=timeline)
    made = rebuild(
        action.rule,
        action.rule_version,
        action.inputs,
        citation=action.citation,
        ground=ground_of(action, standing, timeline=timeline),
    )
    band = terms_on(action.effective).range_of(band_id)
    result = made.result
    return replace(
        posting_like(action, source=timeline.source),
        rule=made.rule,
        citation=made.citation,
        inputs=made.inputs,
        band_id=band_id,
        basic_before=standing.basic,
        basic_after=result["basic"],
        uncapped=result["uncapped"],
        adjusted=result["adjusted"],
        supplement=result["supplement"],
        supplement_percent=Decimal(result["supplement_percent"]),
        supplement_kind=_supplement_kind(action, band_id=band_id, timeline=timeline),
        retained=result["retained"],
        lump_sum=Decimal(result.get("lump_sum", 0)),
        below_minimum=bool(result.get("below_minimum", result["basic"] < band.minimum)),
        minimum=band.minimum,
        maximum=band.maximum,
        cap=cap_of(made.inputs),
    )


def _unchanged(action: PayAction, posting: Posting) -> bool:
    """Whether the step came to the same, and nothing that it decided was wrong."""
    figures = (
        *("rule", "basic_before", "basic_after", "uncapped", "adjusted", "supplement_kind"),
        *("supplement_percent", "retained", "lump_sum", "below_minimum", "band_id"),
    )
    decided = ("denied", "denials", "points", "events", "change")
    return all(getattr(action, each) == getattr(posting, each) for each in figures) and all(
        action.inputs.get(each) == posting.inputs.get(each) for each in decided
    )


def _supplement_kind(action: PayAction, *, band_id: int | None, timeline: Timeline) -> str:
    if timeline.after is None and (
        timeline.unfrozen is None or timeline.unfrozen > action.effective
    ):
        return action.supplement_kind
    if timeline.after is not None and action.inputs.get("denied"):
        return action.supplement_kind
    person = placed(action, timeline=timeline)
    return supplement_of(person, band_id=band_id, terms=terms_on(action.effective)).kind


def cap_of(inputs: Mapping[str, Any]) -> int:
    """The cap that a step was figured with; 0 where it has none."""
    return int(inputs.get("payable", inputs).get("cap", inputs.get("cap", 0)))


def annulment(action: PayAction, *, source: Source) -> Posting:
    """A step as one that should not have been."""
    return posting_like(action, source=source)


def posting_like(action: PayAction, *, source: Source) -> Posting:
    """The same step as a correction, to be changed."""
    return from_source(
        Posting(
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
            policy=action.policy,
            band_id=action.band_id,
            uncapped=action.uncapped,
            adjusted=action.adjusted,
            supplement_kind=action.supplement_kind,
            supplement_percent=action.supplement_percent,
            supplement=action.supplement,
            retained=action.retained,
            lump_sum=action.lump_sum,
            amount=action.amount,
            below_minimum=action.below_minimum,
        ),
        replace(source, run_id=action.run_id),
    )
