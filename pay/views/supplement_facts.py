"""The plan of a supplement adjustment as its page tells it."""

from __future__ import annotations

from typing import Any

from classification.models import Band
from pay.forms.supplement_run import told
from pay.models import LocalityArea, PayRun
from pay.models.supplement import SupplementKind
from pay.services.runs.supplement_plan import (
    SupplementPlan,
    publication,
    special_rate_behind,
)
from regulation.refusals import Refused


def supplement_facts(run: PayRun) -> dict[str, Any]:
    """Whose supplement it is, the percentages around the date, and the directive behind it."""
    plan = SupplementPlan.from_json(run.plan)
    before = publication(plan, effective=run.effective).before
    bands = Band.objects.filter(code__in=plan.bands).select_related("cluster")
    facts = {
        "locality": plan.kind == SupplementKind.LOCALITY,
        "key": plan.key,
        "name": plan.key,
        "percent": plan.percent,
        "before": told(before, kind=plan.kind, key=plan.key).removeprefix("now "),
        "bands": sorted(bands, key=lambda band: (band.cluster.code, band.rank)),
    }
    if plan.kind == SupplementKind.LOCALITY:
        area = LocalityArea.objects.filter(code=plan.key).first()
        return {**facts, "name": area.name if area else plan.key}
    try:
        special = special_rate_behind(plan, effective=run.effective)
    except Refused:
        return facts
    return {**facts, "name": special.title, "special": special}
