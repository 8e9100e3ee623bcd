"""Which moves between clusters are up, down or lateral (5 CFR 9701.355)."""

from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    UP = "up", "Promotion"
    DOWN = "down", "Demotion"
    LATERAL = "lateral", "Lateral"


class MovementRule(models.Model):
    """The direction of a move from one band to another of a different cluster, from a date."""

    from_band = models.ForeignKey(
        "classification.Band", on_delete=models.CASCADE, related_name="moves_out"
    )
    to_band = models.ForeignKey(
        "classification.Band", on_delete=models.CASCADE, related_name="moves_in"
    )
    direction = models.CharField(max_length=8, choices=Direction.choices)
    starts = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_band", "to_band", "starts"], name="one_movement_rule_from_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_band.code} to {self.to_band.code}: {self.direction}"
