"""Conversions: who becomes covered in place, and the ledger of a batch that proves itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Entry
from classification.models import ClassificationDecision
from governance.queries.coverage import is_covered
from pay.kinds import Kind
from pay.models import OrderKind, PayAction, PayOrder
from pay.queries.people import PersonPay
from workforce.models import Assignment, AssignmentKind, Employee


@dataclass(frozen=True, slots=True)
class InPlace:
    """A position of record on the day of conversion, and how it was the day before.

    `covered_before`: subpart C applied already. `held_before`: some position of record was held;
    `moved`: another one, or at another duty station. `band_id` is None without a classification.
    """

    band_id: int | None
    area: str
    special_category: str
    covered_before: bool
    held_before: bool
    moved: bool


def in_place(people: Iterable[PersonPay], *, on: date) -> dict[int, InPlace]:
    """Whoever holds a position of record on the day, by id; a few queries for any number."""
    rows = {person.employee_id: person for person in people}
    before = on - timedelta(days=1)
    now = _of_record(rows, on=on)
    earlier = _of_record(rows, on=before)
    bands = _bands({held.position_id for held in now.values()}, on=on)
    categories = {rows[pk].coverage_category for pk in now}
    covered = {each: is_covered(each, subpart="C", on=before) for each in categories}
    return {
        pk: InPlace(
            band_id=bands.get(held.position_id),
            area=held.area,
            special_category=held.special_category,
            covered_before=covered[rows[pk].coverage_category],
            held_before=pk in earlier,
            moved=pk in earlier
            and (earlier[pk].position_id, earlier[pk].area) != (held.position_id, held.area),
        )
        for pk, held in now.items()
    }


def _of_record(employee_ids: Iterable[int], *, on: date) -> dict[int, Assignment]:
    rows = Assignment.objects.filter(
        employee_id__in=list(employee_ids), kind=AssignmentKind.PERMANENT, period__contains=on
    )
    return {row.employee_id: row for row in rows}


def _bands(position_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Bands of positions by `classification.queries.decisions.classification_on`, in one query."""
    rows = (
        ClassificationDecision.objects.filter(position_id__in=list(position_ids), effective__lte=on)
        .order_by("position_id", "-id")
        .distinct("position_id")
    )
    return dict(rows.values_list("position_id", "band_id"))


@dataclass(frozen=True, slots=True)
class ConversionLine:
    """One employee's former total, as conversion found it, and what is paid; whole dollars."""

    number: str
    total_before: int
    total_after: int
    buy_in: int
    retained: bool


@dataclass(frozen=True, slots=True)
class ConversionException:
    """Whom the batch left alone, and why."""

    number: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ConversionLedger:
    """A batch as orders and ledger have it."""

    batch: str
    lines: tuple[ConversionLine, ...]
    exceptions: tuple[ConversionException, ...]

    @property
    def total_before(self) -> int:
        """Former totals of everybody converted."""
        return sum(line.total_before for line in self.lines)

    @property
    def total_after(self) -> int:
        """What they are paid."""
        return sum(line.total_after for line in self.lines)

    @property
    def lost(self) -> tuple[ConversionLine, ...]:
        """Whose total fell: nobody's, or the conversion was no lawful one (9701.373(a))."""
        return tuple(line for line in self.lines if line.total_after < line.total_before)


def subject_of(batch: str) -> str:
    """The subject of a batch in the history."""
    return f"conversion_batch:{batch}"


def ledger_of(batch: str) -> ConversionLedger:
    """The ledger of a batch: its orders beside what the ledger of pay says of them."""
    orders = PayOrder.objects.filter(kind=OrderKind.CONVERSION, chosen__batch=batch)
    totals = {order.pk: order for order in orders}
    actions = (
        PayAction.objects.filter(order_id__in=totals, kind=Kind.CONVERSION.value, corrects=None)
        .select_related("employee")
        .order_by("employee__number")
    )
    lines = {
        action.employee_id: ConversionLine(
            number=action.employee.number,
            total_before=totals[action.order_id].chosen["total"],
            total_after=action.adjusted or 0,
            buy_in=totals[action.order_id].chosen["buy_in"],
            retained=action.retained,
        )
        for action in actions
        if action.order_id is not None
    }
    return ConversionLedger(
        batch=batch,
        lines=tuple(lines.values()),
        exceptions=_exceptions(batch, converted=lines),
    )


def _exceptions(batch: str, *, converted: Iterable[int]) -> tuple[ConversionException, ...]:
    """Of everybody whom the batch left alone and has not converted since, the last reason."""
    left: dict[int, tuple[str, str]] = {}
    for entry in Entry.objects.filter(subject=subject_of(batch)).order_by("id"):
        for employee_id, code, message in entry.detail["exceptions"]:
            left[employee_id] = (code, message)
    for employee_id in converted:
        left.pop(employee_id, None)
    numbers = dict(Employee.objects.filter(pk__in=left).values_list("pk", "number"))
    return tuple(
        ConversionException(number=numbers.get(pk, str(pk)), code=code, message=message)
        for pk, (code, message) in sorted(left.items())
    )
