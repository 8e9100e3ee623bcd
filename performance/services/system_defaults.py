"""What the Department's first performance system says where no directive was taken over.

The public copy of MD 3181 (2006) shows levels, minimum period and period only; who rates in special
circumstances is illustrative, and the pages say so.
"""

from __future__ import annotations

from performance.models import AppraisalPurpose, CircumstanceKind
from performance.rules.system_content import PROCEDURES

ILLUSTRATIVE = "illustrative value, not from the directive"

FIRST_PROCEDURES = dict.fromkeys(PROCEDURES, ILLUSTRATIVE)
FIRST_SPECIAL_RULES: dict[str, dict[str, str]] = {
    CircumstanceKind.DETAIL: {
        "rater": "supervisor_of_record",
        "appraiser": "supervisor_at_its_end",
    },
    CircumstanceKind.TRANSFER: {
        "rater": "supervisor_at_end",
        "appraiser": "supervisor_before",
    },
    CircumstanceKind.TEMPORARY_PROMOTION: {
        "rater": "supervisor_at_end",
        "appraiser": "supervisor_before",
    },
    CircumstanceKind.CHANGE_OF_SUPERVISOR: {
        "rater": "supervisor_at_end",
        "appraiser": "supervisor_before",
    },
    CircumstanceKind.LONG_ABSENCE: {"rater": "supervisor_at_end"},
    CircumstanceKind.NEW_HIRE: {"rater": "supervisor_at_end"},
    CircumstanceKind.UNIFORMED_SERVICE: {"rater": "supervisor_at_end"},
    CircumstanceKind.INJURY_COMPENSATION: {"rater": "supervisor_at_end"},
}
FIRST_PURPOSES = list(AppraisalPurpose.values)
