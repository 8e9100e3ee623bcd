"""Each kind of pay action in plain words: its title, its reason, and the rights that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pay.rules.wording import rights
from pay.rules.wording.rights import Right


@dataclass(frozen=True, slots=True)
class KindWords:
    """A title, why such a step is taken, and what rights follow from it."""

    title: str
    reason: str
    rights: tuple[Right, ...] = ()


RANGE_INCREASE = KindWords(
    "Range increase",
    "The minimum rate of the band rose. Everybody in the band gets the same percentage of basic "
    "pay, unless the rating of record for the last completed period is unacceptable.",
    (rights.NOT_ABOVE_THE_MAXIMUM,),
)
DENIED = KindWords(
    "Range increase withheld",
    "The minimum rate of the band rose, but the rating of record in force on that day was "
    "unacceptable, so the increase is withheld. Basic pay is not lowered.",
    (
        rights.A_NEW_RATING_RELEASES,
        rights.GRIEVE_THE_RATING,
        rights.WRONG_RATING,
        rights.NOT_AN_ADVERSE_ACTION,
    ),
)
DENIED_BELOW_MINIMUM = KindWords(
    "Range increase withheld, rate below the new minimum",
    "The minimum rate of the band rose, but the rating of record in force on that day was "
    "unacceptable, so the increase is withheld. That leaves basic pay below the new minimum, and a "
    "clock of 90 days runs from the day of the adjustment.",
    (
        rights.SHOWN_WITHIN_90_DAYS,
        rights.ACT_WITHIN_90_DAYS,
        rights.MINIMUM_IS_DUE,
        rights.GRIEVE_THE_RATING,
        rights.WRONG_RATING,
        rights.NOT_AN_ADVERSE_ACTION,
    ),
)
PAYOUT = KindWords(
    "Performance payout",
    "The pay pool paid its members by their ratings: the points of the rating times the value of "
    "one point. It goes into basic pay as far as the band’s maximum.",
    (rights.RATING_OF_A_PAYOUT, rights.GRIEVE_THE_RATING),
)

_WORDS: dict[str, KindWords] = {
    "starting_pay": KindWords(
        "Pay set in the band",
        "This is the first rate in the band: where pay begins on appointment, or on placement in "
        "the pay system.",
        (rights.RECONSIDER_THE_BAND,),
    ),
    "range_increase": RANGE_INCREASE,
    "range_increase_denied": DENIED,
    "denied_increase_released": KindWords(
        "Withheld increase released",
        "A new rating of record above unacceptable was issued, so every increase that it may "
        "release is given, oldest first.",
        (rights.PROSPECTIVE, rights.WRONG_RATING),
    ),
    "minimum_by_default": KindWords(
        "Minimum rate after 90 days",
        "Within 90 days of the adjustment neither was a new rating issued nor a demotion or "
        "removal proposed, so the minimum rate of the band is due.",
        (rights.MINIMUM_IS_DUE, rights.REST_IS_NOT_OWED),
    ),
    "performance_payout": PAYOUT,
    "lump_sum_payout": replace(
        PAYOUT,
        title="Performance payout as a lump sum",
        reason="The pay pool paid its members by their ratings: the points of the rating times the "
        "value of one point. Basic pay has no room under the band’s maximum, so it is a lump sum.",
    ),
    "promotion": KindWords(
        "Promotion",
        "The employee moved to a higher band. Rules for a promotion set the new rate, and the "
        "supplement is selected anew.",
        (rights.AT_LEAST_8_PERCENT, rights.RECONSIDER_THE_BAND),
    ),
    "reassignment": KindWords(
        "Reassignment",
        "The employee moved to another position, band or duty station that is neither higher nor "
        "lower. Basic pay is kept as far as the range allows; the supplement is that of the place.",
        (rights.RECONSIDER_THE_BAND,),
    ),
    "cap_change": KindWords(
        "Change of the highest rate allowed",
        "The Executive Schedule changed, and with it the highest rate that may be paid. Basic pay "
        "is untouched.",
        (rights.CAP_RISES_WITH_THE_SCHEDULE,),
    ),
    "separation": KindWords("Separation", "The employee left the Department; no rate is in force."),
    "supplement_change": KindWords(
        "Supplement changed",
        "The published supplement changed. Basic pay is untouched.",
        (rights.LARGER_SUPPLEMENT,),
    ),
    "supplement_increase_denied": KindWords(
        "Supplement increase withheld",
        "The published supplement rose, but the rating of record in force on that day was "
        "unacceptable, so the percentage paid stays as it was.",
        (rights.FROZEN_SUPPLEMENT, rights.GRIEVE_THE_RATING, rights.WRONG_RATING),
    ),
    "within_band_increase": KindWords(
        "Special increase within the band",
        "An official gave an increase for exceptional skills or contributions, beside the payout.",
        (rights.NOT_ABOVE_THE_MAXIMUM,),
    ),
    "within_band_reduction": KindWords(
        "Reduction within the band",
        "A decision for unacceptable performance or conduct lowered basic pay.",
        (rights.ADVERSE_ACTION,),
    ),
    "developmental": KindWords(
        "Developmental increase",
        "A step of the progression plan of the Entry/Developmental band was reached.",
        (rights.NOT_ABOVE_THE_MAXIMUM, rights.RECONSIDER_THE_BAND),
    ),
    "career_ladder_equivalent": KindWords(
        "Equivalent of a career ladder promotion",
        "The former career ladder had a promotion in store on this day. Until a progression plan "
        "is in force for the band, basic pay rises in the same proportion.",
        (rights.NOT_ABOVE_THE_MAXIMUM,),
    ),
    "increase_before_gs_move": KindWords(
        "Increase before a move to the General Schedule",
        "The employee moves to a General Schedule position with higher duties, and basic pay is "
        "raised before the move. It is no promotion.",
        (rights.NOT_ABOVE_THE_MAXIMUM,),
    ),
    "demotion": KindWords(
        "Demotion",
        "The employee moved to a lower band. Rules for a demotion set the new rate.",
        (rights.ADVERSE_ACTION, rights.RECONSIDER_THE_BAND),
    ),
    "conversion": KindWords(
        "Conversion",
        "The employee came into the pay system without a change of position, at a rate that "
        "reduces nobody.",
        (rights.NOBODY_IS_REDUCED, rights.RECONSIDER_THE_BAND),
    ),
    "buy_in": KindWords(
        "Credit for waiting time", "Time served toward a within-grade increase was paid for."
    ),
    "return_to_duty": KindWords(
        "Return to duty",
        "On the return, pay is set as if the employee had been there, from that day on.",
        (rights.FULL_CREDIT_ON_RETURN,),
    ),
    "special_payment": KindWords(
        "Special payment",
        "A payment beside basic pay, which it does not change.",
        (rights.NEVER_BASIC_PAY,),
    ),
    "correction": KindWords(
        "Correction",
        "An earlier step was wrong. It stays on record, and this one takes its place.",
        (rights.WRONG_RATING,),
    ),
}
KINDS = frozenset(_WORDS)
#: The minimum by default where a supplement was denied (5 CFR 9701.337(b)).
MINIMUM_ADJUSTED = KindWords(
    "Minimum adjusted rate after 90 days",
    "Within 90 days of the adjustment neither was a new rating issued nor a demotion or removal "
    "proposed, so the minimum adjusted rate of the band is due. Basic pay stays.",
    (rights.MINIMUM_ADJUSTED_IS_DUE, rights.REST_OF_SUPPLEMENT),
)


def words_of(
    kind: str,
    *,
    below_minimum: bool = False,
    retained: bool = False,
    lump_sum: bool = False,
    citation: str = "",
) -> KindWords:
    """The words of a kind as it turned out; of a kind not known, its own name."""
    words = _WORDS.get(kind) or KindWords(kind.replace("_", " ").capitalize(), "")
    if kind == "range_increase_denied" and below_minimum:
        words = DENIED_BELOW_MINIMUM
    if kind == "minimum_by_default" and citation.startswith("9701.337"):
        words = MINIMUM_ADJUSTED
    more: tuple[Right, ...] = ()
    if lump_sum:
        more += (rights.LUMP_SUM_IS_NOT_BASIC_PAY,)
    if retained:
        more += (rights.RETAINED_RATE,)
    return replace(words, rights=words.rights + more)
