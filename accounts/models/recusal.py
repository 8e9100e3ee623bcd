"""A person kept out of another's matters."""

from __future__ import annotations

from django.db import models


class Recusal(models.Model):
    """The user takes no part in matters of the subject ("employee:17") while it lasts."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="recusals")
    subject = models.CharField(max_length=60, db_index=True)
    reason = models.CharField(max_length=300)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} / {self.subject}"
