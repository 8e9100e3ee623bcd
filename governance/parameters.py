"""The registry of policy parameters: what the Department may decide by directive (rule 4).

A default here is what the first directive carries. It is never a fallback: a computation that finds
no value in force stops and names the parameter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from regulation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its key, kind, default, unit, paragraph and meaning."""

    key: str
    kind: str
    default: Any
    unit: str
    citation: str
    meaning: str
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    #: Whether a published source gives the default; otherwise pages say "illustrative".
    verified: bool = False
    source: str = "our reading; the rule is silent"

    def parse(self, raw: Any) -> Any:
        """The value as the rules want it. Raises Refused invalid_parameter."""
        try:
            value = _PARSERS[self.kind](raw)
        except (ValueError, TypeError, InvalidOperation):
            raise self._refusal(raw) from None
        named = self.choices and isinstance(value, str)
        if named and value not in self.choices:
            raise self._refusal(raw)
        if self.minimum is not None and not named and value < self.minimum:
            raise self._refusal(raw)
        return value

    def _refusal(self, raw: Any) -> Refused:
        wanted = " or ".join(self.choices) if self.choices else self.kind
        if self.choices and self.minimum is not None:
            wanted += " or whole dollars"
        if self.minimum is not None:
            wanted += f", at least {self.minimum}"
        return Refused("invalid_parameter", self.citation, f"{self.key} is {wanted}, not {raw!r}.")


def _number(raw: Any) -> Decimal:
    if isinstance(raw, bool):
        raise TypeError
    value = Decimal(str(raw))
    if not value.is_finite():
        raise ValueError
    return value


def _whole(raw: Any) -> int:
    value = _number(raw)
    if value != value.to_integral_value():
        raise ValueError
    return int(value)


def _truth(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _text_or_dollars(raw: Any) -> str | int:
    # Stored as JSON, a decimal is a text of digits.
    if isinstance(raw, str) and not raw.lstrip("-").isdigit():
        return raw
    return _whole(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(item, str) for item in raw):
        raise TypeError
    return tuple(raw)


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise TypeError
    return raw


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "fraction": _number,
    "whole number": _whole,
    "true or false": _truth,
    "text": _text,
    "text or dollars": _text_or_dollars,
    "list": _texts,
    "mapping": _mapping,
}

_ALL = (
    Parameter(
        "round.annual",
        "text",
        "half_up_dollar",
        "rounding",
        "9701.321(a)",
        "How an annual rate is rounded to whole dollars.",
        ("half_up_dollar",),
    ),
    Parameter(
        "gate.additional_rating",
        "text",
        "supersedes",
        "policy",
        "9701.323",
        "Whether an additional rating after the period supersedes the annual one.",
        ("supersedes", "annual_only"),
    ),
    Parameter(
        "supp.retained_mode",
        "text",
        "full",
        "policy",
        "9701.331",
        "What supplement a retained rate gets.",
        ("full", "to_band_max", "none"),
    ),
    Parameter(
        "supp.tie",
        "text",
        "locality",
        "policy",
        "9701.304",
        "Which supplement is paid where both percentages are equal.",
        ("locality", "special"),
    ),
    Parameter(
        "below_min.withdrawn_action",
        "text",
        "prospective",
        "policy",
        "9701.325(b)",
        "What happens when a timely proposal is withdrawn after day 90.",
        ("prospective", "from_default_date"),
    ),
    Parameter(
        "denied.close_on_band_change",
        "true or false",
        True,
        "policy",
        "9701.324",
        "Whether a promotion or adverse demotion closes an open denied increase.",
    ),
    Parameter(
        "modal.tie",
        "text",
        "highest",
        "policy",
        "9701.304",
        "Which rating is modal where several occur most often.",
        ("highest", "lowest", "nearest_fully_successful"),
    ),
    Parameter(
        "modal.no_ratings",
        "text",
        "block",
        "policy",
        "9701.342(a)(2)",
        "What happens in a pool in which nobody is rated.",
        ("block", "fully_successful", "parent_pool"),
    ),
    Parameter(
        "pool.snapshot",
        "text",
        "last_day_of_period",
        "policy",
        "9701.342(b)(2)",
        "On which day pool membership is read.",
        ("last_day_of_period",),
    ),
    Parameter(
        "pool.rating_cutoff",
        "text",
        "certification",
        "policy",
        "9701.342(a)(2)",
        "By when a rating must be issued to count in a payout.",
        ("certification",),
    ),
    Parameter(
        "pool.mode",
        "text",
        "share_dollar",
        "policy",
        "9701.342(d)(1)",
        "How a point is valued unless a run says otherwise.",
        ("share_dollar", "share_percent", "fixed_dollar", "fixed_percent"),
    ),
    Parameter(
        "pool.weight_by_proration",
        "true or false",
        True,
        "policy",
        "9701.342(e)",
        "Whether a prorated employee counts for less in the divisor.",
    ),
    Parameter(
        "payout.basis",
        "text",
        "after_range_adjustment",
        "policy",
        "9701.342(d)",
        "Which basic pay a payout starts from on the day of a range adjustment.",
        ("after_range_adjustment",),
    ),
    Parameter(
        "payout.rounding",
        "text",
        "down_in_share_modes",
        "rounding",
        "9701.342(d)",
        "How a payout is rounded to dollars.",
        ("down_in_share_modes",),
    ),
    Parameter(
        "payout.excess_lump",
        "text",
        "pay",
        "policy",
        "9701.342(d)(3)",
        "Whether what does not fit under the maximum is paid as a lump sum.",
        ("pay", "none"),
    ),
    Parameter(
        "retained.lump",
        "text or dollars",
        "equal_to_bound",
        "policy",
        "9701.342(d)(5)",
        "The lump sum of a retained rate: what its ceiling allows, or an amount under it.",
        ("equal_to_bound",),
        minimum=Decimal(0),
    ),
    Parameter(
        "proration.formula",
        "text",
        "calendar_days",
        "policy",
        "9701.342(e)",
        "How a payout is prorated.",
        ("calendar_days",),
    ),
    Parameter(
        "proration.lwop_threshold_days",
        "whole number",
        0,
        "days",
        "9701.342(e)(2)",
        "Days of leave without pay that do not yet prorate a payout.",
        minimum=Decimal(0),
    ),
    Parameter(
        "promotion.pct",
        "fraction",
        Decimal("0.08"),
        "fraction of basic pay",
        "9701.353(a)",
        "The least increase on promotion.",
        minimum=Decimal("0.08"),
        verified=True,
        source="9701.353(a)",
    ),
    Parameter(
        "promotion.includes_supplement",
        "true or false",
        False,
        "policy",
        "9701.353(d)",
        "Whether the promotion increase counts supplements.",
    ),
    Parameter(
        "promotion.over_max",
        "text",
        "cut_at_max",
        "policy",
        "9701.353(a)",
        "What happens where the promotion increase passes the new maximum.",
        ("cut_at_max",),
    ),
    Parameter(
        "same_day.order",
        "text",
        "r39",
        "policy",
        "9701.373",
        "The order of actions with one effective date.",
        ("r39", "file"),
    ),
    Parameter(
        "retention.eligible_reasons",
        "list",
        ("reduction_in_force", "reclassification", "range_lowered", "management_directed"),
        "reasons",
        "9701.356(a)",
        "Reasons of a reduction for which pay is retained.",
    ),
    Parameter(
        "withinband.unacceptable",
        "text",
        "refuse",
        "policy",
        "9701.344",
        "Whether an unacceptable rating bars a special within-band increase.",
        ("refuse", "allow"),
    ),
    Parameter(
        "conversion.buyin",
        "text",
        "pro_rata_days",
        "policy",
        "9701.373(e)",
        "How waiting time toward a within-grade increase is bought in.",
        ("pro_rata_days", "none"),
    ),
    Parameter(
        "correction.includes_payout",
        "true or false",
        True,
        "policy",
        "9701.323",
        "Whether a corrected rating also corrects payouts.",
    ),
    Parameter(
        "strike.first",
        "text",
        "DHS",
        "policy",
        "9701.313(d)",
        "Who strikes first from the facilitators' list.",
        ("DHS", "unions"),
    ),
    Parameter(
        "classification.retroactive",
        "true or false",
        False,
        "policy",
        "9701.222(b)",
        "Whether a changed classification may take effect before it is decided.",
    ),
    Parameter(
        "reconsideration.nonreviewable_issues",
        "list",
        (
            "title",
            "accuracy of the described duties",
            "qualification standards",
            "rate of pay",
            "a position held before or on detail",
            "another's position",
        ),
        "issues",
        "9701.222(b)",
        "Issues that the Department does not reconsider.",
    ),
    Parameter(
        "reconsideration.representation",
        "text",
        "one representative of the employee's choice",
        "policy",
        "9701.222(b)",
        "Who may represent the employee in a reconsideration.",
    ),
    Parameter(
        "minimum_period_days",
        "whole number",
        90,
        "days",
        "9701.404",
        "Days an employee must perform before a rating of record.",
        minimum=Decimal(1),
        verified=True,
        source="MD 3181 (2006), opening page",
    ),
    Parameter(
        "goal_share",
        "whole number",
        60,
        "percent",
        "9701.405",
        "Share of the goals in the summary score.",
        minimum=Decimal(0),
        source="successor program, Coast Guard page",
    ),
    Parameter(
        "competency_share",
        "whole number",
        40,
        "percent",
        "9701.405",
        "Share of the competencies in the summary score.",
        minimum=Decimal(0),
        source="successor program, Coast Guard page",
    ),
    Parameter(
        "points",
        "mapping",
        {"AE": 5, "EE": 4, "ME": 3, "U": 1},
        "points",
        "9701.405",
        "Points of each level in the summary score.",
        source="illustrative value, not from the directive",
    ),
    Parameter(
        "cutoffs",
        "mapping",
        {"AE": "4.50", "EE": "3.50", "ME": "3.00"},
        "score",
        "9701.405",
        "Least score of each summary level.",
        source="illustrative value, not from the directive",
    ),
    Parameter(
        "rating_due_days",
        "whole number",
        30,
        "days",
        "9701.409(b)",
        "Days after the period's end by which ratings are due.",
        minimum=Decimal(0),
        source="successor program",
    ),
    Parameter(
        "report.smallest_group",
        "whole number",
        5,
        "people",
        "9701.313",
        "Fewer people than this are not shown in summaries for the Compensation Committee.",
        minimum=Decimal(1),
    ),
)

PARAMETERS: dict[str, Parameter] = {parameter.key: parameter for parameter in _ALL}


def parameter(key: str) -> Parameter:
    """The registered parameter. Raises Refused invalid_parameter for an unknown key."""
    try:
        return PARAMETERS[key]
    except KeyError:
        raise Refused("invalid_parameter", "", f"There is no parameter “{key}”.") from None
