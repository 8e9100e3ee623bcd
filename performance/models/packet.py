"""Ratings sent to and received from elsewhere (5 CFR 9701.410(a))."""

from __future__ import annotations

from django.db import models


class PacketDirection(models.TextChoices):
    OUT = "out", "Sent"
    IN = "in", "Received"


class RatingPacket(models.Model):
    """A signed packet of one employee's ratings, with their pattern of levels; never edited."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="rating_packets"
    )
    direction = models.CharField(max_length=3, choices=PacketDirection.choices)
    #: The organization or agency at the other end.
    other_party = models.CharField(max_length=160)
    content = models.JSONField()
    signature = models.CharField(max_length=200)
    #: SHA-256 of the content as sent, in hexadecimal.
    digest = models.CharField(max_length=64)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["direction", "digest"], name="one_packet_of_a_content")
        ]
        ordering = ["employee", "-on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} packet of {self.employee}, {self.on}"
