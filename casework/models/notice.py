"""What a person was told, with its date and paragraph."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """A message in somebody's inbox; written with the act, delivered after its commit."""

    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    citation = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-id"])]

    def __str__(self) -> str:
        return self.title
