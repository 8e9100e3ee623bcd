"""The deadlines of pay: the 90 days of 5 CFR 9701.325, and what an act promised for a later date.

A promise is a deadline whose last day is the day before its effective date, so that the sweep of
that date, or whatever comes to the person first, carries it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from casework.models import Deadline, DeadlineState
from casework.services.deadlines import lapse
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused

#: 5 CFR 9701.325(a): the days in which a rate below the minimum must be acted on.
CLOCK = "below_minimum_90_days"
CLOCK_ALERTS = (30, 60, 80)
CLOCK_CITATION = "9701.325(a)"
#: A rating was issued: what it releases is paid from its pay period on (5 CFR 9701.324).
RELEASE = "release_denied_increase"
#: Day 90 has passed: the minimum is paid from its pay period on (5 CFR 9701.325(b)).
MINIMUM = "post_minimum_by_default"
#: A decided action of an app above takes effect: that app registers the kind (5 CFR 9701.611).
DECIDED_ACTION = "decided_action_takes_effect"
#: A career ladder's promotion falls due after conversion (5 CFR 9701.373(f)).
LADDER = "career_ladder_promotion"
#: The same for a supplement: 5 CFR 9701.337(a), and what day 90 brings (5 CFR 9701.337(b)).
ADJUSTED_CLOCK = "below_minimum_adjusted_90_days"
ADJUSTED_MINIMUM = "post_minimum_adjusted_by_default"
#: What a denied increase may promise.
OF_DENIALS = (RELEASE, MINIMUM, ADJUSTED_MINIMUM)
PROMISES = (*OF_DENIALS, DECIDED_ACTION, LADDER)


@dataclass(frozen=True, slots=True)
class NinetyDays:
    """The 90 days of one kind of increase: clock, promise, and the paragraphs behind them."""

    clock: str
    minimum: str
    citation: str
    denied: str
    released: str
    released_below: str
    initiated: str
    default: str
    #: What day 90 brings, in words.
    due: str


_NINETY_DAYS = {
    "range": NinetyDays(
        clock=CLOCK,
        minimum=MINIMUM,
        citation=CLOCK_CITATION,
        denied="9701.323(c)",
        released="9701.324",
        released_below="9701.325(a)(1)",
        initiated="9701.325(a)(2)",
        default="9701.325(b)",
        due="band minimum",
    ),
    "supplement": NinetyDays(
        clock=ADJUSTED_CLOCK,
        minimum=ADJUSTED_MINIMUM,
        citation="9701.337(a)",
        denied="9701.335(c)",
        released="9701.336",
        released_below="9701.337(a)(1)",
        initiated="9701.337(a)(2)",
        default="9701.337(b)",
        due="minimum adjusted rate of the band",
    ),
}


def ninety_days(kind: str) -> NinetyDays:
    """The 90 days of a denied increase of this kind, `range` or `supplement`."""
    return _NINETY_DAYS[kind]


def promise(
    subject: str, *, kind: str, employee_key: int, effective: date, made_on: date, citation: str
) -> None:
    """Promise a step of pay for a date; carried out when that date comes, or at once if it has."""
    due_on = effective - timedelta(days=1)
    trigger_on = min(made_on, due_on)
    Deadline.objects.create(
        kind=kind,
        subject=subject,
        employee_key=employee_key,
        citation=citation,
        trigger_on=trigger_on,
        days=(due_on - trigger_on).days,
        due_on=due_on,
    )


def effective_of(deadline: Deadline) -> date:
    """The date for which a promise stands."""
    return deadline.due_on + timedelta(days=1)


#: Rule 6 of the design: people are locked in order of id, so that no two wait for each other.
_LOCK = """
SELECT id FROM workforce_employee WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""
_WAITING = """
SELECT 1 FROM casework_deadline
 WHERE employee_key = ANY(%(ids)s::bigint[]) AND state = %(open)s
   AND error = ''
   AND (due_on < %(on)s::date
        OR (kind = ANY(%(promises)s::text[]) AND due_on < %(effective)s::date))
 LIMIT 1
"""


def lock_and_settle(employee_ids: Iterable[int], *, on: date, effective: date) -> list[int]:
    """Lock people in order of id and settle what is due before anything else happens to them.

    Rule 6 of the design: deadlines that ended before `on`, and promises up to `effective`, since
    what a rating already issued releases comes before whatever is decided for that date. One that
    cannot be carried out keeps its error and blocks no other. Returns the ids of the people found.
    """
    wanted = list(set(employee_ids))
    locked = [pk for (pk,) in binary_rows(_LOCK, {"ids": wanted})]
    settled = {"ids": locked, "on": on, "effective": effective, "promises": list(PROMISES)}
    settled["open"] = DeadlineState.OPEN.value
    if not binary_rows(_WAITING, settled):
        return locked
    due = Q(due_on__lt=on) | Q(kind__in=PROMISES, due_on__lt=effective)
    waiting = Deadline.objects.filter(
        due, employee_key__in=locked, state=DeadlineState.OPEN, error=""
    )
    # Carrying one out may promise another, so each is looked for anew.
    while deadline := waiting.select_for_update().order_by("due_on", "id").first():
        _carry_out(deadline)
    return locked


def _carry_out(deadline: Deadline) -> None:
    try:
        with transaction.atomic():
            lapse(deadline)
    except Refused as refusal:
        Deadline.objects.filter(pk=deadline.pk).update(error=f"{refusal.code}: {refusal}")
