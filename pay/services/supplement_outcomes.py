"""What an adjustment of a published supplement is for each person; writes nothing (R11, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pay.kinds import Kind, step_of
from pay.ledger import Posting
from pay.models import DenialState
from pay.pricing import Source, least_adjusted, rate_posting, supplement_of
from pay.queries.people import HeldSupplement, PersonPay
from pay.queries.standing import as_of_place
from pay.queries.terms import Terms
from pay.rules import supplement_change as rule
from pay.rules.encoding import encode
from pay.rules.maximum_rate import payable_adjusted
from pay.rules.supplement import SelectedSupplement, uncapped_adjusted
from pay.rules.supplement_change import SupplementChange
from pay.rules.supplement_change import adjust_supplement as changed_supplement
from pay.services.range_outcomes import (
    MARKET_POLICY,
    gate_of,
    rating_behind,
    refuse_unready,
)
from performance.queries.completed_periods import CompletedPeriods
from regulation.refusals import Refused

#: A denial that has defaulted is over: what the next adjustment brings is owed (R11).
STILL_DENIED = (DenialState.OPEN, DenialState.ACTION_INITIATED, DenialState.NEEDS_DECISION)


@dataclass(frozen=True, slots=True)
class SupplementOutcome:
    """What the adjustment is for one person; without a posting nothing of the rate changes.

    `level` is the code of the rating that decided, empty where there was none.
    """

    person: PersonPay
    rating_id: int | None
    level: str
    change: SupplementChange
    points: Decimal
    #: The published percentage from the date on.
    published: Decimal
    below_minimum: bool
    posting: Posting | None

    @property
    def opens_denial(self) -> bool:
        """Whether an increase is withheld."""
        return self.change.outcome == "denied"


@dataclass(frozen=True, slots=True)
class SupplementAdjustment:
    """Outcomes, and the people whom the adjustment leaves alone with the reason."""

    outcomes: list[SupplementOutcome] = field(default_factory=list)
    exceptions: list[tuple[int, Refused]] = field(default_factory=list)


def postings_for_supplement_adjustment(
    people: Iterable[PersonPay],
    *,
    before: Terms,
    terms: Terms,
    periods: CompletedPeriods,
) -> SupplementAdjustment:
    """What an adjustment effective on the terms' date is for each of these people; writes nothing.

    `before` are the terms with the supplements published until then. Whoever the adjustment does
    not concern, since another supplement is the larger one, is passed over. Refused for all of
    them: `parameter_missing`.
    """
    found = SupplementAdjustment()
    terms.policy.require(*MARKET_POLICY)
    step = step_of(Kind.SUPPLEMENT_CHANGE, policy=terms.policy)
    for person in as_of_place(people, on=terms.on, step=step):
        if person.band is None or person.basic is None or not person.employed:
            continue
        one = terms.for_one()
        until = replace(before, policy=one.policy)
        old = supplement_of(person, band_id=person.band.id, terms=until)
        new = supplement_of(person, band_id=person.band.id, terms=one)
        if old == new:
            continue
        try:
            found.outcomes.append(_outcome(person, old=old, new=new, terms=one, periods=periods))
        except Refused as refusal:
            found.exceptions.append((person.employee_id, refusal))
    return found


def _outcome(
    person: PersonPay,
    *,
    old: SelectedSupplement,
    new: SelectedSupplement,
    terms: Terms,
    periods: CompletedPeriods,
) -> SupplementOutcome:
    step = step_of(Kind.SUPPLEMENT_CHANGE, policy=terms.policy)
    refuse_unready(person, effective=terms.on, step=step)
    gate = gate_of(person, terms=terms, periods=periods)
    basic, _ = person.paid()
    before = person.held or HeldSupplement(person.supplement_kind, person.supplement_percent)
    arguments = {
        "paid": before.percent,
        "old": old.percent,
        "new": new.percent,
        "denied": gate.denied,
        "denial_open": any(each.state in STILL_DENIED for each in person.supplement_denials),
    }
    change = changed_supplement(**arguments)  # type: ignore[arg-type]
    denied = change.outcome == "denied"
    least = least_adjusted(person, terms=terms)
    rises = change.outcome == "increased"
    # Where the gate passes, both minimums hold, even while an older increase is denied.
    lifts = rises and bool(person.supplement_denials or person.below_minimum)
    held = HeldSupplement(
        kind=person.supplement_kind if denied else new.kind,
        percent=change.supplement_percent,
        # Dollars of a lift to the minimum adjusted rate, as far as the published percentage goes.
        kept=min(before.kept, uncapped_adjusted(basic, percent=new.percent) - basic),
        least=least if lifts else 0,
    )
    posting = rate_posting(
        replace(person, held=held),
        kind=Kind.SUPPLEMENT_INCREASE_DENIED if denied else Kind.SUPPLEMENT_CHANGE,
        rule=rule.RULE,
        citation=rule.DENIED_CITATION
        if denied
        else (rule.CITATION if new.percent > old.percent else rule.CUT_CITATION),
        arguments=arguments,
        basic=basic,
        retained=person.retained,
        below_minimum=person.below_minimum,
        terms=terms,
        source=Source(),
        step=step,
    )
    posting = replace(
        posting,
        inputs={
            **posting.inputs,
            "payable": {**posting.inputs["payable"], "basic": encode(basic)},
        },
    )
    cap = terms.schedule.cap(senior_executive=person.senior_executive)
    return SupplementOutcome(
        person=person,
        rating_id=rating_behind(gate, person),
        level=gate.rating.level if gate.rating else "",
        change=change,
        points=new.percent - old.percent,
        published=new.percent,
        below_minimum=denied
        and posting.adjusted is not None
        and posting.adjusted < payable_adjusted(least, cap=cap),
        posting=posting if denied or _differs(person, posting) else None,
    )


def _differs(person: PersonPay, posting: Posting) -> bool:
    return (
        person.adjusted,
        person.uncapped,
        person.supplement_percent,
        person.supplement_kind,
    ) != (
        posting.adjusted,
        posting.uncapped,
        posting.supplement_percent,
        posting.supplement_kind,
    )
