"""Classification decisions (5 CFR 9701.221)."""

from __future__ import annotations

from django.db import models


class ClassificationDecision(models.Model):
    """Series, cluster and band of a position from the date the official set; append-only."""

    position = models.ForeignKey(
        "classification.Position", on_delete=models.PROTECT, related_name="decisions"
    )
    series = models.ForeignKey("classification.OccupationalSeries", on_delete=models.PROTECT)
    band = models.ForeignKey("classification.Band", on_delete=models.PROTECT)
    effective = models.DateField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    deciding_official = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)
    #: The directive whose criteria of the cluster and definition of the band were applied.
    directive = models.ForeignKey(
        "governance.Directive",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="+",
    )
    #: "initial", or the subject of the case that changed it ("reconsideration:4").
    source = models.CharField(max_length=60, default="initial")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["position", "-effective", "-id"])]

    def __str__(self) -> str:
        return f"{self.position.number}: {self.series.code} {self.band.code} from {self.effective}"
