"""The supplement that applies and the adjusted rate it makes (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from pay.rules.parameters import require_choice
from regulation.money import ceil_dollar, half_up_dollar, half_up_quotient

RULE = "R9"
VERSION = 1
CITATION = "9701.331"

SupplementKind: TypeAlias = Literal["locality", "special", "none"]
TIE_CHOICES = ("locality", "special")
RETAINED_CHOICES = ("full", "to_band_max", "none")


@dataclass(frozen=True, slots=True)
class SelectedSupplement:
    """The one supplement paid, in percent of basic pay (12.5 is 12.5 %)."""

    kind: SupplementKind
    percent: Decimal


def select_supplement(
    *, locality: Decimal, special: Sequence[Decimal], tie: str
) -> SelectedSupplement:
    """The larger of the locality and the largest special percentage, never their sum.

    5 CFR 9701.304 (special rate supplement), 9701.332(a), 9701.333. `tie` is parameter supp.tie.
    """
    require_choice(tie, key="supp.tie", choices=TIE_CHOICES, citation="9701.304")
    largest = max(special, default=Decimal(0))
    if max(largest, locality) <= 0:
        return SelectedSupplement(kind="none", percent=Decimal(0))
    if largest > locality or (largest == locality and tie == "special"):
        return SelectedSupplement(kind="special", percent=largest)
    return SelectedSupplement(kind="locality", percent=locality)


def uncapped_adjusted(basic: int, *, percent: Decimal) -> int:
    """Basic pay plus its supplement, in whole dollars, before the cap of 5 CFR 9701.312.

    5 CFR 9701.331. Half up on the total; the supplement is the difference.
    """
    numerator, denominator = percent.as_integer_ratio()
    hundred = 100 * denominator
    return half_up_quotient(basic * (hundred + numerator), hundred)


def least_basic(adjusted: int, *, percent: Decimal) -> int:
    """The least basic pay, in whole dollars, whose adjusted rate is at least `adjusted`.

    5 CFR 9701.373(a), 9701.353(d). Rounding basic pay itself half up could lose a dollar.
    """
    return ceil_dollar((adjusted - Fraction(1, 2)) / (1 + Fraction(percent) / 100))


def uncapped_adjusted_of_retained(basic: int, *, percent: Decimal, maximum: int, mode: str) -> int:
    """The same for a retained rate, as far as directives let supplements apply to it.

    5 CFR 9701.331, parameter supp.retained_mode: `full`; `to_band_max`, the supplement of the band
    maximum; `none`. Half up.
    """
    require_choice(mode, key="supp.retained_mode", choices=RETAINED_CHOICES, citation=CITATION)
    if mode == "full":
        return uncapped_adjusted(basic, percent=percent)
    if mode == "none":
        return basic
    return basic + half_up_dollar(maximum * Fraction(percent) / 100)
