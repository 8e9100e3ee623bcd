"""What every case shares: a version that stale forms are caught by, and a name in the history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Case(models.Model):
    """Base of every record that is acted on."""

    #: The first half of the name in history, work items and deadlines ("rating" in "rating:17").
    subject_kind: ClassVar[str]

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """The name of this case in history, deadlines, documents and work items."""
        return f"{self.subject_kind}:{self.pk}"

    @property
    def employee_key(self) -> int:
        """The employee whose matter it is; 0 where it is nobody's in particular."""
        return int(getattr(self, "employee_id", 0) or 0)

    def lock_subject(self) -> None:
        """Take the lock of the person concerned, before the case's own (rule 6 of the design)."""
