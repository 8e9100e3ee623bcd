"""What an affected employee may read about the classification of a job (5 CFR 9701.221(a))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classification.models import Band, ClassificationDecision, OccupationalSeries


@dataclass(frozen=True, slots=True)
class Documentation:
    """The criteria of the cluster, its bands with their definitions, and its series."""

    decision: ClassificationDecision
    bands: Sequence[Band]
    series: Sequence[OccupationalSeries]


def documentation_of(decision: ClassificationDecision) -> Documentation:
    """The documentation behind a decision."""
    cluster = decision.band.cluster
    return Documentation(
        decision=decision, bands=list(cluster.bands.all()), series=list(cluster.series.all())
    )
