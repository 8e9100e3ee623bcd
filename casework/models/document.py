"""Files of a case, kept by the hash of their content."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One file attached to one case; the bytes are stored once per hash."""

    subject = models.CharField(max_length=60, db_index=True)
    employee_key = models.BigIntegerField(default=0)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.ForeignKey("casework.StoredContent", on_delete=models.PROTECT)
    added_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class StoredContent(models.Model):
    """Bytes, once, named by their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256
