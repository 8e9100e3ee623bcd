"""A small department whose pay can be run: two bands, two pools, people of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Role, User
from classification.models import Band
from governance.models import Coordination, CoordinationState
from pay.kinds import Kind
from pay.ledger import post_many
from pay.models import PayPool, PointPattern, PoolMembership
from pay.pricing import Source, rate_posting
from pay.queries.people import load
from pay.queries.terms import terms_on
from pay.services.runs.plans import Fund, PayoutPlan, PoolFunds, RangePlan
from performance.models import Cycle, RatingLevel, RatingOfRecord, RatingState
from performance.models.system import STANDARD_SYSTEM, PerformanceSystem
from tests import factories
from workforce.models import Employee

OPENED = date(2005, 1, 9)
EFFECTIVE = date(2007, 1, 7)
PERIOD_END = date(2006, 9, 30)
#: The day after the effective date, on which everybody acts.
ON = date(2007, 1, 8)
LEVELS = (("AE", 1), ("EE", 2), ("ME", 3), ("U", 4))
POINTS = {"AE": 4, "EE": 2, "ME": 1, "U": 0}


@dataclass
class Department:
    """What the tests of runs stand on."""

    developmental: Band
    full: Band
    drafter: User
    approver: User
    levels: dict[str, RatingLevel]
    cycle: Cycle
    pools: dict[str, PayPool] = field(default_factory=dict)

    def range_plan(self, *, minimum: int = 42_139, maximum: int = 71_750) -> RangePlan:
        """The Full Performance band rises by 2.5005 % at its minimum."""
        return RangePlan(ranges={"FP": (minimum, maximum)})

    def payout_plan(self, amounts: dict[str, str], *, mode: str = "share_dollar") -> PayoutPlan:
        """A payout for the period just ended, without proration."""
        total = sum((Decimal(amount) for amount in amounts.values()), Decimal(0))
        return PayoutPlan(
            period_end=PERIOD_END,
            mode=mode,
            since=None,
            pools={code: PoolFunds(amount=Decimal(amount)) for code, amount in amounts.items()},
            fund=Fund(
                amount=total,
                official="Chief Human Capital Officer",
                within_grade=Decimal("1000.00"),
                promotions=Decimal("500.00"),
                note="As weighed in the fund's memorandum.",
            ),
        )

    def hire(
        self,
        name: str,
        *,
        basic: int,
        band: Band | None = None,
        level: str = "",
        pool: str = "",
        retained: bool = False,
    ) -> Employee:
        """One person paid from the opening on, rated for the period unless level is empty."""
        employee = factories.make_employee(name, user=False)
        self.pay([(employee, band or self.full, basic, retained)])
        if level:
            self.rate(employee, level)
        if pool:
            self.join(employee, pool)
        return employee

    def hire_many(self, people: Sequence[tuple[str, int, str]], *, pool: str) -> list[Employee]:
        """Many people at once: family name, basic pay, and level or none."""
        employees = Employee.objects.bulk_create(
            Employee(
                number=f"M{pool}{number:05}",
                family_name=name,
                given_name="Robin",
                hired=date(2000, 1, 3),
                coverage_category="general",
            )
            for number, (name, _, _) in enumerate(people)
        )
        self.pay(
            (employee, self.full, basic, False)
            for employee, (_, basic, _) in zip(employees, people, strict=True)
        )
        PoolMembership.objects.bulk_create(
            PoolMembership(employee=employee, pool=self.pools[pool], period=(OPENED, None))
            for employee in employees
        )
        RatingOfRecord.objects.bulk_create(
            RatingOfRecord(
                employee=employee,
                cycle=self.cycle,
                state=RatingState.ISSUED,
                level=self.levels[level],
                issued_on=date(2006, 11, 15),
            )
            for employee, (_, _, level) in zip(employees, people, strict=True)
            if level
        )
        return employees

    def pay(self, people: Iterable[tuple[Employee, Band, int, bool]], *, on: date = OPENED) -> None:
        """Starting pay of people, posted at once."""
        rows = list(people)
        terms = terms_on(on)
        known = load([employee.pk for employee, *_ in rows], on=on)
        post_many(
            [
                rate_posting(
                    known[employee.pk],
                    kind=Kind.STARTING_PAY,
                    rule="R29" if retained else "R24",
                    citation="9701.351",
                    arguments=_starting(band, basic, retained, terms),
                    basic=basic,
                    retained=retained,
                    below_minimum=False,
                    terms=terms,
                    source=Source(),
                    band_id=band.pk,
                )
                for employee, band, basic, retained in rows
            ]
        )

    def rate(self, employee: Employee, level: str, *, issued: date = date(2006, 11, 15)) -> None:
        """A final annual rating of the period."""
        RatingOfRecord.objects.create(
            employee=employee,
            cycle=self.cycle,
            state=RatingState.ISSUED,
            level=self.levels[level],
            issued_on=issued,
        )

    def join(self, employee: Employee, pool: str) -> None:
        """Membership of a pool from the day the department opened."""
        PoolMembership.objects.create(
            employee=employee, pool=self.pools[pool], period=(OPENED, None)
        )


def _starting(band: Band, basic: int, retained: bool, terms: object) -> dict[str, object]:
    found = terms.range_of(band.pk)  # type: ignore[attr-defined]
    bounds = {"minimum": found.minimum, "maximum": found.maximum}
    if retained:
        return {"former": basic, **bounds, "eligible": True}
    return {"basic": basic, **bounds}


def coordinate(
    paragraph: str, *, answer: CoordinationState, noticed: date = date(2006, 11, 1)
) -> Coordination:
    """A notice to OPM with what it answered, if anything, on the fourth day."""
    silent = answer == CoordinationState.NOTICED
    return Coordination.objects.create(
        paragraph=paragraph,
        action="As the tests want it",
        intended_effective=EFFECTIVE,
        noticed_on=noticed,
        state=answer,
        answered_on=None if silent else noticed + timedelta(days=4),
    )


def make_department() -> Department:
    """Policy, schedule, bands, two pools with 4-2-1-0, a rated cycle and two pay specialists."""
    factories.make_policy()
    factories.cover(effective=date(2000, 1, 1))
    factories.make_schedule()
    for paragraph in ("9701.321(a)", "9701.342(d)(4)"):
        coordinate(paragraph, answer=CoordinationState.CONCURRED)
    system, _ = PerformanceSystem.objects.get_or_create(
        code=STANDARD_SYSTEM, defaults={"title": "Four levels"}
    )
    levels = {
        code: RatingLevel.objects.get_or_create(
            system=system,
            code=code,
            defaults={
                "title": code,
                "rank": rank,
                "unacceptable": code == "U",
                "fully_successful": code == "ME",
            },
        )[0]
        for code, rank in LEVELS
    }
    cycle, _ = Cycle.objects.get_or_create(
        system=system,
        ends=PERIOD_END,
        defaults={"title": "2006", "starts": date(2005, 10, 1)},
    )
    department = Department(
        developmental=factories.make_band(
            "ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1
        ),
        full=factories.make_band("FP", minimum=41_111, maximum=70_000, rank=2),
        drafter=_specialist("drafter"),
        approver=_specialist("approver"),
        levels=levels,
        cycle=cycle,
    )
    for code in ("P1", "P2"):
        pool = PayPool.objects.create(code=code, title=f"Pool {code}")
        PointPattern.objects.create(pool=pool, starts=OPENED, points=POINTS)
        department.pools[code] = pool
    return department


def _specialist(name: str) -> User:
    user = factories.make_user(name, full_name=name.capitalize())
    factories.grant_role(user, Role.PAY_SPECIALIST)
    return user
