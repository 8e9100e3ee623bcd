"""A person's personnel actions: each order, who gave it, and what the rules made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.models import Entry
from pay.models import OrderKind, PayAction, PayOrder
from pay.rules.wording.kinds import words_of
from workforce.models import AbsenceKind, Employee

#: Acts on a person's record that are no orders of pay, and how the list calls them.
ACTS = {
    "hire": "Hired",
    "begin_absence": "Absence begun",
    "end_absence": "Absence ended",
    "end_special_payment": "Special payment ended",
    "correct_rating": "Rating corrected",
}
#: The day on which such an act counts, by the name in its detail.
_DATES = ("first_day", "back_on", "hired", "last_day")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step that an order made, and the row that stands in its place since, if one does."""

    action: PayAction
    title: str
    corrected_by: PayAction | None
    annulled: bool

    @property
    def stands(self) -> bool:
        """Whether it still counts."""
        return self.corrected_by is None and not self.annulled


@dataclass(frozen=True, slots=True)
class PersonnelAction:
    """One line of the list: an order with what came of it, or another act on the record.

    `state` is coming, in_force, standing, corrected, cancelled or recorded.
    """

    title: str
    effective: date
    recorded_at: datetime
    who: str
    authority: str
    decided: tuple[tuple[str, str], ...]
    outcomes: tuple[Outcome, ...]
    state: str
    order_id: int | None = None


def actions_of(employee: Employee, *, on: date) -> list[PersonnelAction]:
    """Every personnel action on record, the latest date first; three queries."""
    actions = list(
        PayAction.objects.filter(employee=employee)
        .select_related("band__cluster", "actor", "run")
        .order_by("effective", "step", "place", "id")
    )
    in_force = _in_force(actions, on=on)
    outcomes = _outcomes(actions)
    lines = [
        _ordered(order, outcomes.get(order.pk, ()), in_force=in_force, on=on)
        for order in PayOrder.objects.filter(employee=employee).select_related(
            "actor", "run__approved_by"
        )
    ]
    entries = Entry.objects.filter(employee_key=employee.pk, act__in=list(ACTS))
    lines += [_recorded(entry) for entry in entries.select_related("actor")]
    return sorted(lines, key=lambda line: (line.effective, line.recorded_at), reverse=True)


def _outcomes(actions: Sequence[PayAction]) -> Mapping[int, tuple[Outcome, ...]]:
    corrected = {each.corrects_id: each for each in actions if each.corrects_id is not None}
    made = defaultdict(list)
    for action in actions:
        if action.order_id is not None and not action.annuls:
            later = corrected.get(action.pk)
            made[action.order_id].append(
                Outcome(
                    action=action,
                    title=words_of(
                        action.kind,
                        below_minimum=action.below_minimum,
                        retained=action.retained,
                        lump_sum=bool(action.lump_sum),
                        citation=action.citation,
                    ).title,
                    corrected_by=later if later is not None and not later.annuls else None,
                    annulled=later is not None and later.annuls,
                )
            )
    return {order: tuple(each) for order, each in made.items()}


def _in_force(actions: Iterable[PayAction], *, on: date) -> int | None:
    """The row that gives the rate on a date."""
    rows = list(actions)
    corrected = {each.corrects_id for each in rows}
    standing = [
        each
        for each in rows
        if each.effective <= on and not each.annuls and each.pk not in corrected
    ]
    return standing[-1].pk if standing else None


def _ordered(
    order: PayOrder, outcomes: Sequence[Outcome], *, in_force: int | None, on: date
) -> PersonnelAction:
    run = order.run
    who = order.actor or (run.approved_by if run is not None else None)
    return PersonnelAction(
        title=order.get_kind_display(),
        effective=order.effective,
        recorded_at=order.recorded_at,
        who=str(who or "The system"),
        authority=order.authority,
        decided=tuple(_decided(order)),
        outcomes=tuple(outcomes),
        state=_state(order, outcomes, in_force=in_force, on=on),
        order_id=order.pk,
    )


def _state(order: PayOrder, outcomes: Sequence[Outcome], *, in_force: int | None, on: date) -> str:
    if outcomes and all(each.annulled for each in outcomes):
        return "cancelled"
    if outcomes and not any(each.stands for each in outcomes):
        return "corrected"
    if order.effective > on:
        return "coming"
    if any(each.action.pk == in_force for each in outcomes):
        return "in_force"
    return "standing" if outcomes or order.kind == OrderKind.CORRECTION else "recorded"


def _decided(order: PayOrder) -> Iterable[tuple[str, str]]:
    """What was decided, as far as it is said in a word or a figure."""
    for key, value in order.chosen.items():
        if value is None or value is False or value in ("", [], {}):
            continue
        yield key.replace("_", " ").capitalize(), _in_words(value)


def _in_words(value: object) -> str:
    if value is True:
        return "Yes"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(_in_words(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{key.replace('_', ' ')} {_in_words(each)}" for key, each in value.items()
        )
    return str(value).replace("_", " ")


def _recorded(entry: Entry) -> PersonnelAction:
    """An act that is no order: its entry in the history."""
    detail = entry.detail
    named = next((detail[name] for name in _DATES if name in detail), None)
    kind = str(detail.get("kind", ""))
    decided = []
    if kind in AbsenceKind.values:
        decided.append(("Kind", str(AbsenceKind(kind).label)))
    if entry.act == "correct_rating":
        decided.append(("Level", f"{detail.get('from', '')} → {detail.get('to', '')}"))
    return PersonnelAction(
        title=ACTS[entry.act],
        effective=date.fromisoformat(named) if named else entry.on,
        recorded_at=entry.recorded_at,
        who=str(entry.actor or entry.system_reason or "The system"),
        authority=str(detail.get("reference", "")),
        decided=tuple(decided),
        outcomes=(),
        state="recorded",
    )
