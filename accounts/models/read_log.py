"""Who opened whose file, and when; append-only."""

from __future__ import annotations

from django.db import models


class ReadLog(models.Model):
    """One look at another person's record."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, db_constraint=False)
    subject = models.CharField(max_length=60, db_index=True)
    page = models.CharField(max_length=120)
    read_at = models.DateTimeField()
    request_id = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.subject} {self.page}"
