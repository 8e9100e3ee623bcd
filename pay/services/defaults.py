"""What the law gives when nothing was done within 90 days.

5 CFR 9701.325(b), 9701.337(b); R8, R12.
"""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from casework.models import Deadline, DeadlineState
from casework.services.deadlines import lapse
from casework.services.history import record
from casework.services.notices import notify
from casework.services.work_items import finish_work_item
from pay.deadlines import MINIMUM, effective_of, ninety_days, promise
from pay.kinds import Kind
from pay.ledger import Posting
from pay.models import DenialState, DeniedIncrease, OrderKind
from pay.pricing import Source, raised_to, rate_posting
from pay.queries.addressees import addressees_of
from pay.queries.standing import before_the_day
from pay.queries.terms import terms_on
from pay.rules import denied_increase as rule
from pay.rules.denied_increase import DAYS_TO_ACT, default_effective, minimum_by_default
from pay.services.adjusted_rates import changes_nothing, default_posting, from_source
from pay.services.denials import HR_ITEM, SUPERVISOR_ITEM, address_of, move
from pay.services.orders import Decision, place_order
from pay.services.replay import post_and_replay
from regulation.days import last_day
from regulation.pay_periods import pay_calendar

NO_RATE = "there is no rate to raise"


def case_of(deadline: Deadline) -> DeniedIncrease:
    """The case whose deadline it is."""
    return DeniedIncrease.objects.get(pk=int(deadline.subject.partition(":")[2]))


def default(deadline: Deadline) -> str:
    """Day 90 has ended without action: promise the minimum for the date the law gives.

    However late the sweep comes, the date is the first pay period beginning on or after day 90. A
    rating issued in time, or a proposal delivered in time, has ended the deadline before.
    """
    case = case_of(deadline)
    if case.state != DenialState.OPEN:
        return f"the case was {case.state}"
    effective = default_effective(case.adjusted_on, pay_calendar())
    promise_minimum(case, effective=effective, on=deadline.due_on, reason="90 days ended")
    return f"the minimum is paid from {effective}"


def promise_minimum(case: DeniedIncrease, *, effective: date, on: date, reason: str) -> None:
    """Default a case: the minimum of the band is paid from `effective` on; there is no waiver."""
    words = ninety_days(case.kind)
    case = move(
        case,
        lambda fresh: fresh.default(on=effective),
        name="default",
        actor=Actor.system(reason),
        on=on,
        citation=words.default,
        detail={"effective": effective.isoformat()},
    )
    promise(
        case.subject,
        kind=words.minimum,
        employee_key=case.employee_id,
        effective=effective,
        made_on=case.adjusted_on,
        citation=words.default,
    )
    for item in (HR_ITEM, SUPERVISOR_ITEM):
        finish_work_item(case, kind=item, on=on)
    people = addressees_of(case.employee, on=on)
    for user in (people.employee, people.supervisor, *people.hr):
        notify(
            user,
            title=f"The {words.due} is paid to {case.employee} from {effective}",
            body="Nothing was initiated within the 90 days.",
            on=on,
            subject=case.subject,
            citation=words.default,
            url=address_of(case),
        )


def pay_minimum(deadline: Deadline) -> str:
    """Pay the minimum of the band then held, from the date promised."""
    case, effective = case_of(deadline), effective_of(deadline)
    person = before_the_day(case.employee_id, on=effective)
    if not person.employed or person.basic is None or person.band is None:
        return NO_RATE
    terms = terms_on(effective)
    arguments = {"basic": person.basic, "minimum": terms.range_of(person.band.id).minimum}
    basic = minimum_by_default(person.basic, minimum=arguments["minimum"])
    if basic == person.basic:
        return "the rate is not below the minimum any more"
    posting = rate_posting(
        raised_to(person, basic=basic, terms=terms),
        kind=Kind.MINIMUM_BY_DEFAULT,
        rule=rule.BELOW_MINIMUM_RULE,
        citation=rule.DEFAULT_CITATION,
        arguments=arguments,
        basic=basic,
        retained=False,
        below_minimum=False,
        terms=terms,
        source=_order(case, effective=effective),
    )
    _post_default(case, posting, effective=effective)
    return f"{basic} is paid from {effective}"


def pay_minimum_adjusted(deadline: Deadline) -> str:
    """Pay the minimum adjusted rate of the band then held, from the date promised.

    5 CFR 9701.337(b); R12. The supplement reaches it in dollars, and basic pay stays. A minimum of
    basic pay that is due by then comes first.
    """
    case, effective = case_of(deadline), effective_of(deadline)
    first = Deadline.objects.filter(
        kind=MINIMUM,
        employee_key=case.employee_id,
        state=DeadlineState.OPEN,
        due_on__lte=deadline.due_on,
        error="",
    )
    for minimum in first.select_for_update().order_by("due_on", "id"):
        lapse(minimum)
    person = before_the_day(case.employee_id, on=effective)
    if not person.employed or person.basic is None or person.band is None:
        return NO_RATE
    posting = default_posting(person, terms=terms_on(effective).for_one())
    if changes_nothing(person, posting):
        return "the rate is not below the minimum adjusted rate any more"
    posting = from_source(posting, _order(case, effective=effective))
    _post_default(case, posting, effective=effective)
    return f"{posting.adjusted} is paid from {effective}"


def _order(case: DeniedIncrease, *, effective: date) -> Source:
    authority = f"5 CFR {ninety_days(case.kind).default}: no action within 90 days"
    return place_order(
        case.employee_id,
        kind=OrderKind.DEFAULT,
        effective=effective,
        chosen={"case": case.pk},
        decision=Decision(actor=Actor.system("90 days ended"), authority=authority),
    )


def _post_default(case: DeniedIncrease, posting: Posting, *, effective: date) -> None:
    action = post_and_replay(
        posting,
        source=Source(
            order_id=posting.order_id, actor_id=posting.actor_id, authority=posting.authority
        ),
        actor=Actor.system("90 days ended"),
        on=effective,
    )
    record(
        case.subject,
        act="pay_minimum",
        actor=Actor.system("90 days ended"),
        on=effective,
        employee_key=case.employee_key,
        from_state=str(case.state),
        to_state=str(case.state),
        citation=ninety_days(case.kind).default,
        detail={"action": action.pk},
    )


def alert(deadline: Deadline, day: int) -> None:
    """Tell the supervisor and HR on day 30, 60 and 80."""
    case = case_of(deadline)
    people = addressees_of(case.employee, on=deadline.trigger_on)
    left = DAYS_TO_ACT - day
    reached = last_day(deadline.trigger_on, day)
    for user in {user.pk: user for user in (people.supervisor, *people.hr) if user}.values():
        notify(
            user,
            title=f"Day {day} of 90: {left} days left for {case.employee}, until {deadline.due_on}",
            body="By then a better rating, or a proposal to demote or remove, must come.",
            on=reached,
            subject=case.subject,
            citation=deadline.citation,
            url=address_of(case),
        )


def no_alert(deadline: Deadline, day: int) -> None:
    """A promise alerts nobody."""
