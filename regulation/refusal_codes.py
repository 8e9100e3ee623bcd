"""The one registry of refusal codes: lower case, the same in pages, API, commands and lab."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusalCode:
    """How a refusal answers over HTTP; the sentence for the person comes with each refusal."""

    status: int


#: 403: who asks may not. 409: the record has moved on. 422: the rules do not allow the content.
_BY_STATUS: dict[int, tuple[str, ...]] = {
    403: (
        "not_authorized",
        "not_rating_official",
        "own_record",
        "permission_denied",
        "recused",
        "reviewer_same_as_rater",
        "same_approver",
        "secretary_only",
        "self_rating",
    ),
    409: (
        "already_done",
        "duplicate_open",
        "duplicate_rating",
        "earlier_than_posted",
        "final_decision",
        "invalid_transition",
        "key_reused",
        "rating_final",
        "record_locked",
        "run_locked",
        "stale_form",
    ),
    422: (
        "above_band_maximum",
        "above_executive_level",
        "absence_attestation_missing",
        "absence_lowering",
        "already_employed",
        "assessment_incomplete",
        "award_reference_required",
        "band_mismatch",
        "below_band_minimum",
        "coordination_hold",
        "coordination_pending",
        "coordination_required",
        "correction_not_replayable",
        "directive_required",
        "entry_band_excluded",
        "expectation_not_communicated",
        "file_refused",
        "fund_exceeded",
        "initiation_late",
        "interim_review_missing",
        "invalid_decision",
        "invalid_input",
        "invalid_parameter",
        "invalid_range",
        "invalid_series",
        "length_of_service",
        "level_not_in_system",
        "levels_invalid",
        "limit_exceeded",
        "min_period_not_met",
        "movement_unmapped",
        "no_effect",
        "no_ratings_in_pool",
        "no_substantial_change",
        "not_a_demotion",
        "not_a_promotion",
        "not_a_rating_of_record",
        "rating_not_final",
        "not_a_conversion",
        "not_adverse_action",
        "not_covered",
        "not_eligible",
        "not_employed",
        "not_initiation",
        "not_position_of_record",
        "not_reviewable",
        "notice_required",
        "parameter_missing",
        "pay_reduction",
        "period_not_complete",
        "pool_member_missing",
        "pool_overspent",
        "pools_incomplete",
        "proration_not_permitted",
        "quota_not_allowed",
        "reason_required",
        "reply_window_open",
        "record_incomplete",
        "reduction_over_10",
        "retained_lump_over_bound",
        "retroactive",
        "signatures_incomplete",
        "standard_missing",
        "subpart_d_not_effective",
        "too_early",
        "two_level_needs_determination",
        "unacceptable_mismatch",
        "unknown_action_kind",
        "unknown_employee",
        "untimely",
        "weights_not_100",
        "wrong_forum",
        "zero_points_required",
    ),
}

CODES: dict[str, RefusalCode] = {
    code: RefusalCode(status) for status, codes in _BY_STATUS.items() for code in codes
}
