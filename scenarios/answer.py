"""What came of a scenario, as the JSON document of the contract has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from adverse_actions.models import Proposal, ProposalState
from casework.models import Deadline, DeadlineState
from pay.models import Correction, DeniedIncrease, PayAction, PayRate
from pay.rules.hourly import hourly_rate
from pay.rules.point_value import PERCENT_MODES
from regulation.refusals import Refused
from scenarios.build import World, dollars
from scenarios.reconsiderations import left_to_people, reconsideration_cases


@dataclass(frozen=True, slots=True)
class PoolTotal:
    """What a payout of a pool came to; `value` is None where nobody has points."""

    pool: str
    on: date
    points: Fraction
    value: str | None
    paid: Decimal
    left: Decimal

    @property
    def points_text(self) -> str:
        """The points as a decimal: exact where it ends, else to six places."""
        exact = Decimal(self.points.numerator) / Decimal(self.points.denominator)
        return plain(exact.quantize(Decimal("0.000001")))

    def as_json(self) -> dict[str, Any]:
        return {
            "pool": self.pool,
            "date": self.on.isoformat(),
            "points": self.points_text,
            "value": self.value,
            "paid": dollars(self.paid),
            "left": dollars(self.left),
        }


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that the rules refused, by its place in the file."""

    event: int
    refusal: Refused

    def as_json(self) -> dict[str, Any]:
        return {
            "event": self.event,
            "code": self.refusal.code,
            "citation": self.refusal.citation,
            "message": self.refusal.message,
        }


@dataclass
class Answer:
    """Everything that a scenario came to."""

    title: str
    actions: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[RefusedEvent] = field(default_factory=list)
    pools: list[PoolTotal] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    exceptions: list[dict[str, Any]] = field(default_factory=list)
    back_pay: list[dict[str, str]] = field(default_factory=list)
    #: By the file's name of each employee, the latest first; not part of the document.
    rates: dict[str, list[PayRate]] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        return not self.failed

    def as_json(self) -> dict[str, Any]:
        """The document, ready for `json.dumps`."""
        return {
            "title": self.title,
            "held": self.held,
            "failed": self.failed,
            "pay_actions": self.actions,
            "cases": self.cases,
            "refusals": [refused.as_json() for refused in self.refusals],
            "pools": [total.as_json() for total in self.pools],
            "back_pay": self.back_pay,
            "exceptions": self.exceptions,
        }


def back_pay_of(world: World) -> list[dict[str, str]]:
    """What each correction owes, in the order of correction; interest as far as rates are known."""
    return [
        {
            "employee": world.codes[row.employee_id],
            "amount": dollars(row.amount),
            "interest": dollars(row.interest or Decimal(0)),
        }
        for row in Correction.objects.filter(since__isnull=False).order_by("id")
    ]


def rates_of(world: World) -> dict[str, list[PayRate]]:
    """Everybody's rates, the latest first."""
    found: dict[str, list[PayRate]] = {}
    for rate in PayRate.objects.select_related("band").order_by("-starts"):
        found.setdefault(world.codes[rate.employee_id], []).append(rate)
    return found


def exceptions_of(world: World) -> list[dict[str, Any]]:
    """People whom an event left alone, and what fell due and could not be carried out."""
    left = [
        {
            "event": one.event,
            "employee": world.codes[one.employee_id],
            "date": one.on.isoformat(),
            "code": one.refusal.code,
            "citation": one.refusal.citation,
            "message": one.refusal.message,
        }
        for one in world.exceptions
    ]
    stuck = Deadline.objects.filter(state=DeadlineState.OPEN).exclude(error="").order_by("id")
    for deadline in stuck:
        code, _, message = deadline.error.partition(": ")
        left.append(
            {
                "event": None,
                "employee": world.codes[deadline.employee_key],
                "date": (deadline.due_on + timedelta(days=1)).isoformat(),
                "code": code,
                "citation": deadline.citation,
                "message": message,
            }
        )
    return left + left_to_people(world)


def point_value_text(value: Decimal, *, mode: str) -> str:
    """A point's value with its cents, or with four places where it is a percent."""
    places = 4 if mode in PERCENT_MODES else 2
    exponent = value.as_tuple().exponent
    longer = isinstance(exponent, int) and -exponent > places
    return format(value if longer else value.quantize(Decimal(1).scaleb(-places)), "f")


def plain(number: Decimal) -> str:
    """A decimal without an exponent or needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def actions_of(world: World, opening: set[int]) -> list[dict[str, Any]]:
    """Every pay action in the order of effect, without the rates that people began with."""
    rows = (
        PayAction.objects.exclude(pk__in=opening)
        .select_related("band")
        .order_by("effective", "step", "place", "id")
    )
    sequence_of = {row.pk: number for number, row in enumerate(rows, start=1)}
    return [_action(row, sequence_of, world) for row in rows]


def _action(row: PayAction, sequence_of: dict[int, int], world: World) -> dict[str, Any]:
    paid = row.adjusted
    return {
        "sequence": sequence_of[row.pk],
        "employee": world.codes[row.employee_id],
        "effective": row.effective.isoformat(),
        "kind": row.kind,
        "basic_before": row.basic_before,
        "basic_after": row.basic_after,
        "supplement_percent": format(row.supplement_percent, ".4f"),
        "adjusted_after": paid,
        "hourly_after": None if paid is None else dollars(hourly_rate(paid)),
        "lump_sum": dollars(row.lump_sum),
        "amount": None if row.amount is None else dollars(row.amount),
        "retained": row.retained,
        "band": row.band.code if row.band else None,
        "rule": row.rule,
        "citation": row.citation,
        "corrects": sequence_of.get(row.corrects_id) if row.corrects_id else None,
    }


def cases_of(world: World) -> list[dict[str, Any]]:
    """Every case as it stands at the end, in the order of opening."""
    denied = [
        {
            "kind": f"denied_{case.kind}_increase",
            "employee": world.codes[case.employee_id],
            "opened": case.adjusted_on.isoformat(),
            "due": _iso(case.due_on),
            "state": case.state,
            "closed": _iso(case.closed_on),
            "citation": case.citation,
        }
        for case in DeniedIncrease.objects.order_by("id")
    ]
    proposed = [
        {
            "kind": "adverse_action",
            "employee": world.codes[case.employee_id],
            "opened": case.delivered_on.isoformat(),
            "due": None,
            "state": case.state,
            "closed": _iso(_ended_on(case)),
            "citation": "9701.609(a)",
        }
        for case in Proposal.objects.order_by("id")
    ]
    return sorted(
        denied + proposed + reconsideration_cases(world), key=lambda case: case["opened"] or ""
    )


def _ended_on(proposal: Proposal) -> date | None:
    """The day on which a proposal was withdrawn, took effect, or was decided against."""
    if proposal.state == ProposalState.EFFECTED:
        return proposal.decided_effective
    if proposal.state == ProposalState.NOT_SUSTAINED:
        return proposal.decided_on
    return proposal.withdrawn_on


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
