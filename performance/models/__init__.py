from performance.models.cycle import Cycle, CycleState
from performance.models.interim_review import InterimReview
from performance.models.plan import Expectation, ExpectationForm, Plan
from performance.models.rating import (
    Acknowledgement,
    AdditionalPurpose,
    RatingElement,
    RatingKind,
    RatingOfRecord,
    RatingState,
)
from performance.models.system import PerformanceSystem, RatingLevel

__all__ = [
    "Acknowledgement",
    "AdditionalPurpose",
    "Cycle",
    "CycleState",
    "Expectation",
    "ExpectationForm",
    "InterimReview",
    "PerformanceSystem",
    "Plan",
    "RatingElement",
    "RatingKind",
    "RatingLevel",
    "RatingOfRecord",
    "RatingState",
]
