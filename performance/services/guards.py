"""Refusals that several acts on ratings share; each reads what it needs and asks the pure rules."""

from __future__ import annotations

from datetime import date

from performance.models import VOID, Cycle, RatingKind, RatingLevel, RatingOfRecord
from performance.queries.absences import absences_of
from performance.queries.rating_file import RatingFile
from performance.queries.supervising import supervised_in
from performance.rules.absence import check_attested, check_not_lowered_in_absence
from performance.rules.equal_opportunity import CODE as EQUAL_OPPORTUNITY
from performance.rules.equal_opportunity import check_assessed
from performance.rules.quota_text import check_no_quota
from performance.rules.substantial_change import check_substantial_change
from performance.rules.summary_level import check_summary
from regulation.refusals import Refused
from workforce.models import Employee
from workforce.queries.coverage import is_covered


def refuse_uncovered(employee: Employee, *, on: date) -> None:
    """Refuse where subpart D is not in force for the employee: subpart_d_not_effective."""
    if not is_covered(employee, subpart="D", on=on):
        raise Refused(
            "subpart_d_not_effective",
            "9701.102(c)",
            f"Subpart D does not apply to {employee.name} on {on.isoformat()}.",
        )


def level_named(cycle: Cycle, code: str) -> RatingLevel:
    """The level of that code in the period's system. Raises Refused level_not_in_system."""
    level = RatingLevel.objects.filter(system_id=cycle.system_id, code=code).first()
    if level is None:
        raise Refused(
            "level_not_in_system",
            "9701.409(a)",
            f"“{code}” is no level of the system that {cycle} belongs to.",
        )
    return level


def refuse_second_annual(employee: Employee, cycle: Cycle) -> None:
    """Refuse a second annual rating of a period: duplicate_rating (5 CFR 9701.404)."""
    if (
        RatingOfRecord.objects.filter(employee=employee, cycle=cycle, kind=RatingKind.ANNUAL)
        .exclude(state__in=VOID)
        .exists()
    ):
        raise Refused(
            "duplicate_rating",
            "9701.404",
            f"A rating of record for {cycle} is already standing. Use an additional rating.",
        )


def refuse_quota(text: str, file: RatingFile) -> None:
    """Refuse a reason that speaks of numbers of ratings: quota_not_allowed (.409(d))."""
    check_no_quota(
        text,
        titles=[level.title for level in file.levels],
        codes=[level.code for level in file.levels],
    )


def require(text: str, what: str) -> str:
    """The text without its margins. Raises Refused reason_required where it is empty."""
    if not text.strip():
        raise Refused("reason_required", "9701.409(c)", f"Give {what}.")
    return text.strip()


def check_summary_of(file: RatingFile, level: RatingLevel | None) -> None:
    """Refuse a summary level that the parts contradict: unacceptable_mismatch (.404)."""
    failed = [
        item.title
        for item in file.expectations
        if (element := file.elements.get(item.pk)) and element.level and element.level.unacceptable
    ]
    check_summary(failed=failed, unacceptable=level is not None and level.unacceptable)


def check_equal_opportunity(file: RatingFile) -> None:
    """Refuse a supervisor's rating without a level for equal opportunity: eeo_not_assessed.

    5 CFR 9701.410(d). Part of the time rated is enough to be a supervisor of.
    """
    check_assessed(
        supervises=supervised_in(
            file.rating.employee, first=file.period_start, last=file.period_end
        ),
        assessed=any(
            item.competency == EQUAL_OPPORTUNITY and file.code_of(item) is not None
            for item in file.expectations
        ),
    )


def check_attestation(file: RatingFile, *, level: RatingLevel | None, attested: bool) -> None:
    """Refuse without the attestation about absence where it is due (5 CFR 9701.409(f))."""
    prior = file.prior
    check_attested(
        attested=attested,
        rank=level.rank if level else None,
        prior_rank=_rank_among(file.levels, prior.level) if prior and prior.level else None,
        approved=file.approved_absences,
        period_start=file.period_start,
        period_end=file.period_end,
    )


def _rank_among(levels: list[RatingLevel], level: RatingLevel) -> int:
    """The rank of a level, or in another system that of unacceptable or fully successful."""
    if any(each.pk == level.pk for each in levels):
        return level.rank
    return next(
        (each.rank for each in levels if each.unacceptable and level.unacceptable),
        next(each.rank for each in levels if each.fully_successful),
    )


def check_change_shown(rating: RatingOfRecord, *, on: date) -> None:
    """Refuse an additional rating without a change shown: no_substantial_change (.409(b)#2)."""
    standing = rating.standing
    check_substantial_change(
        standing_issued=standing.issued_on if standing else None,
        described=rating.change_described,
        evidence_dated=rating.evidence_dated,
        on=on,
    )


def check_not_lowered(
    employee: Employee, *, level: RatingLevel | None, standing: RatingOfRecord | None, on: date
) -> None:
    """Refuse to lower a standing rating during approved absence: absence_lowering (.409(f))."""
    if level is None:
        return
    check_not_lowered_in_absence(
        name=employee.name,
        rank=level.rank,
        standing_rank=standing.level.rank if standing and standing.level else None,
        approved=absences_of([employee.pk])[employee.pk],
        on=on,
    )
