from pay.models.action import PayAction
from pay.models.correction import Correction, InterestRate
from pay.models.denied_increase import DenialState, DeniedIncrease
from pay.models.executive_schedule import ExecutiveSchedule
from pay.models.order import OrderKind, PayOrder
from pay.models.payout_line import PayoutLine
from pay.models.pool import PayPool, PointPattern, PoolMembership
from pay.models.pool_payout import PoolPayout
from pay.models.range import RateRange
from pay.models.rate import PayRate
from pay.models.run import ChunkState, PayRun, RunChunk, RunException, RunKind, RunState
from pay.models.supplement import LocalityArea, Supplement

__all__ = [
    "ChunkState",
    "Correction",
    "DenialState",
    "DeniedIncrease",
    "ExecutiveSchedule",
    "InterestRate",
    "LocalityArea",
    "OrderKind",
    "PayAction",
    "PayOrder",
    "PayPool",
    "PayRate",
    "PayRun",
    "PayoutLine",
    "PointPattern",
    "PoolMembership",
    "PoolPayout",
    "RateRange",
    "RunChunk",
    "RunException",
    "RunKind",
    "RunState",
    "Supplement",
]
