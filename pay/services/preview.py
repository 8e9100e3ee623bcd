"""What an act on a person's pay would do: it is done, looked at, and undone.

The one way to preview: the same service runs in a savepoint that is rolled back, so that a preview
and the act cannot part. `observed` is the same look without the undoing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from casework.models import Notice
from pay.models import Correction, DeniedIncrease, PayAction, SpecialPayment
from pay.models.special_payment import PaymentSchedule
from pay.queries.history import Standing, Step, pay_history
from regulation.refusals import Refused
from workforce.models import Assignment, Employee
from workforce.queries.relations import assignment_on


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A denied increase that an act opens or moves on; `before` is empty where it opens it."""

    case: DeniedIncrease
    before: str

    @property
    def opened(self) -> bool:
        """Whether it was not there before."""
        return not self.before


@dataclass(frozen=True, slots=True)
class PaymentChange:
    """A special payment that an act begins (`begun`) or ends."""

    payment: SpecialPayment
    begun: bool

    def __str__(self) -> str:
        payment = self.payment
        words = f"{payment.get_kind_display()} of ${payment.amount:,}"
        if payment.ends is not None:
            return f"{words}: its last day is {_day(payment.ends)}"
        once = payment.schedule == PaymentSchedule.LUMP_SUM
        return f"{words}: {'once, on' if once else 'every pay period from'} {_day(payment.starts)}"


@dataclass(frozen=True, slots=True)
class Side:
    """A person on a date, before or after an act."""

    standing: Standing | None
    assignment: Assignment | None
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act made: the rate before and after it on a date, its steps, and what follows.

    `steps` are new in the ledger, the oldest first; a step whose action corrects another takes its
    place. `annulled` are the steps that count no longer.
    """

    on: date
    before: Side
    after: Side
    steps: tuple[Step, ...]
    annulled: tuple[PayAction, ...]
    cases: tuple[CaseChange, ...]
    payments: tuple[PaymentChange, ...]
    corrections: tuple[Correction, ...]
    notices: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether position, duty station or special category change."""
        return _place(self.before.assignment) != _place(self.after.assignment)

    @property
    def own(self) -> tuple[Step, ...]:
        """The steps that the act adds."""
        return tuple(step for step in self.steps if step.action.corrects_id is None)

    @property
    def changed(self) -> tuple[Step, ...]:
        """The later steps that it works out anew."""
        return tuple(step for step in self.steps if step.action.corrects_id is not None)

    @property
    def figures(self) -> tuple[str, ...]:
        """Everything that may not differ from what was shown, a sentence each."""
        lines = [_told(step) for step in self.steps]
        lines += [f"{_day(each.effective)}: {each.kind} counts no longer" for each in self.annulled]
        lines += [
            f"Increase withheld on {_day(change.case.adjusted_on)}: "
            f"{change.case.get_state_display()}"
            for change in self.cases
        ]
        lines += [
            f"Back pay: ${each.amount:,}"
            + ("" if each.interest is None else f", interest ${each.interest:,}")
            for each in self.corrections
        ]
        lines += [str(change) for change in self.payments]
        if self.moved:
            lines.append("Position: " + ", ".join(filter(None, _place(self.after.assignment))))
        if self.before.state != self.after.state:
            lines.append(f"{self.after.state} instead of {self.before.state.lower()}")
        return tuple(lines)


def previewed(do: Callable[[], object], *, employee: Employee, on: date) -> Preview:
    """What `do` would make of a person's pay, seen on a date; nothing of it is kept.

    Constraints that are checked at the end of a transaction are checked too. Refused: what `do`
    refuses.
    """
    with transaction.atomic():
        seen = observed(do, employee=employee, on=on)
        connection.check_constraints()
        # Hooks that wait for the commit of this savepoint are forgotten with it.
        transaction.set_rollback(True)
    return seen


@transaction.atomic
def observed(do: Callable[[], object], *, employee: Employee, on: date) -> Preview:
    """Do it, and say what it made of a person's pay, seen on a date."""
    employee.lock_subject()
    before = _Look.at(employee, on=on)
    do()
    after = _Look.at(employee, on=on)
    new = [step for step in after.steps if step.action.pk > before.last]
    return Preview(
        on=on,
        before=before.side,
        after=after.side,
        steps=tuple(new),
        annulled=tuple(
            step.action for step in before.steps if not _stands(step.action, after=after.steps)
        ),
        cases=tuple(_changes(before.cases, after.cases)),
        payments=tuple(_paid_beside(before.payments, after.payments)),
        corrections=tuple(Correction.objects.filter(employee=employee, pk__gt=before.correction)),
        notices=tuple(
            Notice.objects.filter(recipient_id=employee.user_id, pk__gt=before.notice)
            .order_by("pk")
            .values_list("title", flat=True)
        )
        if employee.user_id
        else (),
    )


def carried_out(
    do: Callable[[], object], *, employee: Employee, on: date, shown: Sequence[str]
) -> Preview:
    """Do it, if it makes what was shown.

    Refused: `stale_form` where it would make something else, and what `do` refuses; then nothing is
    done.
    """
    with transaction.atomic():
        made = observed(do, employee=employee, on=on)
        if list(made.figures) != list(shown):
            raise Refused(
                "stale_form",
                "",
                "The result is no longer the one that you were shown. Nothing was saved.",
            )
    return made


@dataclass(frozen=True, slots=True)
class _Look:
    """A person's pay as it is on record at one moment."""

    side: Side
    steps: tuple[Step, ...]
    cases: Mapping[int, DeniedIncrease]
    payments: Mapping[int, SpecialPayment]
    last: int
    correction: int
    notice: int

    @classmethod
    def at(cls, employee: Employee, *, on: date) -> _Look:
        fresh = Employee.objects.get(pk=employee.pk)
        history = pay_history(fresh, on=on)
        return cls(
            side=Side(
                standing=history.standing,
                assignment=assignment_on(fresh, on=on),
                state=fresh.get_state_display(),
            ),
            steps=history.oldest_first,
            cases=DeniedIncrease.objects.filter(employee=fresh).in_bulk(),
            payments=SpecialPayment.objects.filter(employee=fresh).in_bulk(),
            last=_newest(PayAction, employee=fresh),
            correction=_newest(Correction, employee=fresh),
            notice=_newest(Notice, recipient_id=fresh.user_id or 0),
        )


def _newest(model: Any, **of: Any) -> int:
    newest = model.objects.filter(**of).order_by("-pk").values_list("pk", flat=True).first()
    return int(newest or 0)


def _stands(action: PayAction, *, after: Sequence[Step]) -> bool:
    """Whether a step still counts, itself or by what corrects it."""
    return any(action.place == step.action.place for step in after)


def _changes(
    before: Mapping[int, DeniedIncrease], after: Mapping[int, DeniedIncrease]
) -> list[CaseChange]:
    changes = []
    for pk, case in sorted(after.items()):
        was = before.get(pk)
        if was is None:
            changes.append(CaseChange(case, ""))
        elif (was.state, was.due_on) != (case.state, case.due_on):
            changes.append(CaseChange(case, was.get_state_display()))
    return changes


def _paid_beside(
    before: Mapping[int, SpecialPayment], after: Mapping[int, SpecialPayment]
) -> Iterator[PaymentChange]:
    for pk, payment in sorted(after.items()):
        was = before.get(pk)
        if was is None or was.ends != payment.ends:
            yield PaymentChange(payment, begun=was is None)


def _told(step: Step) -> str:
    action = step.action
    parts = [step.title]
    if action.basic_after is not None:
        parts.append(f"basic pay ${action.basic_after:,}{' retained' if action.retained else ''}")
        parts.append(f"adjusted rate ${action.adjusted:,}")
    if action.lump_sum:
        parts.append(f"lump sum ${action.lump_sum:,}")
    if action.amount is not None:
        parts.append(f"payment ${action.amount:,}")
    if action.band is not None:
        parts.append(f"band {action.band.code}")
    again = ", in place of what stood there" if action.corrects_id else ""
    return f"{_day(action.effective)}: {', '.join(parts)}{again}"


def _place(assignment: Assignment | None) -> tuple[str, ...]:
    if assignment is None:
        return ()
    return (
        str(assignment.position),
        assignment.get_kind_display(),
        assignment.area,
        assignment.special_category,
    )


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
