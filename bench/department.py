"""A synthetic department made by a few SQL statements: nobody in it is real."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from accounts.models import Organization, Role, RoleGrant, User
from classification.models import Band, OccupationalCluster
from governance.models import Coordination, CoordinationState, Coverage
from governance.services.directives import first_directive
from pay.models import ExecutiveSchedule, PayPool, PointPattern, RateRange, Supplement
from performance.models import Cycle, PerformanceSystem, RatingLevel
from performance.models.system import STANDARD_SYSTEM

EFFECTIVE = date(2025, 1, 12)
ON = date(2025, 1, 13)
PERIOD_END = date(2024, 9, 30)
OPENED = date(2015, 1, 11)
PEOPLE_IN_A_POOL = 1_000
BANDS = {"FP": (41_111, 70_000), "SE": (64_500, 98_400), "SUP": (78_250, 121_700)}
NEW_RANGES = {"FP": (42_139, 71_750), "SE": (66_113, 100_860), "SUP": (80_207, 124_743)}

_PEOPLE = """
INSERT INTO workforce_employee (id, version, number, given_name, family_name, state, hired,
    coverage_category, service, preference_eligible, bargaining_unit, senior_executive)
SELECT n, 1, 'B' || lpad(n::text, 7, '0'), 'Given ' || n, 'Family ' || n, 'on_board',
       DATE '2010-01-03', 'general', 'competitive', false, false, false
  FROM generate_series(1, %(people)s) AS n;
INSERT INTO classification_position (id, version, number, title, description, organization_id,
    supervisory, state)
SELECT n, 1, 'P' || n, 'Position ' || n, '', %(organization)s, false, 'classified'
  FROM generate_series(1, %(people)s) AS n;
INSERT INTO workforce_assignment (employee_id, position_id, kind, area, special_category, period)
SELECT n, n, 'permanent', 'L' || (n %% 50), '', daterange(%(opened)s, NULL)
  FROM generate_series(1, %(people)s) AS n;
INSERT INTO pay_poolmembership (pool_id, employee_id, period)
SELECT %(first_pool)s + (n - 1) / %(in_a_pool)s, n, daterange(%(opened)s, NULL)
  FROM generate_series(1, %(people)s) AS n;
INSERT INTO performance_ratingofrecord (version, employee_id, cycle_id, kind, state, level_id,
    level_reason, reviewer_reason, narrative, change_described, absence_is_no_factor, issued_on,
    delivery, acknowledgement, refusal_witness, source {more_columns})
SELECT 1, n, %(cycle)s, 'annual', 'issued',
       (%(levels)s::bigint[])[CASE WHEN n %% 300 = 0 THEN 4 WHEN n %% 10 < 3 THEN 1
                                   WHEN n %% 10 < 7 THEN 2 ELSE 3 END],
       '', '', '', '', false, DATE '2024-11-15', '', '', '', 'bench' {more_values}
  FROM generate_series(1, %(people)s) AS n WHERE n %% 33 <> 0;
"""

_RATES = """
INSERT INTO pay_payaction (id, place, recorded_at, employee_id, effective, step, kind, rule,
    rule_version, citation, inputs, policy, band_id, basic_before, basic_after, uncapped, adjusted,
    supplement_kind, supplement_percent, supplement, retained, lump_sum, below_minimum, authority,
    annuls)
SELECT nextval('pay_payaction_id_seq'), currval('pay_payaction_id_seq'), now(), n,
       %(opened)s::date + 364 * year, 0, 'starting_pay', 'R24', 1, '9701.351', '{{}}', '{{}}',
       r.band_id, b.basic, b.basic, b.basic, b.basic, 'none', 0, 0, false, 0, false, '', false
  FROM generate_series(1, %(people)s) AS n
 CROSS JOIN generate_series(0, %(history)s) AS year
  JOIN (SELECT row_number() OVER (ORDER BY band_id) AS place, count(*) OVER () AS bands, *
          FROM pay_raterange) AS r ON r.place = n %% r.bands + 1
 CROSS JOIN LATERAL (SELECT r.minimum + (n::bigint * 7919 %% (r.maximum - r.minimum + 1))::int
                            AS basic) AS b
 ORDER BY year, n;
INSERT INTO pay_payrate (employee_id, starts, band_id, basic, uncapped, adjusted, supplement_kind,
    supplement_percent, retained, below_minimum, action_id)
SELECT employee_id, effective, band_id, basic_after, uncapped, adjusted, supplement_kind,
       supplement_percent, retained, below_minimum, id
  FROM pay_payaction;
"""


def fill(*, people: int, history: int) -> tuple[User, User]:
    """Fill the database in use; the drafter and the approver of the runs."""
    first_directive(effective=date(2000, 1, 1), signed_by="The Secretary")
    Coverage.objects.create(category="general", subpart="C", effective=date(2000, 1, 1))
    for level, rate in (("II", 225_700), ("III", 207_500)):
        ExecutiveSchedule.objects.create(level=level, rate=rate, starts=date(2000, 1, 1))
    for paragraph in ("9701.321(a)", "9701.342(d)(4)"):
        Coordination.objects.create(
            paragraph=paragraph,
            action="Benchmark",
            intended_effective=EFFECTIVE,
            noticed_on=OPENED,
            state=CoordinationState.CONCURRED,
            answered_on=OPENED,
        )
    cluster = OccupationalCluster.objects.create(code="B", title="Benchmark")
    for rank, (code, (minimum, maximum)) in enumerate(BANDS.items(), start=2):
        band = Band.objects.create(code=code, cluster=cluster, level="full_performance", rank=rank)
        RateRange.objects.create(band=band, minimum=minimum, maximum=maximum, period=(OPENED, None))
    Supplement.objects.bulk_create(
        Supplement(kind="locality", key=f"L{n}", percent=15 + n, period=(OPENED, None))
        for n in range(50)
    )
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement, _parameters(people, history=history))
    return _specialists()


def _statements() -> list[str]:
    """The statements, with whatever later migrations made obligatory filled in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = 'performance_ratingofrecord' AND is_nullable = 'NO'"
            " AND column_default IS NULL AND is_identity = 'NO'"
        )
        obligatory = dict(cursor.fetchall())
    known = _PEOPLE[_PEOPLE.index("performance_ratingofrecord") :]
    more = {name: kind for name, kind in obligatory.items() if name not in known}
    empty = {"boolean": "false", "jsonb": "'{}'", "integer": "0"}
    people = _PEOPLE.format(
        more_columns="".join(f", {name}" for name in more),
        more_values="".join(f", {empty.get(kind, chr(39) * 2)}" for kind in more.values()),
    )
    script = people + _RATES.replace("{{}}", "{}")
    return [statement for statement in script.split(";") if statement.strip()]


def _parameters(people: int, *, history: int) -> dict[str, Any]:
    system, _ = PerformanceSystem.objects.get_or_create(
        code=STANDARD_SYSTEM, defaults={"title": "Four levels"}
    )
    levels = []
    for rank, code in enumerate(("AE", "EE", "ME", "U"), start=1):
        level, _ = RatingLevel.objects.get_or_create(
            system=system,
            code=code,
            defaults={
                "title": code,
                "rank": rank,
                "unacceptable": code == "U",
                "fully_successful": code == "ME",
            },
        )
        levels.append(level.pk)
    cycle, _ = Cycle.objects.get_or_create(
        system=system, ends=PERIOD_END, defaults={"title": "2024", "starts": date(2023, 10, 1)}
    )
    organization, _ = Organization.objects.get_or_create(code="B", defaults={"name": "Bench"})
    return {
        "people": people,
        "history": history,
        "opened": OPENED,
        "in_a_pool": PEOPLE_IN_A_POOL,
        "first_pool": _pools(people),
        "cycle": cycle.pk,
        "levels": levels,
        "organization": organization.pk,
    }


def _pools(people: int) -> int:
    """Enough pools, whose ids follow one another; the first id."""
    for number in range(-(-people // PEOPLE_IN_A_POOL)):
        pool, made = PayPool.objects.get_or_create(
            code=f"B{number:04}", defaults={"title": f"Pool {number}"}
        )
        if made:
            PointPattern.objects.create(
                pool=pool, starts=OPENED, points={"AE": 4, "EE": 2, "ME": 1, "U": 0}
            )
    return int(PayPool.objects.order_by("pk").values_list("pk", flat=True)[0])


def _specialists() -> tuple[User, User]:
    users = [User.objects.create_user(name) for name in ("drafter", "approver")]
    for user in users:
        RoleGrant.objects.create(user=user, role=Role.PAY_SPECIALIST, starts=date(2000, 1, 1))
    return users[0], users[1]
