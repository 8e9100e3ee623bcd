"""A run as its page shows it: the plan in words, the figures in rows, the acts of this user now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.models import Organization
from casework.actor import Actor
from classification.models import Band
from pay.forms import MODE_TITLES
from pay.forms.conversion_run import organization_names
from pay.models import PayPool, PayRun, RunKind, RunState
from pay.rules.point_value import PERCENT_MODES
from pay.services.runs.checks import ranges_before
from pay.services.runs.conversion_plan import ConversionPlan
from pay.services.runs.order_of_runs import refuse_early_start
from pay.services.runs.permissions import SECOND_PERSON, is_second_person, may_work_on
from pay.services.runs.plans import PayoutPlan, RangePlan
from pay.views.supplement_facts import supplement_facts
from regulation.money import half_up_dollar
from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Act:
    """One button: where it posts, what it says, and why it is not offered to this user."""

    name: str
    label: str
    refusal: str = ""


def acts_of(run: PayRun, *, actor: Actor, on: date) -> list[Act]:
    """What this user may do with the run now; an approval that another must give says so."""
    try:
        may_work_on(actor, run, on=on)
    except Refused:
        return []
    offered = {
        RunState.DRAFT: [Act("preview", "Preview")],
        RunState.PREVIEWED: [_approval(run, actor=actor), Act("preview", "Preview again")],
        RunState.APPROVED: [_start(run, on=on)],
        RunState.DONE: [Act("verify", "Verify again")],
    }
    acts = list(offered.get(RunState(run.state), []))
    if run.state in (RunState.DRAFT, RunState.PREVIEWED):
        acts.append(Act("change", "Change the plan"))
    if run.state in (RunState.DRAFT, RunState.PREVIEWED, RunState.APPROVED):
        acts.append(Act("cancel", "Give up this run"))
    return acts


def _start(run: PayRun, *, on: date) -> Act:
    try:
        refuse_early_start(run, on=on)
    except Refused as refusal:
        return Act("start", "Start the run", refusal=refusal.message)
    return Act("start", "Start the run")


def _approval(run: PayRun, *, actor: Actor) -> Act:
    refusal = "" if is_second_person(actor, run) else SECOND_PERSON
    return Act("approve", "Approve", refusal=refusal)


def plan_facts(run: PayRun) -> dict[str, Any]:
    """The plan as the page's tables want it."""
    if run.kind == RunKind.RANGE_ADJUSTMENT:
        return _range_facts(run)
    if run.kind == RunKind.SUPPLEMENT_ADJUSTMENT:
        return supplement_facts(run)
    if run.kind == RunKind.CONVERSION:
        return _conversion_facts(run)
    plan = PayoutPlan.from_json(run.plan)
    titles = dict(PayPool.objects.filter(code__in=list(plan.pools)).values_list("code", "title"))
    return {
        "period_end": plan.period_end,
        "mode": MODE_TITLES[plan.mode],
        "since": plan.since,
        "fund": plan.fund,
        "pools": [
            {"code": code, "title": titles.get(code, code), "funds": funds}
            for code, funds in sorted(plan.pools.items())
        ],
        "fixed": any(funds.value is not None for funds in plan.pools.values()),
        "total": sum((funds.amount for funds in plan.pools.values()), Decimal(0)),
    }


def _range_facts(run: PayRun) -> dict[str, Any]:
    plan = RangePlan.from_json(run.plan)
    before = ranges_before(run.effective, bands=list(plan.ranges))
    bands = {
        band.code: band
        for band in Band.objects.filter(code__in=list(plan.ranges)).select_related("cluster")
    }
    rows = []
    for code, (minimum, maximum) in plan.ranges.items():
        old = before.get(code)
        rows.append(
            {
                "band": bands.get(code, code),
                "order": (bands[code].cluster.code, bands[code].rank) if code in bands else ("", 0),
                "old": old,
                "minimum": minimum,
                "maximum": maximum,
                "minimum_rise": in_percent(old.minimum, minimum) if old else None,
                "maximum_rise": in_percent(old.maximum, maximum) if old else None,
            }
        )
    return {"rows": sorted(rows, key=lambda row: row["order"]), "reason": plan.reason}


def _conversion_facts(run: PayRun) -> dict[str, Any]:
    plan = ConversionPlan.from_json(run.plan)
    return {
        "categories": plan.categories,
        "organizations": organization_names(plan.organizations),
        "linkage": plan.linkage,
    }


def in_percent(old: int, new: int) -> Decimal:
    """The rise in percent to four places, for the eye; the rules use the exact ratio."""
    ten_thousandths = half_up_dollar(Fraction(abs(new - old), old) * 1_000_000)
    return Decimal(ten_thousandths if new >= old else -ten_thousandths).scaleb(-4)


def summary_of(run: PayRun) -> dict[str, Any] | None:
    """Totals by band or pool: of the run where it is done, else of the preview; None before it."""
    figures = run.totals if "groups" in run.totals else run.preview
    if "groups" not in figures:
        return None
    titles = _titles(run, list(figures["groups"]))
    rows = [
        {
            "code": code,
            "title": titles.get(code, code),
            "value_text": value_text(group.get("value"), mode=group.get("mode", "")),
            **group,
        }
        for code, group in sorted(figures["groups"].items())
    ]
    return {
        "rows": rows,
        "all": figures["all"],
        "warnings": run.preview.get("warnings", []),
        "codes": figures.get("codes", {}),
        "of_the_run": figures is run.totals,
        "proof": run.totals.get("proof"),
        "failed": [each for each in run.totals.get("proof", []) if not each["holds"]],
        "left": sum((Decimal(row["left"]) for row in rows if "left" in row), Decimal(0)),
        "amount": sum((Decimal(row["amount"]) for row in rows if "amount" in row), Decimal(0)),
    }


def value_text(value: str | None, *, mode: str) -> str:
    """The value of a point: dollars and cents, or a percentage of basic pay."""
    if value is None:
        return "none"
    figure = Decimal(value)
    return f"{figure:f}%" if mode in PERCENT_MODES else f"${figure:,}"


def _titles(run: PayRun, codes: list[str]) -> dict[str, str]:
    if run.kind == RunKind.PAYOUT:
        return dict(PayPool.objects.filter(code__in=codes).values_list("code", "title"))
    if run.kind == RunKind.SUPPLEMENT_ADJUSTMENT:
        return dict(Organization.objects.filter(code__in=codes).values_list("code", "name"))
    found = Band.objects.filter(code__in=codes).select_related("cluster")
    return {band.code: str(band) for band in found}
