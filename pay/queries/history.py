"""A person's pay, step by step, as it was known at a moment: what, why, and by what figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from classification.models import Band
from governance.parameters import PARAMETERS
from pay.models import PayAction, RateRange
from pay.queries.replay import Difference, differences_of
from pay.rules.encoding import UnreadableInputs
from pay.rules.explain import UnknownRule, explain
from pay.rules.hourly import biweekly_rate, hourly_rate
from pay.rules.wording.kinds import words_of
from pay.rules.wording.rights import Right
from regulation.money import half_up_cent, half_up_dollar
from regulation.refusals import Refused
from workforce.models import Employee

SUPPLEMENTS = {
    "locality": "Locality supplement",
    "special": "Special rate supplement",
    "none": "No supplement",
    "": "No supplement",
}


@dataclass(frozen=True, slots=True)
class ParameterRead:
    """A policy parameter that a step read: its value and the directive that carries it."""

    key: str
    meaning: str
    citation: str
    value: str
    directive: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who stands behind a step: the person or, where the rule itself acts, its authority."""

    label: str
    who: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ledger, told; rates are whole dollars a year."""

    action: PayAction
    title: str
    reason: str
    rights: tuple[Right, ...]
    lines: tuple[str, ...]
    fault: str
    differences: tuple[Difference, ...]
    parameters: tuple[ParameterRead, ...]
    approval: Approval
    adjusted_before: int | None
    changed_band: bool
    coming: bool

    @property
    def change(self) -> int | None:
        """Dollars a year by which basic pay changed; None where there was none before or after."""
        before, after = self.action.basic_before, self.action.basic_after
        return None if before is None or after is None else after - before

    @property
    def change_percent(self) -> Decimal | None:
        """The same in percent of the rate before, to two places."""
        if not self.change or not self.action.basic_before:
            return None
        return half_up_cent(Fraction(abs(self.change) * 100, self.action.basic_before))

    @property
    def supplement_label(self) -> str:
        """The supplement paid, in words."""
        return SUPPLEMENTS.get(self.action.supplement_kind, self.action.supplement_kind)


@dataclass(frozen=True, slots=True)
class Standing:
    """The rate in force on a date: whole dollars a year; hourly and biweekly with cents."""

    action: PayAction
    basic: int
    supplement: int
    supplement_label: str
    adjusted: int
    capped: int
    hourly: Decimal
    biweekly: Decimal
    minimum: int | None
    maximum: int | None

    @property
    def place_in_range(self) -> int | None:
        """How far from minimum to maximum basic pay is, in whole percent; may leave 0 to 100."""
        if self.minimum is None or self.maximum is None:
            return None
        span = self.maximum - self.minimum
        return half_up_dollar(Fraction((self.basic - self.minimum) * 100, span))

    @property
    def meter(self) -> int:
        """The same, kept within a meter of 0 to 100."""
        return min(100, max(0, self.place_in_range or 0))


@dataclass(frozen=True, slots=True)
class PayHistory:
    """Everything the ledger says of one person, the newest step first."""

    employee: Employee
    on: date
    steps: tuple[Step, ...]
    standing: Standing | None
    ranges: tuple[RateRange, ...]

    @property
    def oldest_first(self) -> tuple[Step, ...]:
        """The steps in the order in which they took effect."""
        return self.steps[::-1]


def pay_history(employee: Employee, *, on: date, known: datetime | None = None) -> PayHistory:
    """The steps that stand on record, or that stood at a moment; two queries, however many steps.

    Rule 3 of the design: a step recorded later is left out, and one that a later row corrects is
    still shown as of a moment before that row.
    """
    actions = standing_actions(employee, known=known)
    bands = {action.band_id for action in actions if action.band_id is not None}
    ranges = tuple(
        RateRange.objects.filter(band_id__in=bands)
        .select_related("band__cluster")
        .order_by("band_id", "period")
    )
    steps = tuple(_steps(actions, on=on))
    return PayHistory(
        employee=employee,
        on=on,
        steps=steps[::-1],
        standing=_standing(actions, ranges=ranges, on=on),
        ranges=ranges,
    )


def standing_actions(employee: Employee, *, known: datetime | None = None) -> list[PayAction]:
    """The rows that count, in order of effect: neither corrected nor annulled, as known."""
    rows = PayAction.objects.filter(employee=employee).select_related(
        "band__cluster", "run__approved_by", "run__drafted_by", "order__actor", "actor"
    )
    if known is not None:
        rows = rows.filter(recorded_at__lte=known)
    found = list(rows.order_by("effective", "step", "place", "id"))
    corrected = {action.corrects_id for action in found if action.corrects_id is not None}
    return [action for action in found if not action.annuls and action.pk not in corrected]


def _steps(actions: Sequence[PayAction], *, on: date) -> Iterator[Step]:
    before: PayAction | None = None
    for action in actions:
        lines, fault = told(action)
        words = words_of(
            action.kind,
            below_minimum=action.below_minimum,
            retained=action.retained,
            lump_sum=bool(action.lump_sum),
            citation=action.citation,
        )
        yield Step(
            action=action,
            title=words.title,
            reason=words.reason,
            rights=words.rights,
            lines=lines,
            fault=fault,
            differences=tuple(differences_of(action)),
            parameters=tuple(_parameters(action.policy)),
            approval=approval_of(action),
            adjusted_before=before.adjusted if before else None,
            changed_band=before is not None and before.band_id != action.band_id,
            coming=action.effective > on,
        )
        before = action


def told(action: PayAction) -> tuple[tuple[str, ...], str]:
    """The arithmetic of a step, by running its rule again, or why it cannot be told."""
    if not action.rule and action.basic_after is None:
        return (), ""
    try:
        return explain(action.rule, action.rule_version, action.inputs).lines, ""
    except (UnknownRule, UnreadableInputs, TypeError, AttributeError):
        return (), "The stored figures of this step cannot be read by its rule."
    except Refused as refusal:
        return (), f"The rule refuses the stored figures of this step: {refusal.message}"


def approval_of(action: PayAction) -> Approval:
    """Who approved the run or ordered the step; else the authority by which it came about."""
    run, order = action.run, action.order
    if run is not None and run.approved_by is not None:
        drafted = f", drafted by {run.drafted_by}" if run.drafted_by else ""
        return Approval("Approved by", str(run.approved_by), f"in “{run.title}”{drafted}")
    actor = action.actor or (order.actor if order is not None else None)
    authority = action.authority or (order.authority if order is not None else "")
    if actor is not None:
        return Approval("Ordered by", str(actor), authority)
    return Approval("On the authority of", authority or "the regulation itself")


def _parameters(policy: Mapping[str, Mapping[str, object]]) -> Iterator[ParameterRead]:
    for key, read in sorted(policy.items()):
        known = PARAMETERS.get(key)
        yield ParameterRead(
            key=key,
            meaning=known.meaning if known else key,
            citation=known.citation if known else "",
            value=str(read.get("value", "")).replace("_", " "),
            directive=str(read.get("directive", "")),
        )


def _standing(
    actions: Sequence[PayAction], *, ranges: Sequence[RateRange], on: date
) -> Standing | None:
    last = next((action for action in reversed(actions) if action.effective <= on), None)
    if last is None or last.basic_after is None or last.adjusted is None:
        return None
    basic, adjusted = last.basic_after, last.adjusted
    band = range_of(ranges, band=last.band, on=on)
    return Standing(
        action=last,
        basic=basic,
        supplement=adjusted - basic,
        supplement_label=SUPPLEMENTS.get(last.supplement_kind, last.supplement_kind),
        adjusted=adjusted,
        capped=max(0, (last.uncapped or adjusted) - adjusted),
        hourly=hourly_rate(adjusted),
        biweekly=biweekly_rate(adjusted),
        minimum=band.minimum if band else None,
        maximum=band.maximum if band else None,
    )


def range_of(ranges: Sequence[RateRange], *, band: Band | None, on: date) -> RateRange | None:
    """The range of a band on a date, among ranges already read."""
    for each in ranges:
        if band is not None and each.band_id == band.pk and _holds(each, on):
            return each
    return None


def _holds(each: RateRange, on: date) -> bool:
    starts, ends = each.period.lower, each.period.upper
    return (starts is None or starts <= on) and (ends is None or on < ends)
