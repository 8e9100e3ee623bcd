"""What must hold of a conversion that is done: no total fell, and nobody is missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from pay.models import PayRun, RunException
from pay.queries.integrity import disagreements
from pay.services.runs.outcomes import Mark

#: By the ledger and the orders, without what the run counted.
_LEDGER = """
SELECT count(DISTINCT action.employee_id) FILTER (WHERE action.kind = 'conversion'),
       count(*) FILTER (WHERE action.kind = 'conversion'),
       coalesce(sum((placed.chosen->>'total')::bigint)
                FILTER (WHERE action.kind = 'conversion'), 0),
       coalesce(sum(action.adjusted) FILTER (WHERE action.kind = 'conversion'), 0),
       count(*) FILTER (WHERE action.kind = 'conversion'
                          AND action.adjusted < (placed.chosen->>'total')::bigint),
       coalesce(sum(action.basic_after - action.basic_before)
                FILTER (WHERE action.kind = 'buy_in'), 0),
       coalesce(sum(action.basic_after - action.basic_before), 0)
  FROM pay_payaction AS action
  JOIN pay_payorder AS placed ON placed.id = action.order_id
 WHERE action.run_id = %s AND action.corrects_id IS NULL
"""


def prove_conversion(run: PayRun, *, ids: list[int]) -> Iterator[tuple[str, str, str]]:
    """Each statement about a conversion: what it should come to, and what was found.

    5 CFR 9701.373(a): the sum of the former totals, the sum of the new ones, nobody reduced.
    """
    totals = run.totals["all"]
    with connection.cursor() as cursor:
        cursor.execute(_LEDGER, [run.pk])
        people, rows, before, after, fallen, buy_in, increase = cursor.fetchall()[0]
    left = RunException.objects.filter(run=run, employee_id__in=ids).count()
    yield "People in the run, each once", _n(len(ids)), _n(len(set(ids)))
    yield "People converted", _n(totals[Mark.CONVERTED]), _n(people)
    yield "Conversions in the ledger, one a person", _n(people), _n(rows)
    yield "People converted or an exception", _n(len(ids)), _n(people + left)
    yield "Former totals, dollars", _n(totals["former_dollars"]), _n(before)
    yield "Totals after conversion, dollars", _n(totals["adjusted_dollars"]), _n(after)
    yield "People whose total fell", "0", _n(fallen)
    yield "Totals after conversion below the former ones", "no", "yes" if after < before else "no"
    yield "Credit for waiting time, dollars of basic pay", _n(totals["buy_in_dollars"]), _n(buy_in)
    yield "Change of basic pay, dollars", _n(totals["increase_dollars"]), _n(increase)
    wrong = disagreements(ids, on=run.effective)
    statement = "Rates that differ from the ledger or stand outside their range"
    yield statement, "0", _n(len(wrong))


def _n(figure: int) -> str:
    return f"{int(figure):,}"
