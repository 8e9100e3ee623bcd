"""What a supplement adjustment is to do, and what such a plan must satisfy (5 CFR 9701.331-334)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from classification.models import Band
from governance.models import DirectiveState
from pay.models import PayRun, RunKind, RunState, SpecialRate, Supplement
from pay.models.supplement import SupplementKind
from pay.queries.supplements import Published, published
from pay.services.set_supplement import check_supplement
from regulation.refusals import Refused

UNFINISHED = (RunState.DRAFT, RunState.PREVIEWED, RunState.APPROVED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class SupplementPlan:
    """A percent of basic pay for an area or a special category, of some bands by code or of all."""

    kind: str
    key: str
    percent: Decimal
    bands: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `PayRun.plan` holds it."""
        return {
            "kind": self.kind,
            "key": self.key,
            "percent": str(self.percent),
            "bands": sorted(self.bands),
        }

    @classmethod
    def from_json(cls, plan: Mapping[str, Any]) -> SupplementPlan:
        """Read back from `PayRun.plan`."""
        return cls(
            kind=plan["kind"],
            key=plan["key"],
            percent=Decimal(plan["percent"]),
            bands=tuple(plan["bands"]),
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """The supplements published until a date, and those from it on."""

    before: Published
    after: Published


def publication(plan: SupplementPlan, *, effective: date) -> Publication:
    """What is published until a plan's date and from it on, whether the run has begun or not.

    What else changes on the date counts as published until then: of two adjustments of one date,
    each is measured by its own points.
    """
    ids = set(Band.objects.filter(code__in=list(plan.bands)).values_list("pk", flat=True))

    def concerns(place: tuple[str, str, int | None]) -> bool:
        kind, key, band_id = place
        return (kind, key) == (plan.kind, plan.key) and (not plan.bands or band_id in ids)

    today, prior = published(on=effective), published(on=effective - timedelta(days=1))
    others = {place: each for place, each in today.percents.items() if not concerns(place)}
    own = {place: each for place, each in prior.percents.items() if concerns(place)}
    bands: list[int | None] = [*ids] if ids else [None]
    new = {(plan.kind, plan.key, band_id): plan.percent for band_id in bands}
    return Publication(before=Published(others | own), after=Published(others | new))


def check_supplement_plan(
    plan: SupplementPlan, *, effective: date, run: PayRun | None
) -> Publication:
    """What a plan publishes; an unlawful one is refused.

    5 CFR 9701.332(a), 9701.333, 9701.334(a). Refused: what `set_supplement` refuses,
    `invalid_input` where nothing would change, `directive_required` for a special rate supplement
    without a directive in force that carries it, and `duplicate_open` beside another adjustment.
    """
    check_supplement(
        plan.kind, key=plan.key, percent=plan.percent, effective=effective, bands=plan.bands
    )
    if plan.kind == SupplementKind.SPECIAL:
        special_rate_behind(plan, effective=effective)
    _check_once(plan, effective=effective, run=run)
    found = publication(plan, effective=effective)
    if found.before == found.after:
        message = f"{plan.percent.normalize():f}% is published already; nothing would change."
        raise Refused("invalid_input", "9701.334(a)", message)
    return found


def special_rate_behind(plan: SupplementPlan, *, effective: date) -> SpecialRate:
    """The directive in force that carries the category, its bands, percentage and need.

    5 CFR 9701.333. Refused: `directive_required`; a directive on locality does not do.
    """
    found = SpecialRate.objects.filter(
        category=plan.key,
        percent=plan.percent,
        directive__state=DirectiveState.IN_EFFECT,
        directive__effective__lte=effective,
    ).select_related("directive")
    for each in found:
        if sorted(each.bands) == sorted(plan.bands):
            return each
    bands = ", ".join(sorted(plan.bands)) or "every band"
    raise Refused(
        "directive_required",
        "9701.333",
        f"No directive in force on {effective} carries {plan.percent.normalize():f}% for "
        f"{plan.key} in {bands}, with the need that it meets.",
    )


def _check_once(plan: SupplementPlan, *, effective: date, run: PayRun | None) -> None:
    """One adjustment of a key and band on a date; two percentages never hold at once."""
    rows = Supplement.objects.filter(kind=plan.kind, key=plan.key, period__startswith=effective)
    if plan.bands:
        rows = rows.filter(band__code__in=list(plan.bands))
    if rows.exists():
        message = f"A supplement of {plan.key} already begins on {effective}."
        raise Refused("duplicate_open", "9701.332(a)", message)
    others = PayRun.objects.filter(
        kind=RunKind.SUPPLEMENT_ADJUSTMENT, state__in=UNFINISHED, effective=effective
    ).exclude(pk=run.pk if run else 0)
    for other in others:
        theirs = SupplementPlan.from_json(other.plan)
        same = (theirs.kind, theirs.key) == (plan.kind, plan.key)
        if same and (not plan.bands or not theirs.bands or set(plan.bands) & set(theirs.bands)):
            message = f"“{other.title}” already adjusts {plan.key} on {effective}."
            raise Refused("duplicate_open", "9701.332(a)", message)
