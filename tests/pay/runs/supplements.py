"""People with a duty station, and plans that adjust what is paid there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from accounts.models import Organization
from casework.actor import Actor
from classification.models import Band
from governance.models import CoordinationState, Directive, DirectiveState
from pay.models import LocalityArea, PayRun, SpecialRate, Supplement
from pay.services.runs import execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.preview import preview_run
from pay.services.runs.supplement_plan import SupplementPlan
from tests import factories
from tests.pay.factories import position_in
from tests.pay.runs.department import EFFECTIVE, ON, OPENED, Department, coordinate
from workforce.models import Assignment, Employee


def make_supplements() -> None:
    """Washington at 12.5 % and New York at 20 %, and OPM's concurrence in adjusting them."""
    for area, percent in (("WAS", "12.5"), ("NYC", "20")):
        LocalityArea.objects.create(code=area, name=area)
        publish("locality", area, percent)
    coordinate("9701.334(a)", answer=CoordinationState.CONCURRED)


def publish(kind: str, key: str, percent: str) -> None:
    """A supplement for every band from the opening on."""
    Supplement.objects.create(kind=kind, key=key, percent=Decimal(percent), period=(OPENED, None))


def direct(
    category: str, percent: str, *, bands: tuple[str, ...] = (), state: str = "in_effect"
) -> SpecialRate:
    """A directive that carries a special rate for cyber specialists."""
    directive = Directive.objects.create(
        number=f"D-{category}-{percent}-{state}",
        title="Special rates",
        effective=date(2006, 12, 1),
        state=DirectiveState(state),
    )
    return SpecialRate.objects.create(
        directive=directive,
        category=category,
        title="Cyber specialists",
        membership="Series 2210, information security",
        bands=list(bands),
        percent=Decimal(percent),
        need="current",
        finding="Half of the offers of 2006 were declined.",
    )


def station(
    department: Department,
    name: str,
    *,
    basic: int,
    level: str = "",
    area: str = "WAS",
    category: str = "",
    band: Band | None = None,
    retained: bool = False,
    organization: Organization | None = None,
) -> Employee:
    """One person with a duty station, paid from the opening on, rated unless level is empty."""
    employee = factories.make_employee(name, user=False)
    held = band or department.full
    Assignment.objects.create(
        employee=employee,
        position=position_in(held, organization=organization),
        area=area,
        special_category=category,
        period=(OPENED, None),
    )
    department.pay([(employee, held, basic, retained)])
    if level:
        department.rate(employee, level)
    return employee


def locality(
    percent: str = "16", *, key: str = "WAS", bands: tuple[str, ...] = ()
) -> SupplementPlan:
    """Washington rises from 12.5 to 16 %."""
    return SupplementPlan("locality", key, Decimal(percent), bands)


def drafted(
    department: Department, plan: SupplementPlan, *, effective: date = EFFECTIVE, on: date = ON
) -> PayRun:
    """A draft of a plan."""
    actor = Actor(user=department.drafter)
    return draft_run(plan, title=f"{plan.key}", effective=effective, actor=actor, on=on)


def previewed(department: Department, plan: SupplementPlan, *, on: date = ON) -> PayRun:
    """A plan with its preview."""
    run = drafted(department, plan, on=on)
    return preview_run(run, actor=Actor(user=department.drafter), on=on)


def approved(department: Department, plan: SupplementPlan, *, on: date = ON) -> PayRun:
    """A plan that the second specialist approved."""
    run = previewed(department, plan, on=on)
    return approve_run(run, actor=Actor(user=department.approver), on=on)


def carried_out(department: Department, run: PayRun, *, on: date = ON) -> PayRun:
    """The run started and every chunk done in this process."""
    execution.start_run(run, actor=Actor(user=department.drafter), on=on)
    execution.carry_on(on=on)
    return PayRun.objects.get(pk=run.pk)
