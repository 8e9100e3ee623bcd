"""The totals of a run prove themselves against the ledger, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from casework.actor import Actor
from casework.services.act import act
from pay.models import PayoutLine, PayRun, RateRange, RunChunk, RunException, RunKind, RunState
from pay.queries.integrity import disagreements
from pay.services.runs.conversion_proof import prove_conversion
from pay.services.runs.inbox import DOUBTFUL, ask_for, done_with
from pay.services.runs.outcomes import Mark
from pay.services.runs.permissions import may_work_on
from pay.services.runs.plans import RangePlan
from pay.services.runs.supplement_proof import prove_supplement
from regulation.refusals import Refused

CITATION = "9701.357"


@dataclass(frozen=True, slots=True)
class Proof:
    """One statement about a run: what it should come to, and what was found."""

    statement: str
    expected: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether expected and found are one figure."""
        return self.expected == self.found


_LEDGER = """
SELECT count(DISTINCT employee_id), count(*),
       coalesce(sum(basic_after - basic_before), 0), coalesce(sum(lump_sum), 0),
       count(*) FILTER (WHERE kind = 'range_increase_denied')
  FROM pay_payaction WHERE run_id = %s AND corrects_id IS NULL
"""

#: Dollars of each pool, by the lines that the certification froze.
_POOLS = """
SELECT pool.code, coalesce(sum(action.basic_after - action.basic_before), 0),
       coalesce(sum(action.lump_sum), 0)
  FROM pay_payoutline AS line
  JOIN pay_paypool AS pool ON pool.id = line.pool_id
  LEFT JOIN pay_payaction AS action
    ON action.run_id = line.run_id AND action.employee_id = line.employee_id
   AND action.corrects_id IS NULL
 WHERE line.run_id = %s
 GROUP BY pool.code ORDER BY pool.code
"""


def verify_run(run: PayRun, *, actor: Actor, on: date, version: int | None = None) -> PayRun:
    """Prove the totals of a run that is done; if one does not hold it stays done, with the proof.

    5 CFR 9701.342(a)(1), 9701.357(a), (b). Refused: `invalid_transition`, `not_authorized`.
    """
    current = PayRun.objects.get(pk=run.pk)
    # Of a run that is not done there is nothing to prove; the transition then refuses it.
    proofs = list(prove(current)) if current.state == RunState.DONE else []
    holds = all(proof.holds for proof in proofs)
    written = [{**asdict(proof), "holds": proof.holds} for proof in proofs]

    def verify(fresh: PayRun) -> None:
        if holds:
            fresh.verify()
        elif fresh.state != RunState.DONE:
            message = "Only a run that is done is verified."
            raise Refused("invalid_transition", CITATION, message)
        fresh.totals = {**fresh.totals, "proof": written}

    with transaction.atomic():
        saved = act(
            run,
            name="verify" if holds else "fail_verification",
            actor=actor,
            on=on,
            version=version,
            may=lambda who, fresh: may_work_on(who, fresh, on=on),
            do=verify,
            citation=CITATION,
            detail={"failed": [proof.statement for proof in proofs if not proof.holds]},
        )
        if holds:
            done_with(saved, on=on)
        else:
            ask_for(saved, DOUBTFUL, on=on, citation=CITATION)
    return saved


def prove(run: PayRun) -> Iterator[Proof]:
    """Every statement that must hold of a run that is done."""
    if run.kind == RunKind.CONVERSION:
        yield from (Proof(*each) for each in prove_conversion(run, ids=_ids(run)))
        return
    totals = run.totals["all"]
    people, rows, increase, lump_sums, denied = _one_row(_LEDGER, [run.pk])
    yield from _everybody(run, totals=totals, posted=people)
    yield Proof("Ledger rows, one a person", _n(people), _n(rows))
    yield Proof("Increases of basic pay, dollars", _n(totals["increase_dollars"]), _n(increase))
    yield Proof(
        "Lump sums, dollars and cents", _cents(totals["lump_sum_dollars"]), _cents(lump_sums)
    )
    if run.kind == RunKind.RANGE_ADJUSTMENT:
        yield Proof("Denied increases in the ledger", _n(totals[Mark.DENIED]), _n(denied))
        yield from _ranges(run)
    elif run.kind == RunKind.SUPPLEMENT_ADJUSTMENT:
        yield from (Proof(*each) for each in prove_supplement(run, ids=_ids(run)))
    else:
        yield from _pools(run)
    wrong = disagreements(_ids(run), on=run.effective)
    yield Proof(
        "Rates that differ from the ledger or stand outside their range", "0", _n(len(wrong))
    )


def _everybody(run: PayRun, *, totals: dict[str, int], posted: int) -> Iterator[Proof]:
    """Nobody is skipped: posted, unchanged or an exception."""
    ids = _ids(run)
    yield Proof("People in the run, each once", _n(len(ids)), _n(len(set(ids))))
    exceptions = RunException.objects.filter(run=run, employee_id__in=ids).count()
    yield Proof("People with a row in the ledger", _n(totals["posted"]), _n(posted))
    accounted = posted + totals["as_is"] + exceptions
    yield Proof(
        "People paid, denied, left as they were or an exception", _n(len(ids)), _n(accounted)
    )


def _ranges(run: PayRun) -> Iterator[Proof]:
    planned = RangePlan.from_json(run.plan).ranges
    written = RateRange.objects.filter(run=run, period__startswith=run.effective)
    found = {
        code: (minimum, maximum)
        for code, minimum, maximum in written.values_list("band__code", "minimum", "maximum")
    }
    same = sum(1 for code, pair in planned.items() if found.get(code) == tuple(pair))
    yield Proof("New band rate ranges in force as planned", _n(len(planned)), _n(same))


def _pools(run: PayRun) -> Iterator[Proof]:
    """Paid and left come to what the pool had, and no pool is overspent."""
    with connection.cursor() as cursor, planned_for_many(cursor):
        cursor.execute(_POOLS, [run.pk])
        ledger = {code: Decimal(increase) + lump for code, increase, lump in cursor.fetchall()}
    certified = _certified_and_not_paid(run)
    for code, pool in sorted(run.totals["groups"].items()):
        amount = Decimal(pool["amount"])
        counted = pool["increase_dollars"] + pool["lump_sum_dollars"]
        left = Decimal(pool["left"])
        paid = ledger.get(code, Decimal(0))
        yield Proof(
            f"{code}: paid, by the run's count and by the ledger", _cents(counted), _cents(paid)
        )
        held = certified.get(code, Decimal(0))
        yield Proof(
            f"{code}: what the pool had = paid + left", _cents(amount), _cents(paid + held + left)
        )
        yield Proof(f"{code}: overspent", "no", "yes" if paid + held > amount else "no")


@contextmanager
def planned_for_many(cursor: CursorWrapper) -> Iterator[None]:
    """Join by hashing: the statistics do not know the rows that the run has just written."""
    with transaction.atomic():
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


def _certified_and_not_paid(run: PayRun) -> dict[str, Decimal]:
    """Dollars certified for people who became exceptions: still owed, so not left over."""
    exceptions = RunException.objects.filter(run=run).values("employee_id")
    held: dict[str, Decimal] = {}
    lines = PayoutLine.objects.filter(run=run, employee_id__in=exceptions)
    for code, increase, lump in lines.values_list("pool__code", "increase", "lump_sum"):
        held[code] = held.get(code, Decimal(0)) + increase + lump
    return held


def _ids(run: PayRun) -> list[int]:
    chunks = RunChunk.objects.filter(run=run).order_by("ordinal")
    return [pk for ids in chunks.values_list("employee_ids", flat=True) for pk in ids]


def _one_row(statement: str, parameters: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return tuple(cursor.fetchall()[0])


def _n(figure: int | Decimal) -> str:
    return f"{int(figure):,}"


def _cents(amount: int | Decimal) -> str:
    return f"{Decimal(amount):,.2f}"
