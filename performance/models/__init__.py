from performance.models.appraisal import (
    Appraisal,
    AppraisalItem,
    AppraisalPurpose,
    AppraisalState,
    CircumstanceKind,
    SpecialCircumstance,
)
from performance.models.cycle import Cycle, CycleState
from performance.models.detection import DetectionReport
from performance.models.expectation import (
    Expectation,
    ExpectationForm,
    ExpectationState,
    GoalLevel,
)
from performance.models.general_expectation import GeneralExpectation, GeneralKind
from performance.models.interim_review import (
    InterimProgress,
    InterimReview,
    InterimReviewState,
    Progress,
)
from performance.models.monitoring import (
    Contribution,
    Feedback,
    FeedbackMethod,
    FollowUp,
    FollowUpKind,
)
from performance.models.packet import PacketDirection, RatingPacket
from performance.models.plan import Involvement, Plan, PlanNote, PlanNoteKind, PlanState
from performance.models.poor_performance import (
    PoorPerformanceOutcome,
    PoorPerformanceRecord,
    PoorPerformanceState,
    Remedy,
    RemedyKind,
)
from performance.models.rating import (
    VOID,
    Acknowledgement,
    AdditionalPurpose,
    RatingElement,
    RatingKind,
    RatingOfRecord,
    RatingState,
)
from performance.models.season import NotRated
from performance.models.system import PerformanceSystem, RatingLevel, SystemCoverage

__all__ = [
    "VOID",
    "Acknowledgement",
    "AdditionalPurpose",
    "Appraisal",
    "AppraisalItem",
    "AppraisalPurpose",
    "AppraisalState",
    "CircumstanceKind",
    "Contribution",
    "Cycle",
    "CycleState",
    "DetectionReport",
    "Expectation",
    "ExpectationForm",
    "ExpectationState",
    "Feedback",
    "FeedbackMethod",
    "FollowUp",
    "FollowUpKind",
    "GeneralExpectation",
    "GeneralKind",
    "GoalLevel",
    "InterimProgress",
    "InterimReview",
    "InterimReviewState",
    "Involvement",
    "NotRated",
    "PacketDirection",
    "PerformanceSystem",
    "Plan",
    "PlanNote",
    "PlanNoteKind",
    "PlanState",
    "PoorPerformanceOutcome",
    "PoorPerformanceRecord",
    "PoorPerformanceState",
    "Progress",
    "RatingElement",
    "RatingKind",
    "RatingLevel",
    "RatingOfRecord",
    "RatingPacket",
    "RatingState",
    "Remedy",
    "RemedyKind",
    "SpecialCircumstance",
    "SystemCoverage",
]
