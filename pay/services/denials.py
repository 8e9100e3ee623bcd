"""The cases of denied increases: opening them, moving them on, and telling who is concerned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django_fsm import can_proceed

from accounts.models import Role
from casework.actor import Actor
from casework.models import Deadline, DeadlineState, Entry, Notice, WorkItem
from casework.services.deadlines import deadline_of, end_deadline
from casework.services.history import entry_of, record
from casework.services.notices import notice_of
from casework.services.work_items import finish_work_item, open_work_item
from governance.queries.policy import Policy
from pay.deadlines import CLOCK_ALERTS, ninety_days
from pay.models import DenialState, DeniedIncrease
from pay.queries.addressees import Addressees, addressees_of, to_be_told
from pay.queries.people import RELEASABLE
from pay.rules.denied_increase import DAYS_TO_ACT, ninety_day_deadline
from workforce.models import Employee

HR_ITEM = "below_minimum_hr"
SUPERVISOR_ITEM = "below_minimum_supervisor"
CANCELLED_ITEM = "withheld_by_cancelled_rating"
DENIED_CITATION = "9701.323(c)"


@dataclass(frozen=True, slots=True)
class NewDenial:
    """An increase that an unacceptable rating withheld, as the ledger has it.

    `percentage` is a part of one: of basic pay, or points of a supplement.
    """

    employee_id: int
    action_id: int
    rating_id: int | None
    adjusted_on: date
    percentage: Fraction
    basic: int
    below_minimum: bool
    kind: str = "range"


def open_denials(denials: Sequence[NewDenial], *, actor: Actor, on: date) -> list[DeniedIncrease]:
    """Open a case for each; below the new minimum it starts the 90 days.

    5 CFR 9701.325(a), 9701.337(a). What a rating issued meanwhile releases is promised at once.
    """
    found = {}
    for denial in denials:
        known = _of_the_same_day(denial) if denial.kind == "supplement" else None
        if known is not None:
            found[id(denial)] = _widen(known, denial, actor=actor, on=on)
    new = [denial for denial in denials if id(denial) not in found]
    for denial, case in zip(new, _open(new, actor=actor, on=on), strict=True):
        found[id(denial)] = case
    cases = [found[id(denial)] for denial in denials]
    # Releases stand on this module.
    from pay.services.issued_meanwhile import promise_issued_meanwhile

    promise_issued_meanwhile(cases, on=on)
    return cases


def _open(denials: Sequence[NewDenial], *, actor: Actor, on: date) -> list[DeniedIncrease]:
    """Case, history, notice, clock and inboxes of each, one statement a table."""
    if not denials:
        return []
    cases = DeniedIncrease.objects.bulk_create([_case_of(denial) for denial in denials])
    told = to_be_told({case.employee_id for case in cases}, on=denials[0].adjusted_on)
    below = [case for case in cases if case.below_minimum]
    Entry.objects.bulk_create(
        entry_of(
            case.subject,
            act="deny",
            actor=actor,
            on=on,
            employee_key=case.employee_key,
            to_state=DenialState.OPEN,
            citation=ninety_days(case.kind).denied,
            detail={"percentage": case.percentage, "basic": case.basic_denied},
        )
        for case in cases
    )
    Notice.objects.bulk_create(
        notice_of(
            user,
            title="An unacceptable rating of record withheld your pay increase",
            body="A new rating above unacceptable releases it from the next pay period on.",
            on=on,
            subject=case.subject,
            citation=ninety_days(case.kind).denied,
            url=address_of(case),
        )
        for case in cases
        if (user := told[case.employee_id].employee) is not None
    )
    Deadline.objects.bulk_create(_clock(case) for case in below)
    people = dict(Employee.objects.in_bulk([case.employee_id for case in below]))
    for case in below:
        case.employee = people[case.employee_id]
    WorkItem.objects.bulk_create(
        WorkItem(
            kind=asked.pop("kind"),
            subject=case.subject,
            employee_key=case.employee_key,
            opened_on=on,
            **asked,
        )
        for case in below
        for asked in _asked(case, told[case.employee_id])
    )
    return cases


def _case_of(denial: NewDenial) -> DeniedIncrease:
    below = denial.below_minimum
    words = ninety_days(denial.kind)
    return DeniedIncrease(
        employee_id=denial.employee_id,
        kind=denial.kind,
        adjusted_on=denial.adjusted_on,
        action_id=denial.action_id,
        rating_id=denial.rating_id,
        percentage=f"{denial.percentage.numerator}/{denial.percentage.denominator}",
        basic_denied=denial.basic,
        below_minimum=below,
        due_on=ninety_day_deadline(denial.adjusted_on) if below else None,
        citation=words.citation if below else words.released,
    )


def _of_the_same_day(denial: NewDenial) -> DeniedIncrease | None:
    return DeniedIncrease.objects.filter(
        employee_id=denial.employee_id, kind=denial.kind, adjusted_on=denial.adjusted_on
    ).first()


def _widen(case: DeniedIncrease, denial: NewDenial, *, actor: Actor, on: date) -> DeniedIncrease:
    """Let a second adjustment of one day, of another supplement, count in the case of the first."""
    words = ninety_days(denial.kind)
    starts = denial.below_minimum and not case.below_minimum

    def do(fresh: DeniedIncrease) -> None:
        withheld = Fraction(fresh.percentage) + denial.percentage
        fresh.percentage = f"{withheld.numerator}/{withheld.denominator}"
        if starts:
            fresh.below_minimum = True
            fresh.due_on = ninety_day_deadline(denial.adjusted_on)
            fresh.citation = words.citation

    widened = move(case, do, name="deny", actor=actor, on=on, citation=words.denied)
    if starts:
        start_clock(widened, sent=())
        _ask_to_act(widened, addressees_of(widened.employee, on=denial.adjusted_on), on=on)
    return widened


def start_clock(case: DeniedIncrease, *, sent: Sequence[int]) -> None:
    """Start, or take up again, the 90 days that count from the adjustment.

    5 CFR 9701.325(a), 9701.337(a).
    """
    clock = _clock(case)
    clock.alerts_sent = list(sent)
    clock.save(force_insert=True)


def _clock(case: DeniedIncrease) -> Deadline:
    words = ninety_days(case.kind)
    return deadline_of(
        case,
        kind=words.clock,
        trigger_on=case.adjusted_on,
        days=DAYS_TO_ACT,
        citation=words.citation,
        alerts=CLOCK_ALERTS,
    )


def _ask_to_act(case: DeniedIncrease, people: Addressees, *, on: date) -> None:
    for asked in _asked(case, people):
        open_work_item(case, on=on, **asked)


def _asked(case: DeniedIncrease, people: Addressees) -> Iterator[dict[str, Any]]:
    """What is to be put into whose inbox."""
    words = ninety_days(case.kind)
    shared = {
        "title": f"Pay of {case.employee} is below the {words.due}: act by {case.due_on}",
        "url": address_of(case),
        "citation": words.citation,
        "due_on": case.due_on,
    }
    if people.supervisor is not None:
        yield {**shared, "kind": SUPERVISOR_ITEM, "user": people.supervisor}
    hr = {"role": Role.HR_SPECIALIST, "organization": people.organization}
    yield {**shared, "kind": HR_ITEM, **hr}


def address_of(case: DeniedIncrease) -> str:
    """The page of a case."""
    return reverse("pay:denied_increase", args=[case.pk])


def move(
    case: DeniedIncrease,
    do: Callable[[DeniedIncrease], object],
    *,
    name: str,
    actor: Actor,
    on: date,
    citation: str,
    detail: dict[str, Any] | None = None,
) -> DeniedIncrease:
    """Carry a case on as part of an act or a settlement that holds the person's lock already.

    What a person does to a case goes through `casework.act`; this is for what follows from it.
    """
    fresh = DeniedIncrease.objects.select_for_update(no_key=True).get(pk=case.pk)
    before = str(fresh.state)
    do(fresh)
    fresh.version += 1
    fresh.save()
    record(
        fresh.subject,
        act=name,
        actor=actor,
        on=on,
        employee_key=fresh.employee_key,
        from_state=before,
        to_state=str(fresh.state),
        citation=citation,
        detail=detail,
    )
    if fresh.state in (DenialState.RELEASED, DenialState.CLOSED):
        finish_work_item(fresh, kind=CANCELLED_ITEM, on=on)
    return fresh


def end_clocks(case: DeniedIncrease, *, state: DeadlineState, on: date, by: str) -> None:
    """End the 90 days, and the minimum promised after them, and clear the inboxes."""
    words = ninety_days(case.kind)
    for kind in (words.clock, words.minimum):
        end_deadline(case.subject, kind=kind, state=state, on=on, by=by)
    for item in (HR_ITEM, SUPERVISOR_ITEM):
        finish_work_item(case, kind=item, on=on)


def close_denials(
    employee_id: int,
    *,
    on: date,
    actor: Actor,
    policy: Policy | None,
    reason: str,
    keep: Collection[date] = (),
) -> list[DeniedIncrease]:
    """Close what a promotion, demotion or separation ends (R7, R8).

    Below the minimum always; the others by parameter denied.close_on_band_change, or, without a
    policy (separation), all. `keep` are dates of adjustments whose cases go on.
    """
    cases = DeniedIncrease.objects.filter(
        employee_id=employee_id, state__in=RELEASABLE, adjusted_on__lte=on
    )
    return _close(
        [
            case
            for case in cases.order_by("adjusted_on", "id")
            if case.adjusted_on not in keep
            and (case.below_minimum or policy is None or policy["denied.close_on_band_change"])
        ],
        on=on,
        actor=actor,
        reason=reason,
    )


def end_freeze(
    employee_id: int, *, on: date, actor: Actor, reason: str = "move"
) -> list[DeniedIncrease]:
    """Close denied supplement increases: upon a move or a return the published one is paid.

    5 CFR 9701.332(a), 9701.333, 9701.342(f), (g); R11, R20.
    """
    cases = DeniedIncrease.objects.filter(
        employee_id=employee_id, kind="supplement", state__in=RELEASABLE, adjusted_on__lte=on
    )
    return _close(cases.order_by("adjusted_on", "id"), on=on, actor=actor, reason=reason)


def _close(
    cases: Iterable[DeniedIncrease], *, on: date, actor: Actor, reason: str
) -> list[DeniedIncrease]:
    closed = []
    for case in cases:
        # A minimum promised for a later date is overtaken too, though its case ended before.
        end_clocks(case, state=DeadlineState.CANCELLED, on=on, by=reason)
        if can_proceed(case.close):
            closed.append(
                move(
                    case,
                    lambda fresh: fresh.close(on=on),
                    name="close",
                    actor=actor,
                    on=on,
                    citation=str(case.citation),
                    detail={"reason": reason},
                )
            )
    return closed
