"""The release of denied increases by a new rating.

5 CFR 9701.324, 9701.325(a)(1), 9701.336, 9701.337(a)(1); R7, R8, R12.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.notices import notify
from pay.deadlines import RELEASE, effective_of, ninety_days, promise
from pay.kinds import Kind
from pay.models import DenialState, DeniedIncrease, OrderKind
from pay.pricing import raised_to, rate_posting
from pay.queries.people import OpenDenial, PersonPay, open_denials
from pay.queries.standing import before_the_day
from pay.queries.terms import terms_on
from pay.rules import denied_increase as rule
from pay.rules.denied_increase import Denial, release_denied, release_effective, shown_in_time
from pay.services.adjusted_rates import changes_nothing, from_source, release_posting
from pay.services.denials import address_of, end_clocks, move
from pay.services.orders import Decision, place_order
from pay.services.replay import post_and_replay
from performance.models import RatingOfRecord
from regulation.pay_periods import pay_calendar

NOTHING_OPEN = "nothing is open that it releases"


def releasable(
    denials: Sequence[OpenDenial], *, issued: date, shown_by: date | None
) -> tuple[OpenDenial, ...]:
    """Which denials a better rating issued on a date releases: all whose own window allows.

    Below the minimum, the performance must have been shown by day 90, however late the paper;
    the others stay open without limit (5 CFR 9701.324, 9701.325(a)(1), 9701.336, 9701.337(a)(1)).
    """
    return tuple(
        denial
        for denial in denials
        if denial.adjusted_on <= issued
        and (
            shown_in_time(issued, shown_by, adjusted_on=denial.adjusted_on)
            if denial.below_minimum
            else denial.state != DenialState.DEFAULTED
        )
    )


def promise_release(rating: RatingOfRecord) -> bool:
    """Promise what an issued rating releases, for the first pay period on or after its issue.

    5 CFR 9701.324, 9701.325(a)(1). Writes the promise only; no rate is set here. The 90 days of
    what it releases are met. Tells whether there is anything to release.
    """
    if rating.issued_on is None or rating.level is None or rating.level.unacceptable:
        return False
    found = open_denials([rating.employee_id]).get(rating.employee_id, ())
    released = releasable(found, issued=rating.issued_on, shown_by=rating.shown_by)
    for denial in released:
        if denial.state != DenialState.DEFAULTED:
            case = DeniedIncrease.objects.get(pk=denial.id)
            met_by = f"{rating.subject} was issued"
            end_clocks(case, state=DeadlineState.MET, on=rating.issued_on, by=met_by)
    if released:
        promise(
            rating.subject,
            kind=RELEASE,
            employee_key=rating.employee_id,
            effective=release_effective(rating.issued_on, pay_calendar()),
            made_on=rating.issued_on,
            citation=rule.CITATION,
        )
    return bool(released)


def release_promised(deadline: Deadline) -> str:
    """Pay what a rating releases, from the date promised; a few words on what was done."""
    rating = RatingOfRecord.objects.get(pk=int(deadline.subject.partition(":")[2]))
    effective = effective_of(deadline)
    person = before_the_day(rating.employee_id, on=effective)
    if rating.issued_on is None or not person.employed or person.basic is None:
        return NOTHING_OPEN
    denials, supplements = (
        releasable(each, issued=rating.issued_on, shown_by=rating.shown_by)
        for each in (person.denials, person.supplement_denials)
    )
    if not denials and not supplements:
        return NOTHING_OPEN
    decision = Decision(
        actor=Actor.system("a new rating of record was issued"),
        authority=f"Rating of record {rating.pk}, issued {rating.issued_on}",
    )
    if denials:
        _post_release(person, denials, effective=effective, decision=decision)
    if supplements:
        _post_supplement_release(
            before_the_day(rating.employee_id, on=effective),
            supplements,
            effective=effective,
            decision=decision,
        )
    for denial in (*denials, *supplements):
        _close_released(denial, effective=effective, rating=rating, actor=decision.actor)
    return f"released {len(denials) + len(supplements)} from {effective}"


def _post_release(
    person: PersonPay, denials: Sequence[OpenDenial], *, effective: date, decision: Decision
) -> None:
    basic, band = person.paid()
    terms = terms_on(effective)
    limits = terms.range_of(band.id)
    defaulted = [each.basic_denied for each in denials if each.state == DenialState.DEFAULTED]
    arguments = {
        # After a default, from the rate that was denied, not from the minimum (R8).
        "basic": min([basic, *defaulted]),
        "denials": [Denial(each.percentage, each.adjusted_on) for each in denials],
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "retained": person.retained,
    }
    result = release_denied(**arguments)  # type: ignore[arg-type]
    if result.basic <= basic:
        return
    below = any(each.below_minimum for each in denials)
    source = place_order(
        person.employee_id,
        kind=OrderKind.RELEASE,
        effective=effective,
        chosen={"cases": [each.id for each in denials]},
        decision=decision,
    )
    post_and_replay(
        rate_posting(
            raised_to(person, basic=result.basic, terms=terms),
            kind=Kind.RELEASED,
            rule=rule.RULE,
            citation=rule.BELOW_MINIMUM_CITATION if below else rule.CITATION,
            arguments=arguments,
            basic=result.basic,
            retained=result.retained,
            below_minimum=False,
            terms=terms,
            source=source,
        ),
        source=source,
        actor=decision.actor,
        on=effective,
    )


def _post_supplement_release(
    person: PersonPay, denials: Sequence[OpenDenial], *, effective: date, decision: Decision
) -> None:
    posting = release_posting(
        person,
        below_minimum=any(each.below_minimum for each in denials),
        terms=terms_on(effective).for_one(),
    )
    if changes_nothing(person, posting):
        return
    source = place_order(
        person.employee_id,
        kind=OrderKind.RELEASE,
        effective=effective,
        chosen={"cases": [each.id for each in denials]},
        decision=decision,
    )
    post_and_replay(from_source(posting, source), source=source, actor=decision.actor, on=effective)


def _close_released(
    denial: OpenDenial, *, effective: date, rating: RatingOfRecord, actor: Actor
) -> None:
    words = ninety_days(denial.kind)
    case = move(
        DeniedIncrease.objects.get(pk=denial.id),
        lambda fresh: fresh.release(on=effective),
        name="release",
        actor=actor,
        on=effective,
        citation=words.released_below if denial.below_minimum else words.released,
        detail={"rating": rating.pk},
    )
    end_clocks(case, state=DeadlineState.CANCELLED, on=effective, by="released")
    notify(
        case.employee.user,
        title=f"Your withheld pay increase is paid from {effective}",
        on=effective,
        subject=case.subject,
        citation=words.released,
        url=address_of(case),
    )
