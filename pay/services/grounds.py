"""What a step is taken again on: the steps before it, and the terms of its own date (R37, R39)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pay.kinds import Kind
from pay.models import PayAction, RateRange, Supplement
from pay.pricing import supplement_of
from pay.queries.directions import direction_to
from pay.queries.people import PersonPay, load_one
from pay.queries.permanent_rate import permanent_of
from pay.queries.ranges import changes_on
from pay.queries.standing import MOVES, Standing, band_facts, denials_at, where_before
from pay.queries.supplements import published
from pay.queries.terms import Terms, terms_on
from pay.rules.encoding import encode, read_arguments
from pay.rules.missed_events import MissedDevelopmental
from pay.rules.payout import EQUAL_TO_BOUND
from pay.rules.promotion import SupplementPercents
from pay.rules.rebuild import CITATION, Ground
from pay.rules.return_to_duty import return_to_duty
from pay.services.missed_events import missed_events
from pay.services.range_outcomes import gate_of
from pay.services.timeline import PAYOUTS, RANGES, SUPPLEMENTS, Timeline
from performance.queries.completed_periods import completed_periods
from regulation.refusals import Refused

_GATED = (*RANGES, *SUPPLEMENTS)
#: Which way a move must still go; a move by any other rule is lateral.
_WAYS = {"R25": "up", "R26": "up", "R27": "down", "R29": "down"}


class NotDue(Exception):
    """On the new ground there is no such step."""


def ground_of(action: PayAction, standing: Standing, *, timeline: Timeline) -> Ground:
    """The ground of one posted step. `NotDue` where the adjustment does not concern the person."""
    terms = terms_on(action.effective)
    person = placed(action, timeline=timeline)
    band_id = band_after(action, standing, timeline=timeline)
    refuse_another_way(action, standing, timeline=timeline)
    denied = bool(action.inputs.get("denied", False))
    if action.rule in _GATED and denied and timeline.after is None:
        on_date = load_one(timeline.employee_id, on=action.effective)
        periods = completed_periods(action.effective)
        denied = gate_of(on_date, terms=terms.for_one(), periods=periods).denied
    frozen = _frozen(action, standing, timeline=timeline)
    percent = None
    if frozen is None and _published_counts(action, timeline=timeline):
        percent = supplement_of(person, band_id=band_id, terms=terms).percent
    points = [each.points for each in timeline.payouts if each.effective == action.effective]
    own, payable = _figures(action, standing, band_id=band_id, person=person, timeline=timeline)
    return Ground(
        basic=standing.basic or 0,
        retained=standing.retained,
        percent=standing.percent,
        undone=timeline.undone,
        denied=denied,
        points=points[0] if points and action.rule in PAYOUTS else None,
        published=percent,
        same_band=band_id == standing.band_id,
        still_denied=bool(timeline.others) or standing.below_minimum,
        retained_lump=terms.policy["retained.lump"] if action.rule in PAYOUTS else EQUAL_TO_BOUND,
        frozen=frozen,
        own=own,
        payable=payable,
    )


def placed(action: PayAction, *, timeline: Timeline) -> PersonPay:
    """The person where he was at this step: after the moves of the day so far, before the rest."""
    person = load_one(timeline.employee_id, on=action.effective)
    of_the_day = [each for each in timeline.actions if each.effective == action.effective]
    later = [each for each in of_the_day if _rank(each) > _rank(action)]
    before = where_before(person, later, on=action.effective)
    if before is person:
        return person
    for each in sorted(of_the_day, key=_rank):
        if _rank(each) <= _rank(action) and timeline.origin(each).kind in MOVES:
            before = _set_by(before, timeline.chosen(each))
    return before


def _rank(action: PayAction) -> tuple[int, int]:
    return action.step, action.place


def _set_by(person: PersonPay, chosen: Mapping[str, Any]) -> PersonPay:
    """The person at the duty station and in the special category that a move named."""
    named = {
        name: chosen[name] for name in ("area", "special_category") if chosen.get(name) is not None
    }
    return replace(person, **named)


def band_after(action: PayAction, standing: Standing, *, timeline: Timeline) -> int | None:
    """The band in which a step leaves the person: a move to a position has its own."""
    if _goes_to_a_position(action, timeline=timeline) or standing.band_id is None:
        return action.band_id
    return standing.band_id


def _goes_to_a_position(action: PayAction, *, timeline: Timeline) -> bool:
    kind = timeline.origin(action).kind
    if kind == Kind.REASSIGNMENT:
        return timeline.chosen(action).get("position") is not None
    return kind in MOVES


def refuse_another_way(action: PayAction, standing: Standing, *, timeline: Timeline) -> None:
    """Refuse, as `conflicting_order`, a move that would not go the way it was decided to go."""
    facts = band_facts(standing.band_id)
    if timeline.after is None or facts is None or action.band is None:
        return
    if not _goes_to_a_position(action, timeline=timeline):
        return
    way = direction_to(facts, action.band, on=action.effective)
    if way != _WAYS.get(action.rule, "lateral"):
        message = f"{action.band.code} would then be a move that goes {way} from {facts.code}."
        raise Refused("conflicting_order", action.citation, message)


def _figures(
    action: PayAction,
    standing: Standing,
    *,
    band_id: int | None,
    person: PersonPay,
    timeline: Timeline,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Arguments that band, duty station or what the person missed gives on the new ground."""
    own: dict[str, Any] = {}
    if action.rule == "R20":
        own["events"] = encode(_missed(action, timeline=timeline))
    if action.inputs.get("permanent") is not None:
        on_date = load_one(timeline.employee_id, on=action.effective)
        own["permanent"] = encode(permanent_of(on_date, on=action.effective, ended=True).rate)
    if timeline.after is None:
        return own, {}
    terms = terms_on(action.effective)
    limits = terms.range_of(band_id)
    facts = band_facts(standing.band_id)
    own |= {"minimum": limits.minimum, "maximum": limits.maximum}
    cap = terms.schedule.cap(senior_executive=person.senior_executive)
    own["cap"] = cap
    if facts is not None:
        own["entry_developmental"] = facts.entry_developmental
        own["current_maximum"] = terms.range_of(facts.id).maximum
    if action.rule in RANGES:
        own["change"] = encode(change_on(action.effective, band_id=band_id))
    if action.rule in SUPPLEMENTS:
        own |= percents_on(person, band_id=band_id, terms=terms)
    if action.inputs.get("supplements") is not None:
        own["supplements"] = encode(
            SupplementPercents(
                old=supplement_of(person, band_id=standing.band_id, terms=terms).percent,
                new=supplement_of(person, band_id=band_id, terms=terms).percent,
            )
        )
    return own, {"maximum": limits.maximum, "cap": cap}


def change_on(effective: date, *, band_id: int | None) -> Any:
    """How the range of a band changes on a date. `NotDue` where it does not."""
    if band_id is None:
        raise NotDue
    begins = RateRange.objects.filter(band_id=band_id, period__startswith=effective)
    change = changes_on(effective, band_ids=[band_id]).get(band_id)
    if change is None or not begins.exists():
        raise NotDue
    return change


def percents_on(person: PersonPay, *, band_id: int | None, terms: Terms) -> Mapping[str, Any]:
    """The supplement published until a date and from it on. `NotDue` where they are the same."""
    until = terms_before(terms)
    old = supplement_of(person, band_id=band_id, terms=until)
    new = supplement_of(person, band_id=band_id, terms=terms)
    if old == new:
        raise NotDue
    return {"old": encode(old.percent), "new": encode(new.percent)}


def terms_before(terms: Terms) -> Terms:
    """The same terms with the supplements published until their date."""
    if not Supplement.objects.filter(period__startswith=terms.on).exists():
        return terms
    return replace(terms, supplements=published(on=terms.on - timedelta(days=1)))


def _missed(action: PayAction, *, timeline: Timeline) -> list[Any]:
    """What an absence missed, by the ratings and bands as they are on record now (R20)."""
    chosen = timeline.chosen(action)
    stored = {name: value for name, value in action.inputs.items() if name != "payable"}
    events = read_arguments(return_to_duty, stored)["events"]
    if not events:
        return []
    departed = load_one(timeline.employee_id, on=action.effective)
    first = date.fromisoformat(chosen["first_day"]) if "first_day" in chosen else None
    if first is None or departed.band is None:
        return list(events)
    found = missed_events(departed, first=first, last=action.effective)
    steps = [each for each in events if isinstance(each, MissedDevelopmental)]
    return [each.event for each in found] + steps


def _published_counts(action: PayAction, *, timeline: Timeline) -> bool:
    """Whether the published supplement is paid, not one that the stored step kept."""
    if timeline.after is not None:
        return not _supplement_denied(action, timeline=timeline)
    return timeline.unfrozen is not None and timeline.unfrozen <= action.effective


def _supplement_denied(action: PayAction, *, timeline: Timeline) -> bool:
    denials = denials_at(timeline.employee_id, on=action.effective, step=action.step)
    denied = any(each.kind == "supplement" for each in denials)
    if denied and _keeps_dollars(action):
        message = "A supplement that is kept in dollars while its increase is denied rests on it."
        raise Refused("conflicting_order", "9701.337", message)
    return denied


def _keeps_dollars(action: PayAction) -> bool:
    figures = action.inputs.get("payable", action.inputs)
    return bool(figures.get("kept_supplement") or figures.get("least")) or action.rule == "R12"


def _frozen(action: PayAction, standing: Standing, *, timeline: Timeline) -> Decimal | None:
    """The supplement that another rating's denial still keeps, where a wrong one is undone (R11).

    5 CFR 9701.335(c). From the date of that denial on it is the one paid until then.
    """
    if timeline.unfrozen is None or timeline.unfrozen > action.effective:
        return None
    standing_ones = [
        case
        for case in timeline.others.values()
        if case.kind == "supplement"
        and case.adjusted_on <= action.effective
        and (case.closed_on is None or case.closed_on > action.effective)
    ]
    if not standing_ones:
        return None
    if _keeps_dollars(action) or any(case.below_minimum for case in standing_ones):
        message = (
            "Another unacceptable rating froze a supplement too, and dollars lift it to a minimum "
            "that the right rate may reach itself; that needs a person's decision."
        )
        raise Refused("correction_not_replayable", CITATION, message)
    return standing.percent
