"""The ledger of a conversion run, read from orders and ledger, not from what the run counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from pay.models import FormerRate, PayAction, PayRun, RunException

LINES_A_PAGE = 50
SHARE = 1_000
CONVERSION_CSV = (
    "number", "family name", "given name", "former total", "credit for waiting time",
    "former basic", "basic", "total", "difference", "retained", "exception", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """Sums over everybody converted, in whole dollars a year; `fallen` are people, and none."""

    people: int
    before: int
    after: int
    buy_in: int
    retained: int
    fallen: int
    exceptions: int

    @property
    def gained(self) -> int:
        """What the totals rose by together."""
        return self.after - self.before

    @property
    def holds(self) -> bool:
        """Whether nobody was reduced (5 CFR 9701.373(a))."""
        return self.fallen == 0 and self.after >= self.before


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One employee: the former total as the order has it, and what the ledger pays."""

    number: str
    family_name: str
    given_name: str
    before: int
    buy_in: int
    former_basic: int
    basic: int
    after: int
    retained: bool

    @property
    def gained(self) -> int:
        """What the total rose by, in dollars a year."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Some lines by employee number, and from where the next page goes on; empty at the end."""

    lines: list[LedgerLine]
    next: str


_PROOF = """
SELECT count(*), coalesce(sum((placed.chosen->>'total')::bigint), 0),
       coalesce(sum(action.adjusted), 0),
       coalesce(sum((placed.chosen->>'buy_in')::bigint), 0),
       count(*) FILTER (WHERE action.retained),
       count(*) FILTER (WHERE action.adjusted < (placed.chosen->>'total')::bigint)
  FROM pay_payaction AS action JOIN pay_payorder AS placed ON placed.id = action.order_id
 WHERE action.run_id = %s AND action.kind = 'conversion' AND action.corrects_id IS NULL
"""


def ledger_proof(run: PayRun) -> LedgerProof:
    """The sums of a conversion, in one query, and how many it left alone."""
    with connection.cursor() as cursor:
        cursor.execute(_PROOF, [run.pk])
        people, before, after, buy_in, retained, fallen = cursor.fetchall()[0]
    return LedgerProof(
        people=people,
        before=int(before),
        after=int(after),
        buy_in=int(buy_in),
        retained=retained,
        fallen=fallen,
        exceptions=RunException.objects.filter(run=run).count(),
    )


def ledger_page(run: PayRun, *, after: str = "", size: int = LINES_A_PAGE) -> LedgerPage:
    """The lines of the employees whose numbers come after one."""
    actions = (
        PayAction.objects.filter(
            run=run, kind="conversion", corrects=None, employee__number__gt=after[:24]
        )
        .select_related("employee", "order")
        .order_by("employee__number")[: size + 1]
    )
    lines = [_line(action) for action in actions]
    more = len(lines) > size
    return LedgerPage(lines=lines[:size], next=lines[size - 1].number if more else "")


def _line(action: PayAction) -> LedgerLine:
    chosen: dict[str, Any] = action.order.chosen if action.order else {}
    return LedgerLine(
        number=action.employee.number,
        family_name=action.employee.family_name,
        given_name=action.employee.given_name,
        before=chosen["total"],
        buy_in=chosen["buy_in"],
        former_basic=chosen["former"]["basic"],
        basic=action.basic_after or 0,
        after=action.adjusted or 0,
        retained=action.retained,
    )


def conversion_csv(run: PayRun) -> Iterator[list[Any]]:
    """Every line, and after them whom the run left alone and why, some at a time."""
    after = ""
    while True:
        page = ledger_page(run, after=after, size=SHARE)
        for line in page.lines:
            yield [
                *(line.number, cell(line.family_name), cell(line.given_name), line.before),
                *(line.buy_in, line.former_basic, line.basic, line.after, line.gained),
                *("yes" if line.retained else "no", "", ""),
            ]
        if not page.next:
            break
        after = page.next
    alone = RunException.objects.filter(run=run).select_related("employee")
    for each in alone.order_by("employee__number").iterator(chunk_size=SHARE):
        names = (cell(each.employee.family_name), cell(each.employee.given_name))
        yield [each.employee.number, *names, *[""] * 7, each.code, each.message]


def cell(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@dataclass(frozen=True, slots=True)
class DayLoaded:
    """Former rates on record for one day of conversion, and how many of them are of officers."""

    converts_on: date
    people: int
    officers: int


def days_loaded() -> list[DayLoaded]:
    """The days of conversion with former rates, the newest first."""
    rows = FormerRate.objects.order_by("-converts_on").values("converts_on")
    counted = rows.annotate(people=Count("id"), officers=Count("id", Q(law_enforcement=True)))
    return [DayLoaded(**row) for row in counted[:50]]
