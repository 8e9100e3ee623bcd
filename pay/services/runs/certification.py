"""Certifying a payout: its lines are frozen, whatever happens to ratings afterwards."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from pay.models import PayoutLine, PayRun, RunException
from pay.services.certify_pool import CertifiedPool
from pay.services.runs.checks import people_in_no_pool
from pay.services.runs.payout_preview import PayoutComputation, pool_figures
from regulation.refusals import Refused


def freeze_pools(run: PayRun) -> Callable[[CertifiedPool], None]:
    """Clear what an earlier certification froze; returns what freezes one pool after the other.

    5 CFR 9701.342(a)(2), (b)(2), (c)(2): members, ratings, points, proration and amounts.
    """
    RunException.objects.filter(run=run).delete()
    PayoutLine.objects.filter(run=run).delete()
    groups = run.preview["groups"]

    def freeze(certified: CertifiedPool) -> None:
        code = certified.pool.code
        _copy_lines(run, certified)
        RunException.objects.bulk_create(
            RunException(
                run=run, employee_id=employee_id, code=refusal.code, message=str(refusal)[:300]
            )
            for employee_id, refusal in certified.exceptions
        )
        groups[code] = {**groups.get(code, {}), **pool_figures(certified)}

    return freeze


def refuse_people_in_no_pool(computation: PayoutComputation) -> None:
    """Refuse, as `pool_member_missing`, while an eligible employee is in no pool.

    5 CFR 9701.342(b)(2).
    """
    alone = people_in_no_pool(computation.plan, effective=computation.run.effective)
    if alone:
        raise Refused(
            "pool_member_missing",
            "9701.342(b)(2)",
            f"{len(alone):,} eligible employees were in no pay pool on "
            f"{computation.plan.period_end}: {', '.join(alone[:5])}.",
        )


_LINES = """
COPY pay_payoutline (run_id, pool_id, employee_id, level, level_source, rating_id, points,
    proration, basic, band_maximum, retained, amount, increase, lump_sum) FROM STDIN
"""


def _copy_lines(run: PayRun, certified: CertifiedPool) -> None:
    with connection.cursor() as cursor, cursor.copy(_LINES) as copy:
        for line in certified.lines:
            part, result = line.proration, line.result
            copy.write_row(
                (
                    *(run.pk, certified.pool.pk, line.person.employee_id),
                    *(line.level, line.level_source, line.rating_id, line.points),
                    f"{part.numerator}/{part.denominator}",
                    *(line.basic, line.maximum, line.person.retained),
                    *(result.amount, result.increase, result.lump_sum),
                )
            )
