from pay.models.action import PayAction
from pay.models.correction import Correction, InterestRate
from pay.models.denied_increase import DenialState, DeniedIncrease
from pay.models.executive_schedule import ExecutiveSchedule
from pay.models.former import (
    FormerRate,
    FormerSystem,
    LadderPromotion,
    LadderState,
    ParallelPaySystem,
    ProgressionPlan,
)
from pay.models.order import OrderKind, PayOrder
from pay.models.payout_line import PayoutLine
from pay.models.pool import PayPool, PointPattern, PoolMembership
from pay.models.pool_payout import PoolPayout
from pay.models.progression import (
    PointCertification,
    ProgressionStep,
    StepTaken,
    SupervisorProgram,
)
from pay.models.range import RateRange
from pay.models.rate import PayRate
from pay.models.run import ChunkState, PayRun, RunChunk, RunException, RunKind, RunState
from pay.models.special_payment import PaymentSchedule, SpecialPayment, SpecialPaymentKind
from pay.models.supplement import LocalityArea, SpecialRate, Supplement

__all__ = [
    "ChunkState",
    "Correction",
    "DenialState",
    "DeniedIncrease",
    "ExecutiveSchedule",
    "FormerRate",
    "FormerSystem",
    "InterestRate",
    "LadderPromotion",
    "LadderState",
    "LocalityArea",
    "OrderKind",
    "ParallelPaySystem",
    "PayAction",
    "PayOrder",
    "PayPool",
    "PayRate",
    "PayRun",
    "PaymentSchedule",
    "PayoutLine",
    "PointCertification",
    "PointPattern",
    "PoolMembership",
    "PoolPayout",
    "ProgressionPlan",
    "ProgressionStep",
    "RateRange",
    "RunChunk",
    "RunException",
    "RunKind",
    "RunState",
    "SpecialPayment",
    "SpecialPaymentKind",
    "SpecialRate",
    "StepTaken",
    "SupervisorProgram",
    "Supplement",
]
