from classification.models.band import Band, BandLevel
from classification.models.cluster import OccupationalCluster
from classification.models.decision import ClassificationDecision
from classification.models.movement_rule import Direction, MovementRule
from classification.models.position import Position, PositionState
from classification.models.series import OccupationalSeries

__all__ = [
    "Band",
    "BandLevel",
    "ClassificationDecision",
    "Direction",
    "MovementRule",
    "OccupationalCluster",
    "OccupationalSeries",
    "Position",
    "PositionState",
]
