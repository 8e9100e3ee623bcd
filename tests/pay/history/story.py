"""One person's pay told over years: each step posted as its own rule makes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from classification.models import Band
from pay.ledger import Posting, post
from pay.models import (
    DeniedIncrease,
    PayAction,
    PayoutLine,
    PayPool,
    PayRun,
    PointPattern,
    RateRange,
    RunKind,
)
from pay.rules.encoding import encode
from pay.rules.explain import replay
from performance.models import RatingOfRecord
from regulation import clock
from tests.factories import make_band, make_employee, make_user
from workforce.models import Employee

CAP = 150_000
POLICY = {
    "supp.tie": {"value": "locality", "directive": "DIR-1"},
    "promotion.pct": {"value": "0.08", "directive": "DIR-1"},
}
POINTS = {"AE": 4, "EE": 2, "ME": 1, "U": 0}


@dataclass
class Story:
    """A person, the bands of one cluster, and what was posted so far."""

    person: Employee
    full: Band
    expert: Band
    basic: int | None = None
    band: Band | None = None
    percent: str = "12.5"
    retained: bool = False
    actions: list[PayAction] = field(default_factory=list)

    def step(
        self,
        kind: str,
        rule: str,
        effective: date,
        arguments: dict[str, Any],
        *,
        citation: str,
        rank: int = 6,
        band: Band | None = None,
        below_minimum: bool = False,
        **more: Any,
    ) -> PayAction:
        """Post what a rule makes of its arguments."""
        band = band or self.band or self.full
        limits = RateRange.objects.get(band=band, period__contains=effective)
        inputs = encode(arguments)
        if "percent" not in arguments or rule in ("R25", "R26"):
            inputs["payable"] = self._payable(limits.maximum)
        result = replay(rule, 1, inputs)
        action = post(
            Posting(
                employee_id=self.person.pk, effective=effective, step=rank, kind=kind, rule=rule,
                citation=citation, inputs=inputs, policy=more.pop("policy", POLICY),
                band_id=band.pk, basic_before=self.basic, basic_after=result["basic"],
                uncapped=result["uncapped"], adjusted=result["adjusted"],
                supplement_kind="locality", supplement_percent=Decimal(self.percent),
                supplement=result["supplement"], retained=result["retained"],
                lump_sum=Decimal(result.get("lump_sum", 0)), below_minimum=below_minimum,
                minimum=limits.minimum, maximum=limits.maximum, cap=CAP, **more,
            )
        )  # fmt: skip
        self.actions.append(action)
        self.basic, self.band, self.retained = result["basic"], band, result["retained"]
        return action

    def _payable(self, maximum: int) -> dict[str, Any]:
        return {
            "percent": self.percent,
            "retained_mode": "full",
            "maximum": maximum,
            "cap": CAP,
            "critical_pay": False,
        }

    def start(self, basic: int, on: date, *, band: Band | None = None) -> PayAction:
        """The first rate."""
        limits = RateRange.objects.get(band=band or self.full, period__contains=on)
        return self.step(
            "starting_pay", "R24", on,
            {"basic": basic, "minimum": limits.minimum, "maximum": limits.maximum},
            citation="9701.351", rank=0, band=band, authority="Appointment",
        )  # fmt: skip

    def raise_range(
        self, effective: date, new: tuple[int, int], *, denied: bool = False, **more: Any
    ) -> PayAction:
        """The range of the band held rises, and this person's pay with it unless denied."""
        assert self.band is not None
        old = move_range(self.band, effective, new)
        change = {
            "old_minimum": old[0], "old_maximum": old[1],
            "new_minimum": new[0], "new_maximum": new[1],
        }  # fmt: skip
        return self.step(
            "range_increase_denied" if denied else "range_increase",
            "R5", effective,
            {"basic": self.basic, "change": change, "retained": self.retained, "denied": denied},
            citation="9701.323(c)" if denied else "9701.323(a)", rank=1,
            below_minimum=denied and (self.basic or 0) < new[0], **more,
        )  # fmt: skip

    def pay_out(
        self, effective: date, *, points: str = "2", value: str = "2272.72", **more: Any
    ) -> PayAction:
        """A payout in the dollars of a share."""
        limits = RateRange.objects.get(band=self.band, period__contains=effective)
        room = limits.maximum > (self.basic or 0)
        return self.step(
            "performance_payout" if room else "lump_sum_payout", "R17", effective,
            {
                "basic": self.basic, "mode": "share_dollar", "value": value, "points": points,
                "proration": "1/1", "maximum": limits.maximum, "excess_lump": True,
            },
            citation="9701.342(d)", rank=4, **more,
        )  # fmt: skip


def move_range(band: Band, effective: date, new: tuple[int, int]) -> tuple[int, int]:
    """End the range in force and begin another; what the old one was."""
    old = RateRange.objects.get(band=band, period__contains=effective)
    RateRange.objects.filter(pk=old.pk).update(period=(old.period.lower, effective))
    RateRange.objects.create(
        band=band, minimum=new[0], maximum=new[1], period=(effective, old.period.upper)
    )
    return old.minimum, old.maximum


def make_story(*, user: User | None = None) -> Story:
    """A person in two bands of one cluster, with nothing posted yet."""
    person = make_employee("Okafor", given_name="Ada", user=False)
    if user is not None:
        person.user = user
        person.save()
    return Story(
        person=person,
        full=make_band("LE-FP", minimum=41_111, maximum=70_000),
        expert=make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3),
    )


def deny(
    story: Story, action: PayAction, *, rating: RatingOfRecord | None = None
) -> DeniedIncrease:
    """The case of a denial that was posted."""
    withheld = replay(action.rule, action.rule_version, action.inputs)["withheld"]
    below = action.below_minimum
    due = date.fromordinal(action.effective.toordinal() + 90) if below else None
    return DeniedIncrease.objects.create(
        employee=story.person, adjusted_on=action.effective, action=action, rating=rating,
        percentage=withheld, basic_denied=action.basic_after or 0, below_minimum=below,
        due_on=due, citation="9701.325(a)" if below else "9701.324",
    )  # fmt: skip


def make_run(kind: str, effective: date, *, value: str = "2272.72", pool: str = "P1") -> PayRun:
    """A run that is done, approved by another person than its drafter."""
    run = PayRun(
        kind=kind, title=f"{RunKind(kind).label} of {effective.year}", effective=effective,
        plan={"mode": "share_dollar"},
        preview={"groups": {pool: {"value": value, "mode": "share_dollar"}}},
        drafted_by=make_user(full_name="Dana Drafter"),
        approved_by=make_user(full_name="Avery Approver"),
        created_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip
    for act in ("record_preview", "approve", "start", "finish"):
        arguments: dict[str, Any] = {
            "record_preview": {"preview": run.preview, "fingerprint": "x"},
            "approve": {"by": run.approved_by},
            "start": {},
            "finish": {"at": run.finished_at, "totals": {}},
        }[act]
        getattr(run, act)(**arguments)
    run.save()
    return run


def make_line(
    story: Story, run: PayRun, *, level: str, points: str, amount: int, increase: int,
    lump_sum: int = 0, rating: RatingOfRecord | None = None, basic: int, maximum: int,
) -> PayoutLine:  # fmt: skip
    """What certification froze for this person in the pool of a run."""
    pool, made = PayPool.objects.get_or_create(code="P1", defaults={"title": "Border pool 1"})
    if made:
        PointPattern.objects.create(pool=pool, starts=date(2000, 1, 1), points=POINTS)
    return PayoutLine.objects.create(
        run=run, pool=pool, employee=story.person, level=level,
        level_source="rating" if rating else "modal", rating=rating, points=Decimal(points),
        proration="1/1", basic=basic, band_maximum=maximum, amount=amount, increase=increase,
        lump_sum=Decimal(lump_sum),
    )  # fmt: skip


def tell_years(story: Story) -> Story:
    """A career: hired, raised, paid out, denied, released, at the maximum, promoted."""
    full, expert = story.full, story.expert
    story.start(55_000, date(2007, 1, 7))
    story.raise_range(date(2008, 1, 6), (42_139, 71_750))
    run = make_run("payout", date(2008, 1, 6))
    basic = story.basic or 0
    story.pay_out(date(2008, 1, 6), run_id=run.pk)
    make_line(
        story, run, level="EE", points="2", amount=4_545, increase=4_545,
        basic=basic, maximum=71_750,
    )  # fmt: skip
    denied = story.raise_range(date(2009, 1, 4), (43_403, 73_903), denied=True)
    case = deny(story, denied)
    case.release(on=date(2009, 3, 15))
    case.save()
    story.step(
        "denied_increase_released", "R7", date(2009, 3, 15),
        {
            "basic": story.basic,
            "denials": [{"percentage": "1264/42139", "effective": "2009-01-04"}],
            "minimum": 43_403, "maximum": 73_903, "retained": False,
        },
        citation="9701.324", rank=0, authority="Rating of record issued on March 12, 2009",
    )  # fmt: skip
    story.step(
        "promotion", "R25", date(2010, 1, 3),
        {
            "basic": story.basic, "minimum": 64_500, "maximum": 98_400, "percent": "0.08",
            "current_maximum": 73_903, "retained": False, "listed_circumstance": False,
        },
        citation="9701.353(a)", band=expert, authority="Merit promotion 10-114",
    )  # fmt: skip
    story.pay_out(date(2010, 1, 17), points="4", value="4000.00")
    story.step(
        "cap_change", "R10", date(2010, 6, 6),
        {
            "basic": story.basic, "percent": "12.5", "retained": False, "retained_mode": "full",
            "maximum": 98_400, "cap": CAP, "critical_pay": False,
        },
        citation="9701.312", rank=9,
    )  # fmt: skip
    story.step(
        "reassignment", "R28", date(2011, 2, 13),
        {
            "basic": story.basic, "minimum": 41_111, "maximum": 70_000,
            "retention_eligible": True, "below_minimum_by_denial": False,
        } | limits_of(full, date(2011, 2, 13)),
        citation="9701.355", band=full, authority="Management-directed reassignment",
    )  # fmt: skip
    story.step(
        "lump_sum_payout", "R18", date(2012, 1, 1),
        {
            "rate": story.basic, "mode": "share_dollar", "value": "2000.00", "points": "2",
            "proration": "1/1", "maximum": 73_903, "excess_lump": True,
            "retained_lump": "equal_to_bound",
        },
        citation="9701.342(d)(5)", rank=4,
    )  # fmt: skip
    return story


def limits_of(band: Band, on: date) -> dict[str, int]:
    """Minimum and maximum of a band on a date."""
    found = RateRange.objects.get(band=band, period__contains=on)
    return {"minimum": found.minimum, "maximum": found.maximum}
