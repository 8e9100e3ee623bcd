"""The words that a scenario file may use."""

from __future__ import annotations

LEVELS = ("AE", "EE", "ME", "U")
BAND_LEVELS = ("entry_developmental", "full_performance", "senior_expert", "supervisory")
MODES = ("share_dollar", "share_percent", "fixed_dollar", "fixed_percent")
ACTIONS = ("removal", "demotion", "reduction_in_pay", "suspension")
SUBPARTS = ("A", "B", "C", "D", "E", "F", "G")
REASSIGNMENT_REASONS = (
    "reduction_in_force",
    "reclassification",
    "management_directed",
    "voluntary",
)
ABSENCES = ("leave_without_pay", "uniformed_service", "injury_compensation")
CASES = (
    "denied_range_increase",
    "denied_supplement_increase",
    "adverse_action",
    "reconsideration",
)
STATES_OF_CASES = (
    "open",
    "action_initiated",
    "released",
    "defaulted",
    "needs_decision",
    "closed",
)

#: Rank of each verb among the events of one date under `same_day.order: r39`. What sets the ground
#: (parameters, the Executive Schedule, people, ratings) comes before the steps of pay (R39); a
#: proposal or a separation comes after them.
RANKS = {
    "set_parameter": -3,
    "set_executive_schedule": -2,
    "convert": -1,
    # Who is away on a day misses what happens then; who is back takes part in it.
    "begin_absence": -1,
    "end_absence": -1,
    "issue_rating": 0,
    "overturn_rating": 0,
    "adjust_range": 1,
    "adjust_supplement": 2,
    "pay_out": 4,
    "developmental_step": 5,
    "increase_within_band": 5,
    # Starting pay is set in the range in force that day (R24), so after the range's own step.
    "hire": 6,
    "promote": 6,
    "reassign": 6,
    "request_reconsideration": 6,
    "decide_reconsideration": 6,
    "demote": 6,
    "reduce_pay": 7,
    "special_payment": 8,
    "propose_action": 8,
    "decide_action": 8,
    "withdraw_action": 8,
    "separate": 9,
}
VERBS = tuple(RANKS)
#: A change of duty station or category alone comes before the payout.
RANK_OF_DUTY_STATION = 3
