"""The idempotency keys of forms that act."""

from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """A form carried out once; sent again it answers the same, with other content it is refused."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    body_sha256 = models.CharField(max_length=64)
    answer = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
